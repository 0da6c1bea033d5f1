// Telling the formats apart: by the file's name, or else by what its first lines look like.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/import/readers.h"
#include "ledger/import/text_lexer.h"

namespace lumbung::import {
namespace {

struct Extension {
  absl::string_view name;
  JournalFormat format;
};

constexpr Extension kExtensions[] = {
    {".beancount", JournalFormat::kBeancount}, {".bean", JournalFormat::kBeancount},
    {".journal", JournalFormat::kHledger},     {".hledger", JournalFormat::kHledger},
    {".j", JournalFormat::kHledger},           {".ledger", JournalFormat::kLedger},
    {".dat", JournalFormat::kLedger},          {".csv", JournalFormat::kCsv},
};

constexpr absl::string_view kBeancountDirectives[] = {
    "open", "close",    "balance", "commodity", "price",  "pad",
    "note", "document", "event",   "query",     "custom", "txn",
};

constexpr absl::string_view kBeancountSettings[] = {"option \"", "plugin \"", "pushtag #",
                                                    "include \""};

// Directives that ledger has and hledger has not.
constexpr absl::string_view kLedgerDirectives[] = {
    "A ",     "apply tag", "apply year", "apply fixed", "assert ", "bucket ",
    "check ", "define ",   "--",         "test",        "year ",   "end tag",
};

constexpr std::size_t kLinesToCompare = 20;

// What follows the date with which the line starts, if it starts with one.
std::optional<absl::string_view> AfterDate(absl::string_view line) {
  if (line.empty() || !IsDigit(line.front()) || !TakeDate(&line, {}).ok()) return std::nullopt;
  return line;
}

bool IsBeancount(absl::string_view line) {
  for (const absl::string_view setting : kBeancountSettings) {
    if (absl::StartsWith(line, setting)) return true;
  }
  const std::optional<absl::string_view> after_date = AfterDate(line);
  if (!after_date.has_value()) return false;
  absl::string_view rest = *after_date;
  SkipSpaces(&rest);
  const absl::string_view word = TakeWord(&rest);
  SkipSpaces(&rest);
  if (word == "*" || word == "!") return absl::StartsWith(rest, "\"");
  return !rest.empty() &&
         std::find(std::begin(kBeancountDirectives), std::end(kBeancountDirectives), word) !=
             std::end(kBeancountDirectives);
}

bool IsLedger(absl::string_view line) {
  if (absl::StartsWith(line, ";") && absl::StrContains(line, "-*- ledger -*-")) return true;
  for (const absl::string_view directive : kLedgerDirectives) {
    if (absl::StartsWith(line, directive)) return true;
  }
  return false;
}

// A date or a directive that both hledger and ledger have.
bool IsJournal(absl::string_view line) {
  const std::optional<absl::string_view> after_date = AfterDate(line);
  if (after_date.has_value()) {
    return after_date->empty() || IsSpace(after_date->front()) || after_date->front() == '=';
  }
  for (const absl::string_view directive :
       {"account ", "alias ", "comment", "commodity ", "decimal-mark ", "include ", "payee "}) {
    if (absl::StartsWith(line, directive)) return true;
  }
  return false;
}

int CountOutsideQuotes(absl::string_view line, char delimiter) {
  int count = 0;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == delimiter && !quoted) ++count;
  }
  return count;
}

// Whether the first lines, two at least, have as many of the same delimiter.
bool IsCsv(const std::vector<absl::string_view>& lines) {
  for (const char delimiter : {',', ';', '\t'}) {
    std::vector<int> counts;
    for (const absl::string_view line : lines) {
      if (counts.size() == kLinesToCompare) break;
      if (!line.empty()) counts.push_back(CountOutsideQuotes(line, delimiter));
    }
    if (counts.size() < 2 || counts[0] == 0) continue;
    if (std::equal(counts.begin() + 1, counts.end(), counts.begin())) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<JournalFormat> DetectFormat(absl::string_view file_name, absl::string_view head) {
  for (const Extension& extension : kExtensions) {
    if (absl::EndsWithIgnoreCase(file_name, extension.name)) return extension.format;
  }
  std::vector<absl::string_view> lines = absl::StrSplit(head, '\n');
  for (absl::string_view& line : lines) line = absl::StripSuffix(line, "\r");
  const auto any = [&lines](bool (*matches)(absl::string_view)) {
    return std::any_of(lines.begin(), lines.end(), matches);
  };
  if (any(IsBeancount)) return JournalFormat::kBeancount;
  if (IsCsv(lines)) return JournalFormat::kCsv;
  const bool journal = any(IsJournal);
  if (any(IsLedger) && journal) return JournalFormat::kLedger;
  if (journal) return JournalFormat::kHledger;
  return InvalidArgument("UNKNOWN_FORMAT", "",
                         absl::StrCat("neither the name ", Describe(file_name),
                                      " nor the content tells the format; name the file .journal, "
                                      ".ledger, .beancount or .csv, or choose the format"));
}

}  // namespace lumbung::import
