// Journals read by us and by hledger.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/import/readers.h"
#include "tests/differential/peer_output.h"
#include "tests/differential/peer_program.h"
#include "tests/differential/random_journal.h"
#include "tests/ledger/import/journal_testing.h"

namespace lumbung::import {
namespace {

using ::testing::IsEmpty;

constexpr int kJournals = 8;
constexpr int kTransactions = 100;

// The seed of the run: LUMBUNG_SEED, or another one every time.
std::uint64_t Seed() {
  const char* const given = std::getenv("LUMBUNG_SEED");
  std::uint64_t seed = 0;
  if (given != nullptr && absl::SimpleAtoi(given, &seed)) return seed;
  return std::random_device()();
}

using HledgerTest = PeerTest;

TEST_F(HledgerTest, PrintsThePostingsAndBalancesOfRandomJournalsThatWeRead) {
  const std::uint64_t seed = Seed();
  std::printf("LUMBUNG_SEED=%llu\n", static_cast<unsigned long long>(seed));
  RandomJournal journals(seed);
  for (int i = 0; i < kJournals && !HasFailure(); ++i) {
    Save("b.journal", journals.Write(kTransactions / 4));
    const std::string path =
        Save("a.journal", absl::StrCat(journals.Write(kTransactions), "include b.journal\n"));
    SCOPED_TRACE(absl::StrCat("journal ", i, " of LUMBUNG_SEED=", seed, ", kept as ", path));
    RecordingSink sink;
    ASSERT_EQ(ReadHledger(FolderFiles(folder()), "a.journal", sink), absl::OkStatus());
    // Assertions are random; both programs are asked to leave them alone.
    const PeerAnswer print = RunPeer(absl::StrCat("hledger -f ", path, " -I print -x -O csv"));
    ASSERT_TRUE(print.ok) << print.output;
    EXPECT_EQ(FirstDifference(HledgerPostings(sink.transactions()), HledgerPostings(print.output)),
              "");
    const PeerAnswer balance =
        RunPeer(absl::StrCat("hledger -f ", path, " -I balance -R --flat -N -O csv"));
    ASSERT_TRUE(balance.ok) << balance.output;
    EXPECT_THAT(Differences(AmountBalances(sink.transactions()), HledgerBalances(balance.output)),
                IsEmpty());
  }
}

// Where hledger's rules are easily got wrong. Some of these it refuses, and so must we.
const JournalCase kCases[] = {
    {"one mark is a decimal mark", "2023-01-01\n  a  1,000 A\n  b\n"},
    {"unless its commodity says otherwise",
     "commodity 1.000,00 EUR\n2023-01-01\n  a  1.000 EUR\n  b\n"},
    {"or the default commodity does, for all others",
     "D $1,000.00\n2023-01-01\n  a  1,000 EUR\n  b  1,000\n  c\n"},
    {"or the file does", "decimal-mark .\n2023-01-01\n  a  1,000 EUR\n  b  1,000.50 EUR\n  c\n"},
    {"a commodity directive without decimal mark", "commodity $1000\n"},
    {"a format under a commodity", "commodity $\n  format $1,000.\n2023-01-01\n  a  $1,000\n  b\n"},
    {"a format of another commodity", "commodity $\n  format 1,000. EUR\n"},
    {"marks that make no sense", "2023-01-01\n  a  1,000.00,5 A\n  b\n"},
    {"blanks between digits", "2023-01-01\n  a  1 000 A\n  b  10 5 A\n  c\n"},
    {"exponents", "2023-01-01\n  a  1E3 A\n  b  -1e-2A\n  c  2EUR\n  d\n"},
    {"groups with an exponent", "2023-01-01\n  a  1,000,000E3 A\n  b\n"},
    {"signs", "2023-01-01\n  a  - $ - 3\n  b  -$4\n  c  +5 A\n  d\n"},
    {"a number without integer part", "2023-01-01\n  a  .5 A\n  b  5. A\n  c\n"},
    {"quoted symbols", "2023-01-01\n  a  -\"a 1\" 3\n  b  3\"x;y\"\n  c\n"},
    {"digits in a bare symbol", "2023-01-01\n  a  3 A1\n  b\n"},
    {"a single tab is a blank", "2023-01-01\n  a\tb  1\n  c\n"},
    {"one blank does not end an account", "2023-01-01\n  a 1\n  c\n"},
    {"a semicolon after one blank is part of the account", "2023-01-01\n  a ; b  1\n  c\n"},
    {"two elided amounts", "2023-01-01\n  a\n  b\n"},
    {"nothing left for the elided amount", "2023-01-01\n  a  1 A\n  b  -1 A\n  c\n"},
    {"one posting of nothing", "2023-01-01\n  a  0\n"},
    {"a residue within the decimals shown", "2023-01-01\n  a  3 A @ $0.335\n  b  $-1.00\n"},
    {"a residue beyond them", "2023-01-01\n  a  1 A @ $1.006\n  b  $-1.00\n"},
    {"decimals shown further down count",
     "2023-01-01\n  a  3 A @ $0.335\n  b  $-1.00\n"
     "2023-01-02\n  a  $0.001\n  b\n"},
    {"a directive fixes the decimals shown",
     "commodity $1.00\n2023-01-01\n  a  $1.005\n  b  $-1\n"},
    {"the last default commodity fixes them too", "2023-01-01\n  a  $1.005\n  b  $-1\nD $1.00\n"},
    {"two commodities of the same sign", "2023-01-01\n  a  1 A\n  b  1 B\n"},
    {"three commodities", "2023-01-01\n  a  1 A\n  b  -1 B\n  c  1 C\n"},
    {"a price and another commodity", "2023-01-01\n  a  1 A @ 2 B\n  b  -1 B\n  c  -1 C\n"},
    {"a total price follows the sign of its amount", "2023-01-01\n  a  -10 A @@ $2\n  c  $2\n"},
    {"lots", "2023-01-01\n  a  1 A {$2} [2022-01-01] @ $3\n  b  $-3\n"},
    {"virtual postings that do not balance", "2023-01-01\n  a  1\n  b\n  (c)  5\n"},
    {"assignments are made in order of date",
     "2023-01-05\n  a  = 10\n  o\n2023-01-02\n  a  3\n  (a)  2\n  o\n"},
    {"and of posting date", "2023-01-05\n  a  = 10\n  o\n2023-01-02\n  a  3  ; date:1/7\n  o\n"},
    {"an assignment with a posting date", "2023-01-05\n  a  = 10  ; date:1/7\n  o\n"},
    {"an assignment of all commodities",
     "2023-01-01\n  a  1 A\n  a  2 B\n  o\n2023-01-02\n  a  == 5 A\n  o\n"},
    {"an assignment with subaccounts",
     "2023-01-01\n  a:b  1 A\n  a  2 B\n  o\n2023-01-02\n  a  =* 5 A\n  o\n"},
    {"alias after parent, the latest first",
     "alias a=b\nalias /^b/ = Z\\0\nalias b = q\napply account p\n"
     "2023-01-01\n  a:x  1\n  b\nend apply account\n2023-01-01\n  a:x  1\n  b\n"},
    {"the longest match of a pattern",
     "alias /(a|ab)(c|bcd)?/ = <\\1,\\2>\n2023-01-01\n  xabcdx  1\n  b\n"},
    {"dates without a year", "Y2022 ; for now\n1/2=3/4 x\n  a  1\n  b\n"},
    {"dates that do not exist", "2023-02-29\n  a  1\n  b\n"},
    {"dates with two kinds of separators", "2023-02/28\n  a  1\n  b\n"},
    {"a mark without a blank before it", "2023-02-28*x\n  a  1\n  b\n"},
    {"a code needs a blank before it", "2023-02-28 *(x) y\n  a  1\n  b\n"},
    {"a code that is not closed", "2023-02-28 * (x y\n  a  1\n  b\n"},
    {"a blank line ends a transaction", "2023-02-28 x\n  a  1\n\n  b  -1\n"},
    {"an end without a beginning", "end apply account\n"},
    {"an unknown directive", "bucket a\n"},
    {"a comment block that is not closed", "comment\n2023-02-28 x\n  a  1\n"},
    {"an account type that does not exist", "account a  ; type:Z\n"},
    {"comments of several lines",
     "2023-01-01 t  ; one\n  ;two\n  ;\n  ; three\n  a  1 ; p1\n"
     "   ;\n  ; p2  \n  ;\n  b\n"},
};

TEST_F(HledgerTest, AgreesOnWhatAJournalMeans) {
  int accepted = 0;
  int refused = 0;
  for (const JournalCase& c : kCases) {
    SCOPED_TRACE(absl::StrCat(c.rule, ":\n", c.journal));
    const std::string path = Save("a.journal", c.journal);
    RecordingSink sink;
    const absl::Status status = ReadHledger(FolderFiles(folder()), "a.journal", sink);
    const PeerAnswer print = RunPeer(absl::StrCat("hledger -f ", path, " -I print -x -O csv"));
    EXPECT_EQ(status.ok(), print.ok) << status << "\nhledger:\n" << print.output;
    ++(print.ok ? accepted : refused);
    if (!status.ok() || !print.ok) continue;
    EXPECT_EQ(FirstDifference(HledgerPostings(sink.transactions()), HledgerPostings(print.output)),
              "");
  }
  EXPECT_GE(accepted, 25);
  EXPECT_GE(refused, 15);
}

}  // namespace
}  // namespace lumbung::import
