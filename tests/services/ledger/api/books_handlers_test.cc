#include "services/ledger/api/books_handlers.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/charts/chart_template.h"
#include "ledger/store/book_reader.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::ledger::api {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;
using ::testing::SizeIs;

class BooksHandlersTest : public ::testing::Test {
 protected:
  BooksHandlersTest()
      : directory_(&database_.pool()),
        handlers_({&database_.pool(), &directory_,
                   [this](BookKey book, absl::Time) { return Load(book); },
                   [this](BookKey) { ++changes_; },
                   [this](char* bytes, std::size_t count) {
                     std::fill_n(bytes, count, static_cast<char>(++random_));
                   }}) {
    database_.CreateOrganization("yayasan");
    call_.access.organization = "yayasan";
    call_.deadline = absl::Now() + absl::Minutes(5);
    EXPECT_THAT(CreateBook("main"), IsOk());
  }

  absl::StatusOr<std::shared_ptr<const BookSnapshot>> Load(BookKey book) {
    LUMBUNG_ASSIGN_OR_RETURN(
        BookContents contents,
        store::InTransaction(
            database_.pool(), {book.organization, store::Access::kReadOnly},
            [&](store::TransactionScope& scope) { return store::LoadBookContents(scope, book); }));
    return std::make_shared<const BookSnapshot>(std::move(contents));
  }

  absl::StatusOr<v1::Book> CreateBook(const std::string& id) {
    v1::CreateBookRequest request;
    request.set_book_id(id);
    request.set_display_name("Yayasan Contoh");
    return handlers_.CreateBook(call_, request);
  }
  static v1::CreateAccountRequest NewAccount(const std::string& id,
                                             const std::string& parent = "") {
    v1::CreateAccountRequest request;
    request.set_parent("books/main");
    request.mutable_account()->set_account_id(id);
    request.mutable_account()->set_display_name("Account " + id);
    request.mutable_account()->set_parent(parent);
    request.mutable_account()->set_type(v1::ACCOUNT_TYPE_ASSET);
    request.mutable_account()->set_postable(true);
    return request;
  }
  absl::StatusOr<v1::Account> GetAccount(const std::string& name) {
    v1::GetAccountRequest request;
    request.set_name(name);
    return handlers_.GetAccount(call_, request);
  }
  static v1::CreateFundRequest NewFund(const std::string& id) {
    v1::CreateFundRequest request;
    request.set_parent("books/main");
    request.mutable_fund()->set_fund_id(id);
    request.mutable_fund()->set_restriction(v1::FUND_RESTRICTION_PURPOSE);
    return request;
  }

  testing::TestDatabase database_;
  BookDirectory directory_;
  std::atomic<int> changes_{0};
  std::atomic<int> random_{0};
  BooksHandlers handlers_;
  CallScope call_;
};

