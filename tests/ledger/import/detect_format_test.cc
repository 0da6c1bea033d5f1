#include <string>

#include <gtest/gtest.h>

#include "ledger/core/status.h"
#include "ledger/import/readers.h"

namespace lumbung::import {
namespace {

std::string Format(absl::string_view name, absl::string_view head) {
  const absl::StatusOr<JournalFormat> format = DetectFormat(name, head);
  if (!format.ok()) return ReasonOf(format.status());
  switch (*format) {
    case JournalFormat::kHledger:
      return "hledger";
    case JournalFormat::kLedger:
      return "ledger";
    case JournalFormat::kBeancount:
      return "beancount";
    case JournalFormat::kCsv:
      return "csv";
  }
  return "";
}

TEST(DetectFormatTest, BelievesTheName) {
  EXPECT_EQ(Format("a.journal", ""), "hledger");
  EXPECT_EQ(Format("a.hledger", ""), "hledger");
  EXPECT_EQ(Format("folder/a.J", ""), "hledger");
  EXPECT_EQ(Format("a.ledger", ""), "ledger");
  EXPECT_EQ(Format("a.dat", ""), "ledger");
  EXPECT_EQ(Format("a.beancount", ""), "beancount");
  EXPECT_EQ(Format("a.BEAN", ""), "beancount");
  EXPECT_EQ(Format("a.csv", "2023-01-01 x\n  a  1\n"), "csv");
}

TEST(DetectFormatTest, LooksAtTheContentOtherwise) {
  EXPECT_EQ(Format("books", "; mine\n\n2023-01-31 * Toko | paper\n  a  1\n  b\n"), "hledger");
  EXPECT_EQ(Format("books.txt", "account assets:cash  ; type:C\n"), "hledger");
  EXPECT_EQ(Format("books", "; -*- ledger -*-\n2023/01/31 x\n  a  1\n  b\n"), "ledger");
  EXPECT_EQ(Format("books", "apply tag foo\n2023/01/31=2023/02/01 x\n  a  1\n  b\n"), "ledger");
  EXPECT_EQ(Format("books", "option \"title\" \"Mine\"\n"), "beancount");
  EXPECT_EQ(Format("books", "* Section\n2023-01-31 open Assets:Cash IDR\r\n"), "beancount");
  EXPECT_EQ(Format("books", "2023-01-31 * \"Toko\" \"paper\"\n  Assets:Cash  1 IDR\n"),
            "beancount");
  EXPECT_EQ(Format("bank.txt", "Date,Text,Amount\n2023-01-31,\"paper, white\",1\n"), "csv");
  EXPECT_EQ(Format("bank.txt", "2023-01-31;paper;1,50\n2023-02-01;pens;2,50\n"), "csv");
}

TEST(DetectFormatTest, DoesNotGuess) {
  for (const char* const head : {"", "\n\n", "hello\n", "hello, world\n", "2023-01-31x\n",
                                 "\x7F\x45LF\x02\x01\n", "{\"a\": 1}\n"}) {
    EXPECT_EQ(Format("notes.txt", head), "UNKNOWN_FORMAT") << head;
  }
}

}  // namespace
}  // namespace lumbung::import
