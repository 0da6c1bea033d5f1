// AssertionChecker: do the balances that a file asserts follow from its own postings? Programs check an
// assertion by date, and within a day in the order of the file; so does this. What it remembers is
// limited to the accounts that some assertion speaks of.
#ifndef LUMBUNG_LEDGER_IMPORT_ASSERTION_CHECKER_H_
#define LUMBUNG_LEDGER_IMPORT_ASSERTION_CHECKER_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
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

  // OVERFLOW when a balance does not fit.
  absl::StatusOr<AssertionReport> Check();

 private:
  struct Change {
    Date date;
    std::int64_t order = 0;
    std::uint32_t account = 0;
    std::uint32_t currency = 0;
    Decimal amount;
  };
  struct Pending {
    Date date;
    // Before or after every change of the day, or right after the change of this order.
    std::int64_t order = 0;
    ParsedAssertion assertion;
  };
  using Balances = std::map<std::pair<std::uint32_t, std::uint32_t>, Decimal>;

  bool IsAsserted(const std::string& account) const;
  std::uint32_t Intern(std::vector<std::string>* names, std::map<std::string, std::uint32_t>* ids,
                       const std::string& name);
  absl::StatusOr<Decimal> BalanceOf(const Balances& balances, const ParsedAssertion& assertion,
                                    bool* others_are_zero) const;

  const ImportPlan* plan_;
  const CurrencyNames* names_;
  std::int64_t next_order_ = 0;
  std::vector<std::string> account_names_;
  std::map<std::string, std::uint32_t> account_ids_;
  std::vector<std::string> currency_names_;
  std::map<std::string, std::uint32_t> currency_ids_;
  std::vector<Change> changes_;
  std::vector<Pending> pending_;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_ASSERTION_CHECKER_H_
