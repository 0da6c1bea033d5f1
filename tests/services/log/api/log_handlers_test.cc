#include "services/log/api/log_handlers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/log/canonical_entry.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/key_record.h"
#include "ledger/log/merkle_verify.h"
#include "tests/services/log/store/log_fixture.h"

namespace lumbung::log::api {
namespace {

using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;
using ::testing::ElementsAre;

class LogHandlersTest : public LogTest {
 protected:
  LogHandlersTest() : directory_(&database_.pool()), handlers_(&database_.pool(), &directory_) {
    call_.method = "lumbung.log.v1.LogService/Test";
    call_.access.organization = "yayasan";
    call_.access.actor = "agus";
    call_.deadline = absl::Now() + absl::Minutes(5);
    witness_ = SigningKey::FromSeed(std::string(kSeedBytes, 'w')).value();
  }

  absl::StatusOr<v1::Checkpoint> Get(std::int64_t size = 0) {
    v1::GetCheckpointRequest request;
    request.set_size(size);
    return handlers_.GetCheckpoint(call_, request);
  }
  absl::StatusOr<v1::InclusionProof> Prove(const std::string& name, std::int64_t size = 0) {
    v1::GetInclusionProofRequest request;
    request.set_name(name);
    request.set_checkpoint_size(size);
    return handlers_.GetInclusionProof(call_, request);
  }
  absl::StatusOr<v1::ConsistencyProof> Compare(std::int64_t first, std::int64_t second = 0) {
    v1::GetConsistencyProofRequest request;
    request.set_first_size(first);
    request.set_second_size(second);
    return handlers_.GetConsistencyProof(call_, request);
  }
  absl::StatusOr<v1::Checkpoint> Cosign(std::int64_t size, const std::string& line,
                                        const std::string& key) {
    v1::AddCosignatureRequest request;
    request.set_checkpoint_size(size);
    request.set_signature(line);
    request.set_verifier_key(key);
    return handlers_.AddCosignature(call_, request);
  }
  VerifierKey WitnessKey() const { return witness_->Verifier("kap.example", KeyType::kWitness); }
  std::string SignatureOf(const v1::Checkpoint& checkpoint) const {
    return CosignNote(SignedNote::Parse(checkpoint.note())->text, *witness_, "kap.example", now_)
        .ToLine();
  }
  static std::vector<std::string> HashesOf(
      const google::protobuf::RepeatedPtrField<std::string>& f) {
    return {f.begin(), f.end()};
  }

