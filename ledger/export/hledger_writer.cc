#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/export/chunked_output.h"
#include "ledger/export/export_writer.h"
#include "ledger/export/hledger_names.h"
#include "ledger/export/name_table.h"

namespace lumbung::ledger_export {
namespace {

char TypeTag(AccountType type) {
  switch (type) {
    case AccountType::kAsset:
      return 'A';
    case AccountType::kLiability:
      return 'L';
    case AccountType::kNetAsset:
      return 'E';
    case AccountType::kIncome:
      return 'R';
    case AccountType::kExpense:
      return 'X';
  }
  return 'A';
}

class HledgerWriter final : public ExportWriter {
 public:
  explicit HledgerWriter(ChunkSink sink) : output_(std::move(sink)) {}

  absl::Status AddDimension(absl::string_view key) override {
    dimensions_.insert(std::string(key));
    return absl::OkStatus();
  }

  absl::Status AddCurrency(const ExportCurrency& currency) override {
    const std::string commodity = HledgerCommodity(currency.code);
    // The directive must show a decimal mark even where there are no decimals.
    output_.Write("commodity 1000.", std::string(static_cast<std::size_t>(currency.scale), '0'),
                  commodity.empty() ? "" : " ", commodity, "\n");
    currencies_.Add(currency.code, commodity);
    return output_.Flush();
  }

  absl::Status AddAccount(const ExportAccount& account) override {
    const std::string name = HledgerAccount(account.id);
    output_.Write("account ", name, "  ; type:", std::string(1, TypeTag(account.type)),
                  account.closed ? ", closed:" : "", "\n");
    if (!account.display_name.empty() && account.display_name != account.id) {
      WriteTag("    ", "name", account.display_name);
    }
    accounts_.Add(account.id, name);
    return output_.Flush();
  }

  absl::Status AddEntry(const ExportEntry& entry) override {
    output_.Write("\n", entry.effective_date.ToString(), " *");
    if (!entry.reference.empty()) output_.Write(" (", HledgerCode(entry.reference), ")");
    if (!entry.description.empty()) output_.Write(" ", HledgerDescription(entry.description));
    output_.Write("\n");
    if (!entry.number.empty()) WriteTag("    ", "entry-number", entry.number);
    if (entry.kind != EntryKind::kStandard) {
      WriteTag("    ", "entry-kind", NameOfKind(entry.kind));
    }
    if (!entry.uid.empty()) WriteTag("    ", "entry-uid", entry.uid);
    for (const auto& [name, value] : entry.tags) WriteTag("    ", HledgerTagName(name), value);
    for (std::size_t i = 0; i < entry.postings.size(); ++i) {
      const absl::Status status = WritePosting(entry.postings[i]);
      if (!status.ok()) return PrefixField(status, absl::StrCat("postings[", i, "]."));
    }
    return output_.Flush();
  }

  absl::Status Finish() override { return output_.Finish(); }

 private:
  absl::Status WritePosting(const ExportPosting& posting) {
    LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view account, accounts_.Find(posting.account));
    LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view currency,
                             currencies_.Find(posting.amount.currency));
    LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view functional_currency,
                             currencies_.Find(posting.functional.currency));
    output_.Write("    ", account, "  ");
    if (IsRevaluation(posting)) {
      WriteAmount(posting.functional.quantity, functional_currency);
    } else {
      WriteAmount(posting.amount.quantity, currency);
    }
    if (NeedsCost(posting)) {
      output_.Write(" @@ ");
      WriteAmount(posting.functional.quantity.Abs(), functional_currency);
    }
    output_.Write("\n");
    if (IsRevaluation(posting)) WriteTag("        ", "revalues", posting.amount.currency);
    if (!posting.fund.empty()) WriteTag("        ", "fund", posting.fund);
    for (const auto& [dimension, value] : posting.dimensions) {
      if (!dimensions_.contains(dimension)) {
        return InvalidArgument("UNKNOWN_DIMENSION", "dimensions",
                               absl::StrCat("\"", dimension, "\" was not declared"));
      }
      WriteTag("        ", HledgerTagName(dimension), value);
    }
    if (!posting.memo.empty()) WriteTag("        ", "memo", posting.memo);
    return absl::OkStatus();
  }

  void WriteAmount(const Decimal& quantity, absl::string_view commodity) {
    output_.Write(quantity.ToString(), commodity.empty() ? "" : " ", commodity);
  }

  void WriteTag(absl::string_view indent, absl::string_view name, absl::string_view value) {
    output_.Write(indent, "; ", name, ":", HledgerTagValue(value), "\n");
  }

  ChunkedOutput output_;
  NameTable accounts_{"UNKNOWN_ACCOUNT"};
  NameTable currencies_{"UNKNOWN_CURRENCY"};
  absl::flat_hash_set<std::string> dimensions_;
};

}  // namespace

std::unique_ptr<ExportWriter> NewHledgerWriter(ChunkSink sink) {
  return std::make_unique<HledgerWriter>(std::move(sink));
}

}  // namespace lumbung::ledger_export
