// Organizations, books and funds: what is sent, and how answers look.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/host/cli/command_test_base.h"

namespace lumbung::cli {
namespace {

using ::testing::MatchesRegex;

class BookCommandsTest : public CommandTest {};

TEST_F(BookCommandsTest, CreatesAnOrganizationUnderARequestIdOfItsOwn) {
  const Outcome outcome =
      Run({"organization", "create", "melati", "--display-name", "Yayasan Melati"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const v1::CreateOrganizationRequest& request = server_.received().create_organization;
  EXPECT_EQ(request.organization_id(), "melati");
  EXPECT_EQ(request.display_name(), "Yayasan Melati");
  EXPECT_THAT(request.request_id(),
              MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_EQ(outcome.out, "Organization  melati\nName          Yayasan Melati\n");
}

TEST_F(BookCommandsTest, ShowsABookInEveryFormat) {
  EXPECT_EQ(Run({"book", "show", "main", "--locale", "id"}).out,
            "Book          main\n"
            "Name          Buku Besar\n"
            "Currency      IDR\n"
            "Year starts   1\n"
            "Chart         isak35-ngo@1\n"
            "Default fund  umum\n"
            "Entries       1.234\n");
  EXPECT_EQ(Run({"book", "show", "main", "--output", "csv", "--locale", "id"}).out,
            "book,display_name,functional_currency,fiscal_year_start_month,chart_template,"
            "default_fund,entries,hard_closed_through\r\n"
            "main,Buku Besar,IDR,1,isak35-ngo@1,umum,1234,\r\n");
  EXPECT_EQ(Run({"book", "show", "main", "--output", "json"}).out, R"({
 "name": "books/main",
 "display_name": "Buku Besar",
 "uid": "",
 "functional_currency": "IDR",
 "fiscal_year_start_month": 1,
 "chart_template": "isak35-ngo@1",
 "default_fund": "umum",
 "last_sequence": "1234",
 "hard_closed_through": "",
 "etag": ""
}
)");
}

TEST_F(BookCommandsTest, SendsEveryFlagOfANewBook) {
  Run({"book", "create", "main", "--display-name", "Buku", "--currency", "USD",
       "--fiscal-year-start", "7", "--chart", "bumdes-136", "--request-id", "r1",
       "--validate-only"});
  const v1::CreateBookRequest& request = server_.received().create_book;
  EXPECT_EQ(request.book_id(), "main");
  EXPECT_EQ(request.display_name(), "Buku");
  EXPECT_EQ(request.functional_currency(), "USD");
  EXPECT_EQ(request.fiscal_year_start_month(), 7);
  EXPECT_EQ(request.chart_template(), "bumdes-136");
  EXPECT_EQ(request.request_id(), "r1");
  EXPECT_TRUE(request.validate_only());
}

TEST_F(BookCommandsTest, ShowsFundsInTheReadersLanguageAndCsvInStableWords) {
  v1::Fund& fund = *server_.data().funds.add_funds();
  fund.set_fund_id("usaid");
  fund.set_display_name("USAID, WASH");
  fund.set_restriction(v1::FUND_RESTRICTION_PURPOSE);
  EXPECT_EQ(Run({"fund", "list", "--lang", "id"}).out,
            "Dana   Nama         Pembatasan             ditutup\n"
            "-----  -----------  ---------------------  -------\n"
            "usaid  USAID, WASH  dibatasi untuk tujuan\n");
  EXPECT_EQ(Run({"fund", "list", "--lang", "id", "--output", "csv"}).out,
            "fund,display_name,restriction,closed\r\n"
            "usaid,\"USAID, WASH\",purpose,false\r\n");
}

}  // namespace
}  // namespace lumbung::cli
