#include "ledger/store/book_store.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/etag.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

// The first parts of every book: created before any other, so their ids are known beforehand.
constexpr std::int32_t kFunctionalCurrencyId = 1;
constexpr std::int32_t kDefaultFundId = 2;

constexpr const char* kSeriesCodes[] = {"JU", "JB", "JT", "IM"};

constexpr Statement kNextBookId = {
    "next_book_id",
    "select coalesce(max(book_id), 0) + 1 from ledger.book where organization_id = $1"};

constexpr Statement kInsertBook = {
    "insert_book",
    "insert into ledger.book (organization_id, book_id, slug, uid, display_name, "
    "functional_currency_id, fiscal_year_start_month, chart_template, default_fund_id) "
    "values ($1, $2, $3, $4::uuid, $5, $6, $7, $8, $9)"};

constexpr Statement kInsertHead = {
    "insert_book_head",
    "insert into ledger.book_head (organization_id, book_id, metadata_version) values ($1, $2, 0)"};

constexpr Statement kInsertSeries = {
    "insert_number_series",
    "insert into ledger.number_series (organization_id, book_id, series_id, code) "
    "values ($1, $2, $3, $4)"};

#define LUMBUNG_SELECT_BOOK                                                                     \
  "select b.book_id, b.slug, b.uid::text, b.display_name, b.functional_currency_id, "           \
  "b.fiscal_year_start_month, b.chart_template, b.default_fund_id, c.code, f.key, "             \
  "(extract(epoch from b.created_at) * 1000000)::bigint, h.last_entry_id, "                     \
  "nullif(h.hard_closed_through, '-infinity') "                                                 \
  "from ledger.book b "                                                                         \
  "join ledger.book_head h on h.organization_id = b.organization_id and h.book_id = b.book_id " \
  "join ledger.currency c on c.organization_id = b.organization_id and c.book_id = b.book_id "  \
  "  and c.currency_id = b.functional_currency_id "                                             \
  "join ledger.fund f on f.organization_id = b.organization_id and f.book_id = b.book_id "      \
  "  and f.fund_id = b.default_fund_id "                                                        \
  "where b.organization_id = $1 "

constexpr Statement kGetBook = {"get_book", LUMBUNG_SELECT_BOOK "and b.slug = $2"};

constexpr Statement kListBooks = {"list_books",
                                  LUMBUNG_SELECT_BOOK "and b.slug > $2 order by b.slug limit $3"};

#undef LUMBUNG_SELECT_BOOK

constexpr Statement kRenameBook = {
    "rename_book",
    "update ledger.book set display_name = $3 where organization_id = $1 and book_id = $2"};

absl::StatusOr<BookRecord> BookRecordOf(OrganizationId organization, const pqxx::row& row) {
  BookRecord record;
  record.book.key = {organization, StoredId<BookId>(row[0])};
  record.book.slug = row[1].c_str();
  record.book.uid = row[2].c_str();
  record.book.display_name = row[3].c_str();
  record.book.functional_currency = StoredId<CurrencyId>(row[4]);
  record.book.fiscal_year_start_month = row[5].as<int>();
  record.book.chart_template = row[6].c_str();
  record.book.default_fund = StoredId<FundId>(row[7]);
  record.functional_currency = row[8].c_str();
  record.default_fund = row[9].c_str();
  record.created_at = StoredTime(row[10]);
  record.last_entry_id = row[11].as<std::int64_t>();
  if (!row[12].is_null()) {
    LUMBUNG_ASSIGN_OR_RETURN(record.hard_closed_through, StoredDate(row[12]));
  }
  return record;
}

absl::Status CheckNewBook(const NewBook& book) {
  LUMBUNG_RETURN_IF_ERROR(ValidateSlug(book.slug, "book_id"));
  LUMBUNG_RETURN_IF_ERROR(ValidateName(book.display_name, "display_name"));
  if (book.fiscal_year_start_month < 1 || book.fiscal_year_start_month > 12) {
    return InvalidArgument(
        "INVALID_FISCAL_YEAR", "fiscal_year_start_month",
        absl::StrCat("month ", book.fiscal_year_start_month, "; 1 to 12 are allowed"));
  }
  return absl::OkStatus();
}

