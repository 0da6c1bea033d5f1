#include "ledger/store/period_store.h"

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <pqxx/connection>
#include <pqxx/transaction>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/log/trial_balance.h"
#include "ledger/posting/poster.h"
#include "ledger/store/assertion_store.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/posting_store_pg.h"
#include "tests/ledger/store/random_ledger.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::testing {
namespace {

using store::PeriodRecord;

Date Day(const char* text) {
  return Date::Parse(text).value();
}

class PeriodStoreTest : public ::testing::Test {
 protected:
  PeriodStoreTest() : ledger_(std::random_device{}()) {
    RecordProperty("seed", static_cast<int>(ledger_.seed()));
  }

  template <typename Body>
  auto Do(const Body& body) {
    return store::InTransaction(ledger_.pool(), {ledger_.book().organization}, body);
  }
  absl::StatusOr<PeriodRecord> Soft(const char* month) {
    return Do([&](store::TransactionScope& scope) {
      return store::SoftClosePeriod(scope, ledger_.book(), Day(month), kClosedAt);
    });
  }
  absl::StatusOr<PeriodRecord> Hard(const char* month) {
    return Do([&](store::TransactionScope& scope) {
      return store::HardClosePeriod(scope, ledger_.book(), Day(month), kClosedAt);
    });
  }
  absl::StatusOr<PeriodRecord> Reopen(const char* month) {
    return Do([&](store::TransactionScope& scope) {
      return store::ReopenPeriod(scope, ledger_.book(), Day(month));
    });
  }
  std::int64_t Version() {
    return Do([&](store::TransactionScope& scope) {
             return store::ReadMetadataVersion(scope, ledger_.book());
           })
        .value();
  }
  std::vector<PeriodRecord> List(const DateRange& range) {
    return ledger_
        .Read([&](store::TransactionScope& scope) {
          return store::ListPeriods(scope, ledger_.book(), range);
        })
        .value();
  }
  std::string Months(const DateRange& range) {
    std::string text;
    for (const PeriodRecord& period : List(range)) {
      absl::StrAppend(&text, period.month.ToString().substr(0, 7), " ",
                      static_cast<int>(period.state), " ", period.entry_count, "\n");
    }
    return text;
  }
  static EntryDraft Rent(const char* date, const char* amount = "100.00") {
    EntryDraft draft;
    draft.effective_date = Day(date);
    PostingDraft debit;
    debit.account = "5.1";
    debit.amount = Dec(amount);
    debit.currency = "IDR";
    PostingDraft credit = debit;
    credit.account = "1.1.01";
    credit.amount = debit.amount.Negated();
    draft.postings = {debit, credit};
    return draft;
  }
  absl::Status TryPost(const EntryDraft& entry, bool adjuster, const std::string& request_id) {
    store::PostgresPostingStore posting_store(&ledger_.pool());
    posting::Poster poster(&posting_store, PosterOptions());
    posting::Submission submission;
    submission.book = ledger_.book();
    submission.drafts = {entry};
    submission.drafts[0].request_id = request_id;
    submission.permissions.adjuster = adjuster;
    return poster.SubmitAndWait(std::move(submission)).status();
  }
  static posting::Poster::Options PosterOptions() {
    posting::Poster::Options options;
    options.now = [] { return kClosedAt; };
    options.random_bytes = [](char* bytes, std::size_t count) { std::fill_n(bytes, count, 'x'); };
    return options;
  }
  // The hash, computed again from what the close has kept.
  std::string HashOfKept(const char* month) {
    return ledger_
        .Read([&](store::TransactionScope& scope) -> absl::StatusOr<std::string> {
          LUMBUNG_ASSIGN_OR_RETURN(
              const std::vector<BalanceRow> rows,
              store::ReadClosedTrialBalance(scope, ledger_.book(), Day(month)));
          return log::TrialBalanceHash(ledger_.snapshot(), Day(month), rows);
        })
        .value();
  }

