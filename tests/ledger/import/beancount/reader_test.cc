#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/import/readers.h"
#include "tests/ledger/import/journal_testing.h"

namespace lumbung::import {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Read(absl::string_view journal) {
  return ReadText(ReadBeancount, "books.beancount", journal);
}

// Six accounts that most examples need; what is read of them is taken off the result.
constexpr absl::string_view kAccounts =
    "2020-01-01 open Assets:Cash\n"
    "2020-01-01 open Assets:Stock\n"
    "2020-01-01 open Assets:Queue \"FIFO\"\n"
    "2020-01-01 open Assets:Pile \"LIFO\"\n"
    "2020-01-01 open Expenses:Food\n"
    "2020-01-01 open Income:Gains\n";

std::string ReadWithAccounts(absl::string_view journal) {
  const std::string text = Read(absl::StrCat(kAccounts, journal));
  const std::string last = "account Income:Gains R\n";
  const std::size_t end = text.find(last);
  return end == std::string::npos ? text : text.substr(end + last.size());
}

TEST(BeancountReaderTest, ReadsATransactionWithAllItsParts) {
  EXPECT_EQ(ReadWithAccounts("2020-02-01 ! \"Warung Sari\" \"Lunch \\\"to go\\\"\" #trip ^bill-7\n"
                             "  invoice: \"A-1\"\n"
                             "  #food\n"
                             "  ! Expenses:Food  12.50 USD ; a comment\n"
                             "    seen: 2020-02-03\n"
                             "  ; another comment\n"
                             "  Assets:Cash\n"),
            "2020-02-01 ! Warung Sari | Lunch \"to go\" #trip= #food= #link=bill-7 #invoice=A-1\n"
            "  ! Expenses:Food  12.50 USD #seen=2020-02-03\n"
            "  Assets:Cash  -12.50 USD inferred\n");
}

TEST(BeancountReaderTest, TakesDirectivesInTheOrderOfTheirDates) {
  EXPECT_EQ(Read("2020-03-01 * \"last\"\n"
                 "  Assets:Cash  1 USD\n"
                 "  Equity:Open\n"
                 "\n"
                 "2020-02-01 * \"first\"\n"
                 "  Assets:Cash  2 USD\n"
                 "  Equity:Open\n"
                 "2020-03-01 balance Assets:Cash 2.00 USD\n"
                 "2020-04-01 close Assets:Cash\n"
                 "2020-02-01 price USD 14000 IDR\n"
                 "2020-02-01 open Equity:Open\n"
                 "2020-02-01 open Assets:Cash USD\n"
                 "  bank: \"BRI\"\n"
                 "1900-01-01 commodity USD\n"
                 "  name: \"US Dollar\"\n"),
            "commodity USD US Dollar\n"
            "account Equity:Open E\n"
            "account Assets:Cash A closed 2020-04-01 ; bank: BRI\n"
            "2020-02-01 * first\n"
            "  Assets:Cash  2 USD\n"
            "  Equity:Open  -2 USD inferred\n"
            "price 2020-02-01 USD 14000 IDR\n"
            "assert 2020-03-01 Assets:Cash start-of-day =* 2.00 USD ~ 0.010\n"
            "2020-03-01 * last\n"
            "  Assets:Cash  1 USD\n"
            "  Equity:Open  -1 USD inferred\n");
}

TEST(BeancountReaderTest, IgnoresHeadingsAndComments) {
  EXPECT_EQ(Read(";; -*- mode: org -*-\n"
                 "* Accounts\n"
                 "** Cash \"with an open quote\n"
                 "#+STARTUP: showall\n"
                 "Some text after a flag letter is a heading\n"
                 "2020-01-01 open Assets:Cash ; comment\n"
                 "   \n"
                 "  ; an indented comment\n"),
            "account Assets:Cash A\n");
}

TEST(BeancountReaderTest, InfersOneAmountForEachCurrency) {
  EXPECT_EQ(ReadWithAccounts("2020-02-01 *\n"
                             "  Assets:Cash    100.00 USD\n"
                             "  Assets:Cash  50000 IDR\n"
                             "  Income:Gains\n"),
            "2020-02-01 *\n"
            "  Assets:Cash  100.00 USD\n"
            "  Assets:Cash  50000 IDR\n"
            "  Income:Gains  -100.00 USD inferred\n"
            "  Income:Gains  -50000 IDR inferred\n");
}

TEST(BeancountReaderTest, EvaluatesArithmeticExactly) {
  EXPECT_EQ(ReadWithAccounts("2020-02-01 *\n"
                             "  Assets:Cash  (1,000.50 + 2) * 3 - -1 / 4 USD\n"
                             "  Income:Gains\n"),
            "2020-02-01 *\n"
            "  Assets:Cash  3007.75 USD\n"
            "  Income:Gains  -3007.75 USD inferred\n");
  EXPECT_THAT(ReadWithAccounts("2020-02-01 *\n"
                               "  Assets:Cash  100 / 3 USD\n"
                               "  Income:Gains\n"),
              StartsWith("UNSUPPORTED: books.beancount:8: 100 / 3 does not come out even"));
}

TEST(BeancountReaderTest, WeighsPricesAndCosts) {
  EXPECT_EQ(ReadWithAccounts("2020-02-01 *\n"
                             "  Assets:Cash   10 EUR @ 1.25 USD\n"
                             "  Assets:Cash  3 EUR @@ 10 USD\n"
                             "  Assets:Stock  3 ABC {20.00 USD}\n"
                             "  Assets:Stock  3 ABC {{100 USD}} @ 34 USD\n"
                             "  Assets:Stock  2 ABC {10 # 5 USD, 2019-12-31, \"first\"}\n"
                             "  Income:Gains\n"),
            "2020-02-01 *\n"
            "  Assets:Cash  10 EUR weighs 12.50 USD\n"
            "  Assets:Cash  3 EUR weighs 10 USD\n"
            "  Assets:Stock  3 ABC weighs 60.00 USD #lot=20.00 USD, 2020-02-01\n"
            "  Assets:Stock  3 ABC weighs 100 USD #lot=100/3 USD, 2020-02-01 #price=34 USD\n"
            "  Assets:Stock  2 ABC weighs 25.0 USD #lot=12.5 USD, 2019-12-31, \"first\"\n"
            "  Income:Gains  -207.50 USD inferred\n");
}

constexpr absl::string_view kTwoLots =
    "2020-02-01 * \"buy\"\n"
    "  Assets:Stock  5 ABC {10 USD}\n"
    "  Assets:Queue  5 ABC {10 USD}\n"
    "  Assets:Pile  5 ABC {10 USD}\n"
    "  Income:Gains\n"
    "\n"
    "2020-02-02 * \"buy\"\n"
    "  Assets:Stock  5 ABC {12 USD, \"second\"}\n"
    "  Assets:Queue  5 ABC {12 USD}\n"
    "  Assets:Pile  5 ABC {12 USD}\n"
    "  Income:Gains\n"
    "\n";

// The sale only, without the purchases before it.
std::string ReadSale(absl::string_view postings) {
  const std::string text =
      ReadWithAccounts(absl::StrCat(kTwoLots, "2020-03-01 * \"sell\"\n", postings));
  const std::size_t sale = text.find("2020-03-01");
  return sale == std::string::npos ? text : text.substr(sale);
}

TEST(BeancountReaderTest, ReducesTheLotThatIsNamed) {
  for (const char* lot : {"{12 USD}", "{2020-02-02}", "{\"second\"}", "{12 USD, \"second\"}"}) {
    EXPECT_EQ(ReadSale(absl::StrCat("  Assets:Stock  -2 ABC ", lot,
                                    " @ 30 USD\n"
                                    "  Assets:Cash  60 USD\n"
                                    "  Income:Gains\n")),
              "2020-03-01 * sell\n"
              "  Assets:Stock  -2 ABC weighs -24 USD #lot=12 USD, 2020-02-02, \"second\" "
              "#price=30 USD\n"
              "  Assets:Cash  60 USD\n"
              "  Income:Gains  -36 USD inferred\n")
        << lot;
  }
}

TEST(BeancountReaderTest, ReducesAllLotsAtOnce) {
  EXPECT_EQ(ReadSale("  Assets:Stock  -10 ABC {}\n"
                     "  Assets:Cash\n"),
            "2020-03-01 * sell\n"
            "  Assets:Stock  -5 ABC weighs -50 USD #lot=10 USD, 2020-02-01\n"
            "  Assets:Stock  -5 ABC weighs -60 USD #lot=12 USD, 2020-02-02, \"second\"\n"
            "  Assets:Cash  110 USD inferred\n");
}

TEST(BeancountReaderTest, ReducesOldestOrNewestLotsFirstWhereTheAccountSaysSo) {
  EXPECT_EQ(ReadSale("  Assets:Queue  -6 ABC {}\n"
                     "  Assets:Pile  -6 ABC {}\n"
                     "  Assets:Cash\n"),
            "2020-03-01 * sell\n"
            "  Assets:Queue  -5 ABC weighs -50 USD #lot=10 USD, 2020-02-01\n"
            "  Assets:Queue  -1 ABC weighs -12 USD #lot=12 USD, 2020-02-02\n"
            "  Assets:Pile  -5 ABC weighs -60 USD #lot=12 USD, 2020-02-02\n"
            "  Assets:Pile  -1 ABC weighs -10 USD #lot=10 USD, 2020-02-01\n"
            "  Assets:Cash  132 USD inferred\n");
}

TEST(BeancountReaderTest, RefusesAReductionThatIsNotClear) {
  EXPECT_THAT(
      ReadSale("  Assets:Stock  -1 ABC {}\n  Assets:Cash\n"),
      AllOf(StartsWith("AMBIGUOUS_LOT: books.beancount:20: found 2 lots"),
            HasSubstr("5 ABC {10 USD, 2020-02-01}; 5 ABC {12 USD, 2020-02-02, \"second\"}")));
  EXPECT_THAT(ReadSale("  Assets:Stock  -1 ABC {11 USD}\n  Assets:Cash\n"),
              StartsWith("LOT_NOT_FOUND: books.beancount:20: "));
  EXPECT_THAT(ReadSale("  Assets:Stock  -6 ABC {10 USD}\n  Assets:Cash\n"),
              StartsWith("LOT_NOT_FOUND: books.beancount:20: the matching lots of Assets:Stock are "
                         "1 ABC too small"));
}

TEST(BeancountReaderTest, ReportsWhatIsLeftWithinTheTolerance) {
  EXPECT_EQ(ReadWithAccounts("2020-02-01 *\n"
                             "  Assets:Cash  3.33 EUR @ 1.111 USD\n"
                             "  Income:Gains  -3.70 USD\n"),
            "2020-02-01 *\n"
            "  Assets:Cash  3.33 EUR weighs 3.69963 USD\n"
            "  Income:Gains  -3.70 USD\n"
            "  residue -0.00037 USD\n");
  EXPECT_EQ(ReadWithAccounts("2020-02-01 *\n"
                             "  Assets:Cash  3.70 USD\n"
                             "  Income:Gains  -3.71 USD\n"),
            "UNBALANCED: books.beancount:7: the transaction is off by -0.01 USD; at most 0.005 is "
            "tolerated");
}

TEST(BeancountReaderTest, TakesTolerancesFromOptions) {
  constexpr absl::string_view kOff =
      "2020-02-01 *\n"
      "  Assets:Cash  4 USD\n"
      "  Income:Gains  -5 USD\n";
  EXPECT_THAT(ReadWithAccounts(kOff), StartsWith("UNBALANCED"));
  EXPECT_THAT(
      ReadWithAccounts(absl::StrCat("option \"inferred_tolerance_default\" \"*:1\"\n", kOff)),
      HasSubstr("residue -1 USD"));
}

TEST(BeancountReaderTest, PadsAnAccountToItsNextBalance) {
  EXPECT_EQ(Read("2020-01-01 open Assets:Cash\n"
                 "2020-01-01 open Assets:Cash:Drawer\n"
                 "2020-01-01 open Equity:Open\n"
                 "2020-01-05 * \"before the pad counts too\"\n"
                 "  Assets:Cash:Drawer  10 USD\n"
                 "  Equity:Open\n"
                 "\n"
                 "2020-01-06 pad Assets:Cash Equity:Open\n"
                 "2020-01-10 balance Assets:Cash  100.00 USD\n"
                 "2020-01-11 balance Assets:Cash  5 EUR\n"
                 "2020-01-12 balance Assets:Cash  100 USD\n"),
            "account Assets:Cash A\n"
            "account Assets:Cash:Drawer A\n"
            "account Equity:Open E\n"
            "2020-01-05 * before the pad counts too\n"
            "  Assets:Cash:Drawer  10 USD\n"
            "  Equity:Open  -10 USD inferred\n"
            "2020-01-06 (Padding inserted for Balance of 100.00 USD for difference 90.00 USD) "
            "#flag=P\n"
            "  Assets:Cash  90.00 USD inferred\n"
            "  Equity:Open  -90.00 USD inferred\n"
            "2020-01-06 (Padding inserted for Balance of 5 EUR for difference 5 EUR) #flag=P\n"
            "  Assets:Cash  5 EUR inferred\n"
            "  Equity:Open  -5 EUR inferred\n"
            "assert 2020-01-10 Assets:Cash start-of-day =* 100.00 USD ~ 0.010\n"
            "assert 2020-01-11 Assets:Cash start-of-day =* 5 EUR\n"
            "assert 2020-01-12 Assets:Cash start-of-day =* 100 USD\n");
}

TEST(BeancountReaderTest, AppliesPushedTagsAndMetadata) {
  EXPECT_EQ(ReadWithAccounts("pushtag #trip\n"
                             "pushmeta place: \"Solo\"\n"
                             "2020-02-01 * \"both\" #own\n"
                             "  Assets:Cash  1 USD\n"
                             "  Income:Gains\n"
                             "2020-02-02 * \"own wins\"\n"
                             "  place: \"Yogya\"\n"
                             "  Assets:Cash  1 USD\n"
                             "  Income:Gains\n"
                             "poptag #trip\n"
                             "popmeta place:\n"
                             "2020-02-03 * \"none\"\n"
                             "  Assets:Cash  1 USD\n"
                             "  Income:Gains\n"),
            "2020-02-01 * both #own= #trip= #place=Solo\n"
            "  Assets:Cash  1 USD\n"
            "  Income:Gains  -1 USD inferred\n"
            "2020-02-02 * own wins #trip= #place=Yogya\n"
            "  Assets:Cash  1 USD\n"
            "  Income:Gains  -1 USD inferred\n"
            "2020-02-03 * none\n"
            "  Assets:Cash  1 USD\n"
            "  Income:Gains  -1 USD inferred\n");
}

TEST(BeancountReaderTest, ReadsTheAccountRootsFromOptions) {
  EXPECT_EQ(Read("option \"name_assets\" \"Aktiva\"\n"
                 "2020-01-01 open Aktiva:Kas\n"),
            "account Aktiva:Kas A\n");
  EXPECT_THAT(Read("2020-01-01 open Aktiva:Kas\n"),
              StartsWith("INVALID_ACCOUNT: books.beancount:1: found the account Aktiva:Kas"));
}

TEST(BeancountReaderTest, ReportsWhatItLeavesOut) {
  EXPECT_EQ(ReadWithAccounts("option \"title\" \"Our books\"\n"
                             "plugin \"beancount.plugins.auto_accounts\"\n"
                             "option \"plugin_processing_mode\" \"raw\"\n"
                             "2020-02-01 note Assets:Cash \"counted\"\n"
                             "2020-02-01 document Assets:Cash \"scan.pdf\" #tag\n"
                             "2020-02-01 event \"place\" \"Solo\"\n"
                             "2020-02-01 query \"all\" \"select *\n"
                             "  from postings\"\n"
                             "2020-02-01 custom \"budget\" Assets:Cash 10 USD\n"
                             "2020-02-01 pad Assets:Cash Income:Gains\n"
                             "2020-02-01 * \"no postings\"\n"),
            "unsupported 10 note\n"
            "unsupported 12 event\n"
            "unsupported 13 query\n"
            "unsupported 15 custom\n"
            "unsupported 16 pad without effect\n"
            "unsupported 17 transaction without postings\n"
            "unsupported 11 document\n");
  EXPECT_THAT(Read("plugin \"beancount.plugins.auto_accounts\" \"{}\"\n"
                   "option \"plugin_processing_mode\" \"raw\"\n"),
              "unsupported 1 plugin\n"
              "unsupported 2 option plugin_processing_mode\n");
}

TEST(BeancountReaderTest, ReadsIncludedFilesInOneOrderOfDates) {
  EXPECT_EQ(ReadFiles(ReadBeancount, "main.beancount",
                      {{"main.beancount",
                        "include \"years/*.beancount\"\n"
                        "2019-01-01 open Assets:Cash\n"
                        "2019-01-01 open Equity:Open\n"
                        "2020-06-01 * \"main\"\n"
                        "  Assets:Cash  1 USD\n"
                        "  Equity:Open\n"},
                       {"years/2021.beancount",
                        "include \"../more/old.beancount\"\n"
                        "2021-06-01 * \"later\"\n"
                        "  Assets:Cash  1 USD\n"
                        "  Equity:Open\n"},
                       {"more/old.beancount",
                        "2019-06-01 * \"earlier\"\n"
                        "  Assets:Cash  1 USD\n"
                        "  Equity:Open\n"}}),
            "account Assets:Cash A\n"
            "account Equity:Open E\n"
            "2019-06-01 * earlier\n"
            "  Assets:Cash  1 USD\n"
            "  Equity:Open  -1 USD inferred\n"
            "2020-06-01 * main\n"
            "  Assets:Cash  1 USD\n"
            "  Equity:Open  -1 USD inferred\n"
            "2021-06-01 * later\n"
            "  Assets:Cash  1 USD\n"
            "  Equity:Open  -1 USD inferred\n");
  EXPECT_THAT(Read("include \"other.beancount\"\n"),
              StartsWith("INCLUDE_NOT_FOUND: books.beancount:1: "));
  EXPECT_THAT(Read("include \"../other.beancount\"\n"),
              StartsWith("INCLUDE_NOT_FOUND: books.beancount:1: "));
  EXPECT_THAT(Read("include \"books.beancount\"\n"),
              StartsWith("PARSE_ERROR: books.beancount:1: the file books.beancount is included a "
                         "second time"));
}

struct Refused {
  const char* journal;
  const char* begins;
};

TEST(BeancountReaderTest, RefusesWhatBeancountRefuses) {
  const Refused kRefused[] = {
      {"2020-02-30 open Assets:Food\n", "INVALID_DATE: books.beancount:7: there is no day"},
      {"1890-02-01 *\n", "INVALID_DATE: books.beancount:7: found 1890-02-01, expected"},
      {"hello\n", "PARSE_ERROR: books.beancount:7: \"hello\" is not a word of beancount"},
      {"2020-02-01 transfer\n", "PARSE_ERROR: books.beancount:7: \"transfer\" is not a word"},
      {"  Assets:Cash  1 USD\n", "PARSE_ERROR: books.beancount:7: found \"Assets:Cash\", expected"},
      {"2020-02-01 *\n\n  Assets:Cash\n", "PARSE_ERROR: books.beancount:9: "},
      {"2020-02-01 * \"a\" \"b\" \"c\"\n", "PARSE_ERROR: books.beancount:7: found 3 texts"},
      {"2020-02-01 * \"open\n", "PARSE_ERROR: books.beancount:7: found the end of the file"},
      {"2020-02-01 *\n  Assets:Cash 1,00 USD\n", "INVALID_AMOUNT: books.beancount:8: found 1,00"},
      {"2020-02-01 *\n  Assets:Cash 1 USD @ -2 EUR\n", "INVALID_AMOUNT: books.beancount:8: "},
      {"2020-02-01 *\n  Assets:Cash 1 ABC {1 USD} @ 2 EUR\n", "PARSE_ERROR: books.beancount:8: "},
      {"2020-02-01 *\n  Assets:Cash 1 ABC {*}\n", "UNSUPPORTED: books.beancount:8: merging lots"},
      {"2020-02-01 *\n  Assets:Cash 1 USD\n  Assets:Cash\n  Assets:Stock\n",
       "TWO_ELIDED_AMOUNTS: books.beancount:10: "},
      {"2020-02-01 *\n  Assets:Cash USD\n  Assets:Cash USD\n",
       "TWO_ELIDED_AMOUNTS: books.beancount:9: "},
      {"2020-02-01 *\n  Assets:Cash 5\n  Assets:Cash 1 USD\n  Assets:Cash 1 EUR\n",
       "INCOMPLETE_AMOUNT: books.beancount:8: "},
      {"2020-02-01 *\n  Assets:Stock 0 ABC {1 USD}\n",
       "INVALID_COST: books.beancount:8: no units may not have a cost"},
      {"2020-02-01 *\n  Assets:Stock 1 ABC {-1 USD}\n  Assets:Cash\n",
       "INVALID_COST: books.beancount:8: "},
      {"2020-02-01 *\n  Assets:Other 1 USD\n  Assets:Cash\n",
       "ACCOUNT_NOT_OPEN: books.beancount:8: the account Assets:Other is not open"},
      {"2019-02-01 *\n  Assets:Cash 1 USD\n  Assets:Cash\n",
       "ACCOUNT_NOT_OPEN: books.beancount:8: "},
      {"2020-02-01 close Assets:Cash\n2020-02-01 *\n2020-02-02 *\n  Assets:Cash 1 USD\n  "
       "Assets:Stock\n",
       "ACCOUNT_CLOSED: books.beancount:10: the account Assets:Cash is closed"},
      {"2020-01-01 close Assets:Cash\n", "INVALID_DATE: books.beancount:7: "},
      {"2020-02-01 open Assets:Cash\n", "ACCOUNT_OPENED_TWICE: books.beancount:7: "},
      {"2020-02-01 open Assets:Idr IDR\n2020-02-02 *\n  Assets:Idr 1 USD\n  Assets:Cash\n",
       "CURRENCY_NOT_ALLOWED: books.beancount:9: found USD in Assets:Idr"},
      {"2020-02-01 commodity IDR\n2020-02-02 commodity IDR\n",
       "COMMODITY_DECLARED_TWICE: books.beancount:8: "},
      {"2020-02-01 balance Assets:Cash 1 USD\n2020-02-01 balance Assets:Cash 2 USD\n",
       "CONTRADICTORY_BALANCE: books.beancount:8: "},
      {"2020-02-01 *\n  Assets:Stock 1 ABC {1 USD}\n  Assets:Cash\n"
       "2020-02-02 pad Assets:Stock Income:Gains\n2020-02-03 balance Assets:Stock 5 ABC\n",
       "PAD_AT_COST: books.beancount:11: "},
      {"pushtag #a\n", "PARSE_ERROR: books.beancount:7: \"a\" is pushed and never popped"},
      {"poptag #a\n", "PARSE_ERROR: books.beancount:7: \"a\" is not pushed here"},
      {"option \"no_such\" \"1\"\n", "INVALID_OPTION: books.beancount:7: beancount has no option"},
      {"option \"booking_method\" \"BEST\"\n", "INVALID_OPTION: books.beancount:7: "},
      {"2020-02-01 open Assets:Average \"AVERAGE\"\n"
       "2020-02-02 *\n  Assets:Average 1 ABC {1 USD}\n  Assets:Cash\n"
       "2020-02-03 *\n  Assets:Average -1 ABC {}\n  Assets:Cash\n",
       "UNSUPPORTED: books.beancount:12: booking at average cost"},
      {"2020-02-01 *\n  Assets:Stock 3 ABC {{100 USD}}\n  Assets:Cash\n"
       "2020-02-02 *\n  Assets:Stock -1 ABC {}\n  Assets:Cash\n",
       "UNSUPPORTED: books.beancount:11: -1 at 100/3 each does not come out even"},
      {"2020-02-01 *\n  Assets:Cash "
       "99999999999999999999999999999999999999 USD\n  Assets:Cash "
       "99999999999999999999999999999999999999 USD\n  Assets:Stock\n",
       "OVERFLOW: books.beancount:7: "},
  };
  for (const Refused& refused : kRefused) {
    EXPECT_THAT(ReadWithAccounts(refused.journal), StartsWith(refused.begins)) << refused.journal;
  }
}

TEST(BeancountReaderTest, LimitsWhatItTakesIn) {
  std::string lines;
  for (int i = 0; i < 65; ++i) lines += "line\n";
  EXPECT_THAT(Read(absl::StrCat("2020-01-01 query \"q\" \"", lines, "\"\n")),
              StartsWith("LINE_TOO_LONG: books.beancount:1: "));
  std::string postings = "2020-01-01 *\n";
  for (int i = 0; i < 10'001; ++i) postings += "  Assets:Cash 1 USD\n";
  EXPECT_THAT(Read(postings), StartsWith("TOO_MANY_POSTINGS: books.beancount:10002: "));
  EXPECT_THAT(
      Read(absl::StrCat("2020-01-01 balance Assets:Cash ", std::string(500, '('), "1 USD\n")),
      StartsWith("PARSE_ERROR: books.beancount:1: the arithmetic is nested"));
  std::string tags;
  for (int i = 0; i < 65; ++i) absl::StrAppend(&tags, "pushtag #t", i, "\n");
  EXPECT_THAT(Read(tags), StartsWith("PARSE_ERROR: books.beancount:65: more than 64 tags"));
}

}  // namespace
}  // namespace lumbung::import
