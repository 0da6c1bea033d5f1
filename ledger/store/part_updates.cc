// Changes of the parts of a book that have few of them: another name, closed or not.
#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/etag.h"
#include "ledger/store/new_parts.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

constexpr Statement kFund = {
    "read_fund",
    "select f.fund_id, f.key, f.display_name, f.restriction, f.closed, "
    "b.default_fund_id = f.fund_id "
    "from ledger.fund f "
    "join ledger.book b on b.organization_id = f.organization_id and b.book_id = f.book_id "
    "where f.organization_id = $1 and f.book_id = $2 and f.key = $3"};

constexpr Statement kUpdateFund = {"update_fund",
                                   "update ledger.fund set display_name = $4, closed = $5 "
                                   "where organization_id = $1 and book_id = $2 and fund_id = $3"};

constexpr Statement kCurrency = {
    "read_currency",
    "select currency_id, code, scale, commodity, display_name from ledger.currency "
    "where organization_id = $1 and book_id = $2 and code = $3"};

constexpr Statement kRenameCurrency = {
    "rename_currency",
    "update ledger.currency set display_name = $4 "
    "where organization_id = $1 and book_id = $2 and currency_id = $3"};

constexpr Statement kDimension = {
    "read_dimension",
    "select dimension_id, key, display_name from ledger.dimension "
    "where organization_id = $1 and book_id = $2 and key = $3"};

constexpr Statement kRenameDimension = {
    "rename_dimension",
    "update ledger.dimension set display_name = $4 "
    "where organization_id = $1 and book_id = $2 and dimension_id = $3"};

constexpr Statement kDimensionValue = {
    "read_dimension_value",
    "select v.value_id, v.key, v.display_name, v.closed, v.dimension_id "
    "from ledger.dimension_value v "
    "join ledger.dimension d on d.organization_id = v.organization_id and d.book_id = v.book_id "
    "and d.dimension_id = v.dimension_id "
    "where v.organization_id = $1 and v.book_id = $2 and d.key = $3 and v.key = $4"};

constexpr Statement kUpdateDimensionValue = {
    "update_dimension_value",
    "update ledger.dimension_value set display_name = $5, closed = $6 "
    "where organization_id = $1 and book_id = $2 and dimension_id = $3 and value_id = $4"};

// Checks the writer's etag and takes the new name.
template <typename Part>
absl::Status Rename(Part* part, absl::string_view etag, const std::string& display_name) {
  LUMBUNG_RETURN_IF_ERROR(CheckEtag(etag, EtagOf(*part)));
  LUMBUNG_RETURN_IF_ERROR(ValidateName(display_name, "display_name"));
  part->display_name = display_name;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Fund> UpdateFund(TransactionScope& scope, BookKey book, absl::string_view key,
                                absl::string_view etag, const FundChanges& changes) {
  LUMBUNG_RETURN_IF_ERROR(ChangeBook(scope, book, 1).status());
  const pqxx::result rows =
      scope.Execute(kFund, ToInteger(book.organization), ToInteger(book.book), std::string(key));
  if (rows.empty()) return UnknownPart("NOT_FOUND", "fund", key, "name");
  Fund fund{StoredId<FundId>(rows[0][0]), rows[0][1].c_str(), rows[0][2].c_str(),
            StoredId<FundRestriction>(rows[0][3]), rows[0][4].as<bool>()};
  LUMBUNG_RETURN_IF_ERROR(CheckEtag(etag, EtagOf(fund)));
  if (changes.display_name.has_value()) {
    LUMBUNG_RETURN_IF_ERROR(ValidateName(*changes.display_name, "display_name"));
    fund.display_name = *changes.display_name;
  }
  if (changes.closed.has_value()) {
    if (*changes.closed && rows[0][5].as<bool>()) {
      return FailedPrecondition("DEFAULT_FUND_NEEDED", "closed",
                                absl::StrCat("\"", key, "\" is the book's default fund"));
    }
    fund.closed = *changes.closed;
  }
  scope.Execute(kUpdateFund, ToInteger(book.organization), ToInteger(book.book), ToInteger(fund.id),
                fund.display_name, fund.closed);
  return fund;
}

absl::StatusOr<Currency> RenameCurrency(TransactionScope& scope, BookKey book,
                                        absl::string_view code, absl::string_view etag,
                                        const std::string& display_name) {
  LUMBUNG_RETURN_IF_ERROR(ChangeBook(scope, book, 1).status());
  const pqxx::result rows = scope.Execute(kCurrency, ToInteger(book.organization),
                                          ToInteger(book.book), std::string(code));
  if (rows.empty()) return UnknownPart("NOT_FOUND", "currency", code, "name");
  Currency currency{StoredId<CurrencyId>(rows[0][0]), rows[0][1].c_str(), rows[0][2].as<int>(),
                    rows[0][3].as<bool>(), rows[0][4].c_str()};
  LUMBUNG_RETURN_IF_ERROR(Rename(&currency, etag, display_name));
  scope.Execute(kRenameCurrency, ToInteger(book.organization), ToInteger(book.book),
                ToInteger(currency.id), currency.display_name);
  return currency;
}

absl::StatusOr<Dimension> RenameDimension(TransactionScope& scope, BookKey book,
                                          absl::string_view key, absl::string_view etag,
                                          const std::string& display_name) {
  LUMBUNG_RETURN_IF_ERROR(ChangeBook(scope, book, 1).status());
  const pqxx::result rows = scope.Execute(kDimension, ToInteger(book.organization),
                                          ToInteger(book.book), std::string(key));
  if (rows.empty()) return UnknownPart("NOT_FOUND", "dimension", key, "name");
  Dimension dimension{StoredId<DimensionId>(rows[0][0]), rows[0][1].c_str(), rows[0][2].c_str(),
                      {}};
  LUMBUNG_RETURN_IF_ERROR(Rename(&dimension, etag, display_name));
  scope.Execute(kRenameDimension, ToInteger(book.organization), ToInteger(book.book),
                ToInteger(dimension.id), dimension.display_name);
  return dimension;
}

absl::StatusOr<DimensionValue> UpdateDimensionValue(TransactionScope& scope, BookKey book,
                                                    absl::string_view dimension,
                                                    absl::string_view key, absl::string_view etag,
                                                    const DimensionValueChanges& changes) {
  LUMBUNG_RETURN_IF_ERROR(ChangeBook(scope, book, 1).status());
  const pqxx::result rows =
      scope.Execute(kDimensionValue, ToInteger(book.organization), ToInteger(book.book),
                    std::string(dimension), std::string(key));
  if (rows.empty()) {
    return UnknownPart("NOT_FOUND", "dimension value", absl::StrCat(dimension, "/", key), "name");
  }
  DimensionValue value{StoredId<ValueId>(rows[0][0]), rows[0][1].c_str(), rows[0][2].c_str(),
                       rows[0][3].as<bool>()};
  LUMBUNG_RETURN_IF_ERROR(Rename(&value, etag, changes.display_name.value_or(value.display_name)));
  value.closed = changes.closed.value_or(value.closed);
  scope.Execute(kUpdateDimensionValue, ToInteger(book.organization), ToInteger(book.book),
                rows[0][4].as<std::int32_t>(), ToInteger(value.id), value.display_name,
                value.closed);
  return value;
}

}  // namespace lumbung::store
