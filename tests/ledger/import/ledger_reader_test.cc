// The ledger journal syntax, as text in and text out.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/import/readers.h"
#include "tests/ledger/import/journal_testing.h"

namespace lumbung::import {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Read(absl::string_view content) {
  return ReadText(ReadLedger, "a.ledger", content);
}

TEST(LedgerReaderTest, ReadsATransaction) {
  EXPECT_EQ(Read("2023/01/31 * (100) Toko Maju | paper  ; for the office\n"
                 "    ; Unit: north\n"
                 "    Expenses:Office Supplies\t$1,250.00  ; two reams\n"
                 "  ! Assets:Cash\n"
                 "    ; :paid:counter:\n"),
            "2023-01-31 * (100) Toko Maju | paper ; for the office\\nUnit: north #Unit=north\n"
            "  Expenses:Office Supplies  1250.00 $ ; two reams\n"
            "  ! Assets:Cash  -1250.00 $ inferred ; :paid:counter: #paid= #counter=\n");
}

TEST(LedgerReaderTest, SkipsCommentsOfTheFile) {
  EXPECT_EQ(Read("; a\n# b\n* c\n| d\n% e\n\ncomment\n2023/01/31\nend comment\n"
                 "test x\n2023/01/31\nend test\n"),
            "");
}

TEST(LedgerReaderTest, AppliesTags) {
  EXPECT_EQ(Read("apply tag hastag: true\napply tag nested\n2023/01/31\n  a  1\n  b\nend tag\n"
                 "2023/01/31\n  a  1\n  b\nend apply tag\n2023/01/31\n  a  1\n  b\n"),
            "2023-01-31 #hastag=true #nested=\n  a  1\n  b  -1 inferred\n"
            "2023-01-31 #hastag=true\n  a  1\n  b  -1 inferred\n"
            "2023-01-31\n  a  1\n  b  -1 inferred\n");
}

TEST(LedgerReaderTest, AppliesAccountsAndAliases) {
  EXPECT_EQ(Read("alias kas=Assets:Cash\napply account Yayasan\napply account Unit\n"
                 "account Bank\n  alias giro\n  note the main one\n"
                 "2023/01/31\n  kas:kecil  1\n  giro\nend\n2023/01/31\n  Kas  1\n  kas\n"),
            "account Yayasan:Unit:Bank ; the main one\n"
            "2023-01-31\n  Assets:Cash:kecil  1\n  Yayasan:Unit:Bank  -1 inferred\n"
            "2023-01-31\n  Yayasan:Kas  1\n  Assets:Cash  -1 inferred\n");
}

TEST(LedgerReaderTest, AppliesYears) {
  EXPECT_EQ(Read("Y2021\n1/2\n  a  1\n  b\napply year 2022\n1/2\n  a  1\n  b\nend apply year\n"
                 "1/2\n  a  1\n  b\n"),
            "2021-01-02\n  a  1\n  b  -1 inferred\n"
            "2022-01-02\n  a  1\n  b  -1 inferred\n"
            "2021-01-02\n  a  1\n  b  -1 inferred\n");
  EXPECT_THAT(Read("1/2\n  a  1\n  b\n"), StartsWith("INVALID_DATE: a.ledger:1: "));
}

TEST(LedgerReaderTest, WeighsPricesAndLots) {
  EXPECT_EQ(Read("2023/01/31 bought\n  a  50 XY @ $30.00\n  b\n"
                 "2023/02/28 sold\n  a  -50 XY {$30} [2023/01/31] (first) @@ $2,000\n  b  $2,000\n"
                 "  gain\n"),
            "2023-01-31 bought\n  a  50 XY weighs 1500.00 $\n  b  -1500.00 $ inferred\n"
            "unsupported 5 lot price\n"
            "unsupported 5 lot date\n"
            "unsupported 5 lot note\n"
            "2023-02-28 sold\n  a  -50 XY weighs -1500 $\n  b  2000 $\n  gain  -500 $ inferred\n");
}

TEST(LedgerReaderTest, LeavesAResidueWithinTheDecimalsShownSoFar) {
  EXPECT_EQ(Read("2023/01/31\n  a  $-1.00\n  b  3 XY @ $0.335\n"),
            "2023-01-31\n  a  -1.00 $\n  b  3 XY weighs 1.005 $\n  residue 0.005 $\n");
  EXPECT_THAT(Read("2023/01/30\n  a  $0.001\n  b\n2023/01/31\n  a  $-1.00\n  b  3 XY @ $0.335\n"),
              HasSubstr("UNBALANCED: a.ledger:4: "));
}

TEST(LedgerReaderTest, ReadsAssertionsAndAssignments) {
  EXPECT_EQ(Read("2023/01/31\n  a  $5 = $5\n  b\n2023/01/30\n  a  $1\n  a  = $10\n  c\n"
                 "2023/01/31\n  a  = 0\n  c\n"),
            "2023-01-31\n  a  5 $ = 5 $\n  b  -5 $ inferred\n"
            "2023-01-30\n  a  1 $\n  a  4 $ inferred = 10 $\n  c  -5 $ inferred\n"
            "2023-01-31\n  a  -10 $ inferred == 0\n  c  10 $ inferred\n");
}

TEST(LedgerReaderTest, BalancesSinglePostingsWithTheBucket) {
  EXPECT_EQ(Read("bucket Cash\n2023/01/31\n  a  $5\nA Bank\n2023/01/31\n  a  $5\n"
                 "account Kas\n  default\n2023/01/31\n  a  $5\n"),
            "2023-01-31\n  a  5 $\n  Cash  -5 $ inferred\n"
            "2023-01-31\n  a  5 $\n  Bank  -5 $ inferred\n"
            "account Kas\n"
            "2023-01-31\n  a  5 $\n  Kas  -5 $ inferred\n");
}

TEST(LedgerReaderTest, ReadsDeclarations) {
  EXPECT_EQ(Read("commodity EUR\n  note Euro\n  format 1.000,00 EUR\n  alias e\n  nomarket\n"
                 "D $1,000.00\n"
                 "P 2023/01/31 12:30:00 XY $50\n"
                 "P 2023/01/31 \"X 1\" 1,50 e\n"),
            "commodity EUR scale 2 Euro\n"
            "price 2023-01-31 XY 50 $\n"
            "price 2023-01-31 X 1 1.50 EUR\n");
}

TEST(LedgerReaderTest, ReportsWhatItLeavesOut) {
  EXPECT_EQ(Read("--strict\nN $\nC 1 kb = 1024 b\n= /x/\n  (t)  0.1\n\n~ Monthly\n  a  $1\n  b\n\n"
                 "payee Toko\n  alias ^toko$\ntag Unit\nassert 1\ncheck 1\neval x=1\ndefine y=2\n"
                 "value market\npython\n  print(1)\n\n  print(2)\n"
                 "i 2023/01/31 10:00:00 work\no 2023/01/31 11:00:00\n"
                 "account A\n  assert 1\n  payee x\ncommodity E\n  value x\n"
                 "apply fixed XY $2\nend apply fixed\n2023/01/31 nothing\n  a\n"
                 "2023/01/31\n  check 1\n  a  1\n  <b>  -1\n  (c)  1\n"),
            "unsupported 1 option\n"
            "unsupported 2 N\n"
            "unsupported 3 C\n"
            "unsupported 4 automated posting\n"
            "unsupported 7 periodic transaction\n"
            "unsupported 11 payee\n"
            "unsupported 13 tag\n"
            "unsupported 14 assert\n"
            "unsupported 15 check\n"
            "unsupported 16 eval\n"
            "unsupported 17 define\n"
            "unsupported 18 value\n"
            "unsupported 19 python\n"
            "unsupported 23 timeclock entry\n"
            "unsupported 24 timeclock entry\n"
            "unsupported 26 assert of an account\n"
            "unsupported 27 payee of an account\n"
            "account A\n"
            "unsupported 29 value of a commodity\n"
            "commodity E\n"
            "unsupported 30 fixed rate\n"
            "unsupported 32 transaction without amounts\n"
            "unsupported 35 check in a transaction\n"
            "unsupported 37 deferred posting\n"
            "unsupported 38 virtual posting\n"
            "2023-01-31\n  a  1\n  b  -1\n");
}

TEST(LedgerReaderTest, WhatAFileAppliesEndsWithIt) {
  EXPECT_EQ(ReadFiles(ReadLedger, "m.ledger",
                      {{"m.ledger", "apply account P\ninclude i.ledger\n2023/1/1\n  a  1\n  b\n"},
                       {"i.ledger", "Y2020\napply account Q\nalias x=y\n1/1\n  a  1\n  x\n"}}),
            "2020-01-01\n  P:Q:a  1\n  P:Q:y  -1 inferred\n"
            "2023-01-01\n  P:a  1\n  P:b  -1 inferred\n");
  EXPECT_THAT(
      ReadFiles(ReadLedger, "m.ledger",
                {{"m.ledger", "apply account P\ninclude i.ledger\n"}, {"i.ledger", "end\n"}}),
      StartsWith("PARSE_ERROR: i.ledger:1: found \"end\" without \"apply\" before it in "
                 "this file"));
}

struct Refused {
  const char* journal;
  const char* message;
};

TEST(LedgerReaderTest, RefusesWithThePlaceAndWhatWasExpected) {
  const Refused kRefused[] = {
      {"hello there\n", "PARSE_ERROR: a.ledger:1: found \"hello there\", expected a transaction"},
      {"@\n", "PARSE_ERROR: a.ledger:1: found \"@\""},
      {"account\n", "PARSE_ERROR: a.ledger:1: found \"account\""},
      {"\n  a  1\n", "PARSE_ERROR: a.ledger:2: found the indented line \"a  1\" outside"},
      {"2023/01/31x\n", "PARSE_ERROR: a.ledger:1: found \"x\", expected a blank after the date"},
      {"2023/01/31\n  *\n", "PARSE_ERROR: a.ledger:2: found a posting without an account"},
      {"2023/01/31\n  a  $5 x\n", "PARSE_ERROR: a.ledger:2: found \"x\", expected a comment"},
      {"2023/01/31\n  a  ( (1.0/3.0) XY)\n",
       "a.ledger:2: found \"( (1.0/3.0) XY)\": an amount "
       "expression is not supported"},
      {"2023/01/31\n  a  1 XY @ (1/3)\n", "an amount expression is not supported"},
      {"2023/01/31\n  a  = (1/3)\n", "an amount expression is not supported"},
      {"2023/01/31\n  a  1 XY @ $-2\n", "PARSE_ERROR: a.ledger:2: found a negative price"},
      {"2023/01/31\n  a  1 XY @ 2 XY\n", "found a price in the commodity \"XY\" that is priced"},
      {"2023/01/31\n  a\n  b\n  c  1\n", "TWO_ELIDED_AMOUNTS: a.ledger:3: "},
      {"2023/01/31\n  a  1\n", "UNBALANCED: a.ledger:1: "},
      {"2023/01/31\n  a  $5\n  a  5 E\n  b\n2023/01/31\n  a  = 0\n  b\n",
       "PARSE_ERROR: a.ledger:6: the account holds other commodities"},
      {"= /x/\n  a  0.1\n2023/01/31\n  a  = 0\n  b\n",
       "PARSE_ERROR: a.ledger:4: a balance assignment cannot be computed"},
      {"alias x\n", "PARSE_ERROR: a.ledger:1: found the alias \"x\""},
      {"alias x=x\n", "PARSE_ERROR: a.ledger:1: found an alias of \"x\" for itself"},
      {"apply account\n", "found \"apply account\", expected what to apply"},
      {"apply x y\n", "found \"apply x\", expected account, tag or year"},
      {"apply tag x\nend apply account\n", "a.ledger:2: found the end of \"apply account\""},
      {"end\n", "a.ledger:1: found \"end\" without \"apply\" before it"},
      {"Y x\n", "a.ledger:1: found \"x\", expected a year"},
      {"account A\n  colour red\n", "a.ledger:2: found \"colour red\" under an account"},
      {"commodity E\n  colour red\n", "a.ledger:2: found \"colour red\" under a commodity"},
      {"commodity E\n  format $1\n", "a.ledger:2: found a format of \"$\" under"},
      {"P 2023/01/31 $\n", "PARSE_ERROR: a.ledger:1: "},
  };
  for (const Refused& refused : kRefused) {
    EXPECT_THAT(Read(refused.journal), HasSubstr(refused.message)) << refused.journal;
  }
}

}  // namespace
}  // namespace lumbung::import
