#include "tests/differential/peer_output.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace lumbung::import {
namespace {

constexpr absl::string_view kNumberCharacters = "-0123456789.,";

// What a comma in a peer's numbers is.
enum class Comma { kGroupMark, kDecimalMark };

Decimal Number(absl::string_view text, Comma comma) {
  const auto number =
      Decimal::Parse(absl::StrReplaceAll(text, {{",", comma == Comma::kDecimalMark ? "." : ""}}));
  EXPECT_TRUE(number.ok()) << "a peer printed the number " << text;
  return number.ok() ? *number : Decimal();
}

// "$-5", "-5 USD", "5": the number in it, and what is left.
std::pair<std::string, Decimal> Amount(absl::string_view text, Comma comma) {
  const std::size_t begin = text.find_first_of(kNumberCharacters);
  if (begin == absl::string_view::npos) return {std::string(text), Decimal()};
  std::size_t end = text.find_first_not_of(kNumberCharacters, begin);
  if (end == absl::string_view::npos) end = text.size();
  std::string symbol = absl::StrCat(absl::StripAsciiWhitespace(text.substr(0, begin)),
                                    absl::StripAsciiWhitespace(text.substr(end)));
  symbol = absl::StrReplaceAll(symbol, {{"\"", ""}});
  return {symbol, Number(text.substr(begin, end - begin), comma)};
}

std::string Quantity(const Decimal& quantity) {
  return quantity.Trimmed().ToString();
}

// A zero has no commodity worth comparing: hledger drops it now and then.
std::string AmountText(const Decimal& quantity, absl::string_view commodity) {
  if (quantity.IsZero()) return "0";
  return absl::StrCat(Quantity(quantity), " ", commodity);
}

std::string Status(char status) {
  return status == ' ' ? "" : std::string{status};
}

std::string WithoutBlanks(absl::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (!absl::ascii_isspace(static_cast<unsigned char>(c))) kept.push_back(c);
  }
  return kept;
}

bool IsVirtual(absl::string_view account) {
  return (absl::StartsWith(account, "(") && absl::EndsWith(account, ")")) ||
         (absl::StartsWith(account, "[") && absl::EndsWith(account, "]"));
}

std::string Description(const ParsedTransaction& transaction) {
  if (transaction.payee.empty()) return transaction.description;
  return absl::StrCat(transaction.payee, " | ", transaction.description);
}

void AddTo(const Decimal& quantity, Decimal* sum) {
  const auto result = Add(*sum, quantity);
  ASSERT_TRUE(result.ok()) << result.status();
  *sum = *result;
}

}  // namespace

std::vector<std::vector<std::string>> ParseCsv(absl::string_view text, char escape) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row{""};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (quoted && c == escape && (next == '"' || escape == '\\')) {
      row.back().push_back(next == 'n' ? '\n' : next);
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      row.emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back(std::move(row));
      row = {""};
    } else {
      row.back().push_back(c);
    }
  }
  return rows;
}

PostingLines HledgerPostings(absl::string_view csv) {
  std::map<int, PostingLines> by_transaction;
  for (const std::vector<std::string>& row : ParseCsv(csv, '"')) {
    int index = 0;
    if (row.size() != 14 || !absl::SimpleAtoi(row[0], &index) || IsVirtual(row[7])) continue;
    by_transaction[index].push_back(absl::StrJoin(
        {row[1], row[3], row[4], row[5], row[7],
         AmountText(Number(row[8], Comma::kDecimalMark), row[9]), row[12], row[13], row[6]},
        " / "));
  }
  PostingLines lines;
  for (const auto& [index, postings] : by_transaction) {
    lines.insert(lines.end(), postings.begin(), postings.end());
  }
  return lines;
}

PostingLines HledgerPostings(const std::vector<ParsedTransaction>& transactions) {
  PostingLines lines;
  for (const ParsedTransaction& transaction : transactions) {
    for (const ParsedPosting& posting : transaction.postings) {
      lines.push_back(absl::StrJoin({transaction.date.ToString(), Status(transaction.status),
                                     transaction.code, Description(transaction), posting.account,
                                     AmountText(posting.amount.quantity, posting.amount.commodity),
                                     Status(posting.status), posting.comment, transaction.comment},
                                    " / "));
    }
  }
  return lines;
}

PostingLines LedgerPostings(absl::string_view csv) {
  PostingLines lines;
  for (const std::vector<std::string>& row : ParseCsv(csv, '\\')) {
    if (row.size() != 8 || IsVirtual(row[3])) continue;
    lines.push_back(absl::StrJoin(
        {absl::StrReplaceAll(row[0], {{"/", "-"}}), row[1], row[2], row[3],
         AmountText(Number(row[5], Comma::kGroupMark), absl::StrReplaceAll(row[4], {{"\"", ""}})),
         row[6], WithoutBlanks(row[7])},
        " / "));
  }
  return lines;
}

