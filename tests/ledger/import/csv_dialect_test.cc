#include "ledger/import/csv_dialect.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/ledger/import/journal_testing.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::import {
namespace {

using ::lumbung::testing::Refuses;

absl::StatusOr<char> Detect(std::string text) {
  return DetectDelimiter(MemoryFiles({{"t.csv", std::move(text)}}), "t.csv", 0);
}

TEST(CsvDialectTest, FindsTheDelimiterThatEveryRowAgreesOn) {
  EXPECT_EQ(*Detect("date,amount\n2026-01-01,5\n"), ',');
  EXPECT_EQ(*Detect("tanggal;jumlah\n2026-01-01;1.500,50\n2026-01-02;2,5\n"), ';');
  EXPECT_EQ(*Detect("a\tb\n1,2\t3\n"), '\t');
  EXPECT_EQ(*Detect("a|b|c\n\"x|y\"|2|3\n"), '|');
  EXPECT_EQ(*Detect("a,b;c,d\n1,2;3,4\n"), ',');  // More columns.
}

TEST(CsvDialectTest, RefusesToGuess) {
  EXPECT_THAT(Detect("one column\nonly\n"), Refuses("UNKNOWN_DELIMITER"));
  EXPECT_THAT(Detect("a,b;c\n1,2;3\n"), Refuses("UNKNOWN_DELIMITER"));
  EXPECT_THAT(Detect(""), Refuses("UNKNOWN_DELIMITER"));
}

}  // namespace
}  // namespace lumbung::import
