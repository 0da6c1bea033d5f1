#include "services/log/store/seal_batch.h"

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/transaction>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/key_record.h"
#include "ledger/log/merkle_verify.h"
#include "services/log/store/tree_reader.h"
#include "tests/services/log/store/log_fixture.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SealBatchTest : public LogTest {
 protected:
  VerifierKey Verifier(std::size_t key) {
    return keys_[key].Verifier(Ask("select origin from log.head"), KeyType::kLog);
  }
  bool HasWork() {
    return Read([&](store::TransactionScope& scope) { return HasUnsealed(scope, keys_); }).value();
  }
  // An event in a database transaction that stays open.
  void RecordIn(pqxx::work& transaction, const std::string& resource) {
    transaction.exec0(
        absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization_), "'"));
    transaction.exec0(
        absl::StrCat("insert into identity.audit_event (organization_id, user_name, display_name, "
                     "from_address, method, action, resource, request_id, reason) values (",
                     ToInteger(organization_), ", '', '', '', '', '', '", resource, "', '', '')"));
  }
  std::string EventId(const std::string& resource) {
    return absl::StrCat("E", Ask(absl::StrCat("select event_id from identity.audit_event "
                                              "where resource = '",
                                              resource, "'")));
  }
};

TEST_F(SealBatchTest, BeginsWithItsKey) {
  EXPECT_TRUE(HasWork());
  const auto batch = Seal(Options());
  ASSERT_THAT(batch, IsOk());
  EXPECT_EQ(batch->added, 1);
  EXPECT_EQ(batch->size, 1);
  EXPECT_FALSE(batch->more);
  EXPECT_THAT(Subjects(), ElementsAre("K1"));
  EXPECT_THAT(OpenCheckpoint(SignedNote::Parse(Newest().note).value(), Verifier(0)), IsOk());
  EXPECT_FALSE(HasWork());
  ExpectSound();
}

TEST_F(SealBatchTest, SealsEntriesAndEventsOnce) {
  const BookKey second = CreateBook(organization_, "second");
  ASSERT_THAT(Post(book_, 2), IsOk());
  ASSERT_THAT(Post(second, 1), IsOk());
  RecordEvent("one");
  RecordEvent("two");
  EXPECT_EQ(SealAll(), 6);
  ASSERT_THAT(Post(book_, 1), IsOk());
  RecordEvent("three");
  EXPECT_TRUE(HasWork());
  EXPECT_EQ(SealAll(), 2);
  EXPECT_FALSE(HasWork());
  EXPECT_EQ(SealAll(), 0);
  EXPECT_THAT(Subjects(), ElementsAre("K1", "1/1", "1/2", "2/1", EventId("one"), EventId("two"),
                                      "1/3", EventId("three")));
  EXPECT_EQ(Ask("select count(*) from log.checkpoint"), "2");
  ExpectSound();
}

TEST_F(SealBatchTest, ABatchHasItsLimit) {
  ASSERT_THAT(Post(book_, 20), IsOk());
  for (int i = 0; i < 20; ++i) RecordEvent(absl::StrCat("event ", i));
  SealOptions options = Options();
  options.limit = 7;
  for (int size = 7; size < 41; size += 7) {
    const auto batch = Seal(options);
    ASSERT_THAT(batch, IsOk());
    EXPECT_EQ(batch->size, size);
    EXPECT_TRUE(batch->more);
  }
  EXPECT_EQ(Seal(options)->size, 41);
  EXPECT_EQ(SealAll(), 0);
  ExpectSound();
}

// Trees of more than one stored level: every proof from the database holds.
TEST_F(SealBatchTest, ProofsComeFromStoredSubtrees) {
  for (int round = 0; round < 3; ++round) {
    ASSERT_THAT(Post(book_, 300), IsOk());
    SealAll();
  }
  EXPECT_EQ(Ask("select count(*) from log.subtree"), "3");
  const StoredCheckpoint newest = Newest();
  const auto size = static_cast<std::uint64_t>(newest.size);
  EXPECT_THAT(
      store::RunInTransaction(
          database_.pool(), {organization_, store::Access::kReadOnly},
          [&](store::TransactionScope& scope) {
            for (std::uint64_t index = 0; index < size; index += 37) {
              const Leaf leaf = ListLeaves(scope, static_cast<std::int64_t>(index), 1).at(0);
              EXPECT_THAT(VerifyInclusion(leaf.hash, index, size, newest.root,
                                          InclusionProof(index, size, StoredNodes(scope)).value()),
                          IsOk());
            }
            EXPECT_EQ(StoredNodes(scope)({0, size}).status().code(), absl::StatusCode::kDataLoss);
            EXPECT_EQ(StoredNodes(scope)({8, 9}).status().code(), absl::StatusCode::kDataLoss);
            return absl::OkStatus();
          }),
      IsOk());
  ExpectSound();
}

TEST_F(SealBatchTest, TwoSealersTakeTurns) {
  ASSERT_THAT(Post(book_, 2), IsOk());
  SealAll();
  ASSERT_THAT(Post(book_, 2), IsOk());
  SealOptions first = Options();
  std::optional<SealedBatch> second;
  first.before_step = [&](absl::string_view step) {
    if (step == "checkpoint") second = Seal(Options()).value();
    return absl::OkStatus();
  };
  EXPECT_EQ(Seal(first)->added, 2);
  ASSERT_TRUE(second.has_value());
  EXPECT_TRUE(second->busy);
  ExpectSound();
}

