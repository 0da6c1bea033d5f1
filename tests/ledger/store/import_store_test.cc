#include "ledger/store/import_store.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include "absl/time/clock.h"
#include "ledger/store/account_store.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/journal_cursor.h"
#include "ledger/store/transactional_posting.h"
#include "tests/ledger/store/store_fixture.h"

namespace lumbung::store {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::Refuses;

class ImportStoreTest : public testing::StoreTest {
 protected:
  ImportStoreTest() {
    EXPECT_THAT(CreateAccounts({testing::NewTestAccount("cash", AccountType::kAsset),
                                testing::NewTestAccount("food", AccountType::kExpense)}),
                IsOk());
  }

  // Moves whole rupiah from cash to food.
  void Post(const std::vector<std::pair<const char*, int>>& days) {
    const auto posted = Do([&](TransactionScope& scope) -> absl::StatusOr<int> {
      TransactionalPoster::Options options;
      options.now = absl::Now();
      options.random_bytes = [](char* bytes, std::size_t count) { std::fill_n(bytes, count, 'x'); };
      LUMBUNG_ASSIGN_OR_RETURN(TransactionalPoster poster,
                               TransactionalPoster::Open(scope, book_, options));
      std::vector<EntryDraft> drafts;
      for (const auto& [day, amount] : days) {
        EntryDraft draft;
        draft.effective_date = *Date::Parse(day);
        draft.request_id = absl::StrCat("r", ++requests_);
        for (const int sign : {1, -1}) {
          PostingDraft posting;
          posting.account = sign > 0 ? "food" : "cash";
          posting.amount = Decimal::FromInteger(sign * amount);
          posting.currency = "IDR";
          draft.postings.push_back(posting);
        }
        drafts.push_back(draft);
      }
      LUMBUNG_ASSIGN_OR_RETURN(const auto entries, poster.Post(drafts, {}));
      LUMBUNG_RETURN_IF_ERROR(poster.Finish());
      return static_cast<int>(entries.size());
    });
    EXPECT_THAT(posted, IsOk());
  }
  absl::StatusOr<bool> Raise(int scale) {
    const CurrencyId idr = BookSnapshot(Contents()).FindCurrency("IDR")->id;
    return Do([&](TransactionScope& scope) {
      return RaiseCurrencyScale(scope, book_, idr, scale);
    });
  }
  ImportedAssertion Assertion(const char* day, int expected) {
    const BookSnapshot book(Contents());
    return {book.FindAccount("food")->id, false, *Date::Parse(day), book.FindCurrency("IDR")->id,
            Decimal::FromInteger(expected)};
  }
  absl::StatusOr<std::size_t> Store(const std::vector<ImportedAssertion>& assertions) {
    return Do([&](TransactionScope& scope) {
      return StoreAssertions(scope, book_, assertions, "import");
    });
  }

 private:
  int requests_ = 0;
};

TEST_F(ImportStoreTest, RaisesAScaleUntilAPostingUsesTheCurrency) {
  const std::int64_t version = Contents().metadata_version;
  EXPECT_EQ(*Raise(2), false);
  EXPECT_EQ(Contents().metadata_version, version);
  EXPECT_EQ(*Raise(4), true);
  EXPECT_GT(Contents().metadata_version, version);
  EXPECT_EQ(BookSnapshot(Contents()).FindCurrency("IDR")->scale, 4);
  EXPECT_EQ(*Raise(3), false);
  Post({{"2026-01-05", 1}});
  EXPECT_EQ(*Raise(6), false);
  EXPECT_EQ(BookSnapshot(Contents()).FindCurrency("IDR")->scale, 4);
}

TEST_F(ImportStoreTest, KeepsAssertionsThatHoldAndAreNew) {
  Post({{"2026-01-05", 1}, {"2026-01-07", 2}});
  const std::vector<ImportedAssertion> assertions = {
      Assertion("2026-01-05", 1), Assertion("2026-01-06", 7), Assertion("2026-01-07", 3)};
  EXPECT_EQ(*Store(assertions), 2u);
  const std::int64_t version = Contents().metadata_version;
  EXPECT_EQ(*Store(assertions), 0u);
  EXPECT_EQ(Contents().metadata_version, version);
  EXPECT_EQ(*Store({}), 0u);
}

TEST_F(ImportStoreTest, FoldingANewBookTellsThePlanner) {
  Post({{"2026-01-05", 1}, {"2026-01-07", 2}});
  ASSERT_THAT(FoldTurnover(database_.pool(), book_, absl::InfiniteFuture()), IsOk());
  pqxx::connection connection(database_.app_uri());
  pqxx::nontransaction transaction(connection);
  const pqxx::result rows = transaction.exec(
      "select reltuples::bigint from pg_class where oid = 'ledger.posting'::regclass");
  EXPECT_EQ(rows[0][0].as<int>(), 4);
}

TEST_F(ImportStoreTest, VisitsEntriesByDateWithinTheDaysAskedFor) {
  Post({{"2026-01-07", 3}, {"2026-01-05", 1}, {"2026-01-05", 2}, {"2026-01-09", 4}});
  const auto visited = [&](std::optional<Date> from, std::optional<Date> to) {
    std::vector<std::string> amounts;
    EXPECT_THAT(store::RunInTransaction(
                    database_.pool(), {organization_, Access::kReadOnly},
                    [&](TransactionScope& scope) {
                      return VisitEntries(scope, book_, from, to, [&](const PostedEntry& entry) {
                        amounts.push_back(entry.content.postings[0].amount.ToString());
                        return absl::OkStatus();
                      });
                    }),
                IsOk());
    return amounts;
  };
  EXPECT_THAT(visited(std::nullopt, std::nullopt), ElementsAre("1.00", "2.00", "3.00", "4.00"));
  EXPECT_THAT(visited(Date::Parse("2026-01-06").value(), Date::Parse("2026-01-07").value()),
              ElementsAre("3.00"));
  const absl::Status stopped = store::RunInTransaction(
      database_.pool(), {organization_, Access::kReadOnly}, [&](TransactionScope& scope) {
        return VisitEntries(scope, book_, std::nullopt, std::nullopt, [](const PostedEntry&) {
          return InvalidArgument("ENOUGH", "", "one is enough");
        });
      });
  EXPECT_THAT(stopped, Refuses("ENOUGH"));
}

}  // namespace
}  // namespace lumbung::store
