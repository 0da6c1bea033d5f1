#include "services/ledger/api/filters.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::ledger::api {
namespace {

absl::Status Unknown(absl::string_view reason, absl::string_view field, absl::string_view what,
                     absl::string_view key) {
  return NotFound(reason, field, absl::StrCat("the book has no ", what, " '", key, "'"));
}

}  // namespace

absl::StatusOr<DateRange> DatesFromText(DateField from, DateField to) {
  DateRange range;
  if (!from.text.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(range.from, DateFromText(from.text, from.field));
  }
  if (!to.text.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(range.to, DateFromText(to.text, to.field));
  }
  if (range.IsEmpty()) {
    return InvalidArgument(
        "INVALID_FILTER", to.field,
        absl::StrCat("found ", to.text, ", which is before ", from.field, " ", from.text));
  }
  return range;
}

absl::StatusOr<Decimal> AmountFromText(const std::string& text, absl::string_view field) {
  absl::StatusOr<Decimal> amount = Decimal::Parse(text);
  if (!amount.ok()) return InvalidArgument("INVALID_AMOUNT", field, amount.status().message());
  return amount;
}

absl::StatusOr<const Account*> AccountFromKey(const BookSnapshot& book, const std::string& key,
                                              absl::string_view field) {
  const Account* account = book.FindAccount(key);
  if (account == nullptr) return Unknown("UNKNOWN_ACCOUNT", field, "account", key);
  return account;
}

absl::StatusOr<const Currency*> CurrencyFromCode(const BookSnapshot& book, const std::string& code,
                                                 absl::string_view field) {
  const Currency* currency = book.FindCurrency(code);
  if (currency == nullptr) return Unknown("UNKNOWN_CURRENCY", field, "currency", code);
  return currency;
}

absl::StatusOr<const Fund*> FundFromKey(const BookSnapshot& book, const std::string& key,
                                        absl::string_view field) {
  const Fund* fund = book.FindFund(key);
  if (fund == nullptr) return Unknown("UNKNOWN_FUND", field, "fund", key);
  return fund;
}

absl::StatusOr<const Dimension*> DimensionFromKey(const BookSnapshot& book, const std::string& key,
                                                  absl::string_view field) {
  const Dimension* dimension = book.FindDimension(key);
  if (dimension == nullptr) return Unknown("UNKNOWN_DIMENSION", field, "dimension", key);
  return dimension;
}

absl::StatusOr<store::DimensionFilter> DimensionsFromKeys(const BookSnapshot& book,
                                                          const std::string& fund,
                                                          const DimensionMap& dimensions) {
  store::DimensionFilter filter;
  if (!fund.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Fund* found, FundFromKey(book, fund, "fund"));
    filter.fund = found->id;
  }
  // In order, so that of several faults it is always the same one that is named.
  for (const auto& [key, value_key] : std::map(dimensions.begin(), dimensions.end())) {
    const std::string field = absl::StrCat("dimensions[", key, "]");
    LUMBUNG_ASSIGN_OR_RETURN(const Dimension* dimension, DimensionFromKey(book, key, field));
    const DimensionValue* value = book.FindValue(*dimension, value_key);
    if (value == nullptr) {
      return NotFound("UNKNOWN_DIMENSION_VALUE", field,
                      absl::StrCat("dimension '", key, "' has no value '", value_key, "'"));
    }
    filter.values.emplace_back(dimension->id, value->id);
  }
  return filter;
}

}  // namespace lumbung::ledger::api