  static const absl::Time kClosedAt;
  RandomLedger ledger_;
};
const absl::Time PeriodStoreTest::kClosedAt = absl::FromUnixSeconds(1'790'000'000);

TEST_F(PeriodStoreTest, ListsMonthsWithEntriesAndWhatBecameOfThem) {
  ledger_.Post({Rent("2026-01-31"), Rent("2026-03-01"), Rent("2026-03-31")});
  EXPECT_EQ(Months({}), "2026-01 1 1\n2026-03 1 2\n");
  ASSERT_THAT(Soft("2026-03-01"), IsOk());
  ASSERT_THAT(Hard("2026-01-01"), IsOk());
  EXPECT_EQ(Months({}), "2026-01 3 1\n2026-03 2 2\n");
  EXPECT_EQ(Months({Day("2026-02-01"), Day("2026-12-31")}), "2026-03 2 2\n");
}

TEST_F(PeriodStoreTest, SoftClosedTakesEntriesOfAdjustersOnlyUntilReopened) {
  ledger_.Post({Rent("2026-03-01")});
  ASSERT_THAT(Soft("2026-03-15"), IsOk());
  EXPECT_THAT(TryPost(Rent("2026-03-20"), false, "a"), Refuses("PERIOD_SOFT_CLOSED"));
  EXPECT_THAT(TryPost(Rent("2026-03-20"), true, "b"), IsOk());
  EXPECT_THAT(TryPost(Rent("2026-02-20"), false, "c"), IsOk());
  EXPECT_THAT(TryPost(Rent("2026-04-20"), false, "d"), IsOk());
  ASSERT_THAT(Reopen("2026-03-15"), IsOk());
  EXPECT_THAT(TryPost(Rent("2026-03-20"), false, "e"), IsOk());
}

TEST_F(PeriodStoreTest, ReopeningOneMonthLeavesAnEarlierSoftCloseInForce) {
  ASSERT_THAT(Soft("2026-02-01"), IsOk());
  ASSERT_THAT(Soft("2026-03-01"), IsOk());
  ASSERT_THAT(Reopen("2026-03-01"), IsOk());
  EXPECT_THAT(TryPost(Rent("2026-02-20"), false, "a"), Refuses("PERIOD_SOFT_CLOSED"));
  EXPECT_THAT(TryPost(Rent("2026-03-20"), false, "b"), IsOk());
}

TEST_F(PeriodStoreTest, DoingItTwiceGivesTheSameAnswerAndChangesNothing) {
  ledger_.Post({Rent("2026-03-01")});
  const PeriodRecord soft = Soft("2026-03-01").value();
  std::int64_t version = Version();
  EXPECT_EQ(Soft("2026-03-01")->closed_at, soft.closed_at);
  EXPECT_EQ(Version(), version);

  const PeriodRecord hard = Hard("2026-03-01").value();
  EXPECT_EQ(hard.state, PeriodState::kHardClosed);
  EXPECT_EQ(hard.entry_count, 1);
  version = Version();
  const PeriodRecord again = Hard("2026-03-01").value();
  EXPECT_EQ(again.trial_balance_hash, hard.trial_balance_hash);
  EXPECT_EQ(again.closed_at, hard.closed_at);
  EXPECT_EQ(Version(), version);

  EXPECT_EQ(Reopen("2026-05-01")->state, PeriodState::kOpen);
  EXPECT_EQ(Version(), version);
}

TEST_F(PeriodStoreTest, HardClosedNeverReopens) {
  ledger_.Post({Rent("2026-03-01")});
  ASSERT_THAT(Hard("2026-03-01"), IsOk());
  EXPECT_THAT(Reopen("2026-03-01"), RefusesAt("PERIOD_HARD_CLOSED", "name"));
  EXPECT_THAT(Soft("2026-03-01"), RefusesAt("PERIOD_HARD_CLOSED", "name"));
  EXPECT_THAT(TryPost(Rent("2026-03-20"), true, "a"), Refuses("PERIOD_HARD_CLOSED"));
  // A month before it that never had an entry is closed along with it.
  EXPECT_THAT(Reopen("2026-01-01"), Refuses("PERIOD_HARD_CLOSED"));
  EXPECT_EQ(Hard("2026-01-01")->state, PeriodState::kHardClosed);
  EXPECT_THAT(TryPost(Rent("2026-01-20"), true, "b"), Refuses("PERIOD_HARD_CLOSED"));
}

TEST_F(PeriodStoreTest, MonthsAreHardClosedInOrder) {
  ledger_.Post({Rent("2026-01-31"), Rent("2026-03-01")});
  EXPECT_THAT(Hard("2026-03-01"), RefusesAt("EARLIER_PERIOD_OPEN", "name"));
  ASSERT_THAT(Hard("2026-01-01"), IsOk());
  // February had no entries.
  EXPECT_THAT(Hard("2026-03-01"), IsOk());
}

TEST_F(PeriodStoreTest, RefusesToCloseOverAnAssertionThatDoesNotHold) {
  ledger_.Post({Rent("2026-03-01")});
  store::BalanceAssertion assertion;
  assertion.account = ledger_.snapshot().FindAccount("5.1")->id;
  assertion.date = Day("2026-06-30");
  assertion.currency = ledger_.snapshot().FindCurrency("IDR")->id;
  assertion.expected = Dec("100.00");
  ASSERT_THAT(Do([&](store::TransactionScope& scope) {
                return store::CreateAssertion(scope, ledger_.book(), assertion);
              }),
              IsOk());
  // Only a superuser can falsify it, row-level security and all.
  pqxx::connection superuser(ledger_.database().superuser_uri());
  pqxx::work change(superuser);
  change.exec0("update ledger.balance_assertion set expected = 99");
  change.commit();
  EXPECT_THAT(Hard("2026-03-01"), Refuses("ASSERTION_FAILED"));
  EXPECT_EQ(List({}).front().state, PeriodState::kOpen);
}

TEST_F(PeriodStoreTest, KeepsATrialBalanceWhoseHashNeverChanges) {
  ledger_.PostRandomEntries(1'100);
  const std::vector<PeriodRecord> months = List({});
  ASSERT_GT(months.size(), 10u);
  for (const PeriodRecord& month : months) {
    const PeriodRecord closed = Hard(month.month.ToString().c_str()).value();
    EXPECT_EQ(closed.trial_balance_hash.size(), 32u);
  }
  for (const PeriodRecord& month : List({})) {
    EXPECT_EQ(absl::BytesToHexString(month.trial_balance_hash),
              absl::BytesToHexString(HashOfKept(month.month.ToString().c_str())));
  }
}

TEST_F(PeriodStoreTest, NothingSlipsIntoAMonthWhileItCloses) {
  ledger_.Post({Rent("2026-03-01")});
  store::PostgresPostingStore posting_store(&ledger_.pool());
  posting::Poster poster(&posting_store, PosterOptions());
  constexpr int kThreads = 3;
  constexpr int kEach = 60;
  std::atomic<int> posted{1};
  std::atomic<int> refused{0};
  std::atomic<int> tried{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        posting::Submission submission;
        submission.book = ledger_.book();
        submission.drafts = {Rent("2026-03-20")};
        submission.drafts[0].request_id = absl::StrCat("race-", t, "-", i);
        const absl::Status status = poster.SubmitAndWait(std::move(submission)).status();
        ++tried;
        if (status.ok()) {
          ++posted;
        } else {
          EXPECT_THAT(status, Refuses("PERIOD_HARD_CLOSED"));
          ++refused;
        }
      }
    });
  }
  while (tried < kThreads * kEach / 4) std::this_thread::yield();
  const absl::StatusOr<PeriodRecord> closed = Hard("2026-03-01");
  for (std::thread& thread : threads) thread.join();
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(posted + refused, 1 + kThreads * kEach);
  EXPECT_EQ(closed->entry_count, posted);
  EXPECT_EQ(List({}).front().entry_count, posted);
  EXPECT_EQ(closed->trial_balance_hash, HashOfKept("2026-03-01"));
}

