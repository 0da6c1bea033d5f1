#include "ledger/import/comment_tags.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/import/text_lexer.h"

namespace lumbung::import {
namespace {

constexpr absl::string_view kBracketedDateCharacters = "0123456789/-.=";

void Keep(const std::optional<Date>& date, std::optional<Date>* first) {
  if (!first->has_value()) *first = date;
}

absl::string_view LastWord(absl::string_view text) {
  std::size_t start = text.size();
  while (start > 0 && !IsSpace(text[start - 1])) --start;
  return text.substr(start);
}

// Takes "[1/31]", "[1/31=2/1]" or "[=2/1]" without its brackets.
absl::Status ReadBracketedDates(absl::string_view text, DateRules rules, PostingDates* dates) {
  if (!text.empty() && text.front() != '=') {
    LUMBUNG_ASSIGN_OR_RETURN(const Date date, TakeDate(&text, rules));
    Keep(date, &dates->primary);
    rules.default_year = date.year();
  }
  if (TakeChar(&text, '=')) {
    LUMBUNG_ASSIGN_OR_RETURN(const Date date, TakeDate(&text, rules));
    Keep(date, &dates->secondary);
  }
  if (text.empty()) return absl::OkStatus();
  return InvalidArgument("INVALID_DATE", "",
                         "found " + Describe(text) + " after a posting's date, expected \"]\"");
}

bool LooksLikeBracketedDate(absl::string_view text) {
  return text.find_first_not_of(kBracketedDateCharacters) == absl::string_view::npos &&
         text.find_first_of("/-.") != absl::string_view::npos &&
         std::any_of(text.begin(), text.end(), IsDigit);
}

// The value of hledger's date tags; what follows the date is not part of it.
absl::Status ReadDateTag(absl::string_view value, const DateRules& rules,
                         std::optional<Date>* first) {
  SkipSpaces(&value);
  LUMBUNG_ASSIGN_OR_RETURN(const Date date, TakeDate(&value, rules));
  Keep(date, first);
  return absl::OkStatus();
}

}  // namespace

void AppendHledgerTags(absl::string_view comment, Tags* tags) {
  while (true) {
    const std::size_t colon = comment.find(':');
    if (colon == absl::string_view::npos) return;
    const absl::string_view name = LastWord(comment.substr(0, colon));
    comment.remove_prefix(colon + 1);
    if (name.empty()) continue;
    const std::size_t comma = std::min(comment.find(','), comment.size());
    tags->emplace_back(name, Trimmed(comment.substr(0, comma)));
    comment.remove_prefix(std::min(comma + 1, comment.size()));
  }
}

void AppendLedgerTags(absl::string_view comment, Tags* tags) {
  bool first = true;
  while (true) {
    SkipSpaces(&comment);
    if (comment.empty()) return;
    const absl::string_view word = TakeWord(&comment);
    if (word.size() < 2) continue;
    if (word.front() == ':' && word.back() == ':') {
      for (const absl::string_view name : absl::StrSplit(word, ':', absl::SkipEmpty())) {
        tags->emplace_back(name, "");
      }
    } else if (first && word.back() == ':') {
      tags->emplace_back(word.substr(0, word.size() - 1), Trimmed(comment));
      return;
    }
    first = false;
  }
}

absl::Status ReadHledgerPostingDates(absl::string_view comment, int year, PostingDates* dates) {
  const DateRules rules{.default_year = year};
  for (std::size_t open = comment.find('['); open != absl::string_view::npos;
       open = comment.find('[', open + 1)) {
    const std::size_t close = comment.find(']', open);
    if (close == absl::string_view::npos) break;
    const absl::string_view inside = comment.substr(open + 1, close - open - 1);
    if (!LooksLikeBracketedDate(inside)) continue;
    LUMBUNG_RETURN_IF_ERROR(ReadBracketedDates(inside, rules, dates));
  }
  if (comment.find(':') == absl::string_view::npos) return absl::OkStatus();
  Tags tags;
  AppendHledgerTags(comment, &tags);
  for (const auto& [name, value] : tags) {
    if (name == "date") {
      LUMBUNG_RETURN_IF_ERROR(ReadDateTag(value, rules, &dates->primary));
    } else if (name == "date2") {
      LUMBUNG_RETURN_IF_ERROR(ReadDateTag(value, rules, &dates->secondary));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadLedgerPostingDates(absl::string_view comment, std::optional<int> year,
                                    PostingDates* dates) {
  if (comment.find(':') != absl::string_view::npos) return absl::OkStatus();
  const std::size_t open = comment.find('[');
  if (open == absl::string_view::npos || open + 1 == comment.size()) return absl::OkStatus();
  if (!IsDigit(comment[open + 1]) && comment[open + 1] != '=') return absl::OkStatus();
  const std::size_t close = comment.find(']', open);
  if (close == absl::string_view::npos) return absl::OkStatus();
  return ReadBracketedDates(comment.substr(open + 1, close - open - 1),
                            DateRules{.default_year = year, .lenient = true}, dates);
}

}  // namespace lumbung::import
