#include "reports/render/xlsx/xlsx_text.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "ledger/core/utf8.h"

namespace lumbung::reports {
namespace {

// A cell has room for 32,767 characters of UTF-16, which are never more than the bytes of UTF-8.
constexpr std::size_t kMostCellBytes = 32'700;
constexpr std::size_t kMostPageBytes = 100;
constexpr std::size_t kMostSheetNameBytes = 31;

bool XmlAllows(char32_t c) {
  return !(IsControl(c) && c != '\n' && c != '\t') && c != 0xFFFE && c != 0xFFFF;
}

std::string Allowed(absl::string_view text) {
  std::string result;
  while (!text.empty()) {
    const absl::string_view before = text;
    const std::optional<char32_t> c = TakeCodePoint(&text);
    if (!c) text.remove_prefix(1);
    const absl::string_view taken = before.substr(0, before.size() - text.size());
    absl::StrAppend(&result, c && XmlAllows(*c) ? taken : "\uFFFD");
  }
  return result;
}

// Spreadsheets keep "History" for themselves.
bool IsReserved(absl::string_view lower) {
  return lower.empty() || lower == "history";
}

}  // namespace

std::string CellText(absl::string_view text) {
  std::string allowed = Allowed(text);
  if (allowed.size() <= kMostCellBytes) return allowed;
  return absl::StrCat(Beginning(allowed, kMostCellBytes), "…");
}

std::string PageText(absl::string_view text) {
  const std::string allowed = Allowed(text);
  return absl::StrReplaceAll(Beginning(allowed, kMostPageBytes), {{"&", "&&"}, {"\n", " "}});
}

std::string SheetName(absl::string_view wanted, absl::flat_hash_set<std::string>* taken) {
  std::string clean = absl::StrReplaceAll(Allowed(wanted), {{"[", "("},
                                                            {"]", ")"},
                                                            {":", "-"},
                                                            {"*", "-"},
                                                            {"?", "-"},
                                                            {"/", "-"},
                                                            {"\\", "-"},
                                                            {"'", "\u2019"},
                                                            {"\n", " "},
                                                            {"\t", " "}});
  absl::StripAsciiWhitespace(&clean);
  for (int count = 1;; ++count) {
    const std::string suffix = count == 1 ? "" : absl::StrCat(" (", count, ")");
    std::string name(Beginning(clean, kMostSheetNameBytes - suffix.size()));
    absl::StripTrailingAsciiWhitespace(&name);
    absl::StrAppend(&name, suffix);
    const std::string lower = absl::AsciiStrToLower(name);
    if (!IsReserved(lower) && taken->insert(lower).second) return name;
  }
}

}  // namespace lumbung::reports