// ---- Assertions ----

class AssertionStoreTest : public PeriodStoreTest {
 protected:
  AssertionStoreTest() { ledger_.Post({Rent("2026-03-10"), Rent("2026-03-20", "50.00")}); }

  store::BalanceAssertion Asserting(const char* account, const char* date, const char* expected) {
    store::BalanceAssertion assertion;
    assertion.account = ledger_.snapshot().FindAccount(account)->id;
    assertion.date = Day(date);
    assertion.currency = ledger_.snapshot().FindCurrency("IDR")->id;
    assertion.expected = Dec(expected);
    return assertion;
  }
  absl::StatusOr<store::BalanceAssertion> Create(const store::BalanceAssertion& assertion) {
    return Do([&](store::TransactionScope& scope) {
      return store::CreateAssertion(scope, ledger_.book(), assertion);
    });
  }
};

TEST_F(AssertionStoreTest, StoresWhatHoldsAndRefusesWhatDoesNot) {
  EXPECT_THAT(Create(Asserting("5.1", "2026-03-31", "150.00")), IsOk());
  EXPECT_THAT(Create(Asserting("5.1", "2026-03-15", "100")), IsOk());
  EXPECT_THAT(Create(Asserting("5.1", "2026-02-28", "0")), IsOk());
  const auto refused = Create(Asserting("5.1", "2026-03-31", "149.99"));
  EXPECT_THAT(refused, RefusesAt("ASSERTION_FAILED", "expected.amount"));
  EXPECT_EQ(refused.status().message(), "expected 149.99, found 150.00 at the end of 2026-03-31");
}

