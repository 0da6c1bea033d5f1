// The write path against a database of our own making, which can be slow, move on, refuse, or
// vanish.
#include "ledger/posting/poster.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"

namespace lumbung::posting {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr BookKey kBook{OrganizationId{1}, BookId{1}};

BookContents Contents(std::int64_t version) {
  BookContents contents;
  contents.book.key = kBook;
  contents.book.uid = "0190c0de-0000-7000-8000-000000000001";
  contents.book.functional_currency = CurrencyId{1};
  contents.book.default_fund = FundId{1};
  contents.metadata_version = version;
  contents.currencies = {{CurrencyId{1}, "IDR", 2, false, "Rupiah"}};
  contents.funds = {{FundId{1}, "UMUM", "Umum", FundRestriction::kWithout, false}};
  contents.series = {{SeriesId{1}, "JU"}};
  for (int i = 1; i <= 3; ++i) {
    Account account;
    account.id = AccountId{i};
    account.key = account.code = absl::StrCat("1.", i);
    account.type = AccountType::kAsset;
    contents.accounts.push_back(account);
  }
  return contents;
}

// A database in memory that keeps the rules the poster relies on.
class FakeStore : public PostingStore {
 public:
  absl::StatusOr<LoadedBook> Load(BookKey, absl::Time) override {
    absl::MutexLock lock(&mutex_);
    ++loads_;
    LoadedBook loaded;
    loaded.snapshot = std::make_shared<const BookSnapshot>(Contents(head_.metadata_version));
    loaded.head = head_;
    loaded.dimension_sets = sets_;
    return loaded;
  }

  absl::StatusOr<std::int64_t> MetadataVersion(BookKey, absl::Time) override {
    absl::MutexLock lock(&mutex_);
    return head_.metadata_version;
  }

  absl::StatusOr<PostOutcome> Post(const PostBatch& batch, absl::Time) override {
    absl::MutexLock lock(&mutex_);
    ++attempts_;
    if (batch.expected.last_entry_id != head_.last_entry_id ||
        batch.expected.metadata_version != head_.metadata_version) {
      return PostOutcome::kStale;
    }
    for (const NumberedEntry& entry : batch.entries) {
      if (entry.entry->description == "refused by the database") {
        return FailedPrecondition("ASSERTION_FAILED", "", "no");
      }
      if (requests_.count(entry.entry->request_id) > 0) {
        return Refusal(absl::StatusCode::kAlreadyExists, "REQUEST_ID_USED", "request_id", "used");
      }
    }
    for (const NumberedEntry& entry : batch.entries) {
      PostedEntry posted;
      posted.id = entry.id;
      posted.number = entry.number;
      posted.recorded_at = batch.recorded_at;
      posted.leaf_hash = entry.leaf_hash;
      posted.content = *entry.entry;
      requests_[entry.entry->request_id] = entries_.size();
      entries_.push_back(posted);
      ++head_.last_numbers[{entry.entry->series, entry.entry->fiscal_year}];
    }
    head_.last_entry_id += static_cast<std::int64_t>(batch.entries.size());
    for (const DimensionSet& set : batch.new_dimension_sets) {
      sets_[set] = DimensionSetId{++head_.last_dimension_set_id};
    }
    batches_.push_back(batch.entries.size());
    if (std::exchange(lose_next_answer_, false)) {
      return Refusal(absl::StatusCode::kUnavailable, "OUTCOME_UNKNOWN", "", "connection lost");
    }
    return PostOutcome::kPosted;
  }

  absl::StatusOr<std::vector<ExistingEntry>> FindByRequestIds(
      BookKey, const std::vector<std::string>& request_ids, absl::Time) override {
    absl::MutexLock lock(&mutex_);
    std::vector<ExistingEntry> found;
    for (const std::string& id : request_ids) {
      const auto entry = requests_.find(id);
      if (entry == requests_.end()) continue;
      found.push_back({id, entries_[entry->second].content.request_hash,
                       entries_[entry->second].id});
    }
    return found;
  }

  absl::StatusOr<std::vector<PostedEntry>> ReadEntries(BookKey, const std::vector<EntryId>& ids,
                                                       absl::Time) override {
    absl::MutexLock lock(&mutex_);
    std::vector<PostedEntry> entries;
    for (const EntryId id : ids) {
      entries.push_back(entries_[static_cast<std::size_t>(ToInteger(id) - 1)]);
    }
    return entries;
  }

