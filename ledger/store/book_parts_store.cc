#include "ledger/store/book_parts_store.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/currency.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/new_parts.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

constexpr char kFundDimension[] = "fund";

constexpr Statement kExistingCurrencies = {
    "existing_currencies",
    "select code, currency_id from ledger.currency "
    "where organization_id = $1 and book_id = $2 and code = any ($3::text[])"};

constexpr Statement kInsertCurrencies = {
    "insert_currencies",
    "insert into ledger.currency "
    "(organization_id, book_id, currency_id, code, scale, commodity, display_name) "
    "select $1, $2, $3::integer + (n - 1)::integer, code, scale, commodity, display_name "
    "from unnest($4::text[], $5::smallint[], $6::boolean[], $7::text[]) "
    "with ordinality as new (code, scale, commodity, display_name, n)"};

constexpr Statement kExistingFunds = {
    "existing_funds",
    "select key, fund_id from ledger.fund "
    "where organization_id = $1 and book_id = $2 and key = any ($3::text[])"};

constexpr Statement kInsertFunds = {
    "insert_funds",
    "insert into ledger.fund "
    "(organization_id, book_id, fund_id, key, display_name, restriction, closed) "
    "select $1, $2, $3::integer + (n - 1)::integer, key, display_name, restriction, closed "
    "from unnest($4::text[], $5::text[], $6::smallint[], $7::boolean[]) "
    "with ordinality as new (key, display_name, restriction, closed, n)"};

constexpr Statement kExistingDimensions = {
    "existing_dimensions",
    "select key, dimension_id from ledger.dimension "
    "where organization_id = $1 and book_id = $2 and key = any ($3::text[])"};

constexpr Statement kInsertDimensions = {
    "insert_dimensions",
    "insert into ledger.dimension (organization_id, book_id, dimension_id, key, display_name) "
    "select $1, $2, $3::integer + (n - 1)::integer, key, display_name "
    "from unnest($4::text[], $5::text[]) with ordinality as new (key, display_name, n)"};

// The first of the new values that its dimension has already, or that stands twice in the list.
constexpr Statement kExistingValue = {
    "existing_dimension_value",
    "select new.n, new.key "
    "from unnest($3::integer[], $4::text[]) with ordinality as new (dimension_id, key, n) "
    "where exists (select 1 from ledger.dimension_value v "
    "              where v.organization_id = $1 and v.book_id = $2 "
    "                and v.dimension_id = new.dimension_id and v.key = new.key) "
    "order by new.n limit 1"};

constexpr Statement kInsertValues = {
    "insert_dimension_values",
    "insert into ledger.dimension_value "
    "(organization_id, book_id, dimension_id, value_id, key, display_name, closed) "
    "select $1, $2, dimension_id, $3::integer + (n - 1)::integer, key, display_name, closed "
    "from unnest($4::integer[], $5::text[], $6::text[], $7::boolean[]) "
    "with ordinality as new (dimension_id, key, display_name, closed, n)"};

constexpr Statement kInsertRates = {
    "insert_exchange_rates",
    "insert into ledger.exchange_rate "
    "(organization_id, book_id, rate_id, base_currency_id, quote_currency_id, date, rate, source) "
    "select $1, $2, $3::integer + (n - 1)::integer, base, quote, date, rate, source "
    "from unnest($4::integer[], $5::integer[], $6::date[], $7::numeric[], $8::text[]) "
    "with ordinality as new (base, quote, date, rate, source, n) "
    "returning (extract(epoch from recorded_at) * 1000000)::bigint"};

template <typename Items, typename Member>
std::vector<std::string> KeysOf(const Items& items, Member member) {
  std::vector<std::string> keys;
  for (const auto& item : items) keys.push_back(item.*member);
  return keys;
}

absl::StatusOr<Currency> CompleteCurrency(const NewCurrency& currency, std::size_t i) {
  if (absl::Status status = ValidateCurrencyCode(currency.code); !status.ok()) {
    return PrefixField(status, PartPath(i, "code"));
  }
  LUMBUNG_RETURN_IF_ERROR(ValidateName(currency.display_name, PartPath(i, "display_name")));
  const std::optional<IsoCurrency> iso = FindIsoCurrency(currency.code);
  if (!currency.scale.has_value() && !iso.has_value()) {
    return InvalidArgument(
        "INVALID_SCALE", PartPath(i, "scale"),
        absl::StrCat("\"", currency.code, "\" is not in ISO 4217, so its scale must be given"));
  }
  const int scale = currency.scale.has_value() ? *currency.scale : iso->scale;
  if (scale < 0 || scale > kMaxCurrencyScale) {
    return InvalidArgument(
        "INVALID_SCALE", PartPath(i, "scale"),
        absl::StrCat("a scale of ", scale, "; 0 to ", kMaxCurrencyScale, " are allowed"));
  }
  const bool iso_name = currency.display_name.empty() && iso.has_value();
  return Currency{{},
                  currency.code,
                  scale,
                  currency.commodity,
                  iso_name ? std::string(iso->name) : currency.display_name};
}