TEST_F(AssertionStoreTest, CountsDescendantsAndFundsWhenAsked) {
  store::BalanceAssertion all_expenses = Asserting("5", "2026-03-31", "150");
  EXPECT_THAT(Create(all_expenses), Refuses("ASSERTION_FAILED"));
  all_expenses.include_descendants = true;
  EXPECT_THAT(Create(all_expenses), IsOk());
  store::BalanceAssertion of_fund = Asserting("5.1", "2026-03-31", "0");
  of_fund.fund = ledger_.snapshot().FindFund("EU")->id;
  EXPECT_THAT(Create(of_fund), IsOk());
  of_fund.fund = ledger_.snapshot().book().default_fund;
  EXPECT_THAT(Create(of_fund), Refuses("ASSERTION_FAILED"));
}

TEST_F(AssertionStoreTest, HoldsAgainstEntriesOfItsDayAndBefore) {
  ASSERT_THAT(Create(Asserting("5.1", "2026-03-31", "150.00")), IsOk());
  EXPECT_THAT(TryPost(Rent("2026-03-31"), false, "a"), Refuses("ASSERTION_FAILED"));
  EXPECT_THAT(TryPost(Rent("2026-01-01"), false, "b"), Refuses("ASSERTION_FAILED"));
  EXPECT_THAT(TryPost(Rent("2026-04-01"), false, "c"), IsOk());
}

TEST_F(AssertionStoreTest, ListsAllPageByPageOrThoseOfOneAccount) {
  std::vector<std::int32_t> created;
  for (int i = 0; i < 5; ++i) {
    created.push_back(
        Create(Asserting(i % 2 == 0 ? "5.1" : "1.2", "2026-03-31", i % 2 == 0 ? "150" : "0"))->id);
  }
  const auto list = [&](std::optional<AccountId> account, std::int32_t after, int limit) {
    const auto found = ledger_.Read([&](store::TransactionScope& scope) {
      return store::ListAssertions(scope, ledger_.book(), account, after, limit);
    });
    std::vector<std::int32_t> ids;
    for (const auto& assertion : found.value()) ids.push_back(assertion.id);
    return ids;
  };
  EXPECT_EQ(list(std::nullopt, 0, 100), created);
  EXPECT_EQ(list(std::nullopt, created[1], 2), (std::vector{created[2], created[3]}));
  EXPECT_EQ(list(ledger_.snapshot().FindAccount("1.2")->id, 0, 100),
            (std::vector{created[1], created[3]}));
}

}  // namespace
}  // namespace lumbung::testing
