// ReadCsv: rows to entries, by a mapping.
#include <algorithm>
#include <cstdint>
#include <istream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"
#include "ledger/core/user_number.h"
#include "ledger/import/csv_dialect.h"
#include "ledger/import/csv_mapping.h"
#include "ledger/import/csv_rows.h"
#include "ledger/import/journal_scanner.h"
#include "ledger/import/readers.h"

namespace lumbung::import {
namespace {

// 128 bits stand for the name of an entry, so that a file of a million entries fits in memory: the
// chance that two names of such a file share them is 1 in 10^26.
using Fingerprint = std::pair<std::uint64_t, std::uint64_t>;

Fingerprint FingerprintOf(const std::string& name) {
  return {absl::HashOf(std::uint64_t{1}, name), absl::HashOf(std::uint64_t{2}, name)};
}

class CsvReader {
 public:
  CsvReader(const CsvMapping& mapping, DatePattern dates, CsvColumns columns, CsvRows& rows,
            JournalSink& sink)
      : mapping_(mapping),
        dates_(std::move(dates)),
        columns_(std::move(columns)),
        rows_(rows),
        sink_(sink) {}

  absl::Status Read();

 private:
  absl::Status ReadRow();
  // A row of an entry of several: continues the entry at hand or begins another.
  absl::Status JoinEntry(ParsedTransaction row);
  // Hands over the entry at hand, if there is one.
  absl::Status FinishEntry();

  absl::StatusOr<ParsedPosting> ReadPosting() const;
  absl::StatusOr<Decimal> ReadAmount() const;
  // An amount of the debit or the credit column; nothing when the cell is empty.
  absl::StatusOr<std::optional<Decimal>> ReadSide(absl::string_view field) const;
  absl::StatusOr<Decimal> ReadNumber(absl::string_view field, absl::string_view text) const;

  // The text of a field, without blanks around it; empty when it has no column.
  absl::string_view Text(absl::string_view field) const;
  // The text of a field, or its default. MISSING_VALUE when both are empty.
  absl::StatusOr<std::string> Required(absl::string_view field) const;

  // "statement.csv:12: row 12, column 3 (amount): ..."
  absl::Status Refuse(absl::string_view field, absl::string_view reason,
                      absl::string_view message) const;
  absl::Status Refuse(absl::string_view field, const absl::Status& status) const {
    return Refuse(field, ReasonOf(status), status.message());
  }

  const CsvMapping& mapping_;
  const DatePattern dates_;
  const CsvColumns columns_;
  CsvRows& rows_;
  JournalSink& sink_;

  // With a column `entry`: the entry at hand, and the entries before it.
  std::string entry_name_;
  ParsedTransaction entry_;
  absl::flat_hash_set<Fingerprint> finished_;
};

absl::Status CsvReader::Read() {
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, rows_.Next());
    if (!more) return FinishEntry();
    const std::vector<std::string>& fields = rows_.fields();
    const bool blank = std::all_of(fields.begin(), fields.end(), [](const std::string& field) {
      return absl::StripAsciiWhitespace(field).empty();
    });
    if (blank) continue;
    if (fields.size() < columns_.width()) {
      return RefusalAt(rows_.place(), "PARSE_ERROR",
                       absl::StrCat("row ", rows_.row(), ": found ", fields.size(),
                                    " columns, expected at least ", columns_.width()));
    }
    LUMBUNG_RETURN_IF_ERROR(ReadRow());
  }
}

absl::Status CsvReader::ReadRow() {
  ParsedTransaction row;
  row.place = rows_.place();
  const absl::StatusOr<Date> date = dates_.Read(Text("date"));
  if (!date.ok()) return Refuse("date", date.status());
  row.date = *date;
  row.code = std::string(Text("reference"));
  row.description = std::string(Text("description"));
  LUMBUNG_ASSIGN_OR_RETURN(ParsedPosting posting, ReadPosting());
  row.postings.push_back(posting);
  if (columns_.Find("entry").has_value()) return JoinEntry(std::move(row));

  LUMBUNG_ASSIGN_OR_RETURN(posting.account, Required("contra_account"));
  posting.amount.quantity = posting.amount.quantity.Negated();
  posting.weight = posting.amount;
  row.postings.push_back(std::move(posting));
  return sink_.OnTransaction(std::move(row));
}

