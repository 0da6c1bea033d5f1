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

std::string Read(const CsvMapping& mapping, absl::string_view text) {
  const auto reader = [&mapping](const FileSource& files, absl::string_view file,
                                 JournalSink& sink) { return ReadCsv(files, file, mapping, sink); };
  return ReadText(reader, "t.csv", text);
}

// A bank statement: each row against the bank.
CsvMapping Statement() {
  CsvMapping mapping;
  mapping.delimiter = ';';
  mapping.date_format = "%d/%m/%Y";
  mapping.number_locale = NumberLocale::kIndonesian;
  mapping.columns = {{"date", "Tanggal"}, {"description", "Uraian"}, {"reference", "Bukti"},
                     {"account", "Akun"}, {"debit", "Debet"},        {"credit", "Kredit"},
                     {"memo", "Catatan"}, {"fund", "Dana"},          {"dimension:grant", "Hibah"}};
  mapping.defaults = {{"contra_account", "1.1.02"}, {"currency", "IDR"}, {"account", "9.9.99"}};
  return mapping;
}

constexpr absl::string_view kStatementHeader =
    "Tanggal;Bukti;Uraian;Akun;Debet;Kredit;Catatan;Dana;Hibah\r\n";

TEST(CsvReaderTest, MakesAnEntryOfEachRow) {
  EXPECT_EQ(Read(Statement(), absl::StrCat(kStatementHeader,
                                           "1/3/2026;BKK-1;\"Sewa; kantor\";5.1.01;1.500.000,50;;"
                                           "Maret;DANA;G-1\r\n"
                                           "02/03/2026;;Setoran;;0;Rp 250.000;;;\r\n"
                                           ";;;;;;;;\r\n")),
            "2026-03-01 (BKK-1) Sewa; kantor\n"
            "  5.1.01  1500000.50 IDR ; Maret #fund=DANA #grant=G-1\n"
            "  1.1.02  -1500000.50 IDR ; Maret #fund=DANA #grant=G-1\n"
            "2026-03-02 Setoran\n"
            "  9.9.99  -250000 IDR\n"
            "  1.1.02  250000 IDR\n");
}

// A journal: rows with the same number are one entry.
CsvMapping Journal() {
  CsvMapping mapping;
  mapping.columns = {{"entry", "entry"},     {"date", "date"},     {"description", "description"},
                     {"account", "account"}, {"amount", "amount"}, {"currency", "currency"}};
  return mapping;
}

constexpr absl::string_view kJournalHeader = "entry,date,description,account,amount,currency\n";

TEST(CsvReaderTest, GroupsRowsByEntry) {
  EXPECT_EQ(Read(Journal(), absl::StrCat(kJournalHeader,
                                         "1,2026-03-01,,Cash,-5.00,USD\n"
                                         "1,2026-03-01,Lunch,Food,3.00,USD\n"
                                         "1,2026-03-01,ignored,Tips,2,USD\n"
                                         "A-2,2026-03-02,Rice,Stock,2,kg\n"
                                         "A-2,2026-03-02,,Gift,-2,kg\n")),
            "2026-03-01 Lunch\n"
            "  Cash  -5.00 USD\n"
            "  Food  3.00 USD\n"
            "  Tips  2 USD\n"
            "2026-03-02 Rice\n"
            "  Stock  2 kg\n"
            "  Gift  -2 kg\n");
}

TEST(CsvReaderTest, ReadsFilesWithoutAHeaderAndWithATitle) {
  CsvMapping mapping;
  mapping.has_header = false;
  mapping.skip_lines = 2;
  mapping.delimiter = kDetectDelimiter;
  mapping.columns = {{"date", "2"}, {"amount", "1"}};
  mapping.defaults = {{"account", "A"}, {"contra_account", "B"}, {"currency", "IDR"}};
  EXPECT_EQ(Read(mapping, "My bank, \"Main\" branch\n\n5\t2026-03-01\n"),
            "2026-03-01\n  A  5 IDR\n  B  -5 IDR\n");
}

struct Refused {
  const char* rows;
  const char* begins;
};

