// What files for audit software are made from: a book over a period, whatever it was read from.
#ifndef LUMBUNG_REPORTS_AUDIT_PACK_AUDIT_SOURCE_H_
#define LUMBUNG_REPORTS_AUDIT_PACK_AUDIT_SOURCE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date_range.h"
#include "ledger/core/decimal.h"
#include "ledger/core/entry.h"
#include "ledger/core/ids.h"

namespace lumbung::reports {

// An account and fund over the period, in the functional currency, debits positive.
struct TrialBalanceLine {
  AccountId account{};
  FundId fund{};
  Decimal opening;
  Decimal debit;
  Decimal credit;
  Decimal closing;
};

struct AuditEntry {
  const PostedEntry* entry = nullptr;
  // User names, of entries that came from a voucher; otherwise empty.
  std::string entered_by;
  std::string approved_by;
};

// The numbers of a series in one of its years or months, of entries or of vouchers.
struct NumberRun {
  bool is_of_vouchers = false;
  std::string series;
  // "2026", "2026-03".
  std::string period;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t count = 0;
  // Told apart; fewer than the count when a number was given twice.
  std::int64_t distinct = 0;

  std::int64_t Missing() const { return last - distinct; }
  std::int64_t Repeated() const { return count - distinct; }
};

struct AuditPerson {
  std::string user_name;
  std::string display_name;
  bool is_active = true;
  std::vector<std::string> roles;
};

using EntryVisitor = std::function<absl::Status(const AuditEntry& entry)>;

struct AuditSource {
  std::shared_ptr<const BookSnapshot> book;
  std::string organization_uid;
  std::string organization_name;
  // Both ends are set.
  DateRange period;
  absl::Time made_at;
  // Of every account and fund with an opening balance or turnover.
  std::vector<TrialBalanceLine> trial_balance;
  // Of all series, over the whole book.
  std::vector<NumberRun> number_runs;
  // By user name.
  std::vector<AuditPerson> people;
  // Shows the period's entries by sequence, the same at every call, until one is refused.
  std::function<absl::Status(const EntryVisitor& visit)> visit_entries;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_PACK_AUDIT_SOURCE_H_
