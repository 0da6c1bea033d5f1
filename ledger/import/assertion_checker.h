// AssertionChecker: do the balances that a file asserts follow from its own postings? Programs
// check an assertion by date, and within a day in the order of the file; so does this. What it
// remembers is limited to the accounts that some assertion speaks of.
#ifndef LUMBUNG_LEDGER_IMPORT_ASSERTION_CHECKER_H_
#define LUMBUNG_LEDGER_IMPORT_ASSERTION_CHECKER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/import/import_plan.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

// An assertion that also holds at the end of its day, and so may be kept in the book.
struct DayEndAssertion {
  std::string account;
  bool include_descendants = false;
  std::string currency;  // Code in the book.
  Date date;
  Decimal expected;
  Place place;
};

struct AssertionReport {
  std::int64_t checked = 0;
  std::int64_t failure_count = 0;
  // "file:line: account: expected 100 USD, found 90 USD", at most kMaxExamples.
  std::vector<std::string> failures;
  std::vector<DayEndAssertion> day_end;
};

class AssertionChecker {
 public:
  AssertionChecker(const ImportPlan* plan, const CurrencyNames* names)
      : plan_(plan), names_(names) {}

  // In file order.
  void AddTransaction(const ParsedTransaction& transaction);
  void AddAssertion(const ParsedAssertion& assertion);

  // Call once, after the last of them. OVERFLOW when a balance does not fit.
  absl::StatusOr<AssertionReport> Check();

 private:
  struct Change {
    Date date;
    std::uint32_t account = 0;
    std::uint32_t currency = 0;
    std::int64_t order = 0;
    Decimal amount;
  };
  struct Pending {
    Date date;
    // Before every change of the day, or right after the change of this order.
    std::int64_t order = 0;
    ParsedAssertion assertion;
  };
  struct Found {
    Decimal balance;
    bool others_are_zero = true;
  };
  // By account name, then currency: so that the accounts of a subtree stand together.
  using Balances = std::map<std::string, std::map<std::uint32_t, Decimal>>;

  bool IsAsserted(absl::string_view account) const;
  // The number of an account that some assertion speaks of, or nothing.
  std::optional<std::uint32_t> NumberOf(const std::string& account);
  std::uint32_t CurrencyNumberOf(const std::string& code);
  // Takes over the changes before or at the given moment.
  absl::Status AdvanceTo(Date date, std::int64_t order);
  absl::StatusOr<Found> Find(const ParsedAssertion& assertion);
  absl::Status CheckOne(const Pending& pending, AssertionReport* report);
  // Of the assertions that held during the day, those that hold at its end.
  absl::Status EndDay(AssertionReport* report);
  void Keep(const Pending& pending, Date day, AssertionReport* report) const;

  const ImportPlan* plan_;
  const CurrencyNames* names_;
  std::int64_t next_order_ = 0;
  absl::flat_hash_map<std::string, std::optional<std::uint32_t>> account_numbers_;
  std::vector<std::string> account_names_;
  absl::flat_hash_map<std::string, std::uint32_t> currency_numbers_;
  std::vector<Change> changes_;
  std::vector<Pending> pending_;
  // Where Check stands.
  Balances balances_;
  std::size_t next_change_ = 0;
  std::vector<const Pending*> held_today_;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_ASSERTION_CHECKER_H_
