#include "ledger/import/csv_rows.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"

namespace lumbung::import {

absl::Status CsvRows::SkipLines(int count) {
  for (int i = 0; i < count; ++i) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, lines_.Next());
    if (!more) break;
    ++row_;
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> CsvRows::Next() {
  do {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, lines_.Next());
    if (!more) return false;
    ++row_;
  } while (absl::StripAsciiWhitespace(lines_.line()).empty());
  line_ = lines_.line_number();
  row_bytes_ = lines_.line().size();
  fields_.clear();
  absl::string_view rest = lines_.line();
  do {
    LUMBUNG_RETURN_IF_ERROR(TakeField(&rest));
  } while (absl::ConsumePrefix(&rest, absl::string_view(&delimiter_, 1)));
  return true;
}

absl::Status CsvRows::TakeField(absl::string_view* rest) {
  if (fields_.size() == kMaxCsvColumns) {
    return Refuse("ROW_TOO_LONG",
                  absl::StrCat("a row may have at most ", kMaxCsvColumns, " columns"));
  }
  std::string& field = fields_.emplace_back();
  if (absl::ConsumePrefix(rest, "\"")) return TakeQuotedField(rest, &field);
  const absl::string_view text = rest->substr(0, rest->find(delimiter_));
  field = std::string(text);
  rest->remove_prefix(text.size());
  return absl::OkStatus();
}

absl::Status CsvRows::TakeQuotedField(absl::string_view* rest, std::string* field) {
  while (true) {
    const std::size_t quote = rest->find('"');
    absl::StrAppend(field, rest->substr(0, quote));
    if (quote == absl::string_view::npos) {
      LUMBUNG_ASSIGN_OR_RETURN(const bool more, lines_.Next());
      if (!more) return Refuse("PARSE_ERROR", "the row has a quote that is never closed");
      *rest = lines_.line();
      field->push_back('\n');
      row_bytes_ += rest->size() + 1;
      if (row_bytes_ > kMaxLineBytes) {
        return Refuse("ROW_TOO_LONG", absl::StrCat("a row may have at most ", kMaxLineBytes,
                                                   " bytes; is a quote never closed?"));
      }
      continue;
    }
    rest->remove_prefix(quote + 1);
    if (absl::ConsumePrefix(rest, "\"")) {
      field->push_back('"');
      continue;
    }
    if (rest->empty() || rest->front() == delimiter_) return absl::OkStatus();
    return Refuse("PARSE_ERROR",
                  absl::StrCat("column ", fields_.size(),
                               ": found text behind a closing quote, expected the delimiter"));
  }
}

absl::Status CsvRows::Refuse(absl::string_view reason, absl::string_view message) const {
  return RefusalAt(place(), reason, absl::StrCat("row ", row_, ": ", message));
}

}  // namespace lumbung::import
