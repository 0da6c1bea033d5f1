#include "ledger/export/hledger_names.h"

#include <string>

#include <gtest/gtest.h>

#include "ledger/export/percent_code.h"

namespace lumbung::ledger_export {
namespace {

TEST(HledgerNamesTest, AccountsStayWhereHledgerCanReadThem) {
  for (const char* id :
       {"Assets:Petty cash", "1.1.01.01", "expenses:50% off", "Beban:Gaji (tetap)"}) {
    EXPECT_EQ(HledgerAccount(id), id);
  }
  EXPECT_EQ(HledgerAccount("Assets:two  blanks"), "Assets:two %20blanks");
  EXPECT_EQ(HledgerAccount("(virtual)"), "%28virtual)");
  EXPECT_EQ(HledgerAccount("a;b"), "a%3Bb");
  EXPECT_EQ(HledgerAccount(":a:::b:"), "%3Aa:%3A:b%3A");
  EXPECT_EQ(PercentDecode(HledgerAccount(":a:::b:")), ":a:::b:");
}

TEST(HledgerNamesTest, CommoditiesAreQuotedUnlessTheyAreLetters) {
  EXPECT_EQ(HledgerCommodity("USD"), "USD");
  EXPECT_EQ(HledgerCommodity("kg"), "kg");
  EXPECT_EQ(HledgerCommodity("€"), "\"€\"");
  EXPECT_EQ(HledgerCommodity("BRK.B"), "\"BRK.B\"");
  EXPECT_EQ(HledgerCommodity("a;b"), "\"a%3Bb\"");
}

TEST(HledgerNamesTest, TextsCannotBeTakenForSyntax) {
  EXPECT_EQ(HledgerDescription("Rent; June"), "Rent%3B June");
  EXPECT_EQ(HledgerDescription("(100) cheque"), "%28100) cheque");
  EXPECT_EQ(HledgerCode("A(1)"), "A%281%29");
  EXPECT_EQ(HledgerTagName("date"), "%64ate");
  EXPECT_EQ(HledgerTagName("entry-number"), "%65ntry-number");
  EXPECT_EQ(HledgerTagName("cost centre"), "cost%20centre");
  EXPECT_EQ(HledgerTagValue("a, b [2020-01-01]"), "a%2C b %5B2020-01-01]");
}

}  // namespace
}  // namespace lumbung::ledger_export
