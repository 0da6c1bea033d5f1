// DraftBuilder: one parsed transaction to one journal entry draft, for a given book.
//
// The one hard question is what a posting is worth. A text journal balances at "weights": amounts at
// cost or price, in whatever commodity. A book balances at functional amounts. The rules, per group of
// postings whose weights share a commodity:
//   1. Weights in the functional currency are the functional amounts.
//   2. A group that contains postings in the functional currency itself (135 USD against 100 EUR) is
//      worth what those postings say; the others share it in proportion, by largest remainder.
//   3. Weights in a currency that has rates are converted by the rate of the day, as one sum.
//   4. Weights in a commodity stay in it: the group balances by itself.
// Nothing is rounded: a weight finer than its currency, and a residue that the format tolerates, go to
// the residue account the user named, or the transaction is refused with RESIDUE.
#ifndef LUMBUNG_LEDGER_IMPORT_DRAFT_BUILDER_H_
#define LUMBUNG_LEDGER_IMPORT_DRAFT_BUILDER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"
#include "ledger/import/import_plan.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

class DraftBuilder {
 public:
  // `residue_account` is empty when residues are to be refused.
  DraftBuilder(const BookSnapshot* book, const CurrencyNames* names, std::string residue_account,
               std::string source)
      : book_(book),
        names_(names),
        residue_account_(std::move(residue_account)),
        source_(std::move(source)) {}

  // Everything but the request_id. Errors name the place: RESIDUE, RATE_MISSING, UNKNOWN_CURRENCY,
  // SCALE_EXCEEDED, OVERFLOW.
  absl::StatusOr<EntryDraft> Build(const ParsedTransaction& transaction) const;

 private:
  absl::Status ValueGroups(const ParsedTransaction& transaction, EntryDraft* draft) const;
  // Rules 1 and 4: the members are worth their weights.
  absl::Status ValueAtWeights(const ParsedTransaction& transaction,
                              const std::vector<std::size_t>& members, const Currency& currency,
                              EntryDraft* draft) const;
  absl::Status AddResidues(const ParsedTransaction& transaction, EntryDraft* draft) const;

  const BookSnapshot* book_;
  const CurrencyNames* names_;
  const std::string residue_account_;
  const std::string source_;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_DRAFT_BUILDER_H_
