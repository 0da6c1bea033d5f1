// Balancing: what hledger and ledger do to a transaction before they believe it.
//
//   1. Every posting gets its weight: its amount, or its amount at its price (exactly).
//   2. When nothing is elided, no price is given and exactly two commodities remain, with opposite
//      signs, the first of them in posting order is weighed in the other (the inferred price).
//      Several postings in it share the other's total in proportion, cumulatively rounded half to
//      even at the other's scale, so that they sum to it exactly.
//   3. The elided posting takes the opposite of what is left: one posting per commodity.
//   4. What is left otherwise must be at most half a unit of the last decimal with which its
//   commodity
//      is shown. It becomes the residue; nothing is rounded away.
//
// Real and balanced virtual postings are balanced apart.
#ifndef LUMBUNG_LEDGER_IMPORT_TRANSACTION_BALANCER_H_
#define LUMBUNG_LEDGER_IMPORT_TRANSACTION_BALANCER_H_

#include <functional>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/draft_transaction.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

struct BalanceRules {
  // With how many decimals amounts of a commodity are shown; nothing when they must balance
  // exactly. Asked only when a transaction does not.
  std::function<absl::StatusOr<std::optional<int>>(absl::string_view commodity)> decimals_shown;
  // Where the second and later postings of an elided amount go: to the end (ledger), or beside the
  // first (hledger).
  bool elided_postings_last = false;
};

// Completes and checks the postings of one kind. Postings may be added. Returns the residue: one
// amount per commodity whose weights do not sum to exactly zero. TWO_ELIDED_AMOUNTS, UNBALANCED,
// OVERFLOW.
absl::StatusOr<std::vector<ParsedAmount>> BalancePostings(PostingKind kind,
                                                          const BalanceRules& rules,
                                                          DraftTransaction* draft);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_TRANSACTION_BALANCER_H_