  // Somebody else writes to the book, or changes what it is made of.
  void MoveOn() {
    absl::MutexLock lock(&mutex_);
    ++head_.metadata_version;
  }
  void LoseNextAnswer() {
    absl::MutexLock lock(&mutex_);
    lose_next_answer_ = true;
  }
  std::vector<std::string> RequestIds() {
    absl::MutexLock lock(&mutex_);
    std::vector<std::string> ids;
    for (const PostedEntry& entry : entries_) ids.push_back(entry.content.request_id);
    return ids;
  }
  int loads() {
    absl::MutexLock lock(&mutex_);
    return loads_;
  }
  absl::Mutex& mutex() ABSL_LOCK_RETURNED(mutex_) { return mutex_; }
  std::vector<std::size_t> batches() {
    absl::MutexLock lock(&mutex_);
    return batches_;
  }

 private:
  absl::Mutex mutex_;
  BookHead head_{.metadata_version = 1, .last_numbers = {}};
  DimensionSetIds sets_;
  std::vector<PostedEntry> entries_;
  std::map<std::string, std::size_t> requests_;
  std::vector<std::size_t> batches_;
  int loads_ = 0;
  int attempts_ = 0;
  bool lose_next_answer_ = false;
};

EntryDraft Draft(const std::string& request_id, const std::string& description = "kas masuk") {
  EntryDraft draft;
  draft.effective_date = *Date::Parse("2026-01-15");
  draft.description = description;
  draft.request_id = request_id;
  for (const auto& [account, amount] : {std::pair("1.1", "100.00"), std::pair("1.2", "-100.00")}) {
    PostingDraft posting;
    posting.account = account;
    posting.amount = *Decimal::Parse(amount);
    posting.currency = "IDR";
    draft.postings.push_back(posting);
  }
  return draft;
}

Submission One(EntryDraft draft) {
  Submission submission;
  submission.book = kBook;
  submission.drafts.push_back(std::move(draft));
  return submission;
}

class PosterTest : public ::testing::Test {
 protected:
  static Poster::Options Options() {
    Poster::Options options;
    options.now = [] { return absl::FromUnixSeconds(1'800'000'000); };
    options.random_bytes = [](char* bytes, std::size_t count) { std::fill_n(bytes, count, 'x'); };
    return options;
  }

  std::string ReasonOfPosting(EntryDraft draft) {
    const absl::StatusOr<Receipt> receipt = poster_.SubmitAndWait(One(std::move(draft)));
    return receipt.ok() ? "posted" : ReasonOf(receipt.status());
  }

  FakeStore store_;
  Poster poster_{&store_, Options()};
};

TEST_F(PosterTest, AnswersWithSequenceAndNumber) {
  ASSERT_EQ(ReasonOfPosting(Draft("a")), "posted");
  const absl::StatusOr<Receipt> receipt = poster_.SubmitAndWait(One(Draft("b")));
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(receipt->entries.front().id, EntryId{2});
  EXPECT_EQ(receipt->entries.front().number, 2);
  EXPECT_FALSE(receipt->replayed);
}

TEST_F(PosterTest, RepeatsTheFirstAnswerForTheSameRequest) {
  const absl::StatusOr<Receipt> first = poster_.SubmitAndWait(One(Draft("a")));
  const absl::StatusOr<Receipt> second = poster_.SubmitAndWait(One(Draft("a")));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_TRUE(second->replayed);
  EXPECT_EQ(second->entries.front().id, first->entries.front().id);
  EXPECT_EQ(second->entries.front().leaf_hash, first->entries.front().leaf_hash);
  EXPECT_THAT(store_.RequestIds(), ElementsAre("a"));
}

TEST_F(PosterTest, RefusesAnotherBodyUnderAUsedRequestId) {
  ASSERT_EQ(ReasonOfPosting(Draft("a")), "posted");
  EXPECT_EQ(ReasonOfPosting(Draft("a", "something else")), "REQUEST_ID_REUSED");
}

TEST_F(PosterTest, RepeatsTheFirstAnswerEvenWhenTheEntryWouldBeRefusedToday) {
  EntryDraft draft = Draft("a");
  ASSERT_EQ(ReasonOfPosting(draft), "posted");
  draft.postings[0].account = "9.9";
  EXPECT_EQ(ReasonOfPosting(draft), "REQUEST_ID_REUSED");
  EXPECT_EQ(ReasonOfPosting([] {
              EntryDraft unknown = Draft("b");
              unknown.postings[0].account = "9.9";
              return unknown;
            }()),
            "UNKNOWN_ACCOUNT");
}

TEST_F(PosterTest, GathersWhatWaitsIntoOneBatch) {
  ASSERT_EQ(ReasonOfPosting(Draft("first")), "posted");
  absl::BlockingCounter answered(300);
  {
    // While the database is busy, callers gather.
    absl::MutexLock busy(&store_.mutex());
    for (int i = 0; i < 300; ++i) {
      poster_.Submit(One(Draft(absl::StrCat("r", i))), [&](absl::StatusOr<Receipt> receipt) {
        EXPECT_TRUE(receipt.ok()) << receipt.status();
        answered.DecrementCount();
      });
    }
  }
  answered.Wait();
  EXPECT_THAT(store_.RequestIds(), SizeIs(301));
  EXPECT_LE(store_.batches().size(), 4u);
}

TEST_F(PosterTest, ARefusedEntryHarmsNoneOfItsNeighbours) {
  ASSERT_EQ(ReasonOfPosting(Draft("first")), "posted");
  absl::BlockingCounter answered(64);
  std::map<std::string, std::string> outcomes;
  absl::Mutex outcomes_mutex;
  {
    absl::MutexLock busy(&store_.mutex());
    for (int i = 0; i < 64; ++i) {
      const std::string id = absl::StrCat("r", i);
      const bool bad = i == 17 || i == 40;
      poster_.Submit(One(Draft(id, bad ? "refused by the database" : "kas masuk")),
                     [&, id](absl::StatusOr<Receipt> receipt) {
                       {
                         absl::MutexLock lock(&outcomes_mutex);
                         outcomes[id] = receipt.ok() ? "posted" : ReasonOf(receipt.status());
                       }
                       // From here on the test may end, and the mutex with it.
                       answered.DecrementCount();
                     });
    }
  }
  answered.Wait();
  for (const auto& [id, outcome] : outcomes) {
    EXPECT_EQ(outcome, id == "r17" || id == "r40" ? "ASSERTION_FAILED" : "posted") << id;
  }
  EXPECT_THAT(store_.RequestIds(), SizeIs(1 + 62));
}

TEST_F(PosterTest, NoticesThatTheBookMovedOn) {
  ASSERT_EQ(ReasonOfPosting(Draft("a")), "posted");
  store_.MoveOn();
  EXPECT_EQ(ReasonOfPosting(Draft("b")), "posted");
  EXPECT_EQ(store_.loads(), 2);
}

TEST_F(PosterTest, ResolvesALostAnswerByRequestId) {
  ASSERT_EQ(ReasonOfPosting(Draft("a")), "posted");
  store_.LoseNextAnswer();
  EXPECT_EQ(ReasonOfPosting(Draft("b")), "posted");
  EXPECT_THAT(store_.RequestIds(), ElementsAre("a", "b"));
}

TEST_F(PosterTest, PostsAnAtomicBatchAllOrNothing) {
  Submission batch = One(Draft("b#0"));
  batch.drafts.push_back(Draft("b#1"));
  batch.drafts.push_back(Draft("b#2", "refused by the database"));
  const absl::StatusOr<Receipt> receipt = poster_.SubmitAndWait(std::move(batch));
  EXPECT_EQ(ReasonOf(receipt.status()), "ASSERTION_FAILED");
  EXPECT_THAT(store_.RequestIds(), SizeIs(0));
}

TEST_F(PosterTest, RefusesAnEntryComputedFromAnOlderBook) {
  ASSERT_EQ(ReasonOfPosting(Draft("a")), "posted");
  Submission late = One(Draft("b"));
  late.only_after = EntryId{0};
  const absl::StatusOr<Receipt> receipt = poster_.SubmitAndWait(std::move(late));
  EXPECT_EQ(ReasonOf(receipt.status()), "BOOK_MOVED_ON");
  Submission timely = One(Draft("c"));
  timely.only_after = EntryId{1};
  EXPECT_TRUE(poster_.SubmitAndWait(std::move(timely)).ok());
}

TEST_F(PosterTest, RefusesEmptyAndOversizedBatches) {
  Submission batch;
  batch.book = kBook;
  EXPECT_EQ(ReasonOf(poster_.SubmitAndWait(batch).status()), "BATCH_EMPTY");
  for (std::size_t i = 0; i <= kMaxBatchEntries; ++i) {
    batch.drafts.push_back(Draft(absl::StrCat("r", i)));
  }
  EXPECT_EQ(ReasonOf(poster_.SubmitAndWait(batch).status()), "BATCH_TOO_LARGE");
}

TEST_F(PosterTest, AnswersALateCallerWithoutPosting) {
  Submission late = One(Draft("a"));
  late.deadline = absl::InfinitePast();
  EXPECT_EQ(ReasonOf(poster_.SubmitAndWait(std::move(late)).status()), "DEADLINE_EXCEEDED");
  EXPECT_THAT(store_.RequestIds(), SizeIs(0));
}

TEST_F(PosterTest, TakesNothingMoreAfterDraining) {
  poster_.Drain();
  EXPECT_EQ(ReasonOfPosting(Draft("a")), "SHUTTING_DOWN");
}

}  // namespace
}  // namespace lumbung::posting
