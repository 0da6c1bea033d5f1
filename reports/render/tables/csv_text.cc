#include "reports/render/tables/csv_text.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/core/utf8.h"

namespace lumbung::reports {
namespace {

std::string WithoutInvalidBytes(absl::string_view text) {
  if (IsValidUtf8(text)) return std::string(text);
  std::string result;
  while (!text.empty()) {
    const absl::string_view before = text;
    if (TakeCodePoint(&text)) {
      absl::StrAppend(&result, before.substr(0, before.size() - text.size()));
    } else {
      absl::StrAppend(&result, "\uFFFD");
      text.remove_prefix(1);
    }
  }
  return result;
}

}  // namespace

std::string CsvQuoted(absl::string_view text) {
  if (text.find_first_of(",\"\r\n") == absl::string_view::npos) return std::string(text);
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

std::string CsvText(absl::string_view text) {
  const bool formula = !text.empty() && absl::StrContains("=+-@\t\r", text.substr(0, 1));
  return CsvQuoted(absl::StrCat(formula ? "'" : "", WithoutInvalidBytes(text)));
}

}  // namespace lumbung::reports
