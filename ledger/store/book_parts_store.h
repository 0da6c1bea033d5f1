// What a book is made of, and how that changes: accounts, funds, currencies, dimensions, exchange
// rates.
//
// Every function runs inside the caller's database transaction, takes the book's row lock first and
// raises the book's metadata version, so that posting and changes of the book never overlap. The
// creating functions take many parts at once and create all or none; a refusal's field starts with
// the part's place in the list, such as `[3].key`.
//
// Whoever commits such a change in this process tells the posting side, which keeps books in
// memory.
#ifndef LUMBUNG_LEDGER_STORE_BOOK_PARTS_STORE_H_
#define LUMBUNG_LEDGER_STORE_BOOK_PARTS_STORE_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

// Takes the book's row lock and makes room for `parts` new parts (at least 1). Returns the id of
// the first. BOOK_NOT_FOUND.
absl::StatusOr<std::int32_t> ChangeBook(TransactionScope& scope, BookKey book, std::size_t parts);

struct NewCurrency {
  std::string code;
  // That of ISO 4217 when absent.
  std::optional<int> scale;
  bool commodity = false;
  // That of ISO 4217 when empty.
  std::string display_name;
};
// INVALID_ID, INVALID_SCALE, INVALID_TEXT, TEXT_TOO_LONG, ALREADY_EXISTS.
absl::StatusOr<std::vector<Currency>> CreateCurrencies(TransactionScope& scope, BookKey book,
                                                       absl::Span<const NewCurrency> currencies);

// Gives it another name. NOT_FOUND, ETAG_MISMATCH (an empty `etag` matches), INVALID_TEXT,
// TEXT_TOO_LONG.
absl::StatusOr<Currency> RenameCurrency(TransactionScope& scope, BookKey book,
                                        absl::string_view code, absl::string_view etag,
                                        const std::string& display_name);

struct NewFund {
  std::string key;
  std::string display_name;
  FundRestriction restriction = FundRestriction::kWithout;
  bool closed = false;
};
struct FundChanges {
  std::optional<std::string> display_name;
  std::optional<bool> closed;
};
// INVALID_ID, INVALID_TEXT, TEXT_TOO_LONG, ALREADY_EXISTS.
absl::StatusOr<std::vector<Fund>> CreateFunds(TransactionScope& scope, BookKey book,
                                              absl::Span<const NewFund> funds);
// NOT_FOUND, ETAG_MISMATCH (an empty `etag` matches), INVALID_TEXT, TEXT_TOO_LONG,
// DEFAULT_FUND_NEEDED when the book's default fund would be closed.
absl::StatusOr<Fund> UpdateFund(TransactionScope& scope, BookKey book, absl::string_view key,
                                absl::string_view etag, const FundChanges& changes);

struct NewDimension {
  std::string key;  // "fund" is taken by the fund itself.
  std::string display_name;
};
struct NewDimensionValue {
  std::string dimension;
  std::string key;
  std::string display_name;
  bool closed = false;
};
// INVALID_ID, INVALID_TEXT, TEXT_TOO_LONG, ALREADY_EXISTS.
absl::StatusOr<std::vector<Dimension>> CreateDimensions(TransactionScope& scope, BookKey book,
                                                        absl::Span<const NewDimension> dimensions);
// INVALID_ID, INVALID_TEXT, TEXT_TOO_LONG, UNKNOWN_DIMENSION, ALREADY_EXISTS.
absl::StatusOr<std::vector<DimensionValue>> CreateDimensionValues(
    TransactionScope& scope, BookKey book, absl::Span<const NewDimensionValue> values);
// Both: NOT_FOUND, ETAG_MISMATCH (an empty `etag` matches), INVALID_TEXT, TEXT_TOO_LONG. The
// dimension comes without its values.
absl::StatusOr<Dimension> RenameDimension(TransactionScope& scope, BookKey book,
                                          absl::string_view key, absl::string_view etag,
                                          const std::string& display_name);
struct DimensionValueChanges {
  std::optional<std::string> display_name;
  std::optional<bool> closed;
};
absl::StatusOr<DimensionValue> UpdateDimensionValue(TransactionScope& scope, BookKey book,
                                                    absl::string_view dimension,
                                                    absl::string_view key, absl::string_view etag,
                                                    const DimensionValueChanges& changes);

struct NewExchangeRate {
  std::string base;
  std::string quote;
  Date date;
  Decimal rate;
  std::string source;  // "manual" when empty.
};
// INVALID_RATE, INVALID_TEXT, TEXT_TOO_LONG, UNKNOWN_CURRENCY.
absl::StatusOr<std::vector<ExchangeRate>> CreateExchangeRates(
    TransactionScope& scope, BookKey book, absl::Span<const NewExchangeRate> rates);

// What a refusal of a single part says when the part was created as a list of one.
absl::Status OfOnlyPart(absl::Status status, absl::string_view field);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_BOOK_PARTS_STORE_H_
