// The calls of BooksHandlers on exchange rates.
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/book_parts_store.h"
#include "services/common/paging.h"
#include "services/ledger/api/book_conversion.h"
#include "services/ledger/api/books_handlers.h"
#include "services/ledger/api/part_refusals.h"

namespace lumbung::ledger::api {
namespace {

// Nothing for an empty code.
absl::StatusOr<std::optional<CurrencyId>> FindFilterCurrency(const BookSnapshot& book,
                                                             const std::string& code,
                                                             absl::string_view field) {
  if (code.empty()) return std::optional<CurrencyId>();
  const Currency* currency = book.FindCurrency(code);
  if (currency == nullptr) {
    return NotFound("UNKNOWN_CURRENCY", field,
                    absl::StrCat("the book has no currency \"", code, "\""));
  }
  return std::optional<CurrencyId>(currency->id);
}

// Nothing for an empty text.
absl::StatusOr<std::optional<Date>> ParseFilterDate(const std::string& text,
                                                    absl::string_view field) {
  if (text.empty()) return std::optional<Date>();
  const absl::StatusOr<Date> date = Date::Parse(text);
  if (!date.ok()) return PrefixField(date.status(), field);
  return std::optional<Date>(*date);
}

}  // namespace

absl::StatusOr<v1::ExchangeRate> BooksHandlers::CreateExchangeRate(
    CallScope& call, const v1::CreateExchangeRateRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const NamedBook book, BookOf(call, request.parent()));
  const absl::StatusOr<store::NewExchangeRate> rate = NewRateFromProto(request.rate());
  if (!rate.ok()) return PrefixField(rate.status(), "rate.");
  return ChangeBook<v1::ExchangeRate>(
      call, book.key, request,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ExchangeRate> {
        const auto created = store::CreateExchangeRates(scope, book.key, {*rate});
        if (!created.ok()) return store::OfOnlyPart(created.status(), "rate");
        return RateToProto(book.id, created->front(), rate->base, rate->quote);
      });
}

absl::StatusOr<v1::ExchangeRate> BooksHandlers::GetExchangeRate(
    CallScope& call, const v1::GetExchangeRateRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto part, FindPart(call, request.name(), "rates"));
  const auto& [book, id] = part;
  for (const ExchangeRate& rate : book->rates()) {
    if (absl::StrCat(rate.id) != id) continue;
    return RateToProto(book->book().slug, rate, book->FindCurrency(rate.base)->code,
                       book->FindCurrency(rate.quote)->code);
  }
  return NoSuchPart("exchange rate", id);
}

absl::StatusOr<v1::ListExchangeRatesResponse> BooksHandlers::ListExchangeRates(
    CallScope& call, const v1::ListExchangeRatesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Snapshot book, SnapshotOf(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<CurrencyId> base,
                           FindFilterCurrency(*book, request.base(), "base"));
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<CurrencyId> quote,
                           FindFilterCurrency(*book, request.quote(), "quote"));
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<Date> from,
                           ParseFilterDate(request.from_date(), "from_date"));
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<Date> to,
                           ParseFilterDate(request.to_date(), "to_date"));
  std::vector<const ExchangeRate*> wanted;
  for (const ExchangeRate& rate : book->rates()) {
    const bool in_pair =
        (!base.has_value() || rate.base == *base) && (!quote.has_value() || rate.quote == *quote);
    const bool in_range =
        (!from.has_value() || rate.date >= *from) && (!to.has_value() || rate.date <= *to);
    if (in_pair && in_range) wanted.push_back(&rate);
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      const Page<ExchangeRate> page,
      PageOf(wanted, request, [](const ExchangeRate& rate) { return absl::StrCat(rate.id); }));
  v1::ListExchangeRatesResponse response;
  for (const ExchangeRate* rate : page.items) {
    *response.add_rates() =
        RateToProto(book->book().slug, *rate, book->FindCurrency(rate->base)->code,
                    book->FindCurrency(rate->quote)->code);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

}  // namespace lumbung::ledger::api
