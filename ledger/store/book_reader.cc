#include "ledger/store/book_reader.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

constexpr Statement kFindBook = {
    "find_book", "select book_id from ledger.book where organization_id = $1 and slug = $2"};

constexpr Statement kMetadataVersion = {
    "read_metadata_version",
    "select metadata_version from ledger.book_head where organization_id = $1 and book_id = $2"};

constexpr Statement kBook = {
    "read_book",
    "select b.slug, b.uid::text, b.display_name, b.functional_currency_id, "
    "b.fiscal_year_start_month, b.chart_template, b.default_fund_id, h.metadata_version "
    "from ledger.book b "
    "join ledger.book_head h on h.organization_id = b.organization_id and h.book_id = b.book_id "
    "where b.organization_id = $1 and b.book_id = $2"};

constexpr Statement kCurrencies = {
    "read_currencies",
    "select currency_id, code, scale, commodity, display_name "
    "from ledger.currency where organization_id = $1 and book_id = $2 order by currency_id"};

constexpr Statement kAccounts = {
    "read_accounts",
    "select account_id, key, code, display_name, display_name_id, parent_id, type, postable, "
    "contra, closed, note "
    "from ledger.account where organization_id = $1 and book_id = $2 order by account_id"};

constexpr Statement kRules = {
    "read_account_dimension_rules",
    "select account_id, dimension_id, requirement "
    "from ledger.account_dimension_rule where organization_id = $1 and book_id = $2 "
    "order by account_id, dimension_id"};

constexpr Statement kFunds = {
    "read_funds",
    "select fund_id, key, display_name, restriction, closed "
    "from ledger.fund where organization_id = $1 and book_id = $2 order by fund_id"};

constexpr Statement kDimensions = {
    "read_dimensions",
    "select dimension_id, key, display_name "
    "from ledger.dimension where organization_id = $1 and book_id = $2 order by dimension_id"};

constexpr Statement kDimensionValues = {
    "read_dimension_values",
    "select dimension_id, value_id, key, display_name, closed "
    "from ledger.dimension_value where organization_id = $1 and book_id = $2 "
    "order by dimension_id, value_id"};

constexpr Statement kRates = {
    "read_exchange_rates",
    "select rate_id, base_currency_id, quote_currency_id, date, rate, source, "
    "(extract(epoch from recorded_at) * 1000000)::bigint as recorded_at "
    "from ledger.exchange_rate where organization_id = $1 and book_id = $2 order by rate_id"};

constexpr Statement kSeries = {
    "read_number_series",
    "select series_id, code "
    "from ledger.number_series where organization_id = $1 and book_id = $2 order by series_id"};

constexpr Statement kPeriods = {
    "read_closed_periods",
    "select month, state "
    "from ledger.period where organization_id = $1 and book_id = $2 and state <> 1 order by month"};

pqxx::result ReadPart(TransactionScope& scope, const Statement& statement, BookKey book) {
  return scope.Execute(statement, ToInteger(book.organization), ToInteger(book.book));
}

Book BookOf(BookKey key, const pqxx::row& row) {
  Book book;
  book.key = key;
  book.slug = row[0].c_str();
  book.uid = row[1].c_str();
  book.display_name = row[2].c_str();
  book.functional_currency = StoredId<CurrencyId>(row[3]);
  book.fiscal_year_start_month = row[4].as<int>();
  book.chart_template = row[5].c_str();
  book.default_fund = StoredId<FundId>(row[6]);
  return book;
}

Account AccountOf(const pqxx::row& row) {
  Account account;
  account.id = StoredId<AccountId>(row[0]);
  account.key = row[1].c_str();
  account.code = row[2].c_str();
  account.display_name = row[3].c_str();
  account.display_name_id = row[4].c_str();
  if (!row[5].is_null()) account.parent = StoredId<AccountId>(row[5]);
  account.type = StoredId<AccountType>(row[6]);
  account.postable = row[7].as<bool>();
  account.contra = row[8].as<bool>();
  account.closed = row[9].as<bool>();
  account.note = row[10].c_str();
  return account;
}

std::vector<Account> ReadAccounts(TransactionScope& scope, BookKey book) {
  std::vector<Account> accounts;
  absl::flat_hash_map<AccountId, std::size_t> position;
  for (const pqxx::row& row : ReadPart(scope, kAccounts, book)) {
    accounts.push_back(AccountOf(row));
    position.emplace(accounts.back().id, accounts.size() - 1);
  }
  for (const pqxx::row& row : ReadPart(scope, kRules, book)) {
    const auto found = position.find(StoredId<AccountId>(row[0]));
    if (found == position.end()) continue;  // Written after the accounts were read.
    accounts[found->second].rules.push_back(
        {StoredId<DimensionId>(row[1]), StoredId<DimensionRequirement>(row[2])});
  }
  return accounts;
}

