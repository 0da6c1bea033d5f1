#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "ledger/core/status.h"
#include "ledger/export/chunked_output.h"
#include "ledger/export/export_writer.h"
#include "ledger/export/name_table.h"

namespace lumbung::ledger_export {
namespace {

class CsvWriter final : public ExportWriter {
 public:
  CsvWriter(ChunkSink sink, const CsvExportOptions& options)
      : output_(std::move(sink)), options_(options) {}

  absl::Status AddDimension(absl::string_view key) override {
    columns_.try_emplace(std::string(key), dimensions_.size());
    dimensions_.resize(columns_.size(), std::string(key));
    return absl::OkStatus();
  }
  absl::Status AddCurrency(const ExportCurrency& /*currency*/) override { return absl::OkStatus(); }
  absl::Status AddAccount(const ExportAccount& account) override {
    accounts_.Add(account.id, account.display_name);
    return absl::OkStatus();
  }

  absl::Status AddEntry(const ExportEntry& entry) override {
    WriteHeaderOnce();
    for (std::size_t i = 0; i < entry.postings.size(); ++i) {
      const absl::Status status = WriteRow(entry, entry.postings[i]);
      if (!status.ok()) return PrefixField(status, absl::StrCat("postings[", i, "]."));
    }
    return output_.Flush();
  }

  absl::Status Finish() override {
    WriteHeaderOnce();
    return output_.Finish();
  }

 private:
  void WriteHeaderOnce() {
    if (std::exchange(has_header_, true)) return;
    output_.Write(
        "entry,number,date,kind,description,reference,account,account_name,amount,currency,"
        "functional_amount,functional_currency,fund,memo,tags");
    for (const std::string& dimension : dimensions_) {
      output_.Write(",");
      WriteField(absl::StrCat("dimension:", dimension));
    }
    output_.Write("\r\n");
  }

  absl::Status WriteRow(const ExportEntry& entry, const ExportPosting& posting) {
    LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view account_name, accounts_.Find(posting.account));
    std::vector<absl::string_view> values(dimensions_.size());
    for (const auto& [dimension, value] : posting.dimensions) {
      const auto column = columns_.find(dimension);
      if (column == columns_.end()) {
        return InvalidArgument("UNKNOWN_DIMENSION", "dimensions",
                               absl::StrCat("\"", dimension, "\" was not declared"));
      }
      values[column->second] = value;
    }
    WriteText(entry.uid.empty() ? entry.number : entry.uid);
    WriteText(entry.number);
    output_.Write(entry.effective_date.ToString(), ",", NameOfKind(entry.kind), ",");
    WriteText(entry.description);
    WriteText(entry.reference);
    WriteText(posting.account);
    WriteText(account_name);
    output_.Write(posting.amount.quantity.ToString(), ",");
    WriteText(posting.amount.currency);
    output_.Write(posting.functional.quantity.ToString(), ",");
    WriteText(posting.functional.currency);
    WriteText(posting.fund);
    WriteText(posting.memo);
    WriteField(Guarded(TagsOf(entry)));
    for (const absl::string_view value : values) {
      output_.Write(",");
      WriteField(Guarded(value));
    }
    output_.Write("\r\n");
    return absl::OkStatus();
  }

  static std::string TagsOf(const ExportEntry& entry) {
    const auto encode = [](absl::string_view text) {
      return absl::StrReplaceAll(text, {{"%", "%25"}, {";", "%3B"}, {"=", "%3D"}});
    };
    return absl::StrJoin(entry.tags, "; ", [&encode](std::string* out, const auto& tag) {
      absl::StrAppend(out, encode(tag.first), "=", encode(tag.second));
    });
  }

  std::string Guarded(absl::string_view text) const {
    const bool formula = !text.empty() && absl::StrContains("=+-@\t\r", text.front());
    return absl::StrCat(options_.guard_formulas && formula ? "'" : "", text);
  }

  void WriteText(absl::string_view text) {
    WriteField(Guarded(text));
    output_.Write(",");
  }

  // Blanks at the ends are quoted too, because some programs drop them otherwise.
  void WriteField(absl::string_view text) {
    const bool quoted = text.find_first_of(",\"\r\n") != absl::string_view::npos ||
                        absl::StartsWith(text, " ") || absl::EndsWith(text, " ");
    if (quoted) {
      output_.Write("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
    } else {
      output_.Write(text);
    }
  }

  ChunkedOutput output_;
  const CsvExportOptions options_;
  NameTable accounts_{"UNKNOWN_ACCOUNT"};
  std::vector<std::string> dimensions_;
  absl::flat_hash_map<std::string, std::size_t> columns_;
  bool has_header_ = false;
};

}  // namespace

std::unique_ptr<ExportWriter> NewCsvWriter(ChunkSink sink, const CsvExportOptions& options) {
  return std::make_unique<CsvWriter>(std::move(sink), options);
}

}  // namespace lumbung::ledger_export
