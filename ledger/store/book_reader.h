// Reads what a book is made of. The functions run inside the caller's database transaction and take
// no locks; several reads make one view in a read-only transaction, or under the book's row lock.
#ifndef LUMBUNG_LEDGER_STORE_BOOK_READER_H_
#define LUMBUNG_LEDGER_STORE_BOOK_READER_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

// The book of the transaction's organization with this slug. BOOK_NOT_FOUND.
absl::StatusOr<BookKey> FindBook(TransactionScope& scope, absl::string_view slug);

// Grows with every change of what the book is made of. BOOK_NOT_FOUND.
absl::StatusOr<std::int64_t> ReadMetadataVersion(TransactionScope& scope, BookKey book);

// Everything the book is made of. BOOK_NOT_FOUND.
absl::StatusOr<BookContents> LoadBookContents(TransactionScope& scope, BookKey book);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_BOOK_READER_H_
