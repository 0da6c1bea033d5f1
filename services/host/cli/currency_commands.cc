#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/host/cli/amount_syntax.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

std::vector<Column> CurrencyColumns(const Invocation& call) {
  return {call.NewColumn("currency", Label::kCurrency),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
          call.NewColumn("scale", Label::kDecimals),
          call.NewColumn("commodity", Label::kCommodity)};
}

std::vector<Cell> CurrencyCells(const Invocation& call, const v1::Currency& currency) {
  return {currency.code(), currency.display_name(), absl::StrCat(currency.scale()),
          ShowFlag(call, currency.commodity())};
}

constexpr RecordLayout<v1::Currency> kCurrencies{CurrencyColumns, CurrencyCells};

void AddCurrencyList(CLI::App& group, Client& client) {
  AddCommand(group, client, {"list", "List the book's currencies", "lumbung currency list"},
             Scope::kBook, [](Invocation& call) -> absl::Status {
               v1::ListCurrenciesRequest request;
               LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
               return WriteList(call, &BooksApi::ListCurrencies, request, "currencies",
                                &v1::ListCurrenciesResponse::currencies, kCurrencies);
             });
}

void AddCurrencyCreate(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::CreateCurrencyRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"create", "Add a currency or a commodity",
       "lumbung currency create GABAH --scale 3 --commodity --display-name \"Unhusked rice, kg\""},
      Scope::kBook, [request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(const v1::Currency currency,
                                 call.session().Call(&BooksApi::CreateCurrency, *request));
        WriteRecord(call, currency, kCurrencies);
        return absl::OkStatus();
      });
  v1::Currency& currency = *request->mutable_currency();
  command->add_option("CODE", *currency.mutable_code(), "ISO 4217 code, or one of your own")
      ->required();
  command
      ->add_option_function<int>(
          "--scale",
          [request](int scale) {
            request->mutable_currency()->set_scale(scale);
            request->set_scale_given(true);
          },
          "Decimals of an amount (default: that of ISO 4217)")
      ->check(CLI::Range(0, 12))
      ->type_name("0..12");
  command->add_flag_callback(
      "--commodity", [&currency] { currency.set_commodity(true); },
      "Not valued in the functional currency unless a posting says how");
  command->add_option("--display-name", *currency.mutable_display_name(), "What people call it")
      ->type_name("NAME");
  AddWriteOptions(command, *request);
}

std::vector<Column> RateColumns(const Invocation& call) {
  return {call.NewColumn("date", Label::kDate),
          call.NewColumn("base", Label::kBaseCurrency),
          call.NewColumn("quote", Label::kQuoteCurrency),
          call.NewColumn("rate", Label::kRate, ColumnKind::kAmount),
          call.NewColumn("source", Label::kSource, ColumnKind::kFlexible),
          call.NewColumn("record_time", Label::kRecorded)};
}

std::vector<Cell> RateCells(const Invocation& call, const v1::ExchangeRate& rate) {
  return {rate.date(), rate.base(),   rate.quote(),
          rate.rate(), rate.source(), ShowInstant(call, rate.record_time())};
}

constexpr RecordLayout<v1::ExchangeRate> kRates{RateColumns, RateCells};

void AddRateAdd(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::CreateExchangeRateRequest>();
  const auto rate_text = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client,
      {"add", "Add an exchange rate: one BASE costs RATE of QUOTE",
       "lumbung rate add USD IDR 16250 --date 2026-01-05 --source BI-JISDOR"},
      Scope::kBook, [request, rate_text](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(const Decimal value,
                                 ParseAmount("RATE", *rate_text, call.output().numbers.locale));
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
        EnsureRequestId(*request);
        request->mutable_rate()->set_rate(value.ToString());
        LUMBUNG_ASSIGN_OR_RETURN(const v1::ExchangeRate created,
                                 call.session().Call(&BooksApi::CreateExchangeRate, *request));
        WriteRecord(call, created, kRates);
        return absl::OkStatus();
      });
  v1::ExchangeRate& rate = *request->mutable_rate();
  command->add_option("BASE", *rate.mutable_base(), "Currency that is priced")->required();
  command->add_option("QUOTE", *rate.mutable_quote(), "Currency of the price")->required();
  command->add_option("RATE", *rate_text, "The price, in your locale")->required();
  AddDateOption(command, "--date", *rate.mutable_date(), "The day it holds for")->required();
  rate.set_source("manual");
  command->add_option("--source", *rate.mutable_source(), "Who published it (default: manual)")
      ->type_name("NAME");
  AddWriteOptions(command, *request);
}

void AddRateList(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::ListExchangeRatesRequest>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"list", "List exchange rates", "lumbung rate list --base USD --from 2026-01-01"},
                 Scope::kBook, [request](Invocation& call) -> absl::Status {
                   LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
                   return WriteList(call, &BooksApi::ListExchangeRates, *request, "rates",
                                    &v1::ListExchangeRatesResponse::rates, kRates);
                 });
  command->add_option("--base", *request->mutable_base(), "Only this priced currency")
      ->type_name("CODE");
  command->add_option("--quote", *request->mutable_quote(), "Only prices in this currency")
      ->type_name("CODE");
  AddDateOption(command, "--from", *request->mutable_from_date(), "First day");
  AddDateOption(command, "--to", *request->mutable_to_date(), "Last day");
}

}  // namespace

void AddCurrencyCommands(CLI::App& app, Client& client) {
  CLI::App* const currencies = AddGroup(app, "currency", "Currencies and commodities");
  AddCurrencyList(*currencies, client);
  AddCurrencyCreate(*currencies, client);
  CLI::App* const rates = AddGroup(app, "rate", "Exchange rates");
  AddRateAdd(*rates, client);
  AddRateList(*rates, client);
}

}  // namespace lumbung::cli