  BookDirectory directory_;
  LogHandlers handlers_;
  CallScope call_;
  std::optional<SigningKey> witness_;
};

TEST_F(LogHandlersTest, ThereIsNothingBeforeTheFirstBatch) {
  ASSERT_THAT(Post(book_, 1), IsOk());
  EXPECT_THAT(Get(), Refuses("CHECKPOINT_NOT_FOUND"));
  EXPECT_THAT(Prove("books/main/entries/1"), Refuses("CHECKPOINT_NOT_FOUND"));
  EXPECT_THAT(Compare(1), Refuses("CHECKPOINT_NOT_FOUND"));
}

// As an outsider checks it, who knows nothing but the log's first key.
TEST_F(LogHandlersTest, ACheckpointProvesItself) {
  ASSERT_THAT(Post(book_, 2), IsOk());
  SealAll();
  const auto checkpoint = Get();
  ASSERT_THAT(checkpoint, IsOk());
  const VerifierKey first = keys_[0].Verifier(checkpoint->origin(), KeyType::kLog);
  const auto key = FollowKeyRecords(first, HashesOf(checkpoint->key_records()));
  ASSERT_THAT(key, IsOk());
  const auto opened = OpenCheckpoint(SignedNote::Parse(checkpoint->note()).value(), *key);
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->size, 3u);
  EXPECT_EQ(opened->root, checkpoint->root());
  EXPECT_EQ(checkpoint->sign_time().seconds(), absl::ToUnixSeconds(now_));
}

TEST_F(LogHandlersTest, AnOldCheckpointKeepsItsKey) {
  SealAll();
  keys_.push_back(SigningKey::FromSeed(std::string(kSeedBytes, 'b')).value());
  SealAll();
  EXPECT_EQ(Get(1)->key_records_size(), 1);
  EXPECT_EQ(Get()->key_records_size(), 2);
  EXPECT_EQ(Get(2)->size(), 2);
}

TEST_F(LogHandlersTest, ProvesEveryEntry) {
  for (int round = 0; round < 3; ++round) {
    ASSERT_THAT(Post(book_, 5), IsOk());
    SealAll();
  }
  for (int entry = 1; entry <= 15; ++entry) {
    const auto proof = Prove(absl::StrCat("books/main/entries/", entry));
    ASSERT_THAT(proof, IsOk());
    EXPECT_EQ(proof->leaf().name(), absl::StrCat("books/main/entries/", entry));
    EXPECT_EQ(proof->leaf().kind(), v1::LEAF_KIND_JOURNAL_ENTRY);
    EXPECT_THAT(VerifyInclusion(LeafHash(proof->canonical_bytes()),
                                static_cast<std::uint64_t>(proof->leaf().index()),
                                static_cast<std::uint64_t>(proof->checkpoint().size()),
                                proof->checkpoint().root(), HashesOf(proof->hashes())),
                IsOk());
  }
  const auto by_number = Prove("books/main/entries/JU-2026-000007");
  ASSERT_THAT(by_number, IsOk());
  EXPECT_EQ(by_number->leaf().name(), "books/main/entries/7");
  EXPECT_THAT(Prove("books/main/entries/5", 6), IsOk());
}

TEST_F(LogHandlersTest, SaysWhatIsNotThere) {
  ASSERT_THAT(Post(book_, 1), IsOk());
  SealAll();
  ASSERT_THAT(Post(book_, 1), IsOk());
  EXPECT_THAT(Prove("books/main/entries/2"), Refuses("NOT_SEALED"));
  SealAll();
  EXPECT_THAT(Prove("books/main/entries/2"), IsOk());
  EXPECT_THAT(Prove("books/main/entries/2", 2), Refuses("NOT_SEALED"));
  for (const char* id : {"3", "0", "-1", "JU-2026-000003", "XX-2026-000001", "x"}) {
    EXPECT_THAT(Prove(absl::StrCat("books/main/entries/", id)), Refuses("ENTRY_NOT_FOUND")) << id;
  }
  EXPECT_THAT(Prove("books/main/accounts/2"), Refuses("INVALID_NAME"));
  EXPECT_THAT(Prove("books/nowhere/entries/2"), Refuses("BOOK_NOT_FOUND"));
  EXPECT_THAT(Prove("books/main/entries/2", 77), Refuses("CHECKPOINT_NOT_FOUND"));
  EXPECT_THAT(Prove("books/main/entries/2", -1), Refuses("INVALID_SIZE"));
  EXPECT_THAT(Get(-1), Refuses("INVALID_SIZE"));
  EXPECT_THAT(Get(77), Refuses("CHECKPOINT_NOT_FOUND"));
  call_.access.organization = "nobody";
  EXPECT_THAT(Get(), Refuses("ORGANIZATION_NOT_FOUND"));
}

TEST_F(LogHandlersTest, ProvesThatTheLogContinues) {
  for (int round = 0; round < 4; ++round) {
    ASSERT_THAT(Post(book_, 3), IsOk());
    SealAll();
  }
  for (const auto& [first, second] :
       std::vector<std::pair<int, int>>{{4, 13}, {7, 13}, {4, 7}, {10, 10}, {4, 0}}) {
    const auto proof = Compare(first, second);
    ASSERT_THAT(proof, IsOk());
    EXPECT_THAT(
        VerifyConsistency(static_cast<std::uint64_t>(proof->first().size()), proof->first().root(),
                          static_cast<std::uint64_t>(proof->second().size()),
                          proof->second().root(), HashesOf(proof->hashes())),
        IsOk());
  }
  EXPECT_THAT(Compare(7, 4), Refuses("INVALID_SIZE"));
  EXPECT_THAT(Compare(0, 4), Refuses("INVALID_SIZE"));
  EXPECT_THAT(Compare(4, -1), Refuses("INVALID_SIZE"));
  EXPECT_THAT(Compare(5), Refuses("CHECKPOINT_NOT_FOUND"));
}

TEST_F(LogHandlersTest, AWitnessCosigns) {
  SealAll();
  const v1::Checkpoint checkpoint = *Get();
  const std::string line = SignatureOf(checkpoint);
  const auto cosigned = Cosign(1, line, WitnessKey().ToString());
  ASSERT_THAT(cosigned, IsOk());
  EXPECT_EQ(cosigned->note(), absl::StrCat(checkpoint.note(), line, "\n"));
  const auto note = SignedNote::Parse(Get()->note());
  EXPECT_EQ(VerifyCosignature(*note, WitnessKey()).value(), now_);
  EXPECT_THAT(OpenCheckpoint(*note, keys_[0].Verifier(checkpoint.origin(), KeyType::kLog)), IsOk());
  // Again, and it stays as it is.
  ASSERT_THAT(Cosign(1, line, WitnessKey().ToString()), IsOk());
  EXPECT_EQ(Get()->note(), cosigned->note());
  EXPECT_EQ(Ask("select count(*) from identity.audit_event where action = 'test'"), "2");
}

TEST_F(LogHandlersTest, RefusesWhatIsNoCosignature) {
  SealAll();
  ASSERT_THAT(Post(book_, 1), IsOk());
  SealAll();
  const std::string of_first = SignatureOf(*Get(1));
  const std::string key = WitnessKey().ToString();
  EXPECT_THAT(Cosign(2, of_first, key), Refuses("NOTE_SIGNATURE_WRONG"));
  EXPECT_THAT(Cosign(7, of_first, key), Refuses("CHECKPOINT_NOT_FOUND"));
  EXPECT_THAT(Cosign(-1, of_first, key), Refuses("INVALID_SIZE"));
  EXPECT_THAT(Cosign(1, of_first + "x", key), Refuses("NOTE_MALFORMED"));
  EXPECT_THAT(Cosign(1, of_first, key + "x"), Refuses("INVALID_BASE64"));
  EXPECT_THAT(Cosign(1, of_first, "x"), Refuses("INVALID_KEY"));
  const std::string other = keys_[0].Verifier("kap.example", KeyType::kWitness).ToString();
  EXPECT_THAT(Cosign(1, of_first, other), Refuses("NOTE_UNSIGNED"));
  const std::string as_log = witness_->Verifier("kap.example", KeyType::kLog).ToString();
  EXPECT_THAT(Cosign(1, of_first, as_log), Refuses("INVALID_KEY"));
  EXPECT_EQ(Ask("select count(*) from log.cosignature"), "0");
}

TEST_F(LogHandlersTest, ListsLeavesByPage) {
  ASSERT_THAT(Post(book_, 3), IsOk());
  RecordEvent("one");
  SealAll();
  v1::ListLeavesRequest request;
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const auto page = handlers_.ListLeaves(call_, request);
    ASSERT_THAT(page, IsOk());
    EXPECT_LE(page->leaves_size(), 2);
    for (const v1::Leaf& leaf : page->leaves()) {
      EXPECT_EQ(leaf.index(), static_cast<std::int64_t>(names.size()));
      EXPECT_EQ(leaf.leaf_hash().size(), 32u);
      names.push_back(leaf.name());
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  const std::string event =
      absl::StrCat("auditEvents/", Ask("select event_id from identity.audit_event"));
  EXPECT_THAT(names, ElementsAre("keyRecords/1", "books/main/entries/1", "books/main/entries/2",
                                 "books/main/entries/3", event));
  request.set_page_size(-1);
  EXPECT_THAT(handlers_.ListLeaves(call_, request), Refuses("INVALID_PAGE_SIZE"));
  request.set_page_token("damaged");
  request.set_page_size(1);
  EXPECT_THAT(handlers_.ListLeaves(call_, request), Refuses("INVALID_PAGE_TOKEN"));
}

}  // namespace
}  // namespace lumbung::log::api