absl::Status CsvReader::JoinEntry(ParsedTransaction row) {
  LUMBUNG_ASSIGN_OR_RETURN(std::string name, Required("entry"));
  if (entry_.postings.empty() || name != entry_name_) {
    LUMBUNG_RETURN_IF_ERROR(FinishEntry());
    if (finished_.contains(FingerprintOf(name))) {
      return Refuse("entry", "PARSE_ERROR",
                    absl::StrCat("the rows of entry \"", absl::Utf8SafeCEscape(name),
                                 "\" do not stand together; sort the file by this column"));
    }
    entry_name_ = std::move(name);
    entry_ = std::move(row);
    return absl::OkStatus();
  }
  if (row.date != entry_.date) {
    return Refuse("date", "PARSE_ERROR",
                  absl::StrCat("found ", row.date.ToString(), ", expected ", entry_.date.ToString(),
                               " as in the first row of the entry"));
  }
  if (entry_.postings.size() == kMaxPostings) {
    return Refuse("entry", "TOO_MANY_POSTINGS",
                  absl::StrCat("an entry may have at most ", kMaxPostings, " rows"));
  }
  if (entry_.description.empty()) entry_.description = std::move(row.description);
  if (entry_.code.empty()) entry_.code = std::move(row.code);
  entry_.postings.push_back(std::move(row.postings.front()));
  return absl::OkStatus();
}

absl::Status CsvReader::FinishEntry() {
  if (entry_.postings.empty()) return absl::OkStatus();
  std::map<std::string, std::vector<Decimal>> amounts;
  for (const ParsedPosting& posting : entry_.postings) {
    amounts[posting.amount.commodity].push_back(posting.amount.quantity);
  }
  std::vector<std::string> off;
  for (const auto& [currency, of_currency] : amounts) {
    const absl::StatusOr<Decimal> sum = Sum(of_currency);
    if (!sum.ok()) return RefusalAt(entry_.place, ReasonOf(sum.status()), sum.status().message());
    if (!sum->IsZero()) off.push_back(absl::StrCat(sum->ToString(), " ", currency));
  }
  if (!off.empty()) {
    return RefusalAt(entry_.place, "UNBALANCED",
                     absl::StrCat("the entry \"", absl::Utf8SafeCEscape(entry_name_),
                                  "\" that begins here is off by ", absl::StrJoin(off, ", ")));
  }
  finished_.insert(FingerprintOf(entry_name_));
  return sink_.OnTransaction(std::exchange(entry_, ParsedTransaction()));
}

absl::StatusOr<ParsedPosting> CsvReader::ReadPosting() const {
  ParsedPosting posting;
  posting.place = rows_.place();
  LUMBUNG_ASSIGN_OR_RETURN(posting.account, Required("account"));
  LUMBUNG_ASSIGN_OR_RETURN(posting.amount.quantity, ReadAmount());
  LUMBUNG_ASSIGN_OR_RETURN(posting.amount.commodity, Required("currency"));
  posting.weight = posting.amount;
  posting.comment = std::string(Text("memo"));
  const auto default_fund = mapping_.defaults.find("fund");
  std::string fund(Text("fund"));
  if (fund.empty() && default_fund != mapping_.defaults.end()) fund = default_fund->second;
  if (!fund.empty()) posting.tags.emplace_back("fund", std::move(fund));
  for (const auto& [dimension, column] : columns_.dimensions()) {
    const absl::string_view value = absl::StripAsciiWhitespace(rows_.fields()[column]);
    if (!value.empty()) posting.tags.emplace_back(dimension, value);
  }
  return posting;
}

absl::StatusOr<Decimal> CsvReader::ReadAmount() const {
  if (columns_.Find("amount").has_value()) {
    const absl::string_view text = Text("amount");
    if (text.empty()) return Refuse("amount", "MISSING_VALUE", "the cell is empty");
    return ReadNumber("amount", text);
  }
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<Decimal> debit, ReadSide("debit"));
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<Decimal> credit, ReadSide("credit"));
  if (!debit.has_value() && !credit.has_value()) {
    return Refuse("debit", "MISSING_VALUE", "debit and credit are both empty");
  }
  // Many programs write the other side as 0.00.
  const bool debited = debit.has_value() && (!debit->IsZero() || !credit.has_value());
  if (debited && credit.has_value() && !credit->IsZero()) {
    return Refuse("credit", "PARSE_ERROR", "debit and credit have an amount both");
  }
  return debited ? *debit : credit->Negated();
}

