#include "ledger/log/trial_balance.h"

#include <algorithm>
#include <vector>

#include "ledger/core/status.h"
#include "ledger/log/byte_writer.h"
#include "ledger/log/canonical_entry.h"

namespace lumbung::log {
namespace {

absl::StatusOr<std::string> RowBytes(const BookSnapshot& book, const BalanceRow& row) {
  const Currency& currency = *book.FindCurrency(row.currency);
  const Currency& functional = *book.FindCurrency(row.functional_currency);
  ByteWriter out;
  out.Text(book.FindAccount(row.account)->key);
  out.Text(book.FindFund(row.dimensions.fund)->key);
  out.U16(static_cast<std::uint16_t>(row.dimensions.members.size()));
  for (const auto& [dimension_id, value_id] : row.dimensions.members) {
    const Dimension* dimension = book.FindDimension(dimension_id);
    out.Text(dimension->key);
    out.Text(book.FindValue(*dimension, value_id)->key);
  }
  out.Text(currency.code);
  out.Text(functional.code);
  // A sum of nothing has no decimals of its own, so every amount is brought to its currency's
  // scale.
  for (const Decimal* amount : {&row.debit, &row.credit}) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal scaled, amount->WithScale(currency.scale));
    out.Amount(scaled);
  }
  for (const Decimal* amount : {&row.functional_debit, &row.functional_credit}) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal scaled, amount->WithScale(functional.scale));
    out.Amount(scaled);
  }
  return out.Take();
}

}  // namespace

absl::StatusOr<std::string> TrialBalanceBytes(const BookSnapshot& book, Date month,
                                              absl::Span<const BalanceRow> rows) {
  std::vector<std::string> encoded;
  encoded.reserve(rows.size());
  for (const BalanceRow& row : rows) {
    LUMBUNG_ASSIGN_OR_RETURN(std::string bytes, RowBytes(book, row));
    encoded.push_back(std::move(bytes));
  }
  std::sort(encoded.begin(), encoded.end());
  ByteWriter out;
  out.U8(kTrialBalanceVersion);
  out.Text(book.book().uid);
  out.Text(month.LastOfMonth().ToString());
  out.U32(static_cast<std::uint32_t>(encoded.size()));
  for (const std::string& bytes : encoded) out.Raw(bytes);
  return out.Take();
}

absl::StatusOr<std::string> TrialBalanceHash(const BookSnapshot& book, Date month,
                                             absl::Span<const BalanceRow> rows) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string bytes, TrialBalanceBytes(book, month, rows));
  return Sha256(bytes);
}

}  // namespace lumbung::log
