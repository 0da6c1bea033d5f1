// Gives a book what a file asks of it: currencies, accounts, dimension values and rates.
//
// A currency that the book lacks is created as a commodity, fine enough for the file; one that it
// has must be fine enough, but may become finer while no posting uses it. An account of the file is
// the account of that key, or else the postable account of that code; what the book lacks is
// created below the nearest parent by name whose type allows it.
#ifndef LUMBUNG_SERVICES_LEDGER_TRANSFER_PREPARE_BOOK_H_
#define LUMBUNG_SERVICES_LEDGER_TRANSFER_PREPARE_BOOK_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/import/import_plan.h"
#include "ledger/store/transaction.h"

namespace lumbung::transfer {

struct PreparationOptions {
  std::string residue_account;
  // Create no accounts, currencies or dimension values; rates are created all the same.
  bool existing_only = false;
};

struct Preparation {
  // Account name in the file -> account key in the book, where they differ.
  std::map<std::string, std::string> account_keys;
  // Key of the account that takes residues, or "".
  std::string residue_account;
  // Keys of new accounts that the file closes in the end.
  std::vector<std::string> accounts_to_close;
  std::int64_t accounts_created = 0;
  std::int64_t currencies_created = 0;
  std::int64_t dimension_values_created = 0;
  std::int64_t rates_created = 0;
  // What had to be assumed, in the manner of ImportPlan::unsupported.
  std::map<std::string, import::Unsupported> assumptions;
};

// Under the book's row lock, with the book as it stands. Changes nothing when the book has
// everything. Refuses with every problem found: SCALE_EXCEEDED, UNKNOWN_CURRENCY, UNKNOWN_ACCOUNT,
// UNKNOWN_DIMENSION_VALUE, then what the creating functions of the store refuse.
absl::StatusOr<Preparation> PrepareBook(store::TransactionScope& scope, const BookSnapshot& book,
                                        const import::ImportPlan& plan,
                                        const import::CurrencyNames& names,
                                        const PreparationOptions& options);

}  // namespace lumbung::transfer

#endif  // LUMBUNG_SERVICES_LEDGER_TRANSFER_PREPARE_BOOK_H_