// A smaller event id that commits after a larger one is not skipped, and neither is what comes
// between.
TEST_F(SealBatchTest, WaitsForWhoeverMayStillCommit) {
  SealAll();
  pqxx::connection slow(database_.app_uri());
  {
    pqxx::work late(slow);
    RecordIn(late, "late");
    RecordEvent("early");
    EXPECT_EQ(SealAll(), 0);
    late.commit();
  }
  EXPECT_EQ(SealAll(), 2);
  EXPECT_THAT(Subjects(), ElementsAre("K1", EventId("late"), EventId("early")));
  {
    pqxx::work undone(slow);
    RecordIn(undone, "undone");
    RecordEvent("after");
    EXPECT_EQ(SealAll(), 0);
  }
  EXPECT_EQ(SealAll(), 1);
  ExpectSound();
}

// Entries wait for nobody: what is visible of a book is its beginning.
TEST_F(SealBatchTest, AnOpenTransactionHoldsNoEntriesBack) {
  pqxx::connection slow(database_.app_uri());
  pqxx::work late(slow);
  RecordIn(late, "late");
  ASSERT_THAT(Post(book_, 1), IsOk());
  EXPECT_EQ(SealAll(), 2);
}

TEST_F(SealBatchTest, GoesOnInAnotherCluster) {
  RecordEvent("one");
  EXPECT_EQ(SealAll(), 2);
  // As after loading a dump into a cluster that is younger than the one it came from.
  Tamper("update log.head set audit_cluster = 1, audit_barrier = '4000000000000'");
  Tamper("update identity.audit_event set recorded_xid = '3000000000000'");
  EXPECT_EQ(SealAll(), 0);
  Tamper(absl::StrCat(
      "insert into identity.audit_event (organization_id, user_name, display_name, from_address, "
      "method, action, resource, request_id, reason, recorded_xid) values (",
      ToInteger(organization_), ", '', '', '', '', '', 'brought', '', '', '3500000000000')"));
  EXPECT_EQ(SealAll(), 1);
  RecordEvent("two");
  EXPECT_EQ(SealAll(), 1);
  EXPECT_EQ(SealAll(), 0);
  ExpectSound();
}

TEST_F(SealBatchTest, ANewKeyIsHandedOver) {
  ASSERT_THAT(Post(book_, 1), IsOk());
  SealAll();
  keys_.push_back(SigningKey::FromSeed(std::string(kSeedBytes, 'b')).value());
  EXPECT_TRUE(HasWork());
  EXPECT_EQ(SealAll(), 1);
  EXPECT_THAT(Subjects(), ElementsAre("K1", "1/1", "K2"));
  const auto records =
      Read([](store::TransactionScope& scope) -> absl::StatusOr<std::vector<std::string>> {
        return KeyRecords(scope);
      });
  EXPECT_EQ(FollowKeyRecords(Verifier(0), *records).value(), Verifier(1));
  EXPECT_THAT(OpenCheckpoint(SignedNote::Parse(Newest().note).value(), Verifier(1)), IsOk());
  EXPECT_FALSE(HasWork());
  ASSERT_THAT(Post(book_, 1), IsOk());
  EXPECT_EQ(SealAll(), 1);
  ExpectSound();
}

TEST_F(SealBatchTest, AStrangersKeySealsNothing) {
  ASSERT_THAT(Post(book_, 1), IsOk());
  SealAll();
  keys_ = {SigningKey::FromSeed(std::string(kSeedBytes, 'x')).value()};
  ASSERT_THAT(Post(book_, 1), IsOk());
  EXPECT_THAT(Seal(Options()), Refuses("LOG_KEY_UNKNOWN"));
  EXPECT_EQ(Size(), 2);
}

TEST_F(SealBatchTest, SealsNoEntryThatWasChanged) {
  ASSERT_THAT(Post(book_, 3), IsOk());
  Tamper("update ledger.journal_entry set canonical = canonical || '\\x00' where entry_id = 2");
  EXPECT_THAT(Seal(Options()), Refuses("ENTRY_DAMAGED"));
  EXPECT_EQ(Size(), 0);
}

TEST_F(SealBatchTest, ContinuesNoLogThatWasChanged) {
  ASSERT_THAT(Post(book_, 300), IsOk());
  SealAll();
  ASSERT_THAT(Post(book_, 1), IsOk());
  const std::string here = absl::StrCat(" organization_id = ", ToInteger(organization_));
  const std::string last = absl::StrCat(" where leaf_index = 300 and", here);
  Tamper("create table public.kept_leaf as select * from log.leaf" + last);
  Tamper("update log.leaf set leaf_hash = sha256('x')" + last);
  EXPECT_THAT(Seal(Options()), Refuses("LOG_DAMAGED"));
  Tamper("delete from log.leaf" + last);
  EXPECT_THAT(Seal(Options()), Refuses("LOG_DAMAGED"));
  Tamper("insert into log.leaf select * from public.kept_leaf");
  Tamper("create table public.kept_subtree as select * from log.subtree where" + here);
  Tamper("update log.subtree set hash = sha256('x') where" + here);
  EXPECT_THAT(Seal(Options()), Refuses("LOG_DAMAGED"));
  Tamper("delete from log.subtree where" + here);
  EXPECT_THAT(Seal(Options()), Refuses("LOG_DAMAGED"));
  Tamper("insert into log.subtree select * from public.kept_subtree");
  // Another root, without the key to sign it with.
  Tamper("create table public.kept_checkpoint as select * from log.checkpoint where" + here);
  Tamper("update log.checkpoint set note = replace(note, '301', '302') where" + here);
  EXPECT_THAT(Seal(Options()), Refuses("NOTE_SIGNATURE_WRONG"));
  Tamper("delete from log.checkpoint where" + here);
  EXPECT_THAT(Seal(Options()), Refuses("LOG_DAMAGED"));
  Tamper("insert into log.checkpoint select * from public.kept_checkpoint");
  EXPECT_EQ(SealAll(), 1);
  ExpectSound();
}

}  // namespace
}  // namespace lumbung::log
