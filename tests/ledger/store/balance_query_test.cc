// Every balance against a plain sum over all postings.
#include "ledger/store/balance_query.h"

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/ledger/store/random_ledger.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::testing {
namespace {

using store::BalanceFilter;
using store::Balances;

constexpr int kEntries = 1'500;

// Rows as text, all-zero ones left out, the same row named once.
class Rendering {
 public:
  Rendering(const BookSnapshot& book, bool by_dimensions)
      : book_(book), by_dimensions_(by_dimensions) {}

  void Add(const BalanceRow& row) {
    std::string key = absl::StrCat(book_.FindAccount(row.account)->key, " ",
                                   book_.FindCurrency(row.currency)->code, " ",
                                   book_.FindCurrency(row.functional_currency)->code);
    if (by_dimensions_) {
      absl::StrAppend(&key, " fund ", ToInteger(row.dimensions.fund));
      for (const auto& [dimension, value] : row.dimensions.members) {
        absl::StrAppend(&key, " ", ToInteger(dimension), "=", ToInteger(value));
      }
    }
    const absl::Status added = AddTurnover(row, &rows_[key]);
    if (!added.ok()) ADD_FAILURE() << added;
  }
  std::string Text() const {
    std::string text;
    for (const auto& [key, row] : rows_) {
      if (row.IsZero()) continue;
      absl::StrAppend(&text, key, ": ", row.debit.Trimmed().ToString(), " ",
                      row.credit.Trimmed().ToString(), " ",
                      row.functional_debit.Trimmed().ToString(), " ",
                      row.functional_credit.Trimmed().ToString(), "\n");
    }
    return text;
  }

 private:
  const BookSnapshot& book_;
  const bool by_dimensions_;
  std::map<std::string, BalanceRow> rows_;
};

bool Matches(const store::DimensionFilter& filter, const DimensionSet& set) {
  if (filter.fund.has_value() && *filter.fund != set.fund) return false;
  for (const auto& wanted : filter.values) {
    if (std::count(set.members.begin(), set.members.end(), wanted) == 0) return false;
  }
  return true;
}

bool IsClosing(const RandomLedger& ledger, const PostedEntry& entry) {
  if (entry.content.kind == EntryKind::kClosing) return true;
  if (!entry.content.reverses.has_value()) return false;
  const auto original = static_cast<std::size_t>(ToInteger(*entry.content.reverses)) - 1;
  return ledger.entries()[original].content.kind == EntryKind::kClosing;
}

std::string BruteForce(const RandomLedger& ledger, const BalanceFilter& filter) {
  const std::set<AccountId> accounts(filter.accounts.begin(), filter.accounts.end());
  Rendering rendering(ledger.snapshot(), filter.by_dimensions);
  for (const PostedEntry& entry : ledger.entries()) {
    if (!filter.dates.Contains(entry.content.effective_date)) continue;
    if (filter.known_at.has_value() && entry.recorded_at > *filter.known_at) continue;
    if (filter.exclude_closing && IsClosing(ledger, entry)) continue;
    for (const ValidPosting& posting : entry.content.postings) {
      if (!accounts.empty() && accounts.count(posting.account) == 0) continue;
      if (!Matches(filter.dimensions, posting.dimensions)) continue;
      BalanceRow row;
      row.account = posting.account;
      row.dimensions = posting.dimensions;
      row.currency = posting.currency;
      row.functional_currency = posting.functional_currency;
      (posting.amount.IsNegative() ? row.credit : row.debit) = posting.amount.Abs();
      (posting.functional_amount.IsNegative() ? row.functional_credit : row.functional_debit) =
          posting.functional_amount.Abs();
      rendering.Add(row);
    }
  }
  return rendering.Text();
}

BalanceFilter RandomFilter(RandomLedger& ledger) {
  BalanceFilter filter;
  if (ledger.OneIn(2)) filter.dates.from = ledger.RandomDate();
  if (!ledger.OneIn(4)) filter.dates.to = ledger.RandomDate();
  if (ledger.OneIn(3) && filter.dates.from.has_value()) {
    filter.dates.from = filter.dates.from->FirstOfMonth();
  }
  if (ledger.OneIn(3) && filter.dates.to.has_value()) {
    filter.dates.to = filter.dates.to->LastOfMonth();
  }
  if (filter.dates.IsEmpty() && !ledger.OneIn(5)) std::swap(filter.dates.from, filter.dates.to);
  if (ledger.OneIn(2)) {
    // Exactly at a recording, or between two.
    const PostedEntry& entry = ledger.entries()[ledger.Below(ledger.entries().size())];
    filter.known_at = entry.recorded_at + (ledger.OneIn(2) ? absl::Minutes(1) : -absl::Minutes(1)) *
                                              (ledger.OneIn(2) ? 1 : 0);
  }
  if (ledger.OneIn(3)) {
    const auto& all = ledger.snapshot().accounts();
    filter.accounts = ledger.snapshot().Subtree(all[ledger.Below(all.size())].id);
  }
  const auto& funds = ledger.snapshot().funds();
  if (ledger.OneIn(3)) filter.dimensions.fund = funds[ledger.Below(funds.size())].id;
  for (const Dimension& dimension : ledger.snapshot().dimensions()) {
    if (!ledger.OneIn(4)) continue;
    const std::size_t value = ledger.Below(dimension.values.size());
    filter.dimensions.values.emplace_back(dimension.id, dimension.values[value].id);
  }
  filter.exclude_closing = ledger.OneIn(3);
  filter.by_dimensions = ledger.OneIn(3);
  return filter;
}

std::string Describe(const BalanceFilter& filter) {
  const auto day = [](const std::optional<Date>& date) {
    return date.has_value() ? date->ToString() : "open";
  };
  return absl::StrCat("from ", day(filter.dates.from), " to ", day(filter.dates.to), " known at ",
                      filter.known_at.has_value() ? absl::FormatTime(*filter.known_at) : "now",
                      ", ", filter.accounts.size(), " accounts, fund ",
                      filter.dimensions.fund.has_value() ? ToInteger(*filter.dimensions.fund) : 0,
                      ", ", filter.dimensions.values.size(), " values",
                      filter.exclude_closing ? ", without closing" : "",
                      filter.by_dimensions ? ", by dimensions" : "");
}

class BalanceQueryTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { ledger_ = std::make_unique<RandomLedger>(std::random_device{}()); }
  static void TearDownTestSuite() { ledger_.reset(); }

  static std::string Answer(const BalanceFilter& filter) {
    const absl::StatusOr<Balances> balances = ledger_->Read([&](store::TransactionScope& scope) {
      return store::ReadBalances(scope, ledger_->book(), filter);
    });
    if (!balances.ok()) return balances.status().ToString();
    Rendering rendering(ledger_->snapshot(), filter.by_dimensions);
    for (const BalanceRow& row : balances->rows) rendering.Add(row);
    return rendering.Text();
  }

  static std::unique_ptr<RandomLedger> ledger_;
};
std::unique_ptr<RandomLedger> BalanceQueryTest::ledger_;

TEST_F(BalanceQueryTest, IsTheSumOfItsPostingsHoweverItIsAsked) {
  SCOPED_TRACE(absl::StrCat("seed ", ledger_->seed()));
  EXPECT_EQ(Answer({}), "");
  for (int round = 0; round < 6; ++round) {
    ledger_->PostRandomEntries(kEntries / 6);
    if (ledger_->OneIn(2)) ledger_->Fold();
    for (int query = 0; query < 60; ++query) {
      const BalanceFilter filter = RandomFilter(*ledger_);
      ASSERT_EQ(Answer(filter), BruteForce(*ledger_, filter)) << Describe(filter);
    }
  }
  ASSERT_GT(ledger_->entries().size(), 1'001u);
  EXPECT_EQ(Answer({}), BruteForce(*ledger_, {}));
}

TEST_F(BalanceQueryTest, KnowsHowFarItSaw) {
  const auto read = [&](const BalanceFilter& filter) {
    return ledger_
        ->Read([&](store::TransactionScope& scope) {
          return store::ReadBalances(scope, ledger_->book(), filter);
        })
        .value();
  };
  const EntryId newest = ledger_->entries().back().id;
  EXPECT_EQ(read({}).last_entry, newest);
  EXPECT_EQ(read({}).last_known_entry, newest);

  BalanceFilter before_everything;
  before_everything.known_at = absl::UnixEpoch();
  EXPECT_EQ(read(before_everything).last_known_entry, EntryId{0});
  EXPECT_TRUE(read(before_everything).rows.empty());

  ledger_->Fold();
  EXPECT_EQ(read({}).unfolded_entries, 0);
  ledger_->PostRandomEntries(3);
  EXPECT_EQ(read({}).unfolded_entries, 3);
}

TEST_F(BalanceQueryTest, RefusesABookThatIsNotThere) {
  const auto balances = ledger_->Read([&](store::TransactionScope& scope) {
    return store::ReadBalances(scope, {ledger_->book().organization, BookId{999}}, {});
  });
  EXPECT_THAT(balances, Refuses("BOOK_NOT_FOUND"));
}

TEST_F(BalanceQueryTest, DoesNotSeeAnotherOrganization) {
  const OrganizationId other = ledger_->database().CreateOrganization("lain");
  const auto balances = store::InTransaction(
      ledger_->pool(), {other, store::Access::kReadOnly, absl::InfiniteFuture()},
      [&](store::TransactionScope& scope) {
        return store::ReadBalances(scope, ledger_->book(), {});
      });
  EXPECT_THAT(balances, Refuses("BOOK_NOT_FOUND"));
}

}  // namespace
}  // namespace lumbung::testing
