// The hledger journal syntax, as text in and text out.
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/journal_scanner.h"
#include "ledger/import/readers.h"
#include "tests/ledger/import/journal_testing.h"

namespace lumbung::import {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Read(absl::string_view content) {
  return ReadText(ReadHledger, "a.journal", content);
}

TEST(HledgerReaderTest, ReadsATransaction) {
  EXPECT_EQ(Read("2023-01-31 * (A/1) Toko Maju | paper ; for the office, unit:north\n"
                 "    ; and the school\n"
                 "    expenses:office supplies    Rp 12500 ; two reams\n"
                 "  ! assets:cash\n"
                 "    ; paid:\n"
                 "    ; at the counter\n"),
            "2023-01-31 * (A/1) Toko Maju | paper ; for the office, unit:north\\nand the school "
            "#unit=north\n"
            "  expenses:office supplies  12500 Rp ; two reams\n"
            "  ! assets:cash  -12500 Rp inferred ; paid:\\nat the counter #paid=\n");
}

TEST(HledgerReaderTest, NotesThePlacesOfPostings) {
  const MemoryFiles files(
      std::map<std::string, std::string>{{"a.journal", "\n2023-01-31\n  a  1\n  ; x\n  b\n"}});
  RecordingSink sink;
  ASSERT_TRUE(ReadHledger(files, "a.journal", sink).ok());
  const ParsedTransaction& transaction = sink.transactions().at(0);
  EXPECT_EQ(transaction.place.ToString(), "a.journal:2");
  EXPECT_EQ(transaction.postings.at(0).place.ToString(), "a.journal:3");
  EXPECT_EQ(transaction.postings.at(1).place.ToString(), "a.journal:5");
}

TEST(HledgerReaderTest, SplitsPayeeFromNote) {
  const std::string postings = "\n  a  1\n  b  -1\n";
  EXPECT_THAT(Read("2023-01-31 a|b | c" + postings), StartsWith("2023-01-31 a | b | c\n"));
  EXPECT_THAT(Read("2023-01-31 | c" + postings), StartsWith("2023-01-31 | c\n"));
  EXPECT_THAT(Read("2023-01-31" + postings), StartsWith("2023-01-31\n"));
}

TEST(HledgerReaderTest, SkipsCommentsOfTheFile) {
  EXPECT_EQ(Read("; a\n# b\n* c\n  ; d\n\ncomment \n2023-01-31\nend comment\n"), "");
  EXPECT_EQ(Read("comment\n2023-01-31 never closed\n"), "");
}

TEST(HledgerReaderTest, ReadsAssertionsOfEveryKind) {
  EXPECT_EQ(
      Read("2023-01-31\n  a  1 = 1\n  b  -1 ==* $5.00 @ 2 EUR ; x\n  c  0 =* 3\n  d  0 == 4\n"),
      "2023-01-31\n"
      "  a  1 = 1\n"
      "  b  -1 ==* 5.00 $ ; x\n"
      "  c  0 =* 3\n"
      "  d  0 == 4\n");
}

TEST(HledgerReaderTest, KeepsOtherDatesAsTagsAndReportsThem) {
  EXPECT_EQ(Read("2023-01-31=2/1\n  a  1 = 1 ; date:2/3\n  b  -1 ; [=2/4]\n"),
            "unsupported 1 secondary date\n"
            "unsupported 2 posting date\n"
            "unsupported 3 secondary date\n"
            "2023-01-31 #date2=2023-02-01\n"
            "  a  1 = 1 on 2023-02-03 ; date:2/3 #date=2/3\n"
            "  b  -1 ; [=2/4]\n");
}

TEST(HledgerReaderTest, TakesTheYearFromADirective) {
  EXPECT_THAT(Read("Y2022\n1/2\n  a  1\n  b\n"), StartsWith("2022-01-02\n"));
  EXPECT_THAT(Read("Y 2022  ; until further notice\n1/2\n  a  1\n  b\n"),
              StartsWith("2022-01-02\n"));
  EXPECT_THAT(Read("1/2\n  a  1\n  b\n"), StartsWith("INVALID_DATE: a.journal:1: the date \"1/2\" "
                                                     "has no year"));
}

TEST(HledgerReaderTest, LeavesOutVirtualPostingsAndReportsThem) {
  EXPECT_EQ(Read("2023-01-31\n  a  1\n  b\n  (c)  5\n  [d]  7\n  [e]\n2023-02-01\n  (f)  1\n"),
            "unsupported 4 virtual posting\n"
            "unsupported 5 virtual posting\n"
            "unsupported 6 virtual posting\n"
            "2023-01-31\n  a  1\n  b  -1 inferred\n"
            "unsupported 8 virtual posting\n");
  EXPECT_THAT(Read("2023-01-31\n  a  1\n  (b)  -1\n"), HasSubstr("leaves 1"));
}

TEST(HledgerReaderTest, ReportsWhatItLeavesOut) {
  EXPECT_EQ(
      Read("= expenses\n  (budget)  *-1\n\n~ monthly  rent\n    ; note\n    rent  $5\n"
           "payee Toko ; x\ntag unit\n  ; y\nend tag\nN $\nC 1 kb = 1024 b\n2023-01-31 none\n"),
      "unsupported 1 automated posting\n"
      "unsupported 4 periodic transaction\n"
      "unsupported 7 payee\n"
      "unsupported 8 tag\n"
      "unsupported 11 N\n"
      "unsupported 12 C\n"
      "unsupported 13 transaction without postings\n");
}

TEST(HledgerReaderTest, ReportsLotsButReadsTheirAmounts) {
  EXPECT_EQ(
      Read("2023-01-31\n  a  2 XY {$3} [2022-01-01] @ $4\n  b  -1 XY [1/1] {{ = $3 }}\n"),
      "INVALID_DATE: a.journal:3: the date \"1/1] {{ = $3 }}\" has no year and no default year "
      "was set before it");
  EXPECT_EQ(Read("Y2022\n2023-01-31\n  a  2 XY {$3} [1/1] @ $4\n  b\n"),
            "unsupported 3 lot price\n"
            "unsupported 3 lot date\n"
            "2023-01-31\n  a  2 XY weighs 8 $\n  b  -8 $ inferred\n");
}

TEST(HledgerReaderTest, ReadsDeclarations) {
  EXPECT_EQ(Read("account assets:bank  ; type:C, number:12\n"
                 "  ; the main one\n"
                 "  alias x\n"
                 "account equity  ; type: Equity\n"
                 "account other\n"
                 "commodity 1.000,00 EUR ; euro\n"
                 "commodity $\n  ; dollars\n  format $1,000.000\n  note x\n"
                 "commodity \"XY 1\"\n"
                 "P 2023-01-31 12:30 EUR $1.35\n"
                 "P 2023/1/31 € 16.500,00 IDR\n"),
            "unsupported 3 account subdirective\n"
            "account assets:bank C ; type:C, number:12\\nthe main one\n"
            "account equity E ; type: Equity\n"
            "account other\n"
            "commodity EUR scale 2\n"
            "unsupported 10 commodity subdirective\n"
            "commodity $ scale 3\n"
            "commodity XY 1\n"
            "price 2023-01-31 EUR 1.35 $\n"
            "price 2023-01-31 € 16500.00 IDR\n");
}

TEST(HledgerReaderTest, AppliesParentsAndAliasesToAccountsToo) {
  EXPECT_EQ(Read("alias p:kas = assets:cash\napply account p\naccount kas\n!account x\n"
                 "end apply account\naccount kas\n"),
            "account assets:cash\naccount p:x\naccount kas\n");
}

TEST(HledgerReaderTest, NumbersFollowWhatTheFileSaid) {
  EXPECT_EQ(Read("2023-01-31\n  a  1,000 EUR\n  b\n"
                 "decimal-mark .\n"
                 "2023-01-31\n  a  1,000 EUR\n  b\n"
                 "D $1,000.00\n"
                 "2023-01-31\n  a  5\n  b\n"),
            "2023-01-31\n  a  1.000 EUR\n  b  -1.000 EUR inferred\n"
            "2023-01-31\n  a  1000 EUR\n  b  -1000 EUR inferred\n"
            "2023-01-31\n  a  5 $\n  b  -5 $ inferred\n");
}

TEST(HledgerReaderTest, AResidueWithinTheDecimalsShownIsReported) {
  EXPECT_EQ(Read("2023-01-31\n  a  3 XY @ $0.335\n  b  $-1.00\n"),
            "2023-01-31\n  a  3 XY weighs 1.005 $\n  b  -1.00 $\n  residue 0.005 $\n");
  EXPECT_THAT(Read("2023-01-31\n  a  3 XY @ $0.335\n  b  $-1.00\n2023-02-01\n  a  $0.001\n  b\n"),
              StartsWith("UNBALANCED: a.journal:1: "));
}

TEST(HledgerReaderTest, AssignsBalancesInOrderOfDate) {
  EXPECT_EQ(Read("2023-01-05 later\n  a  = 10\n  o\n2023-01-02 sooner\n  a  3\n  o\n"),
            "2023-01-05 later\n  a  7 inferred = 10\n  o  -7 inferred\n"
            "2023-01-02 sooner\n  a  3\n  o  -3 inferred\n");
}

TEST(HledgerReaderTest, AssignsAllCommoditiesOfABalance) {
  EXPECT_EQ(Read("2023-01-01\n  a  $5\n  a  3 EUR\n  o\n2023-01-02\n  a  == $1\n  o\n"),
            "2023-01-01\n  a  5 $\n  a  3 EUR\n  o  -5 $ inferred\n  o  -3 EUR inferred\n"
            "2023-01-02\n  a  -4 $ inferred\n  a  -3 EUR inferred == 1 $\n"
            "  o  4 $ inferred\n  o  3 EUR inferred\n");
}

TEST(HledgerReaderTest, RefusesAssignmentsThatVersionsOfHledgerDisagreeOn) {
  EXPECT_THAT(Read("2023-01-01\n  a  = 10 EUR @ $2\n  o\n"),
              StartsWith("PARSE_ERROR: a.journal:2: found \"@ $2\": a price on a balance "
                         "assignment is not supported"));
  EXPECT_THAT(Read("2023-01-01\n  a  = 10 EUR\n  b  1 EUR @ $2\n  o\n"),
              StartsWith("PARSE_ERROR: a.journal:3: a price in a transaction with a balance "
                         "assignment is not supported"));
}

TEST(HledgerReaderTest, ReadsIncludedFilesWhereTheyAreIncluded) {
  EXPECT_EQ(ReadFiles(ReadHledger, "books/main.journal",
                      {{"books/main.journal", "include ./2023/*.journal\naccount main\n"},
                       {"books/2023/a.journal", "account a\ninclude ../../shared.journal \n"},
                       {"books/2023/b.journal", "account b\n"},
                       {"shared.journal", "account shared\n"}}),
            "account a\naccount shared\naccount b\naccount main\n");
}

TEST(HledgerReaderTest, WhatAFileSetsEndsWithIt) {
  EXPECT_EQ(ReadFiles(ReadHledger, "m.journal",
                      {{"m.journal",
                        "Y2020\nalias x=outer\ninclude i.journal\n"
                        "1/1\n  a  1,000 A\n  x\n"},
                       {"i.journal",
                        "1/1\n  a  1\n  x\n"
                        "Y2021\nalias x=inner\ndecimal-mark .\napply account p\n"
                        "D $1.00\n1/1\n  a  1,000\n  x\n"}}),
            "2020-01-01\n  a  1\n  outer  -1 inferred\n"
            "2021-01-01\n  p:a  1000 $\n  p:x  -1000 $ inferred\n"
            "2020-01-01\n  a  1.000 A\n  outer  -1.000 A inferred\n");
}

TEST(HledgerReaderTest, RefusesIncludesThatLeadNowhere) {
  const auto include = [](absl::string_view path) {
    return Read(absl::StrCat("\ninclude ", path, "\n"));
  };
  EXPECT_EQ(include("b.journal"),
            "INCLUDE_NOT_FOUND: a.journal:2: no file \"b.journal\" was uploaded");
  EXPECT_THAT(include("x*.journal"), StartsWith("INCLUDE_NOT_FOUND: a.journal:2: "));
  EXPECT_THAT(include("../b.journal"), StartsWith("INCLUDE_NOT_FOUND: a.journal:2: "));
  EXPECT_THAT(include("/etc/passwd"), HasSubstr("it lies outside the upload"));
  EXPECT_THAT(include("~/b.journal"), HasSubstr("it lies outside the upload"));
  EXPECT_THAT(include("a.journal"), StartsWith("INCLUDE_CYCLE: a.journal:2: "));
  EXPECT_THAT(include("b.timedot"), StartsWith("PARSE_ERROR: a.journal:2: cannot include"));
  EXPECT_THAT(include("csv:b"), HasSubstr("files of csv are not supported"));
}

TEST(HledgerReaderTest, BoundsIncludes) {
  std::map<std::string, std::string> chain;
  for (std::size_t i = 0; i <= kMaxIncludeDepth + 1; ++i) {
    chain[absl::StrCat(i)] = absl::StrCat("include ", i + 1, "\n");
  }
  EXPECT_THAT(ReadFiles(ReadHledger, "0", chain),
              StartsWith("INCLUDE_TOO_DEEP: 32:1: files may include each other 32 deep"));
  std::map<std::string, std::string> fan;
  for (int i = 0; i < 20; ++i) {
    fan[absl::StrCat(i)] = absl::StrCat("include ", i + 1, "\ninclude ", i + 1, "\n");
  }
  fan["20"] = "";
  EXPECT_THAT(ReadFiles(ReadHledger, "0", fan),
              HasSubstr("INCLUDE_TOO_DEEP: 19:2: a journal may include at most 10000 files"));
}

TEST(HledgerReaderTest, BoundsPostings) {
  std::string journal = "2023-01-31\n";
  for (std::size_t i = 0; i < kMaxPostings; ++i) journal += "  a  0\n";
  EXPECT_THAT(Read(journal), StartsWith("2023-01-31\n"));
  EXPECT_THAT(Read(journal + "  a  0\n"),
              StartsWith("PARSE_ERROR: a.journal:10002: a transaction may have at most 10000"));
}

struct Refused {
  const char* journal;
  const char* message;
};

TEST(HledgerReaderTest, RefusesWithThePlaceAndWhatWasExpected) {
  const Refused kRefused[] = {
      {"hello\n", "PARSE_ERROR: a.journal:1: found \"hello\", expected a transaction"},
      {"!\n", "PARSE_ERROR: a.journal:1: found \"!\""},
      {"account\n", "PARSE_ERROR: a.journal:1: found \"account\""},
      {"end\n", "PARSE_ERROR: a.journal:1: found \"end\""},
      {"\n  a  1\n", "PARSE_ERROR: a.journal:2: found the indented line \"a  1\" outside"},
      {"2023-01-31x\n", "PARSE_ERROR: a.journal:1: found \"x\", expected a blank after the date"},
      {"2023-01-31 (x\n", "PARSE_ERROR: a.journal:1: found \"(x\", expected \")\""},
      {"2023-01-31\n  *\n", "PARSE_ERROR: a.journal:2: found a posting without an account"},
      {"2023-01-31\n  a  $5 x\n", "PARSE_ERROR: a.journal:2: found \"x\", expected a comment"},
      {"2023-01-31\n  a  (1 + 2)\n", "an amount expression is not supported"},
      {"2023-01-31\n  a  1 {$3\n", "a.journal:2: found a lot price without its closing brace"},
      {"2023-01-31\n  a  1 A [2023-01-01\n", "found a lot date without its closing bracket"},
      {"2023-01-31\n  a  1 =\n", "PARSE_ERROR: a.journal:2: found the end of the line, expected"},
      {"2023-01-31\n  a  1,0.0,0\n", "INVALID_AMOUNT: a.journal:2: the marks of the number"},
      {"2023-01-31\n  a  1 ; date:x\n", "INVALID_DATE: a.journal:2: "},
      {"2023-01-31\n  a\n  b\n", "TWO_ELIDED_AMOUNTS: a.journal:3: "},
      {"2023-01-31\n  a  1\n", "UNBALANCED: a.journal:1: "},
      {"account a  ; type:Z\n", "a.journal:1: found the account type \"Z\", expected A, L, E,"},
      {"commodity $1000\n", "a.journal:1: the sample amount needs a decimal mark"},
      {"commodity $\n  format 1. EUR\n", "a.journal:2: found a format of \"EUR\" under"},
      {"decimal-mark x\n", "a.journal:1: found the decimal mark \"x\""},
      {"alias x\n", "PARSE_ERROR: a.journal:1: the alias \"x\" should be"},
      {"apply account\n", "PARSE_ERROR: a.journal:1: "},
      {"end apply account\n", "without \"apply account\" before it"},
      {"P 2023-01-31 $\n", "PARSE_ERROR: a.journal:1: "},
      {"Y20\n", "PARSE_ERROR: a.journal:1: "},
  };
  for (const Refused& refused : kRefused) {
    EXPECT_THAT(Read(refused.journal), HasSubstr(refused.message)) << refused.journal;
  }
}

// Stops at the first transaction.
class StubbornSink final : public JournalSink {
 public:
  absl::Status OnTransaction(ParsedTransaction&& /*transaction*/) override {
    return FailedPrecondition("PERIOD_CLOSED", "period", "the period is closed");
  }
  absl::Status OnAccount(const ParsedAccount& /*account*/) override { return absl::OkStatus(); }
  absl::Status OnCommodity(const ParsedCommodity& /*commodity*/) override {
    return absl::OkStatus();
  }
  absl::Status OnPrice(const ParsedPrice& /*price*/) override { return absl::OkStatus(); }
  absl::Status OnAssertion(const ParsedAssertion& /*assertion*/) override {
    return absl::OkStatus();
  }
  absl::Status OnUnsupported(const Place& /*place*/, absl::string_view /*directive*/) override {
    return absl::CancelledError("enough");
  }
};

TEST(HledgerReaderTest, ReturnsWhatTheSinkReturnsUnchanged) {
  StubbornSink sink;
  const absl::Status refusal =
      ReadHledger(MemoryFiles({{"a", "include b\n"}, {"b", "2023-01-31\n  x  0\n"}}), "a", sink);
  EXPECT_EQ(refusal, FailedPrecondition("PERIOD_CLOSED", "period", "the period is closed"));
  EXPECT_EQ(ReadHledger(MemoryFiles(std::map<std::string, std::string>{{"a", "N $\n"}}), "a", sink),
            absl::CancelledError("enough"));
}

}  // namespace
}  // namespace lumbung::import
