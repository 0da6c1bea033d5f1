// Which entries of a journal an auditor looks at first.
#ifndef LUMBUNG_REPORTS_AUDIT_TESTS_JOURNAL_TESTS_H_
#define LUMBUNG_REPORTS_AUDIT_TESTS_JOURNAL_TESTS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/decimal.h"
#include "ledger/core/entry.h"
#include "ledger/core/ids.h"
#include "reports/model/label.h"

namespace lumbung::reports {

// What counts as unusual.
struct AuditTestSettings {
  // Recorded at least so many days after its date.
  int back_dated_days = 30;
  // Working hours, from the first to before the second, on a clock so many minutes ahead of UTC.
  int work_starts_hour = 7;
  int work_ends_hour = 18;
  int utc_offset_minutes = 420;
  // In the functional currency.
  Decimal round_unit = Decimal::FromInteger(1'000'000);
  // A pair of accounts that at most so many entries of the period have is unusual.
  int rare_pair_entries = 1;
};

enum class JournalTest : std::uint8_t {
  kBackDated,
  // Recorded on a Saturday or Sunday.
  kWeekend,
  kAfterHours,
  // Worth a multiple of the round unit.
  kRoundSum,
  // A reversal, or an entry that was reversed.
  kReversed,
  // The same postings as an entry of the period that was reversed before it.
  kReposted,
  // Debits and credits accounts that are hardly ever seen together, or more than can be paired.
  kRarePair,
};
inline constexpr JournalTest kJournalTests[] = {JournalTest::kBackDated,  JournalTest::kWeekend,
                                                JournalTest::kAfterHours, JournalTest::kRoundSum,
                                                JournalTest::kReversed,   JournalTest::kReposted,
                                                JournalTest::kRarePair};

// "Dicatat 30 hari atau lebih setelah tanggalnya".
Label TestLabel(JournalTest test, const AuditTestSettings& settings);

// What an entry is worth: its debits in the functional currency. OVERFLOW.
absl::StatusOr<Decimal> EntryAmount(const PostedEntry& entry);

// Reads the period's entries twice: Learn for every entry, then Finds for every entry. Memory grows
// with the pairs of accounts and with the entries that were reversed, not with the journal.
class JournalTests {
 public:
  // Entries with more pairs of a debited and a credited account are not paired.
  static constexpr std::size_t kMaxPairs = 10'000;

  explicit JournalTests(AuditTestSettings settings) : settings_(std::move(settings)) {}

  void Learn(const PostedEntry& entry);
  // OVERFLOW.
  absl::StatusOr<bool> Finds(JournalTest test, const PostedEntry& entry) const;
  const AuditTestSettings& settings() const { return settings_; }

 private:
  using Pair = std::pair<AccountId, AccountId>;

  bool HasRarePair(const PostedEntry& entry) const;
  bool IsReposted(const PostedEntry& entry) const;

  const AuditTestSettings settings_;
  // In how many entries.
  std::map<Pair, std::int64_t> pairs_;
  // Postings of entries that were reversed, and the first entry that has them.
  std::map<std::string, EntryId> reversed_;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_TESTS_JOURNAL_TESTS_H_