absl::Status CheckNewRate(const NewExchangeRate& rate, std::size_t i) {
  if (rate.rate.Sign() <= 0) {
    return InvalidArgument(
        "INVALID_RATE", PartPath(i, "rate"),
        absl::StrCat("a rate of ", rate.rate.ToString(), "; it must be above 0"));
  }
  if (rate.base == rate.quote) {
    return InvalidArgument("INVALID_RATE", PartPath(i, "quote"),
                           absl::StrCat("base and quote are both \"", rate.base, "\""));
  }
  return ValidateName(rate.source, PartPath(i, "source"));
}

}  // namespace

absl::StatusOr<std::vector<Currency>> CreateCurrencies(TransactionScope& scope, BookKey book,
                                                       absl::Span<const NewCurrency> currencies) {
  std::vector<Currency> created;
  if (currencies.empty()) return created;
  LUMBUNG_ASSIGN_OR_RETURN(const std::int32_t first, ChangeBook(scope, book, currencies.size()));
  ArrayText codes, scales, commodities, names;
  for (std::size_t i = 0; i < currencies.size(); ++i) {
    LUMBUNG_ASSIGN_OR_RETURN(Currency currency, CompleteCurrency(currencies[i], i));
    currency.id = CurrencyId{first + static_cast<std::int32_t>(i)};
    codes.Text(currency.code);
    scales.Integer(currency.scale);
    commodities.Boolean(currency.commodity);
    names.Text(currency.display_name);
    created.push_back(std::move(currency));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckNewKeys(scope, book, kExistingCurrencies,
                                       KeysOf(currencies, &NewCurrency::code), "code"));
  scope.Execute(kInsertCurrencies, ToInteger(book.organization), ToInteger(book.book), first,
                codes.Take(), scales.Take(), commodities.Take(), names.Take());
  return created;
}

absl::StatusOr<std::vector<Fund>> CreateFunds(TransactionScope& scope, BookKey book,
                                              absl::Span<const NewFund> funds) {
  std::vector<Fund> created;
  if (funds.empty()) return created;
  LUMBUNG_ASSIGN_OR_RETURN(const std::int32_t first, ChangeBook(scope, book, funds.size()));
  LUMBUNG_RETURN_IF_ERROR(
      CheckNewKeys(scope, book, kExistingFunds, KeysOf(funds, &NewFund::key), "key"));
  ArrayText keys, names, restrictions, closed;
  for (std::size_t i = 0; i < funds.size(); ++i) {
    LUMBUNG_RETURN_IF_ERROR(ValidateName(funds[i].display_name, PartPath(i, "display_name")));
    keys.Text(funds[i].key);
    names.Text(funds[i].display_name);
    restrictions.Integer(static_cast<std::int16_t>(funds[i].restriction));
    closed.Boolean(funds[i].closed);
    created.push_back({FundId{first + static_cast<std::int32_t>(i)}, funds[i].key,
                       funds[i].display_name, funds[i].restriction, funds[i].closed});
  }
  scope.Execute(kInsertFunds, ToInteger(book.organization), ToInteger(book.book), first,
                keys.Take(), names.Take(), restrictions.Take(), closed.Take());
  return created;
}

absl::StatusOr<std::vector<Dimension>> CreateDimensions(TransactionScope& scope, BookKey book,
                                                        absl::Span<const NewDimension> dimensions) {
  std::vector<Dimension> created;
  if (dimensions.empty()) return created;
  LUMBUNG_ASSIGN_OR_RETURN(const std::int32_t first, ChangeBook(scope, book, dimensions.size()));
  LUMBUNG_RETURN_IF_ERROR(CheckNewKeys(scope, book, kExistingDimensions,
                                       KeysOf(dimensions, &NewDimension::key), "key"));
  ArrayText keys, names;
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    const NewDimension& dimension = dimensions[i];
    if (dimension.key == kFundDimension) {
      return InvalidArgument("INVALID_ID", PartPath(i, "key"),
                             "the fund is built in; a dimension needs another id");
    }
    LUMBUNG_RETURN_IF_ERROR(ValidateName(dimension.display_name, PartPath(i, "display_name")));
    keys.Text(dimension.key);
    names.Text(dimension.display_name);
    created.push_back({DimensionId{first + static_cast<std::int32_t>(i)},
                       dimension.key,
                       dimension.display_name,
                       {}});
  }
  scope.Execute(kInsertDimensions, ToInteger(book.organization), ToInteger(book.book), first,
                keys.Take(), names.Take());
  return created;
}