PostingLines LedgerPostings(const std::vector<ParsedTransaction>& transactions) {
  PostingLines lines;
  for (const ParsedTransaction& transaction : transactions) {
    for (const ParsedPosting& posting : transaction.postings) {
      if (posting.amount.quantity.IsZero()) continue;
      const char status = posting.status == ' ' ? transaction.status : posting.status;
      lines.push_back(absl::StrJoin(
          {transaction.date.ToString(), transaction.code,
           transaction.description.empty() ? "<Unspecified payee>" : transaction.description,
           posting.account, AmountText(posting.amount.quantity, posting.amount.commodity),
           Status(status), WithoutBlanks(absl::StrCat(posting.comment, transaction.comment))},
          " / "));
    }
  }
  return lines;
}

std::string FirstDifference(const PostingLines& ours, const PostingLines& theirs) {
  const auto at = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
  if (at.first == ours.end() && at.second == theirs.end()) return "";
  const auto next = [](auto position, const PostingLines& lines) {
    constexpr std::ptrdiff_t kShown = 3;
    return absl::StrJoin(position, position + std::min(kShown, lines.end() - position), "\n");
  };
  return absl::StrCat("posting ", at.first - ours.begin(), "\nours:\n", next(at.first, ours),
                      "\ntheirs:\n", next(at.second, theirs));
}

Balances HledgerBalances(absl::string_view csv) {
  Balances balances;
  for (const std::vector<std::string>& row : ParseCsv(csv, '"')) {
    if (row.size() != 2 || row[0] == "account" || row[0] == "total") continue;
    for (const absl::string_view amount : absl::StrSplit(row[1], ", ")) {
      const auto [symbol, quantity] = Amount(amount, Comma::kDecimalMark);
      if (!quantity.IsZero()) balances[{row[0], symbol}] = quantity;
    }
  }
  return balances;
}

Balances LedgerBalances(absl::string_view text) {
  Balances balances;
  std::vector<std::pair<std::string, Decimal>> amounts;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::StartsWith(line, "---")) break;
    const absl::string_view trimmed = absl::StripAsciiWhitespace(line);
    const std::size_t gap = trimmed.find("  ");
    amounts.push_back(Amount(trimmed.substr(0, gap), Comma::kGroupMark));
    if (gap == absl::string_view::npos) continue;
    const std::string account(absl::StripAsciiWhitespace(trimmed.substr(gap)));
    for (const auto& [symbol, quantity] : amounts) {
      if (!quantity.IsZero()) balances[{account, symbol}] = quantity;
    }
    amounts.clear();
  }
  return balances;
}

Balances WeightBalances(const std::vector<ParsedTransaction>& transactions, bool with_descendants) {
  Balances balances;
  for (const ParsedTransaction& transaction : transactions) {
    for (const ParsedPosting& posting : transaction.postings) {
      std::string account = posting.account;
      while (true) {
        AddTo(posting.weight.quantity, &balances[{account, posting.weight.commodity}]);
        const std::size_t colon = account.rfind(':');
        if (!with_descendants || colon == std::string::npos) break;
        account.resize(colon);
      }
    }
  }
  return balances;
}

Balances AmountBalances(const std::vector<ParsedTransaction>& transactions) {
  Balances balances;
  for (const ParsedTransaction& transaction : transactions) {
    for (const ParsedPosting& posting : transaction.postings) {
      AddTo(posting.amount.quantity, &balances[{posting.account, posting.amount.commodity}]);
    }
  }
  return balances;
}

std::vector<std::string> Differences(const Balances& ours, const Balances& theirs) {
  std::map<std::string, int> decimals;
  for (const auto& [key, quantity] : theirs) {
    decimals[key.second] = std::max(decimals[key.second], quantity.scale());
  }
  std::set<std::pair<std::string, std::string>> keys;
  for (const auto& [key, quantity] : ours) keys.insert(key);
  for (const auto& [key, quantity] : theirs) keys.insert(key);
  std::vector<std::string> differences;
  for (const auto& key : keys) {
    const auto our_entry = ours.find(key);
    const auto their_entry = theirs.find(key);
    const Decimal mine = our_entry == ours.end() ? Decimal() : our_entry->second;
    const Decimal theirs_shown = their_entry == theirs.end() ? Decimal() : their_entry->second;
    const int scale = their_entry == theirs.end() ? decimals[key.second] : theirs_shown.scale();
    const auto rounded = mine.Round(scale, Rounding::kHalfEven);
    if (rounded.ok() && *rounded == theirs_shown) continue;
    differences.push_back(absl::StrCat(key.first, ": ", mine.ToString(), " instead of ",
                                       theirs_shown.ToString(), " ", key.second));
  }
  return differences;
}

}  // namespace lumbung::import
