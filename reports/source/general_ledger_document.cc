#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/entry.h"
#include "ledger/core/status.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/register_reader.h"
#include "reports/source/book_documents.h"
#include "reports/source/book_words.h"

namespace lumbung::reports {
namespace {

constexpr int kDateWidth = 10;
constexpr int kNumberWidth = 15;
constexpr int kFundWidth = 12;

class LedgerDocument {
 public:
  // A register names at every posting the other accounts of its entry.
  LedgerDocument(store::TransactionScope& scope, const BookDocumentRequest& request,
                 bool is_register, DocumentWriter& writer)
      : scope_(scope),
        request_(request),
        is_register_(is_register),
        book_(*request.book),
        words_(request),
        writer_(writer) {}

  absl::Status Write();

 private:
  absl::Status WriteAccount(const Account& account);
  absl::Status WriteLine(const store::RegisterLine& line);
  std::string TextOf(const store::RegisterLine& line) const;
  absl::StatusOr<Decimal> OpeningOf(const store::RegisterReader& reader) const;
  // The closing balance of the accounts as the balances say, not as the postings add up to.
  absl::StatusOr<Decimal> KeptBalance() const;

  store::TransactionScope& scope_;
  const BookDocumentRequest& request_;
  const bool is_register_;
  const BookSnapshot& book_;
  const BookWords words_;
  DocumentWriter& writer_;
  std::vector<AccountId> accounts_;
  // Over all accounts.
  Decimal debit_;
  Decimal credit_;
  Decimal balance_;
};

absl::Status LedgerDocument::Write() {
  accounts_ = request_.accounts;
  if (accounts_.empty()) {
    for (const Account& account : book_.accounts()) {
      if (account.postable) accounts_.push_back(account.id);
    }
  }
  DocumentHead head =
      is_register_
          ? words_.Head("account-register", words_.Say("REGISTER AKUN", "ACCOUNT REGISTER"))
          : words_.Head("general-ledger", words_.Say("BUKU BESAR", "GENERAL LEDGER"));
  head.columns = {{"date", words_.Say("Tanggal", "Date"), ColumnKind::kDate, kDateWidth, 0},
                  {"number", words_.Say("Nomor", "Number"), ColumnKind::kCode, kNumberWidth, 0},
                  {"description", words_.Say("Uraian", "Description"), ColumnKind::kLabel, 0, 0},
                  {"fund", words_.Say("Dana", "Fund"), ColumnKind::kCode, kFundWidth, 0},
                  words_.Amount("debit", words_.Say("Debit", "Debit")),
                  words_.Amount("credit", words_.Say("Kredit", "Credit")),
                  words_.Amount("balance", words_.Say("Saldo", "Balance"))};
  LUMBUNG_RETURN_IF_ERROR(writer_.Begin(head));
  for (const AccountId id : accounts_) {
    LUMBUNG_RETURN_IF_ERROR(WriteAccount(*book_.FindAccount(id)));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal kept, KeptBalance());
  std::vector<DocumentCheck> checks = {
      {words_.Say("Saldo akhir semua ayat = saldo akhir yang dicatat",
                  "Closing balance by postings = closing balance as kept"),
       balance_, kept}};
  if (request_.accounts.empty()) {
    checks.push_back({words_.Say("Jumlah debit = jumlah kredit", "Total debits = total credits"),
                      debit_, credit_});
  }
  return writer_.End(words_.Foot(std::move(checks)));
}

absl::StatusOr<Decimal> LedgerDocument::OpeningOf(const store::RegisterReader& reader) const {
  Decimal opening;
  for (const BalanceRow& row : reader.opening()) {
    if (row.IsZero()) continue;
    LUMBUNG_RETURN_IF_ERROR(words_.CheckFunctional(row.functional_currency));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal balance, row.FunctionalBalance());
    LUMBUNG_ASSIGN_OR_RETURN(opening, Add(opening, balance));
  }
  return opening;
}

absl::StatusOr<Decimal> LedgerDocument::KeptBalance() const {
  store::BalanceFilter filter;
  filter.dates = {std::nullopt, request_.period.to};
  filter.accounts = accounts_;
  filter.dimensions.fund = request_.fund;
  LUMBUNG_ASSIGN_OR_RETURN(const store::Balances balances,
                           store::ReadBalances(scope_, book_.book().key, filter));
  Decimal kept;
  for (const BalanceRow& row : balances.rows) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal balance, row.FunctionalBalance());
    LUMBUNG_ASSIGN_OR_RETURN(kept, Add(kept, balance));
  }
  return kept;
}