absl::StatusOr<std::optional<Decimal>> CsvReader::ReadSide(absl::string_view field) const {
  const absl::string_view text = Text(field);
  if (text.empty()) return std::nullopt;
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal number, ReadNumber(field, text));
  if (number.IsNegative()) {
    return Refuse(field, "INVALID_AMOUNT",
                  absl::StrCat("found ", number.ToString(), ", expected no negative amount here"));
  }
  return number;
}

absl::StatusOr<Decimal> CsvReader::ReadNumber(absl::string_view field,
                                              absl::string_view text) const {
  UserNumberOptions options;
  options.locale = mapping_.number_locale;
  options.dash_is_zero = true;
  const absl::StatusOr<Decimal> number = ParseUserNumber(text, options);
  if (!number.ok()) return Refuse(field, number.status());
  return number;
}

absl::string_view CsvReader::Text(absl::string_view field) const {
  const std::optional<std::size_t> column = columns_.Find(field);
  if (!column.has_value()) return "";
  return absl::StripAsciiWhitespace(rows_.fields()[*column]);
}

absl::StatusOr<std::string> CsvReader::Required(absl::string_view field) const {
  const absl::string_view text = Text(field);
  if (!text.empty()) return std::string(text);
  const auto fallback = mapping_.defaults.find(std::string(field));
  if (fallback != mapping_.defaults.end()) return fallback->second;
  return Refuse(field, "MISSING_VALUE", "the cell is empty, and the mapping has no default");
}

absl::Status CsvReader::Refuse(absl::string_view field, absl::string_view reason,
                               absl::string_view message) const {
  const std::optional<std::size_t> column = columns_.Find(field);
  return RefusalAt(rows_.place(), reason,
                   absl::StrCat("row ", rows_.row(),
                                column.has_value() ? absl::StrCat(", column ", *column + 1) : "",
                                " (", field, "): ", message));
}

// Refuses what is not UTF-8 by its first bytes, with better advice than the first odd line gives.
absl::Status CheckEncoding(std::istream& input, const Place& place) {
  const int first = input.peek();
  if (first != 0xFF && first != 0xFE) return absl::OkStatus();
  return RefusalAt(place, "PARSE_ERROR",
                   "the file is in UTF-16; save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")");
}

}  // namespace

absl::Status ReadCsv(const FileSource& files, absl::string_view main_file,
                     const CsvMapping& mapping, JournalSink& sink) {
  LUMBUNG_RETURN_IF_ERROR(ValidateCsvMapping(mapping));
  LUMBUNG_ASSIGN_OR_RETURN(const DatePattern dates, DatePattern::Parse(mapping.date_format));
  const std::string file(main_file);
  char delimiter = mapping.delimiter;
  if (delimiter == kDetectDelimiter) {
    LUMBUNG_ASSIGN_OR_RETURN(delimiter, DetectDelimiter(files, file, mapping.skip_lines));
  }
  LUMBUNG_ASSIGN_OR_RETURN(std::unique_ptr<std::istream> input, files.Open(file));
  LUMBUNG_RETURN_IF_ERROR(CheckEncoding(*input, Place{file, 1}));
  CsvRows rows(LineReader(std::move(input), file), delimiter);
  LUMBUNG_RETURN_IF_ERROR(rows.SkipLines(mapping.skip_lines));
  std::vector<std::string> header;
  if (mapping.has_header) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool found, rows.Next());
    if (!found) {
      return RefusalAt(Place{file, 1}, "PARSE_ERROR", "found no row, expected a header");
    }
    header = rows.fields();
  }
  absl::StatusOr<CsvColumns> columns = CsvColumns::Resolve(mapping, header);
  if (!columns.ok()) {
    const absl::Status& status = columns.status();
    return InvalidArgument(ReasonOf(status), FieldOf(status),
                           absl::StrCat(rows.place().ToString(), ": ", status.message()));
  }
  return CsvReader(mapping, dates, *std::move(columns), rows, sink).Read();
}

}  // namespace lumbung::import
