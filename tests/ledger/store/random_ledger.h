// A book with random entries in a real database, and the same entries in memory: what queries
// answer is compared with plain sums over all postings.
#ifndef LUMBUNG_TESTS_LEDGER_STORE_RANDOM_LEDGER_H_
#define LUMBUNG_TESTS_LEDGER_STORE_RANDOM_LEDGER_H_

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"
#include "ledger/store/transaction.h"
#include "tests/support/test_database.h"

namespace lumbung::testing {

class RandomLedger {
 public:
  // An empty book with a chart of three levels, three funds, two dimensions, rupiah, dollars and a
  // commodity.
  explicit RandomLedger(std::uint32_t seed);

  // Posts entries dated between 2025-03 and 2026-08, back and forth, some of them closing entries
  // and reversals; every hundred or so are recorded at one moment, an hour after those before them.
  void PostRandomEntries(int count);
  // Posts the drafts at one moment. Their request ids are given here.
  void Post(std::vector<EntryDraft> drafts);
  void Fold();

  std::uint32_t seed() const { return seed_; }
  BookKey book() const { return book_; }
  const BookSnapshot& snapshot() const { return *snapshot_; }
  const std::vector<PostedEntry>& entries() const { return entries_; }
  store::ConnectionPool& pool() { return database_.pool(); }
  TestDatabase& database() { return database_; }
  std::mt19937& random() { return random_; }

  // Runs `body` in a read-only database transaction.
  template <typename Body>
  auto Read(const Body& body) {
    return store::InTransaction(
        database_.pool(), {book_.organization, store::Access::kReadOnly, absl::InfiniteFuture()},
        body);
  }

  // Uniform in [0, count).
  std::size_t Below(std::size_t count);
  bool OneIn(std::size_t n) { return Below(n) == 0; }
  Date RandomDate();
  const Account& RandomPostable();

 private:
  EntryDraft RandomDraft();
  EntryDraft RandomReversal();
  PostingDraft RandomPosting(const std::string& fund);

  const std::uint32_t seed_;
  std::mt19937 random_;
  TestDatabase database_;
  BookKey book_;
  std::shared_ptr<const BookSnapshot> snapshot_;
  std::vector<std::string> postable_;
  std::vector<PostedEntry> entries_;
  absl::Time now_;
};

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_LEDGER_STORE_RANDOM_LEDGER_H_