TEST_F(BooksHandlersTest, CreatesAnOrganizationOncePerRequest) {
  v1::CreateOrganizationRequest request;
  request.set_organization_id("bumdes");
  request.set_display_name("BUM Desa");
  request.set_request_id("r-1");
  const auto first = handlers_.CreateOrganization(call_, request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->name(), "organizations/bumdes");
  EXPECT_EQ(first->uid().size(), 36u);
  const auto again = handlers_.CreateOrganization(call_, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  request.set_display_name("Another");
  EXPECT_THAT(handlers_.CreateOrganization(call_, request),
              RefusesAt("REQUEST_ID_REUSED", "request_id"));
  request.set_request_id("r-2");
  EXPECT_THAT(handlers_.CreateOrganization(call_, request),
              RefusesAt("ALREADY_EXISTS", "organization_id"));
  request.clear_request_id();
  EXPECT_THAT(handlers_.CreateOrganization(call_, request),
              RefusesAt("ALREADY_EXISTS", "organization_id"));
}

TEST_F(BooksHandlersTest, ValidatingAnOrganizationLeavesNoTrace) {
  v1::CreateOrganizationRequest request;
  request.set_organization_id("bumdes");
  request.set_validate_only(true);
  EXPECT_THAT(handlers_.CreateOrganization(call_, request), IsOk());
  v1::GetOrganizationRequest get;
  get.set_name("organizations/bumdes");
  EXPECT_THAT(handlers_.GetOrganization(call_, get), RefusesAt("ORGANIZATION_NOT_FOUND", "name"));
  request.set_organization_id("BUMDES");
  EXPECT_THAT(handlers_.CreateOrganization(call_, request),
              RefusesAt("INVALID_ID", "organization_id"));
}

TEST_F(BooksHandlersTest, ListsOrganizationsInPages) {
  for (const char* slug : {"a", "b", "elsewhere"}) database_.CreateOrganization(slug);
  call_.access.memberships = {"a", "b", call_.access.organization};
  v1::ListOrganizationsRequest request;
  request.set_page_size(2);
  const auto first = handlers_.ListOrganizations(call_, request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(first->organizations(), SizeIs(2));
  EXPECT_EQ(first->organizations(1).name(), "organizations/b");
  request.set_page_token(first->next_page_token());
  const auto second = handlers_.ListOrganizations(call_, request);
  ASSERT_THAT(second, IsOk());
  ASSERT_THAT(second->organizations(), SizeIs(1));
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(BooksHandlersTest, EveryCallNamesItsOrganization) {
  CallScope nobody = call_;
  nobody.access.organization.clear();
  EXPECT_THAT(handlers_.ListBooks(nobody, {}), Refuses("ORGANIZATION_REQUIRED"));
  nobody.access.organization = "nobody";
  EXPECT_THAT(handlers_.ListBooks(nobody, {}), Refuses("ORGANIZATION_NOT_FOUND"));
}

TEST_F(BooksHandlersTest, AnotherOrganizationSeesNoneOfItsBooks) {
  database_.CreateOrganization("tetangga");
  CallScope other = call_;
  other.access.organization = "tetangga";
  EXPECT_THAT(handlers_.ListBooks(other, {})->books(), SizeIs(0));
  v1::GetBookRequest request;
  request.set_name("books/main");
  EXPECT_THAT(handlers_.GetBook(call_, request), IsOk());
  EXPECT_THAT(handlers_.GetBook(other, request), RefusesAt("BOOK_NOT_FOUND", "name"));
  EXPECT_THAT(handlers_.CreateAccount(other, NewAccount("1")),
              RefusesAt("BOOK_NOT_FOUND", "parent"));
}

TEST_F(BooksHandlersTest, AnEmptyBookIsInRupiahWithAGeneralFund) {
  v1::GetBookRequest request;
  request.set_name("books/main");
  const auto book = handlers_.GetBook(call_, request);
  ASSERT_THAT(book, IsOk());
  EXPECT_EQ(book->functional_currency(), "IDR");
  EXPECT_EQ(book->default_fund(), "umum");
  EXPECT_EQ(book->fiscal_year_start_month(), 1);
  EXPECT_EQ(book->chart_template(), "");
  EXPECT_EQ(book->last_sequence(), 0);
  EXPECT_EQ(book->hard_closed_through(), "");
}

TEST_F(BooksHandlersTest, EveryChartTemplateMakesABook) {
  const auto charts = handlers_.ListChartTemplates(call_, {});
  ASSERT_THAT(charts, IsOk());
  EXPECT_EQ(charts->chart_templates_size(), static_cast<int>(ChartTemplates().size()));
  int number = 0;
  for (const auto& chart : charts->chart_templates()) {
    v1::CreateBookRequest request;
    request.set_book_id(absl::StrCat("chart-", ++number));
    request.set_chart_template(chart.name());
    const auto book = handlers_.CreateBook(call_, request);
    ASSERT_THAT(book, IsOk()) << chart.name();
    EXPECT_EQ(book->chart_template(), chart.name());
    v1::ListAccountsRequest list;
    list.set_parent(book->name());
    list.set_page_size(1'000);
    const auto accounts = handlers_.ListAccounts(call_, list);
    ASSERT_THAT(accounts, IsOk());
    EXPECT_EQ(accounts->accounts_size(), chart.account_count());
  }
}

TEST_F(BooksHandlersTest, RefusesABookThatCannotBe) {
  v1::CreateBookRequest request;
  request.set_book_id("Main");
  EXPECT_THAT(handlers_.CreateBook(call_, request), RefusesAt("INVALID_ID", "book_id"));
  request.set_book_id("second");
  request.set_functional_currency("XYZ");
  EXPECT_THAT(handlers_.CreateBook(call_, request),
              RefusesAt("UNKNOWN_CURRENCY", "functional_currency"));
  request.set_functional_currency("USD");
  request.set_chart_template("nothing");
  EXPECT_THAT(handlers_.CreateBook(call_, request),
              RefusesAt("UNKNOWN_CHART_TEMPLATE", "chart_template"));
  request.clear_chart_template();
  request.set_fiscal_year_start_month(13);
  EXPECT_THAT(handlers_.CreateBook(call_, request),
              RefusesAt("INVALID_FISCAL_YEAR", "fiscal_year_start_month"));
  EXPECT_THAT(CreateBook("main"), RefusesAt("ALREADY_EXISTS", "book_id"));
}

TEST_F(BooksHandlersTest, AnswersAResentRequestWithItsFirstAnswer) {
  v1::CreateFundRequest request = NewFund("hibah");
  request.set_request_id("laptop-17");
  const auto first = handlers_.CreateFund(call_, request);
  ASSERT_THAT(first, IsOk());
  v1::UpdateFundRequest update;
  update.mutable_fund()->set_name(first->name());
  update.mutable_fund()->set_display_name("Changed since");
  update.add_update_paths("display_name");
  ASSERT_THAT(handlers_.UpdateFund(call_, update), IsOk());
  const auto again = handlers_.CreateFund(call_, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  request.mutable_fund()->set_display_name("Another");
  EXPECT_THAT(handlers_.CreateFund(call_, request), RefusesAt("REQUEST_ID_REUSED", "request_id"));
}

TEST_F(BooksHandlersTest, MendsTheNamesOfDimensionsValuesAndCurrencies) {
  v1::CreateDimensionRequest dimension;
  dimension.set_parent("books/main");
  dimension.mutable_dimension()->set_dimension_id("grant");
  ASSERT_THAT(handlers_.CreateDimension(call_, dimension), IsOk());
  v1::CreateDimensionValueRequest value;
  value.set_parent("books/main/dimensions/grant");
  value.mutable_value()->set_value_id("g1");
  ASSERT_THAT(handlers_.CreateDimensionValue(call_, value), IsOk());

  v1::UpdateDimensionRequest rename;
  rename.mutable_dimension()->set_name("books/main/dimensions/grant");
  rename.mutable_dimension()->set_display_name("Hibah");
  rename.add_update_paths("display_name");
  ASSERT_THAT(handlers_.UpdateDimension(call_, rename), IsOk());
  v1::GetDimensionRequest get_dimension;
  get_dimension.set_name("books/main/dimensions/grant");
  EXPECT_EQ(handlers_.GetDimension(call_, get_dimension)->display_name(), "Hibah");
  rename.mutable_dimension()->set_etag("stale");
  EXPECT_THAT(handlers_.UpdateDimension(call_, rename),
              RefusesAt("ETAG_MISMATCH", "dimension.etag"));

  v1::UpdateDimensionValueRequest close;
  close.mutable_value()->set_name("books/main/dimensions/grant/values/g1");
  close.mutable_value()->set_closed(true);
  close.add_update_paths("closed");
  ASSERT_THAT(handlers_.UpdateDimensionValue(call_, close), IsOk());
  v1::GetDimensionValueRequest get_value;
  get_value.set_name("books/main/dimensions/grant/values/g1");
  EXPECT_TRUE(handlers_.GetDimensionValue(call_, get_value)->closed());
  get_value.set_name("books/main/dimensions/grant/values/g2");
  EXPECT_THAT(handlers_.GetDimensionValue(call_, get_value), RefusesAt("NOT_FOUND", "name"));

  v1::UpdateCurrencyRequest currency;
  currency.mutable_currency()->set_name("books/main/currencies/IDR");
  currency.mutable_currency()->set_display_name("Rupiah");
  currency.add_update_paths("display_name");
  ASSERT_THAT(handlers_.UpdateCurrency(call_, currency), IsOk());
  v1::GetCurrencyRequest get_currency;
  get_currency.set_name("books/main/currencies/IDR");
  EXPECT_EQ(handlers_.GetCurrency(call_, get_currency)->display_name(), "Rupiah");
  currency.add_update_paths("scale");
  EXPECT_THAT(handlers_.UpdateCurrency(call_, currency),
              RefusesAt("IMMUTABLE_FIELD", "update_paths[1]"));
}

TEST_F(BooksHandlersTest, EqualRequestsAtTheSameTimeHappenOnce) {
  v1::CreateFundRequest request = NewFund("hibah");
  request.set_request_id("laptop-19");
  std::vector<absl::StatusOr<v1::Fund>> answers(4, absl::UnknownError("not run"));
  std::vector<std::thread> senders;
  for (absl::StatusOr<v1::Fund>& answer : answers) {
    senders.emplace_back([&] {
      CallScope call = call_;
      answer = handlers_.CreateFund(call, request);
    });
  }
  for (std::thread& sender : senders) sender.join();
  for (const absl::StatusOr<v1::Fund>& answer : answers) EXPECT_THAT(answer, IsOk());
  v1::ListFundsRequest list;
  list.set_parent("books/main");
  EXPECT_THAT(handlers_.ListFunds(call_, list)->funds(), SizeIs(2));
}

TEST_F(BooksHandlersTest, BooksCreatedAtTheSameTimeGetIdsOfTheirOwn) {
  std::vector<absl::Status> answers(4);
  std::vector<std::thread> senders;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    senders.emplace_back([this, i, &answers] {
      v1::CreateBookRequest request;
      request.set_book_id(absl::StrCat("book-", i));
      CallScope call = call_;
      answers[i] = handlers_.CreateBook(call, request).status();
    });
  }
  for (std::thread& sender : senders) sender.join();
  for (const absl::Status& answer : answers) EXPECT_THAT(answer, IsOk());
  EXPECT_THAT(handlers_.ListBooks(call_, {})->books(), SizeIs(5));
}

TEST_F(BooksHandlersTest, ARefusedRequestMayBeRepairedUnderTheSameId) {
  v1::CreateFundRequest request = NewFund(" hibah");
  request.set_request_id("laptop-18");
  EXPECT_THAT(handlers_.CreateFund(call_, request), RefusesAt("INVALID_ID", "fund.fund_id"));
  request.mutable_fund()->set_fund_id("hibah");
  EXPECT_THAT(handlers_.CreateFund(call_, request), IsOk());
}

TEST_F(BooksHandlersTest, RefusesRequestIdsThatCannotBeKept) {
  v1::CreateFundRequest request = NewFund("hibah");
  for (const std::string& id : {std::string(129, 'x'), std::string("a\0b", 3), std::string(" ")}) {
    request.set_request_id(id);
    EXPECT_THAT(handlers_.CreateFund(call_, request),
                RefusesAt("INVALID_REQUEST_ID", "request_id"));
  }
}

TEST_F(BooksHandlersTest, ValidatingAChangeLeavesNoTrace) {
  v1::CreateFundRequest request = NewFund("hibah");
  request.set_request_id("trial");
  request.set_validate_only(true);
  const int changes = changes_;
  const auto validated = handlers_.CreateFund(call_, request);
  ASSERT_THAT(validated, IsOk());
  EXPECT_EQ(validated->name(), "books/main/funds/hibah");
  EXPECT_EQ(changes_, changes);
  v1::GetFundRequest get;
  get.set_name("books/main/funds/hibah");
  EXPECT_THAT(handlers_.GetFund(call_, get), RefusesAt("NOT_FOUND", "name"));
  request.set_validate_only(false);
  EXPECT_THAT(handlers_.CreateFund(call_, request), IsOk());
  EXPECT_EQ(changes_, changes + 1);
}

TEST_F(BooksHandlersTest, AccountsKeepIdsThatNeedEncoding) {
  const auto created = handlers_.CreateAccount(call_, NewAccount("Aset:Kas/Bank 50%"));
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->name(), "books/main/accounts/Aset:Kas%2FBank 50%25");
  const auto read = GetAccount(created->name());
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->SerializeAsString(), created->SerializeAsString());
}

TEST_F(BooksHandlersTest, NamesTheFaultyFieldOfAnAccount) {
  ASSERT_THAT(handlers_.CreateAccount(call_, NewAccount("1")), IsOk());
  v1::CreateAccountRequest request = NewAccount("");
  EXPECT_THAT(handlers_.CreateAccount(call_, request),
              RefusesAt("INVALID_ID", "account.account_id"));
  request = NewAccount("1");
  EXPECT_THAT(handlers_.CreateAccount(call_, request),
              RefusesAt("ALREADY_EXISTS", "account.account_id"));
  request = NewAccount("1.1", "9");
  EXPECT_THAT(handlers_.CreateAccount(call_, request),
              RefusesAt("UNKNOWN_PARENT", "account.parent"));
  request = NewAccount("1.1", "1");
  request.mutable_account()->set_type(v1::ACCOUNT_TYPE_UNSPECIFIED);
  EXPECT_THAT(handlers_.CreateAccount(call_, request), RefusesAt("INVALID_TYPE", "account.type"));
  request.mutable_account()->set_type(v1::ACCOUNT_TYPE_INCOME);
  EXPECT_THAT(handlers_.CreateAccount(call_, request), RefusesAt("TYPE_MISMATCH", "account.type"));
  request = NewAccount("1.1", "1");
  request.mutable_account()->add_dimension_rules()->set_dimension("grant");
  EXPECT_THAT(handlers_.CreateAccount(call_, request),
              RefusesAt("INVALID_REQUIREMENT", "account.dimension_rules[0].requirement"));
  request.mutable_account()->mutable_dimension_rules(0)->set_requirement(
      v1::DIMENSION_REQUIREMENT_REQUIRED);
  EXPECT_THAT(handlers_.CreateAccount(call_, request),
              RefusesAt("UNKNOWN_DIMENSION", "account.dimension_rules[0].dimension"));
  request = NewAccount("1.1", "1");
  request.set_parent("books/none");
  EXPECT_THAT(handlers_.CreateAccount(call_, request), RefusesAt("BOOK_NOT_FOUND", "parent"));
  request.set_parent("main");
  EXPECT_THAT(handlers_.CreateAccount(call_, request), RefusesAt("INVALID_NAME", "parent"));
}

TEST_F(BooksHandlersTest, ListsAccountsAsATreeInPages) {
  for (const auto& [id, parent] : std::vector<std::pair<const char*, const char*>>{
           {"2", ""}, {"1", ""}, {"1.2", "1"}, {"1.1", "1"}, {"1.1.1", "1.1"}}) {
    ASSERT_THAT(handlers_.CreateAccount(call_, NewAccount(id, parent)), IsOk());
  }
  const auto list = [&](const std::string& root, int page_size) {
    std::vector<std::string> ids;
    v1::ListAccountsRequest request;
    request.set_parent("books/main");
    request.set_root(root);
    request.set_page_size(page_size);
    do {
      const auto response = handlers_.ListAccounts(call_, request);
      EXPECT_THAT(response, IsOk());
      for (const v1::Account& account : response->accounts()) ids.push_back(account.account_id());
      request.set_page_token(response->next_page_token());
    } while (!request.page_token().empty());
    return ids;
  };
  EXPECT_THAT(list("", 0), ElementsAre("1", "1.1", "1.1.1", "1.2", "2"));
  EXPECT_THAT(list("", 2), ElementsAre("1", "1.1", "1.1.1", "1.2", "2"));
  EXPECT_THAT(list("1.1", 1), ElementsAre("1.1", "1.1.1"));
}

TEST_F(BooksHandlersTest, APageTokenFitsItsOwnListOnly) {
  for (const char* id : {"1", "2"}) {
    ASSERT_THAT(handlers_.CreateAccount(call_, NewAccount(id)), IsOk());
  }
  v1::ListAccountsRequest request;
  request.set_parent("books/main");
  request.set_page_size(1);
  const auto page = handlers_.ListAccounts(call_, request);
  ASSERT_THAT(page, IsOk());
  request.set_page_token(page->next_page_token());
  request.set_hide_closed(true);
  EXPECT_THAT(handlers_.ListAccounts(call_, request),
              RefusesAt("INVALID_PAGE_TOKEN", "page_token"));
  request.set_page_size(-1);
  EXPECT_THAT(handlers_.ListAccounts(call_, request), RefusesAt("INVALID_PAGE_SIZE", "page_size"));
  request.clear_page_size();
  request.clear_page_token();
  request.set_root("9");
  EXPECT_THAT(handlers_.ListAccounts(call_, request), RefusesAt("UNKNOWN_ACCOUNT", "root"));
}

TEST_F(BooksHandlersTest, UpdatesTheFieldsThatAreNamed) {
  const auto created = handlers_.CreateAccount(call_, NewAccount("1"));
  ASSERT_THAT(created, IsOk());
  v1::UpdateAccountRequest request;
  *request.mutable_account() = *created;
  request.mutable_account()->set_display_name("Kas");
  request.mutable_account()->set_note("not named, so not changed");
  request.add_update_paths("display_name");
  const auto updated = handlers_.UpdateAccount(call_, request);
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->display_name(), "Kas");
  EXPECT_EQ(updated->note(), "");
  EXPECT_EQ(GetAccount(created->name())->etag(), updated->etag());
  EXPECT_THAT(handlers_.UpdateAccount(call_, request), RefusesAt("ETAG_MISMATCH", "account.etag"));
}

TEST_F(BooksHandlersTest, RefusesUpdatesOfWhatNeverChanges) {
  const auto created = handlers_.CreateAccount(call_, NewAccount("1"));
  ASSERT_THAT(created, IsOk());
  v1::UpdateAccountRequest request;
  request.mutable_account()->set_name(created->name());
  EXPECT_THAT(handlers_.UpdateAccount(call_, request), RefusesAt("EMPTY_UPDATE", "update_paths"));
  request.add_update_paths("colour");
  EXPECT_THAT(handlers_.UpdateAccount(call_, request),
              RefusesAt("UNKNOWN_FIELD", "update_paths[0]"));
  request.set_update_paths(0, "account_id");
  EXPECT_THAT(handlers_.UpdateAccount(call_, request),
              RefusesAt("IMMUTABLE_FIELD", "update_paths[0]"));
  request.set_update_paths(0, "parent");
  request.mutable_account()->set_parent("9");
  EXPECT_THAT(handlers_.UpdateAccount(call_, request),
              RefusesAt("UNKNOWN_PARENT", "account.parent"));
  request.mutable_account()->set_name("books/main/accounts/9");
  EXPECT_THAT(handlers_.UpdateAccount(call_, request), RefusesAt("NOT_FOUND", "account.name"));
}

TEST_F(BooksHandlersTest, RenamesABook) {
  v1::UpdateBookRequest request;
  request.mutable_book()->set_name("books/main");
  request.mutable_book()->set_display_name("Buku Besar");
  request.add_update_paths("display_name");
  EXPECT_EQ(handlers_.UpdateBook(call_, request)->display_name(), "Buku Besar");
  request.mutable_book()->set_etag("stale");
  EXPECT_THAT(handlers_.UpdateBook(call_, request), RefusesAt("ETAG_MISMATCH", "book.etag"));
  request.set_update_paths(0, "functional_currency");
  EXPECT_THAT(handlers_.UpdateBook(call_, request),
              RefusesAt("IMMUTABLE_FIELD", "update_paths[0]"));
}

TEST_F(BooksHandlersTest, KeepsFunds) {
  ASSERT_THAT(handlers_.CreateFund(call_, NewFund("hibah")), IsOk());
  v1::CreateFundRequest request = NewFund("lain");
  request.mutable_fund()->clear_restriction();
  EXPECT_THAT(handlers_.CreateFund(call_, request),
              RefusesAt("INVALID_RESTRICTION", "fund.restriction"));
  v1::ListFundsRequest list;
  list.set_parent("books/main");
  EXPECT_THAT(handlers_.ListFunds(call_, list)->funds(), SizeIs(2));
  v1::UpdateFundRequest update;
  update.mutable_fund()->set_name("books/main/funds/umum");
  update.mutable_fund()->set_closed(true);
  update.add_update_paths("closed");
  EXPECT_THAT(handlers_.UpdateFund(call_, update), RefusesAt("DEFAULT_FUND_NEEDED", "fund.closed"));
  update.mutable_fund()->set_name("books/main/funds/hibah");
  EXPECT_TRUE(handlers_.UpdateFund(call_, update)->closed());
}

TEST_F(BooksHandlersTest, KeepsDimensionsAndValues) {
  v1::CreateDimensionRequest dimension;
  dimension.set_parent("books/main");
  dimension.mutable_dimension()->set_dimension_id("grant");
  ASSERT_THAT(handlers_.CreateDimension(call_, dimension), IsOk());
  EXPECT_THAT(handlers_.CreateDimension(call_, dimension),
              RefusesAt("ALREADY_EXISTS", "dimension.dimension_id"));
  v1::CreateDimensionValueRequest value;
  value.set_parent("books/main/dimensions/grant");
  value.mutable_value()->set_value_id("G1");
  EXPECT_EQ(handlers_.CreateDimensionValue(call_, value)->name(),
            "books/main/dimensions/grant/values/G1");
  EXPECT_THAT(handlers_.CreateDimensionValue(call_, value),
              RefusesAt("ALREADY_EXISTS", "value.value_id"));
  value.set_parent("books/main/dimensions/place");
  EXPECT_THAT(handlers_.CreateDimensionValue(call_, value),
              RefusesAt("UNKNOWN_DIMENSION", "parent"));
  v1::ListDimensionValuesRequest list;
  list.set_parent("books/main/dimensions/grant");
  EXPECT_THAT(handlers_.ListDimensionValues(call_, list)->values(), SizeIs(1));
  list.set_parent("books/main/dimensions/place");
  EXPECT_THAT(handlers_.ListDimensionValues(call_, list), RefusesAt("UNKNOWN_DIMENSION", "parent"));
  v1::ListDimensionsRequest dimensions;
  dimensions.set_parent("books/main");
  EXPECT_THAT(handlers_.ListDimensions(call_, dimensions)->dimensions(), SizeIs(1));
}

TEST_F(BooksHandlersTest, KeepsCurrenciesAndRates) {
  v1::CreateCurrencyRequest currency;
  currency.set_parent("books/main");
  currency.mutable_currency()->set_code("USD");
  EXPECT_EQ(handlers_.CreateCurrency(call_, currency)->scale(), 2);
  currency.mutable_currency()->set_code("EMAS");
  EXPECT_THAT(handlers_.CreateCurrency(call_, currency),
              RefusesAt("INVALID_SCALE", "currency.scale"));
  currency.set_scale_given(true);
  EXPECT_EQ(handlers_.CreateCurrency(call_, currency)->scale(), 0);
  v1::GetCurrencyRequest get;
  get.set_name("books/main/currencies/EMAS");
  EXPECT_THAT(handlers_.GetCurrency(call_, get), IsOk());

  v1::CreateExchangeRateRequest rate;
  rate.set_parent("books/main");
  rate.mutable_rate()->set_base("USD");
  rate.mutable_rate()->set_quote("IDR");
  rate.mutable_rate()->set_rate("16234.50");
  for (const char* day : {"2026-01-31", "2026-02-28", "2026-03-31"}) {
    rate.mutable_rate()->set_date(day);
    ASSERT_THAT(handlers_.CreateExchangeRate(call_, rate), IsOk());
  }
  rate.mutable_rate()->set_date("2026-02-30");
  EXPECT_THAT(handlers_.CreateExchangeRate(call_, rate), RefusesAt("INVALID_DATE", "rate.date"));
  rate.mutable_rate()->set_date("2026-02-28");
  rate.mutable_rate()->set_rate("1e3");
  EXPECT_THAT(handlers_.CreateExchangeRate(call_, rate), RefusesAt("INVALID_RATE", "rate.rate"));
  rate.mutable_rate()->set_rate("1");
  rate.mutable_rate()->set_base("EUR");
  EXPECT_THAT(handlers_.CreateExchangeRate(call_, rate),
              RefusesAt("UNKNOWN_CURRENCY", "rate.base"));

  v1::ListExchangeRatesRequest list;
  list.set_parent("books/main");
  list.set_base("USD");
  list.set_from_date("2026-02-01");
  list.set_to_date("2026-03-30");
  const auto found = handlers_.ListExchangeRates(call_, list);
  ASSERT_THAT(found, IsOk());
  ASSERT_THAT(found->rates(), SizeIs(1));
  EXPECT_EQ(found->rates(0).date(), "2026-02-28");
  EXPECT_EQ(found->rates(0).rate(), "16234.50");
  EXPECT_EQ(found->rates(0).source(), "manual");
  list.set_base("EUR");
  EXPECT_THAT(handlers_.ListExchangeRates(call_, list), RefusesAt("UNKNOWN_CURRENCY", "base"));
}

}  // namespace
}  // namespace lumbung::ledger::api