absl::Status CreateParts(TransactionScope& scope, BookKey key, const NewBook& book) {
  if (const auto created = CreateCurrencies(scope, key, {book.functional_currency});
      !created.ok()) {
    return OfOnlyPart(created.status(), "functional_currency");
  }
  if (const auto created = CreateFunds(scope, key, {book.default_fund}); !created.ok()) {
    return OfOnlyPart(created.status(), "default_fund");
  }
  for (const char* code : kSeriesCodes) {
    LUMBUNG_ASSIGN_OR_RETURN(const std::int32_t id, ChangeBook(scope, key, 1));
    scope.Execute(kInsertSeries, ToInteger(key.organization), ToInteger(key.book), id, code);
  }
  if (const auto created = CreateDimensions(scope, key, book.dimensions); !created.ok()) {
    return PrefixField(created.status(), "dimensions");
  }
  if (const auto created = CreateFunds(scope, key, book.funds); !created.ok()) {
    return PrefixField(created.status(), "funds");
  }
  if (const auto created = CreateAccounts(scope, key, book.accounts); !created.ok()) {
    return PrefixField(created.status(), "accounts");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<BookRecord> CreateBook(TransactionScope& scope, const NewBook& book) {
  LUMBUNG_RETURN_IF_ERROR(CheckNewBook(book));
  // Books of one organization are created one after the other.
  LUMBUNG_RETURN_IF_ERROR(HoldOrganization(scope));
  const pqxx::result next = scope.Execute(kNextBookId, scope.organization_number());
  const BookKey key{scope.organization(), StoredId<BookId>(next[0][0])};
  scope.Execute(kInsertBook, ToInteger(key.organization), ToInteger(key.book), book.slug, book.uid,
                book.display_name, kFunctionalCurrencyId, book.fiscal_year_start_month,
                book.chart_template, kDefaultFundId);
  scope.Execute(kInsertHead, ToInteger(key.organization), ToInteger(key.book));
  LUMBUNG_RETURN_IF_ERROR(CreateParts(scope, key, book));
  return GetBook(scope, book.slug);
}

absl::StatusOr<BookRecord> GetBook(TransactionScope& scope, absl::string_view slug) {
  const pqxx::result rows = scope.Execute(kGetBook, scope.organization_number(), std::string(slug));
  if (rows.empty()) {
    return NotFound("BOOK_NOT_FOUND", "", absl::StrCat("there is no book \"", slug, "\""));
  }
  return BookRecordOf(scope.organization(), rows[0]);
}

absl::StatusOr<std::vector<BookRecord>> ListBooks(TransactionScope& scope, absl::string_view after,
                                                  int limit) {
  std::vector<BookRecord> books;
  for (const pqxx::row& row :
       scope.Execute(kListBooks, scope.organization_number(), std::string(after), limit)) {
    LUMBUNG_ASSIGN_OR_RETURN(BookRecord record, BookRecordOf(scope.organization(), row));
    books.push_back(std::move(record));
  }
  return books;
}

absl::StatusOr<BookRecord> RenameBook(TransactionScope& scope, absl::string_view slug,
                                      absl::string_view etag, absl::string_view display_name) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookRecord found, GetBook(scope, slug));
  LUMBUNG_RETURN_IF_ERROR(ChangeBook(scope, found.book.key, 1).status());
  // Read again, now that nobody else can change it.
  LUMBUNG_ASSIGN_OR_RETURN(BookRecord record, GetBook(scope, slug));
  LUMBUNG_RETURN_IF_ERROR(CheckEtag(etag, EtagOf(record.book)));
  LUMBUNG_RETURN_IF_ERROR(ValidateName(display_name, "display_name"));
  scope.Execute(kRenameBook, ToInteger(record.book.key.organization),
                ToInteger(record.book.key.book), std::string(display_name));
  record.book.display_name = std::string(display_name);
  return record;
}

}  // namespace lumbung::store
