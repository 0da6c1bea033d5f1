// What comments say to programs: tags, and the dates of single postings. One line of comment at a
// time, without its ";". Pure.
#ifndef LUMBUNG_LEDGER_IMPORT_COMMENT_TAGS_H_
#define LUMBUNG_LEDGER_IMPORT_COMMENT_TAGS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "ledger/core/date.h"

namespace lumbung::import {

using Tags = std::vector<std::pair<std::string, std::string>>;

// hledger: "words name:value, other:" anywhere in the line; a value ends at a comma.
void AppendHledgerTags(absl::string_view comment, Tags* tags);
// ledger: ":one:two:" anywhere, or "Name: value" at the start; a value ends with the line.
void AppendLedgerTags(absl::string_view comment, Tags* tags);

// The dates a posting's comment may give it. The first one of each kind counts.
struct PostingDates {
  std::optional<Date> primary;
  std::optional<Date> secondary;
};

// hledger: "date:2/1", "date2:2/1", "[2/1]", "[2/1=2/3]", "[=2/3]". INVALID_DATE.
absl::Status ReadHledgerPostingDates(absl::string_view comment, int year, PostingDates* dates);
// ledger: "[2023/2/1]", "[2023/2/1=2023/2/3]", "[=2023/2/3]". INVALID_DATE.
absl::Status ReadLedgerPostingDates(absl::string_view comment, std::optional<int> year,
                                    PostingDates* dates);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_COMMENT_TAGS_H_
