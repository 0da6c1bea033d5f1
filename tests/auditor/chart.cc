#include "tests/auditor/chart.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace lumbung::auditor {
namespace {

constexpr auto kRequired = v1::DIMENSION_REQUIREMENT_REQUIRED;
constexpr auto kForbidden = v1::DIMENSION_REQUIREMENT_FORBIDDEN;

std::string CreateAccounts(Client& client, const Book& book) {
  // Parents sort before their children.
  for (const auto& [id, account] : book.accounts) {
    v1::CreateAccountRequest request;
    request.set_parent(book.name);
    request.mutable_account()->set_account_id(id);
    request.mutable_account()->set_code(id);
    request.mutable_account()->set_display_name(absl::StrCat("Akun ", id));
    request.mutable_account()->set_parent(account.parent);
    request.mutable_account()->set_type(account.type);
    request.mutable_account()->set_postable(account.postable);
    for (const auto& [dimension, requirement] : account.rules) {
      v1::DimensionRule* rule = request.mutable_account()->add_dimension_rules();
      rule->set_dimension(dimension);
      rule->set_requirement(requirement);
    }
    const std::string failure = client.SetUp(request);
    if (!failure.empty()) return absl::StrCat("account ", id, ": ", failure);
  }
  return "";
}

std::string CreateDimensions(Client& client, const Book& book) {
  for (const auto& [id, values] : book.dimensions) {
    v1::CreateDimensionRequest request;
    request.set_parent(book.name);
    request.mutable_dimension()->set_dimension_id(id);
    request.mutable_dimension()->set_display_name(id);
    std::string failure = client.SetUp(request);
    for (const std::string& value : values) {
      v1::CreateDimensionValueRequest value_request;
      value_request.set_parent(absl::StrCat(book.name, "/dimensions/", id));
      value_request.mutable_value()->set_value_id(value);
      value_request.mutable_value()->set_display_name(value);
      if (failure.empty()) failure = client.SetUp(value_request);
    }
    if (!failure.empty()) return absl::StrCat("dimension ", id, ": ", failure);
  }
  return "";
}

std::string CreateFunds(Client& client, const Book& book) {
  for (const auto& [id, fund] : book.funds) {
    if (id == book.default_fund) continue;
    v1::CreateFundRequest request;
    request.set_parent(book.name);
    request.mutable_fund()->set_fund_id(id);
    request.mutable_fund()->set_display_name(id);
    request.mutable_fund()->set_restriction(fund.restriction);
    const std::string failure = client.SetUp(request);
    if (!failure.empty()) return absl::StrCat("fund ", id, ": ", failure);
  }
  return "";
}

std::string CreateCurrencies(Client& client, const Book& book) {
  for (const auto& [code, currency] : book.currencies) {
    if (code == book.functional_currency) continue;
    v1::CreateCurrencyRequest request;
    request.set_parent(book.name);
    request.mutable_currency()->set_code(code);
    request.mutable_currency()->set_scale(currency.scale);
    request.mutable_currency()->set_commodity(currency.commodity);
    request.mutable_currency()->set_display_name(code);
    request.set_scale_given(true);
    const std::string failure = client.SetUp(request);
    if (!failure.empty()) return absl::StrCat("currency ", code, ": ", failure);
  }
  return "";
}

}  // namespace

Book AuditedBook(const std::string& book_id) {
  const auto header = [](const std::string& parent, v1::AccountType type) {
    return Account{parent, type, false};
  };
  Book book;
  book.name = absl::StrCat("books/", book_id);
  book.functional_currency = "IDR";
  book.default_fund = "umum";
  book.fiscal_year_start_month = 4;
  book.series = {"JU", "JB", "JT", "IM"};
  book.currencies = {{"IDR", {2, false}},
                     {"JPY", {0, false}},
                     {"USD", {2, false}},
                     {"beras", {3, true}},
                     {"emas", {4, true}}};
  book.dimensions = {{"kegiatan", {"mangrove", "pelatihan", "sekolah"}},
                     {"mitra", {"nelayan", "tani"}}};
  book.funds = {{"abadi", {v1::FUND_RESTRICTION_ENDOWMENT}},
                {"pesisir", {v1::FUND_RESTRICTION_PURPOSE}},
                {"umum", {v1::FUND_RESTRICTION_WITHOUT}},
                {"usaha", {v1::FUND_RESTRICTION_WITHOUT}}};
  book.accounts = {
      {"1", header("", v1::ACCOUNT_TYPE_ASSET)},
      {"1.1", header("1", v1::ACCOUNT_TYPE_ASSET)},
      {"1.1.1", {"1.1", v1::ACCOUNT_TYPE_ASSET}},
      {"1.1.2", {"1.1", v1::ACCOUNT_TYPE_ASSET}},
      {"1.1.3", {"1.1", v1::ACCOUNT_TYPE_ASSET}},
      {"1.2", {"1", v1::ACCOUNT_TYPE_ASSET}},
      {"1.3", {"1", v1::ACCOUNT_TYPE_ASSET, true, false, {{"mitra", kRequired}}}},
      {"2", header("", v1::ACCOUNT_TYPE_LIABILITY)},
      {"2.1", {"2", v1::ACCOUNT_TYPE_LIABILITY}},
      {"2.2", {"2", v1::ACCOUNT_TYPE_LIABILITY, true, false, {{"kegiatan", kForbidden}}}},
      {"3", header("", v1::ACCOUNT_TYPE_NET_ASSET)},
      {kUnrestrictedNetAssets, {"3", v1::ACCOUNT_TYPE_NET_ASSET}},
      {kRestrictedNetAssets,
       {"3", v1::ACCOUNT_TYPE_NET_ASSET, true, false, {{"kegiatan", kForbidden}}}},
      {"4", header("", v1::ACCOUNT_TYPE_INCOME)},
      {"4.1", {"4", v1::ACCOUNT_TYPE_INCOME}},
      {"4.2", {"4", v1::ACCOUNT_TYPE_INCOME, true, false, {{"mitra", kRequired}}}},
      {"5", header("", v1::ACCOUNT_TYPE_EXPENSE)},
      {"5.1", {"5", v1::ACCOUNT_TYPE_EXPENSE, true, false, {{"mitra", kForbidden}}}},
      {"5.2", {"5", v1::ACCOUNT_TYPE_EXPENSE, true, false, {{"kegiatan", kRequired}}}},
  };
  return book;
}

std::string CreateOnServer(Client& client, const Book& book) {
  v1::CreateBookRequest request;
  request.set_book_id(book.name.substr(book.name.find('/') + 1));
  request.set_display_name("Buku yang diperiksa");
  request.set_functional_currency(book.functional_currency);
  request.set_fiscal_year_start_month(book.fiscal_year_start_month);
  std::string failure = client.SetUp(request);
  for (const auto create : {CreateDimensions, CreateCurrencies, CreateFunds, CreateAccounts}) {
    if (failure.empty()) failure = create(client, book);
  }
  return failure;
}

}  // namespace lumbung::auditor
