// Balance assignments of hledger: the amounts of postings that only say what the balance shall be.
//
// hledger takes postings in order of date, and in file order within a day. So an assignment may
// depend on postings further down the file: the amounts are computed in a pass of their own. That
// pass keeps the balances of the accounts that are assigned to, and the amounts it found; a journal
// that is not in order of date also has all postings to those accounts kept, to be sorted.
#ifndef LUMBUNG_LEDGER_IMPORT_BALANCE_ASSIGNMENTS_H_
#define LUMBUNG_LEDGER_IMPORT_BALANCE_ASSIGNMENTS_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/draft_transaction.h"
#include "ledger/import/hledger_survey.h"
#include "ledger/import/parsed_journal.h"
#include "ledger/import/transaction_balancer.h"

namespace lumbung::import {

// The amounts, one per commodity, that each assignment of a transaction stands for, in order.
using AssignedAmounts = std::vector<std::vector<ParsedAmount>>;

class BalanceAssignments {
 public:
  // PARSE_ERROR for an assignment that cannot be computed, and what reading and balancing can
  // return.
  static absl::StatusOr<BalanceAssignments> Compute(const FileSource& files,
                                                    absl::string_view main_file,
                                                    const HledgerSurvey& survey,
                                                    const BalanceRules& rules);

  // Writes the amounts into the `ordinal`-th transaction (from 0) of the journal.
  void Fill(std::int64_t ordinal, DraftTransaction* draft) const;

 private:
  absl::flat_hash_map<std::int64_t, AssignedAmounts> amounts_;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_BALANCE_ASSIGNMENTS_H_
