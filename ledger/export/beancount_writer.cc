#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/export/beancount_names.h"
#include "ledger/export/chunked_output.h"
#include "ledger/export/export_writer.h"
#include "ledger/export/name_table.h"

namespace lumbung::ledger_export {
namespace {

// Before every accounting date, so that accounts are open when they are used.
constexpr char kBeforeAllEntries[] = "1900-01-01";

// Beancount computes with 28 digits, so that a total price divided by its units and multiplied
// again may be off in the last of them. No amount of a book is as fine as this.
constexpr char kTolerance[] = "option \"inferred_tolerance_default\" \"*:0.0000000000001\"\n\n";

bool IsTagText(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("-_/.", c);
  });
}

class BeancountWriter final : public ExportWriter {
 public:
  explicit BeancountWriter(ChunkSink sink) : output_(std::move(sink)) { output_.Write(kTolerance); }

  absl::Status AddDimension(absl::string_view key) override {
    dimensions_.insert(std::string(key));
    return absl::OkStatus();
  }

  absl::Status AddCurrency(const ExportCurrency& currency) override {
    LUMBUNG_ASSIGN_OR_RETURN(const std::string commodity, BeancountCommodity(currency.code));
    output_.Write(kBeforeAllEntries, " commodity ", commodity, "\n");
    if (!currency.display_name.empty()) WriteMetadata("  ", "name", currency.display_name);
    if (commodity != currency.code) WriteMetadata("  ", "code", currency.code);
    currencies_.Add(currency.code, commodity);
    return output_.Flush();
  }

  absl::Status AddAccount(const ExportAccount& account) override {
    const std::string name = BeancountAccount(account.id, account.type);
    output_.Write(kBeforeAllEntries, " open ", name, "\n");
    if (!account.display_name.empty() && account.display_name != account.id) {
      WriteMetadata("  ", "name", account.display_name);
    }
    if (name != account.id) WriteMetadata("  ", "id", account.id);
    if (account.closed) output_.Write("  closed: TRUE\n");
    accounts_.Add(account.id, name);
    return output_.Flush();
  }

  absl::Status AddEntry(const ExportEntry& entry) override {
    output_.Write("\n", entry.effective_date.ToString(), " * ", BeancountString(entry.description));
    for (const auto& [name, value] : entry.tags) {
      if (IsTag(name, value)) output_.Write(" #", name);
      if (IsLink(name, value)) output_.Write(" ^", value);
    }
    output_.Write("\n");
    if (!entry.number.empty()) WriteMetadata("  ", "entry-number", entry.number);
    if (!entry.reference.empty()) WriteMetadata("  ", "entry-reference", entry.reference);
    if (entry.kind != EntryKind::kStandard) {
      WriteMetadata("  ", "entry-kind", NameOfKind(entry.kind));
    }
    if (!entry.uid.empty()) WriteMetadata("  ", "entry-uid", entry.uid);
    for (const auto& [name, value] : entry.tags) {
      if (!IsTag(name, value) && !IsLink(name, value)) {
        WriteMetadata("  ", BeancountKey(name), value);
      }
    }
    for (std::size_t i = 0; i < entry.postings.size(); ++i) {
      const absl::Status status = WritePosting(entry.postings[i]);
      if (!status.ok()) return PrefixField(status, absl::StrCat("postings[", i, "]."));
    }
    return output_.Flush();
  }

  absl::Status Finish() override { return output_.Finish(); }

 private:
  static bool IsTag(absl::string_view name, absl::string_view value) {
    return value.empty() && IsTagText(name);
  }
  static bool IsLink(absl::string_view name, absl::string_view value) {
    return name == "link" && IsTagText(value);
  }

  absl::Status WritePosting(const ExportPosting& posting) {
    LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view account, accounts_.Find(posting.account));
    LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view currency,
                             currencies_.Find(posting.amount.currency));
    LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view functional_currency,
                             currencies_.Find(posting.functional.currency));
    output_.Write("  ", account, "  ");
    if (IsRevaluation(posting)) {
      output_.Write(posting.functional.quantity.ToString(), " ", functional_currency);
    } else {
      output_.Write(posting.amount.quantity.ToString(), " ", currency);
    }
    if (NeedsCost(posting)) {
      output_.Write(" @@ ", posting.functional.quantity.Abs().ToString(), " ", functional_currency);
    }
    output_.Write("\n");
    if (IsRevaluation(posting)) WriteMetadata("    ", "revalues", posting.amount.currency);
    if (!posting.fund.empty()) WriteMetadata("    ", "fund", posting.fund);
    for (const auto& [dimension, value] : posting.dimensions) {
      if (!dimensions_.contains(dimension)) {
        return InvalidArgument("UNKNOWN_DIMENSION", "dimensions",
                               absl::StrCat("\"", dimension, "\" was not declared"));
      }
      WriteMetadata("    ", BeancountKey(dimension), value);
    }
    if (!posting.memo.empty()) WriteMetadata("    ", "memo", posting.memo);
    return absl::OkStatus();
  }

  void WriteMetadata(absl::string_view indent, absl::string_view key, absl::string_view value) {
    output_.Write(indent, key, ": ", BeancountString(value), "\n");
  }

  ChunkedOutput output_;
  NameTable accounts_{"UNKNOWN_ACCOUNT"};
  NameTable currencies_{"UNKNOWN_CURRENCY"};
  absl::flat_hash_set<std::string> dimensions_;
};

}  // namespace

std::unique_ptr<ExportWriter> NewBeancountWriter(ChunkSink sink) {
  return std::make_unique<BeancountWriter>(std::move(sink));
}

}  // namespace lumbung::ledger_export