absl::StatusOr<std::vector<DimensionValue>> CreateDimensionValues(
    TransactionScope& scope, BookKey book, absl::Span<const NewDimensionValue> values) {
  std::vector<DimensionValue> created;
  if (values.empty()) return created;
  LUMBUNG_ASSIGN_OR_RETURN(const std::int32_t first, ChangeBook(scope, book, values.size()));
  const auto dimension_ids =
      FindIds(scope, book, kExistingDimensions, KeysOf(values, &NewDimensionValue::dimension));
  ArrayText dimensions, keys, names, closed;
  absl::flat_hash_map<std::pair<std::int32_t, std::string>, std::size_t> seen;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const NewDimensionValue& value = values[i];
    LUMBUNG_RETURN_IF_ERROR(ValidateKey(value.key, PartPath(i, "key")));
    LUMBUNG_RETURN_IF_ERROR(ValidateName(value.display_name, PartPath(i, "display_name")));
    const auto dimension = dimension_ids.find(value.dimension);
    if (dimension == dimension_ids.end()) {
      return UnknownPart("UNKNOWN_DIMENSION", "dimension", value.dimension,
                         PartPath(i, "dimension"));
    }
    if (!seen.emplace(std::make_pair(dimension->second, value.key), i).second) {
      return Refusal(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", PartPath(i, "key"),
                     absl::StrCat("\"", value.key, "\" stands twice in the list"));
    }
    dimensions.Integer(dimension->second);
    keys.Text(value.key);
    names.Text(value.display_name);
    closed.Boolean(value.closed);
    created.push_back({ValueId{first + static_cast<std::int32_t>(i)}, value.key, value.display_name,
                       value.closed});
  }
  const std::string dimensions_text = dimensions.Take();
  const std::string keys_text = keys.Take();
  const pqxx::result existing = scope.Execute(kExistingValue, ToInteger(book.organization),
                                              ToInteger(book.book), dimensions_text, keys_text);
  if (!existing.empty()) {
    return Refusal(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS",
                   PartPath(existing[0][0].as<std::size_t>() - 1, "key"),
                   absl::StrCat("\"", existing[0][1].c_str(), "\" exists already"));
  }
  scope.Execute(kInsertValues, ToInteger(book.organization), ToInteger(book.book), first,
                dimensions_text, keys_text, names.Take(), closed.Take());
  return created;
}

absl::StatusOr<std::vector<ExchangeRate>> CreateExchangeRates(
    TransactionScope& scope, BookKey book, absl::Span<const NewExchangeRate> rates) {
  std::vector<ExchangeRate> created;
  if (rates.empty()) return created;
  LUMBUNG_ASSIGN_OR_RETURN(const std::int32_t first, ChangeBook(scope, book, rates.size()));
  std::vector<std::string> codes = KeysOf(rates, &NewExchangeRate::base);
  for (const NewExchangeRate& rate : rates) codes.push_back(rate.quote);
  const auto currencies = FindIds(scope, book, kExistingCurrencies, codes);
  ArrayText bases, quotes, dates, numbers, sources;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const NewExchangeRate& rate = rates[i];
    LUMBUNG_RETURN_IF_ERROR(CheckNewRate(rate, i));
    const auto base = currencies.find(rate.base);
    const auto quote = currencies.find(rate.quote);
    if (base == currencies.end() || quote == currencies.end()) {
      const bool no_base = base == currencies.end();
      return UnknownPart("UNKNOWN_CURRENCY", "currency", no_base ? rate.base : rate.quote,
                         PartPath(i, no_base ? "base" : "quote"));
    }
    const std::string source = rate.source.empty() ? "manual" : rate.source;
    bases.Integer(base->second);
    quotes.Integer(quote->second);
    dates.Text(rate.date.ToString());
    numbers.Text(rate.rate.ToString());
    sources.Text(source);
    created.push_back({first + static_cast<std::int32_t>(i), CurrencyId{base->second},
                       CurrencyId{quote->second}, rate.date, rate.rate, source, absl::Time()});
  }
  const pqxx::result recorded =
      scope.Execute(kInsertRates, ToInteger(book.organization), ToInteger(book.book), first,
                    bases.Take(), quotes.Take(), dates.Take(), numbers.Take(), sources.Take());
  for (std::size_t i = 0; i < created.size(); ++i) {
    created[i].recorded_at = StoredTime(recorded[static_cast<int>(i)][0]);
  }
  return created;
}

}  // namespace lumbung::store