TEST(CsvReaderTest, NamesTheRowAndColumnOfEveryProblemInAStatement) {
  const Refused kRefused[] = {
      {"2026-03-01;;;;5;;;;\n",
       "INVALID_DATE: t.csv:2: row 2, column 1 (date): found \"2026-03-01\", expected a date such "
       "as %d/%m/%Y"},
      {"1/3/2026;;;;1,500,000;;;;\n", "INVALID_AMOUNT: t.csv:2: row 2, column 5 (debit): "},
      {"1/3/2026;;;;1.50;;;;\n", "INVALID_AMOUNT: t.csv:2: row 2, column 5 (debit): "},
      {"1/3/2026;;;;20000000.50;;;;\n", "INVALID_AMOUNT: t.csv:2: row 2, column 5 (debit): "},
      {"1/3/2026;;;;-5;;;;\n",
       "INVALID_AMOUNT: t.csv:2: row 2, column 5 (debit): found -5, expected no negative amount"},
      {"1/3/2026;;;;5;6;;;\n",
       "PARSE_ERROR: t.csv:2: row 2, column 6 (credit): debit and credit have an amount both"},
      {"1/3/2026;;;;;;x;;\n",
       "MISSING_VALUE: t.csv:2: row 2, column 5 (debit): debit and credit are both empty"},
      {"1/3/2026;5\n", "PARSE_ERROR: t.csv:2: row 2: found 2 columns, expected at least 9"},
  };
  for (const Refused& refused : kRefused) {
    EXPECT_THAT(Read(Statement(), absl::StrCat(kStatementHeader, refused.rows)),
                StartsWith(refused.begins))
        << refused.rows;
  }
}

TEST(CsvReaderTest, NamesTheRowAndColumnOfEveryProblemInAJournal) {
  const Refused kRefused[] = {
      {"1,2026-03-01,,A,5,USD\n1,2026-03-01,,B,-4,USD\n",
       "UNBALANCED: t.csv:2: the entry \"1\" that begins here is off by 1 USD"},
      {"1,2026-03-01,,A,5,USD\n1,2026-03-01,,B,-5,IDR\n",
       "UNBALANCED: t.csv:2: the entry \"1\" that begins here is off by -5 IDR, 5 USD"},
      {"1,2026-03-01,,A,5,USD\n1,2026-03-02,,B,-5,USD\n",
       "PARSE_ERROR: t.csv:3: row 3, column 2 (date): found 2026-03-02, expected 2026-03-01"},
      {"1,2026-03-01,,A,0,USD\n2,2026-03-01,,A,0,USD\n1,2026-03-01,,A,0,USD\n",
       "PARSE_ERROR: t.csv:4: row 4, column 1 (entry): the rows of entry \"1\" do not stand"},
      {",2026-03-01,,A,0,USD\n", "MISSING_VALUE: t.csv:2: row 2, column 1 (entry): "},
      {"1,2026-03-01,,,0,USD\n", "MISSING_VALUE: t.csv:2: row 2, column 4 (account): "},
      {"1,2026-03-01,,A,,USD\n", "MISSING_VALUE: t.csv:2: row 2, column 5 (amount): "},
      {"1,2026-03-01,,A,0,\n", "MISSING_VALUE: t.csv:2: row 2, column 6 (currency): "},
      {"1,2026-03-01,\"A\n\nB\",A,0,USD\n\nx,2026-03-01,,A,1 000,USD\n",
       "INVALID_AMOUNT: t.csv:6: row 4, column 5 (amount): "},
  };
  for (const Refused& refused : kRefused) {
    EXPECT_THAT(Read(Journal(), absl::StrCat(kJournalHeader, refused.rows)),
                StartsWith(refused.begins))
        << refused.rows;
  }
}

TEST(CsvReaderTest, RefusesOtherEncodingsAndHeaders) {
  EXPECT_THAT(Read(Journal(), absl::string_view("\xFF\xFE"
                                                "a\0",
                                                4)),
              HasSubstr("the file is in UTF-16; save it as UTF-8"));
  EXPECT_THAT(Read(Journal(), "entry,date,description,account,amount,currency\n1,\xE9\n"),
              HasSubstr("t.csv:2: the line is not valid UTF-8"));
  EXPECT_THAT(Read(Journal(), ""), StartsWith("PARSE_ERROR: t.csv:1: found no row"));
  EXPECT_THAT(Read(Journal(), "entry,date\n"),
              StartsWith("INVALID_MAPPING: t.csv:1: the header has no column \"account\""));
  CsvMapping nothing;
  EXPECT_THAT(Read(nothing, "x\n"), StartsWith("INVALID_MAPPING: "));
}

}  // namespace
}  // namespace lumbung::import
