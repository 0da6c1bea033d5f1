// What an import does to a book besides creating its parts and posting. As in book_parts_store.h,
// inside the caller's database transaction.
#ifndef LUMBUNG_LEDGER_STORE_IMPORT_STORE_H_
#define LUMBUNG_LEDGER_STORE_IMPORT_STORE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

// Gives a currency more decimals. False, and nothing changes, when it has as many or when a posting
// uses it. BOOK_NOT_FOUND.
absl::StatusOr<bool> RaiseCurrencyScale(TransactionScope& scope, BookKey book, CurrencyId currency,
                                        int scale);

// A balance that a file asserts at the end of a day.
struct ImportedAssertion {
  AccountId account{};
  bool include_descendants = false;
  Date date;
  CurrencyId currency{};
  Decimal expected;
};
// Keeps those that hold in the book and are not there yet; returns how many. What a file says of
// its own entries need not hold in a book that has others besides. Comes after posting.
// BOOK_NOT_FOUND.
absl::StatusOr<std::size_t> StoreAssertions(TransactionScope& scope, BookKey book,
                                            absl::Span<const ImportedAssertion> assertions,
                                            const std::string& source);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_IMPORT_STORE_H_