std::vector<Dimension> ReadDimensions(TransactionScope& scope, BookKey book) {
  std::vector<Dimension> dimensions;
  absl::flat_hash_map<DimensionId, std::size_t> position;
  for (const pqxx::row& row : ReadPart(scope, kDimensions, book)) {
    dimensions.push_back({StoredId<DimensionId>(row[0]), row[1].c_str(), row[2].c_str(), {}});
    position.emplace(dimensions.back().id, dimensions.size() - 1);
  }
  for (const pqxx::row& row : ReadPart(scope, kDimensionValues, book)) {
    const auto found = position.find(StoredId<DimensionId>(row[0]));
    if (found == position.end()) continue;  // Written after the dimensions were read.
    dimensions[found->second].values.push_back(
        {StoredId<ValueId>(row[1]), row[2].c_str(), row[3].c_str(), row[4].as<bool>()});
  }
  return dimensions;
}

absl::StatusOr<std::vector<ExchangeRate>> ReadRates(TransactionScope& scope, BookKey book) {
  std::vector<ExchangeRate> rates;
  for (const pqxx::row& row : ReadPart(scope, kRates, book)) {
    LUMBUNG_ASSIGN_OR_RETURN(const Date date, StoredDate(row[3]));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal rate, StoredDecimal(row[4]));
    rates.push_back({row[0].as<std::int32_t>(), StoredId<CurrencyId>(row[1]),
                     StoredId<CurrencyId>(row[2]), date, rate, row[5].c_str(), StoredTime(row[6])});
  }
  return rates;
}

}  // namespace

absl::StatusOr<BookKey> FindBook(TransactionScope& scope, absl::string_view slug) {
  const pqxx::result rows =
      scope.Execute(kFindBook, scope.organization_number(), std::string(slug));
  if (rows.empty()) {
    return NotFound("BOOK_NOT_FOUND", "", absl::StrCat("there is no book \"", slug, "\""));
  }
  return BookKey{scope.organization(), StoredId<BookId>(rows[0][0])};
}

absl::StatusOr<std::int64_t> ReadMetadataVersion(TransactionScope& scope, BookKey book) {
  const pqxx::result rows = ReadPart(scope, kMetadataVersion, book);
  if (rows.empty()) {
    return NotFound("BOOK_NOT_FOUND", "parent", "the organization has no such book");
  }
  return rows[0][0].as<std::int64_t>();
}

absl::StatusOr<BookContents> LoadBookContents(TransactionScope& scope, BookKey book) {
  BookContents contents;
  const pqxx::result head = ReadPart(scope, kBook, book);
  if (head.empty()) return NotFound("BOOK_NOT_FOUND", "", "there is no such book");
  contents.book = BookOf(book, head[0]);
  contents.metadata_version = head[0][7].as<std::int64_t>();
  for (const pqxx::row& row : ReadPart(scope, kCurrencies, book)) {
    contents.currencies.push_back({StoredId<CurrencyId>(row[0]), row[1].c_str(), row[2].as<int>(),
                                   row[3].as<bool>(), row[4].c_str()});
  }
  contents.accounts = ReadAccounts(scope, book);
  for (const pqxx::row& row : ReadPart(scope, kFunds, book)) {
    contents.funds.push_back({StoredId<FundId>(row[0]), row[1].c_str(), row[2].c_str(),
                              StoredId<FundRestriction>(row[3]), row[4].as<bool>()});
  }
  contents.dimensions = ReadDimensions(scope, book);
  LUMBUNG_ASSIGN_OR_RETURN(contents.rates, ReadRates(scope, book));
  for (const pqxx::row& row : ReadPart(scope, kSeries, book)) {
    contents.series.push_back({StoredId<SeriesId>(row[0]), row[1].c_str()});
  }
  for (const pqxx::row& row : ReadPart(scope, kPeriods, book)) {
    LUMBUNG_ASSIGN_OR_RETURN(const Date month, StoredDate(row[0]));
    contents.periods.push_back({month, StoredId<PeriodState>(row[1])});
  }
  return contents;
}

}  // namespace lumbung::store
