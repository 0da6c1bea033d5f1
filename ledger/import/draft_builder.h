// DraftBuilder: one parsed transaction to one journal entry draft, for a given book.
//
// The one hard question is what a posting is worth. A text journal balances at "weights": amounts
// at cost or price, in whatever commodity. A book balances at functional amounts, fund by fund. The
// rules, per group of postings of one fund whose weights share a commodity:
//   1. Weights in the functional currency are the functional amounts.
//   2. A group that contains postings in the functional currency itself (135 USD against 100 EUR)
//      is worth what those postings say; the others share it in proportion, by largest remainder.
//   3. Weights in a currency that has rates are converted by the rate of the day, as one sum.
//   4. Weights in a commodity stay in it: the group balances by itself.
// Nothing is rounded: a weight finer than its currency, and a residue that the format tolerates, go
// to the residue account the user named, or the transaction is refused with RESIDUE.
//
// What the ledger has no place for is kept as text: the transaction's comment and mark as tags, the
// tags and mark of a posting in its memo.
#ifndef LUMBUNG_LEDGER_IMPORT_DRAFT_BUILDER_H_
#define LUMBUNG_LEDGER_IMPORT_DRAFT_BUILDER_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"
#include "ledger/import/import_plan.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

// The number series of imported entries.
inline constexpr char kImportSeries[] = "IM";

class DraftBuilder {
 public:
  struct Options {
    // Account name in the file -> account key in the book, where they differ.
    std::map<std::string, std::string> account_keys;
    // Key of the account that takes residues; empty when they are to be refused.
    std::string residue_account;
    std::string source;
  };

  DraftBuilder(const BookSnapshot* book, const CurrencyNames* names, Options options)
      : book_(book), names_(names), options_(std::move(options)) {}

  // Everything but the request_id. Errors name the place: RESIDUE, RATE_MISSING, UNKNOWN_CURRENCY,
  // FUNCTIONAL_AMOUNT_INVALID, OVERFLOW.
  absl::StatusOr<EntryDraft> Build(const ParsedTransaction& transaction) const;

 private:
  PostingDraft PostingOf(const ParsedTransaction& transaction, const ParsedPosting& parsed) const;
  absl::Status ValueGroups(const ParsedTransaction& transaction, EntryDraft* draft) const;
  absl::Status ValueGroup(const ParsedTransaction& transaction, const Currency& weight_currency,
                          const std::vector<std::size_t>& members, EntryDraft* draft) const;
  // Rules 1 and 4: the members are worth their weights.
  absl::Status ValueAtWeights(const ParsedTransaction& transaction,
                              const std::vector<std::size_t>& members, const Currency& currency,
                              EntryDraft* draft) const;
  // Rule 2: the group is worth what its members in the functional currency say.
  absl::Status ValueAtExchange(const ParsedTransaction& transaction,
                               const std::vector<std::size_t>& members, EntryDraft* draft) const;
  // Rule 3.
  absl::Status ValueAtRate(const ParsedTransaction& transaction,
                           const std::vector<std::size_t>& members, const Currency& currency,
                           EntryDraft* draft) const;
  absl::Status AddResidues(const ParsedTransaction& transaction, EntryDraft* draft) const;
  const Currency& functional() const {
    return *book_->FindCurrency(book_->book().functional_currency);
  }

  const BookSnapshot* book_;
  const CurrencyNames* names_;
  const Options options_;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_DRAFT_BUILDER_H_
