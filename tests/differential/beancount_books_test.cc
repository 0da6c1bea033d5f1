// Real books against what beancount's own query program says of them.
#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/decimal.h"
#include "ledger/import/readers.h"
#include "tests/differential/peer_output.h"
#include "tests/ledger/import/journal_testing.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/shared_folder.h"

namespace lumbung::import {
namespace {

using ::lumbung::testing::IsOk;

constexpr absl::string_view kBooks[] = {"example", "bean-basic", "bean-starter"};

std::vector<std::vector<std::string>> PeerRows(absl::string_view book, absl::string_view table) {
  const std::string csv = lumbung::testing::ReadSharedFile(
      absl::StrCat("cases/books/peers/", book, "/bean-query.", table, ".csv"));
  std::vector<std::vector<std::string>> rows = ParseCsv(csv, '"');
  EXPECT_GT(rows.size(), 1u);
  if (!rows.empty()) rows.erase(rows.begin());  // The header.
  for (std::vector<std::string>& row : rows) {
    for (std::string& field : row) field = std::string(absl::StripAsciiWhitespace(field));
  }
  return rows;
}

std::vector<ParsedTransaction> Transactions(absl::string_view book) {
  RecordingSink sink;
  const FolderFiles files(lumbung::testing::SharedPath("cases/books/inputs"));
  EXPECT_THAT(ReadBeancount(files, absl::StrCat(book, ".beancount"), sink), IsOk());
  return sink.transactions();
}

bool IsAtCost(const ParsedPosting& posting) {
  for (const auto& [name, value] : posting.tags) {
    if (name == "lot") return true;
  }
  return false;
}

// The peer shows a number in the usual decimals of its currency and drops the rest.
Decimal AsShown(const Decimal& number, const Decimal& shown) {
  return *number.Round(shown.scale(), Rounding::kDown);
}

// A posting of ours, or a row of the peer: date, id, account, number, currency, cost number, cost
// currency, price.
struct Line {
  std::string key;  // Date, account and currency.
  Decimal number;
  const ParsedPosting* posting = nullptr;
  std::vector<std::string> row;

  friend bool operator<(const Line& a, const Line& b) {
    return a.key != b.key ? a.key < b.key : a.number < b.number;
  }
};

std::vector<Line> PeerLines(absl::string_view book) {
  std::vector<Line> lines;
  for (const std::vector<std::string>& row : PeerRows(book, "postings")) {
    lines.push_back(
        {absl::StrCat(row[0], " ", row[2], " ", row[4]), *Decimal::Parse(row[3]), nullptr, row});
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

// What the row says that a posting of `number` units weighs.
ParsedAmount WeightOf(const std::vector<std::string>& row, const Decimal& number) {
  if (!row[5].empty()) return {*MultiplyExact(number, *Decimal::Parse(row[5])), row[6]};
  if (row[7].empty()) return {number, row[4]};
  const std::vector<std::string> price = absl::StrSplit(row[7], ' ', absl::SkipEmpty());
  return {*MultiplyExact(number, *Decimal::Parse(price[0])), price[1]};
}

TEST(BeancountBooksTest, EveryPostingIsTheOneThatBeancountSees) {
  for (const absl::string_view book : kBooks) {
    SCOPED_TRACE(book);
    const std::vector<ParsedTransaction> transactions = Transactions(book);
    std::vector<Line> ours;
    for (const ParsedTransaction& transaction : transactions) {
      for (const ParsedPosting& posting : transaction.postings) {
        ours.push_back({absl::StrCat(transaction.date.ToString(), " ", posting.account, " ",
                                     posting.amount.commodity),
                        posting.amount.quantity,
                        &posting,
                        {}});
      }
    }
    std::sort(ours.begin(), ours.end());
    const std::vector<Line> theirs = PeerLines(book);
    ASSERT_EQ(ours.size(), theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
      ASSERT_EQ(ours[i].key, theirs[i].key);
      EXPECT_EQ(AsShown(ours[i].number, theirs[i].number), theirs[i].number) << ours[i].key;
      const ParsedAmount weight = WeightOf(theirs[i].row, ours[i].number);
      EXPECT_EQ(ours[i].posting->weight.quantity, weight.quantity) << ours[i].key;
      EXPECT_EQ(ours[i].posting->weight.commodity, weight.commodity) << ours[i].key;
    }
  }
}

TEST(BeancountBooksTest, BalancesAtCostAgree) {
  for (const absl::string_view book : kBooks) {
    SCOPED_TRACE(book);
    std::map<std::pair<std::string, std::string>, Decimal> sums;
    for (const ParsedTransaction& transaction : Transactions(book)) {
      for (const ParsedPosting& posting : transaction.postings) {
        const ParsedAmount& at_cost = IsAtCost(posting) ? posting.weight : posting.amount;
        Decimal& sum = sums[{posting.account, at_cost.commodity}];
        sum = *Add(sum, at_cost.quantity);
      }
    }
    std::size_t shown_count = 0;
    for (const auto& row : PeerRows(book, "balance-at-cost")) {
      for (const absl::string_view amount : absl::StrSplit(row[1], ',', absl::SkipWhitespace())) {
        const std::vector<std::string> parts = absl::StrSplit(amount, ' ', absl::SkipEmpty());
        const Decimal shown = *Decimal::Parse(parts[0]);
        EXPECT_EQ(AsShown(sums[{row[0], parts[1]}], shown), shown) << row[0] << " " << parts[1];
        ++shown_count;
      }
    }
    const auto has_balance = [](const auto& entry) { return !entry.second.IsZero(); };
    EXPECT_EQ(std::count_if(sums.begin(), sums.end(), has_balance), shown_count);
  }
}

// The balances that the peer shows sum to -0.05 USD, because it drops decimals; this is the sum of
// the exact ones.
TEST(BeancountBooksTest, WhatRoundingLeftInTheExampleIsReported) {
  Decimal total;
  for (const ParsedTransaction& transaction : Transactions("example")) {
    for (const ParsedAmount& residue : transaction.residue) {
      EXPECT_EQ(residue.commodity, "USD");
      total = *Add(total, residue.quantity);
    }
  }
  EXPECT_EQ(total.ToString(), "-0.04306");
}

}  // namespace
}  // namespace lumbung::import