absl::Status LedgerDocument::WriteAccount(const Account& account) {
  store::RegisterFilter filter;
  filter.accounts = {account.id};
  filter.dates = request_.period;
  filter.dimensions.fund = request_.fund;
  LUMBUNG_ASSIGN_OR_RETURN(store::RegisterReader reader,
                           store::RegisterReader::Open(scope_, book_.book().key, filter));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal opening, OpeningOf(reader));
  LUMBUNG_ASSIGN_OR_RETURN(std::vector<store::RegisterLine> lines, reader.Next());
  if (lines.empty() && opening.IsZero()) return absl::OkStatus();

  DocumentRow heading;
  heading.style = RowStyle::kHeading;
  heading.outline = words_.CodeAndNameOf(account);
  heading.cells = {std::monostate(), account.code, words_.NameOf(account)};
  LUMBUNG_RETURN_IF_ERROR(writer_.Add(heading));
  DocumentRow first;
  first.id = absl::StrCat(account.key, "/opening");
  first.cells = {*request_.period.from,
                 std::monostate(),
                 words_.Say("Saldo awal", "Opening balance"),
                 std::monostate(),
                 std::monostate(),
                 std::monostate(),
                 opening};
  LUMBUNG_RETURN_IF_ERROR(writer_.Add(first));

  Decimal debit;
  Decimal credit;
  Decimal closing = opening;
  while (!lines.empty()) {
    for (const store::RegisterLine& line : lines) {
      LUMBUNG_RETURN_IF_ERROR(words_.CheckFunctional(line.posting.functional_currency));
      const Decimal& amount = line.posting.functional_amount;
      if (amount.IsNegative()) {
        LUMBUNG_ASSIGN_OR_RETURN(credit, Subtract(credit, amount));
      } else {
        LUMBUNG_ASSIGN_OR_RETURN(debit, Add(debit, amount));
      }
      closing = line.running_functional_balance;
      LUMBUNG_RETURN_IF_ERROR(WriteLine(line));
    }
    LUMBUNG_ASSIGN_OR_RETURN(lines, reader.Next());
  }
  DocumentRow total;
  total.style = RowStyle::kSubtotal;
  total.id = account.key;
  total.cells = {std::monostate(),
                 std::monostate(),
                 absl::StrCat(words_.Say("Jumlah ", "Total "), account.code),
                 std::monostate(),
                 debit,
                 credit,
                 closing};
  LUMBUNG_ASSIGN_OR_RETURN(debit_, Add(debit_, debit));
  LUMBUNG_ASSIGN_OR_RETURN(credit_, Add(credit_, credit));
  LUMBUNG_ASSIGN_OR_RETURN(balance_, Add(balance_, closing));
  return writer_.Add(total);
}

std::string LedgerDocument::TextOf(const store::RegisterLine& line) const {
  std::string text = line.description;
  if (!line.posting.memo.empty()) absl::StrAppend(&text, " - ", line.posting.memo);
  if (!is_register_ || line.other_accounts.empty()) return text;
  std::vector<std::string> others;
  for (const AccountId id : line.other_accounts) {
    others.push_back(words_.CodeAndNameOf(*book_.FindAccount(id)));
  }
  // The reader names so many and no more.
  if (others.size() == store::kMaxOtherAccounts) others.emplace_back("...");
  return absl::StrCat(text, " [", words_.Say("lawan: ", "against: "), absl::StrJoin(others, "; "),
                      "]");
}

absl::Status LedgerDocument::WriteLine(const store::RegisterLine& line) {
  const Decimal& amount = line.posting.functional_amount;
  DocumentRow row;
  row.id = absl::StrCat(ToInteger(line.entry));
  row.indent = 1;
  row.cells = {
      line.effective_date,
      FormatEntryNumber(book_.FindSeries(line.series)->code, line.fiscal_year, line.number),
      TextOf(line),
      book_.FindFund(line.posting.dimensions.fund)->key,
      std::monostate(),
      std::monostate(),
      line.running_functional_balance};
  if (amount.IsNegative()) {
    row.cells[5] = amount.Negated();
  } else {
    row.cells[4] = amount;
  }
  return writer_.Add(row);
}

}  // namespace

absl::Status WriteGeneralLedger(store::TransactionScope& scope, const BookDocumentRequest& request,
                                DocumentWriter& writer) {
  return LedgerDocument(scope, request, false, writer).Write();
}

absl::Status WriteAccountRegister(store::TransactionScope& scope,
                                  const BookDocumentRequest& request, DocumentWriter& writer) {
  return LedgerDocument(scope, request, true, writer).Write();
}

}  // namespace lumbung::reports
