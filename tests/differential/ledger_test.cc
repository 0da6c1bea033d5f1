// Journals read by us and by ledger.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/import/readers.h"
#include "tests/differential/peer_output.h"
#include "tests/differential/peer_program.h"
#include "tests/ledger/import/journal_testing.h"

namespace lumbung::import {
namespace {

using LedgerTest = PeerTest;

// Where ledger's rules are easily got wrong. Some of these it refuses, and so must we.
const JournalCase kCases[] = {
    {"a note needs a tab or two blanks before it",
     "2023/01/01 a ; b  ; c\n  a  1 A  ; d\n  b ; e\n"},
    {"a header that is only a note", "2023/01/01 ; a\n  a  1 A\n  b\n"},
    {"marks, code, description",
     "2023/01/01 * (1 2) a b\n  a  1 A\n  ! b\n2023/01/02=2023/01/03 !c\n"
     "  a  1 A\n  * b\n"},
    {"a date in the note of a transaction", "2023/01/01 x  ; [2023/02/03]\n  a  1 A\n  b\n"},
    {"dates of a month", "2023/12 x\n  a  1 A\n  b\n"},
    {"dates with two kinds of separators", "2023-12/05 x\n  a  1 A\n  b\n"},
    {"dates of the year in effect",
     "Y 2022\n1/2 x\n  a  1 A\n  b\nyear 2021\n1/3 x\n  a  1 A\n  b\nend\n"
     "1/4 x\n  a  1 A\n  b\n"},
    {"years of two digits", "20/12/05 x\n  a  1 A\n  b\n"},
    {"commas between thousands", "2023/01/01 x\n  a  1,000 A\n  b  1,000,000.25 B\n  c\n"},
    {"a decimal comma shows itself and stays",
     "2023/01/01 x\n  a  1.000,00 E\n  b\n2023/01/02 x\n  a  1,000 E\n  b  1.000 E\n  c  1,000 U\n "
     " d\n"},
    {"a comma before two digits", "2023/01/01 x\n  a  1,25 E\n  b\n"},
    {"marks that make no sense", "2023/01/01 x\n  a  1.000.00 E\n  b\n"},
    {"commas at the wrong places", "2023/01/01 x\n  a  1,00,000 E\n  b\n"},
    {"a mark after the last digit", "2023/01/01 x\n  a  $5.\n  b\n"},
    {"no integer part", "2023/01/01 x\n  a  $.5\n  b\n"},
    {"signs", "2023/01/01 x\n  a  -$5\n  b  $-4\n  c  -$-3\n  d  - 2 A\n  e\n"},
    {"plus is no sign", "2023/01/01 x\n  a  +$5\n  b\n"},
    {"quoted symbols", "2023/01/01 x\n  a  5 \"a 1\"\n  b  \"x;y\" 5\n  c\n"},
    {"other marks end a symbol", "2023/01/01 x\n  a  5 A&B\n  c\n"},
    {"an elided amount of two commodities", "2023/01/01 x\n  a  $-10\n  c\n  b  5 E\n"},
    {"two elided amounts", "2023/01/01 x\n  a  $-10\n  c\n  b\n"},
    {"nothing but accounts", "2023/01/01 x\n  a\n"},
    {"two commodities", "2023/01/01 x\n  z  1 A\n  z  -1 A\n  a  $-10\n  b  9 E\n"},
    {"two commodities of the same sign", "2023/01/01 x\n  a  $10\n  b  9 E\n"},
    {"a price in the same commodity", "2023/01/01 x\n  a  1 A @ 2 A\n  b\n"},
    {"a negative price", "2023/01/01 x\n  a  1 A @ $-2\n  b\n"},
    {"a fixed price", "2023/01/01 x\n  a  2 A @ =$5\n  b\n"},
    {"a total price", "2023/01/01 x\n  a  -2 A @@ $5\n  b  1 B (@@) $3\n  c\n"},
    {"a residue within the decimals shown", "2023/01/01 x\n  a  $-1.00\n  b  1 A @ $1.005\n"},
    {"a residue beyond them", "2023/01/01 x\n  a  $1.00\n  b  -1 A @ $1.0051\n"},
    {"decimals shown further down do not count",
     "2023/01/01 x\n  a  $-1.00\n  b  1 A @ $1.005\n2023/01/02 x\n  a  $1.001\n  b\n"},
    {"decimals shown before do",
     "2023/01/01 x\n  a  $1.001\n  b\n2023/01/02 x\n  a  $-1.00\n  b  1 A @ $1.005\n"},
    {"a directive fixes the decimals shown",
     "commodity $\n   format $1,000.00\n2023/01/01 x\n  a  $1.005\n  c  $-1.00\n"},
    {"no residue without a commodity", "2023/01/01 x\n  a  1.005\n  b  -1.00\n"},
    {"a lot weighs its own price", "2023/01/01 x\n  a  -10 A {$50} @ $60\n  b  $600\n  c  $-100\n"},
    {"so the gain must be posted", "2023/01/01 x\n  a  -10 A {$50} @ $60\n  b  $600\n"},
    {"or elided", "2023/01/01 x\n  a  -10 A {$50} [2022/01/01] (hi) @ $60\n  b  $600\n  c\n"},
    {"a lot's price in full", "2023/01/01 x\n  a  10 A {{$50}} @ $7\n  b\n"},
    {"a lot without a price", "2023/01/01 x\n  a  10 A {$50}\n  b  $-500\n"},
    {"a lot elided", "2023/01/01 x\n  a  10 A {$50}\n  b\n"},
    {"a bucket", "bucket B:u\n2023/01/01 x\n  a  1 A\n\nA Z\n2023/01/01 x\n  a  1 A\n"},
    {"assignments in file order",
     "2023/01/01 x\n  a  $5\n  b\n2023/01/02 x\n  a  $1\n  a  = $10\n  c\n2023/01/02 x\n  a  = 0\n "
     " c\n"},
    {"an assertion that holds", "2023/01/01 x\n  a  $5\n  b\n2022/01/02 x\n  a  $1 = $6\n  b\n"},
    {"virtual postings", "2023/01/01 x\n  a  $5\n  b\n  (c)  $5\n  [d]  $1\n  [e]  $-1\n"},
    {"aliases of whole names and first parts, once",
     "alias Foo=Bar:Baz\nalias Bar=Q\napply account P\n2023/01/01 x\n  Foo:x  1 A\n  Foo\n  z  0 "
     "A\nend\n"
     "account Assets:C\n  alias cc\n2023/01/01 x\n  cc  1 A\n  z\n"},
    {"aliases of commodities", "commodity EUR\n  alias e\n2023/01/01 x\n  a  1 e\n  b  -1 EUR\n"},
    {"nested parents",
     "apply account A\napply account B\n2023/01/01 x\n  a  1 A\n  b\nend apply account\n"
     "2023/01/01 x\n  a  1 A\n  b\n"},
    {"ends that do not match", "apply account A\nend apply tag\n"},
    {"an end without a beginning", "end apply account\n"},
    {"an indented line outside a transaction", "2023/01/01 x\n  a  1 A\n  b\n\n  c  1 A\n"},
    {"comments and tests",
     "# x\n* x\n| x\n% x\ncomment\n1\nend comment\ntest\n1\nend test\n2023/01/01 x\n"
     "  ; note\n  a  1 A\n  ; :t: more\n  b\n"},
    {"expressions", "2023/01/01 x\n  a  (1 A +\n  b\n"},
};

TEST_F(LedgerTest, AgreesOnWhatAJournalMeans) {
  int accepted = 0;
  int refused = 0;
  for (const JournalCase& c : kCases) {
    SCOPED_TRACE(absl::StrCat(c.rule, ":\n", c.journal));
    const std::string path = Save("a.ledger", c.journal);
    RecordingSink sink;
    const absl::Status status = ReadLedger(FolderFiles(folder()), "a.ledger", sink);
    const PeerAnswer print = RunPeer(absl::StrCat("ledger --args-only -f ", path, " csv"));
    EXPECT_EQ(status.ok(), print.ok) << status << "\nledger:\n" << print.output;
    ++(print.ok ? accepted : refused);
    if (!status.ok() || !print.ok) continue;
    EXPECT_EQ(FirstDifference(LedgerPostings(sink.transactions()), LedgerPostings(print.output)),
              "");
  }
  EXPECT_GE(accepted, 25);
  EXPECT_GE(refused, 15);
}

}  // namespace
}  // namespace lumbung::import
