#include "ledger/import/csv_rows.h"

#include <memory>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

// "3:[a][b] ..." with the number of each row, or "REASON: message".
std::string Rows(std::string text, char delimiter = ',', int skip_lines = 0) {
  CsvRows rows(LineReader(std::make_unique<std::istringstream>(std::move(text)), "t.csv"),
               delimiter);
  EXPECT_TRUE(rows.SkipLines(skip_lines).ok());
  std::string out;
  while (true) {
    const absl::StatusOr<bool> more = rows.Next();
    if (!more.ok()) {
      return absl::StrCat(ReasonOf(more.status()), ": ", std::string(more.status().message()));
    }
    if (!*more) return out;
    absl::StrAppend(&out, out.empty() ? "" : " ", rows.row(), ":[",
                    absl::StrJoin(rows.fields(), "]["), "]");
  }
}

TEST(CsvRowsTest, SplitsRowsAtTheDelimiter) {
  EXPECT_EQ(Rows("a,b,c\r\n1,,3\n"), "1:[a][b][c] 2:[1][][3]");
  EXPECT_EQ(Rows("a;b,c\n", ';'), "1:[a][b,c]");
  EXPECT_EQ(Rows("a\tb\t\n", '\t'), "1:[a][b][]");
  EXPECT_EQ(Rows("\xEF\xBB\xBF"
                 "a,b"),
            "1:[a][b]");
  EXPECT_EQ(Rows(""), "");
}

TEST(CsvRowsTest, ReadsQuotedFields) {
  EXPECT_EQ(Rows("\"a,b\",\"say \"\"hi\"\"\",\"\"\n"), "1:[a,b][say \"hi\"][]");
  EXPECT_EQ(Rows("\"two\r\nlines\",x\ny,z\n"), "1:[two\nlines][x] 2:[y][z]");
  EXPECT_EQ(Rows("5\" nail,x\n"), "1:[5\" nail][x]");
}

TEST(CsvRowsTest, CountsRowsAsASpreadsheetDoes) {
  EXPECT_EQ(Rows("a\n\n  \nb\n"), "1:[a] 4:[b]");
  EXPECT_EQ(Rows("title\n\na\nb\n", ',', 2), "3:[a] 4:[b]");
}

TEST(CsvRowsTest, RefusesBrokenQuotesAndEndlessRows) {
  EXPECT_EQ(Rows("a,\"b\nc\n"),
            "PARSE_ERROR: t.csv:1: row 1: the row has a quote that is never closed");
  EXPECT_EQ(
      Rows("a\nb,\"c\"d\n"),
      "PARSE_ERROR: t.csv:2: row 2: column 2: found text behind a closing quote, expected the "
      "delimiter");
  EXPECT_EQ(Rows(std::string(1000, ',')),
            "ROW_TOO_LONG: t.csv:1: row 1: a row may have at most 1000 columns");
  std::string lines = "\"";
  for (int i = 0; i < 100; ++i) absl::StrAppend(&lines, std::string(20'000, 'x'), "\n");
  EXPECT_EQ(Rows(lines),
            "ROW_TOO_LONG: t.csv:1: row 1: a row may have at most 1048576 bytes; is a quote never "
            "closed?");
  EXPECT_EQ(Rows(std::string("a\0b", 3)), "PARSE_ERROR: t.csv:1: found a NUL byte, expected text");
}

}  // namespace
}  // namespace lumbung::import
