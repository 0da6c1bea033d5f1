// What tests of the log start from: a database with two organizations, books in each, ways to post
// entries and record events, and what must hold of a log whatever happened.
#ifndef LUMBUNG_TESTS_SERVICES_LOG_STORE_LOG_FIXTURE_H_
#define LUMBUNG_TESTS_SERVICES_LOG_STORE_LOG_FIXTURE_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/status/statusor.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/signing_key.h"
#include "services/log/store/checkpoint_store.h"
#include "services/log/store/leaf_store.h"
#include "services/log/store/seal_batch.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::log {

class LogTest : public ::testing::Test {
 protected:
  LogTest();

  // A book with two accounts, in the organization.
  BookKey CreateBook(OrganizationId organization, const std::string& slug);
  // Posts so many entries in one database transaction.
  absl::Status Post(BookKey book, int entries);
  // Records an event in a database transaction of its own.
  void RecordEvent(const std::string& resource);

  SealOptions Options();
  absl::StatusOr<SealedBatch> Seal(const SealOptions& options);
  // Until nothing is left; leaves added.
  std::int64_t SealAll();

  // Runs `body` in a read-only database transaction of the organization.
  template <typename Body>
  auto Read(const Body& body) {
    return store::InTransaction(database_.pool(), {organization_, store::Access::kReadOnly}, body);
  }
  // The first column of the first row, as the application sees it in the organization.
  std::string Ask(const std::string& sql);
  // As the schema's owner, with row-level security and triggers off: what somebody with all power
  // over the database can do.
  void Tamper(const std::string& sql);

  std::int64_t Size();
  StoredCheckpoint Newest();
  // Kinds and subjects of all leaves: "K1 1/1 1/2 E5".
  std::vector<std::string> Subjects();

  // INV-026, INV-027: indexes without a gap, every entry once, every checkpoint signed, true to the
  // leaves and consistent with the next. A checkpoint that was seen once stays as it was.
  void ExpectSound();

  testing::TestDatabase database_;
  OrganizationId organization_{};
  BookKey book_;
  KeyRing keys_;
  absl::Time now_ = absl::FromUnixSeconds(1'700'000'000);

 private:
  std::set<std::string> seen_notes_;
};

}  // namespace lumbung::log

#endif  // LUMBUNG_TESTS_SERVICES_LOG_STORE_LOG_FIXTURE_H_
