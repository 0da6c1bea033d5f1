// Books: creating, finding and naming them. The functions run inside the caller's database
// transaction, which works for the organization that owns the books.
#ifndef LUMBUNG_LEDGER_STORE_BOOK_STORE_H_
#define LUMBUNG_LEDGER_STORE_BOOK_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date.h"
#include "ledger/core/ids.h"
#include "ledger/store/account_store.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

struct NewBook {
  std::string slug;
  std::string uid;  // Made by RandomUid.
  std::string display_name;
  NewCurrency functional_currency;
  int fiscal_year_start_month = 1;
  // The fund of postings that name none.
  NewFund default_fund = {"umum", "Dana Umum / General fund", FundRestriction::kWithout};
  // The chart the book starts with: "template@version", or empty for an empty chart.
  std::string chart_template;
  std::vector<NewAccount> accounts;
  std::vector<NewFund> funds;
  std::vector<NewDimension> dimensions;
};

// A book and where it stands.
struct BookRecord {
  Book book;
  std::string functional_currency;
  std::string default_fund;
  absl::Time created_at;
  std::int64_t last_entry_id = 0;
  std::optional<Date> hard_closed_through;
};

// Creates the book with its functional currency, its default fund, the series JU (general journal),
// JB (reversals), JT (closing) and IM (imports), and whatever `book` lists besides. INVALID_ID,
// INVALID_TEXT, TEXT_TOO_LONG, INVALID_FISCAL_YEAR, ALREADY_EXISTS, then what the functions of
// book_parts_store.h refuse, under `functional_currency`, `default_fund`,
// `dimensions[i]`, `funds[i]`,
// `accounts[i]`.
absl::StatusOr<BookRecord> CreateBook(TransactionScope& scope, const NewBook& book);

// BOOK_NOT_FOUND.
absl::StatusOr<BookRecord> GetBook(TransactionScope& scope, absl::string_view slug);

// Those whose slug comes after `after`, by slug, at most `limit`.
absl::StatusOr<std::vector<BookRecord>> ListBooks(TransactionScope& scope, absl::string_view after,
                                                  int limit);

// BOOK_NOT_FOUND, ETAG_MISMATCH (an empty `etag` matches), INVALID_TEXT, TEXT_TOO_LONG.
absl::StatusOr<BookRecord> RenameBook(TransactionScope& scope, absl::string_view slug,
                                      absl::string_view etag, absl::string_view display_name);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_BOOK_STORE_H_
