#include "reports/render/xlsx/xlsx_writer.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/core/status.h"
#include "tests/reports/render/sample_document.h"

namespace lumbung::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

XlsxWriterOptions Options() {
  XlsxWriterOptions options;
  options.created_at_seconds = 1'795'000'000;
  return options;
}

std::string Workbook(const std::vector<DocumentHead>& heads, const std::vector<DocumentRow>& rows,
                     const DocumentFoot& foot) {
  StringSink sink;
  const auto writer = NewXlsxWriter(sink, Options()).value();
  for (const DocumentHead& head : heads) WriteDocument(*writer, head, rows, foot);
  EXPECT_EQ(writer->Finish(), absl::OkStatus());
  return sink.bytes();
}

// What an independent reader finds in the workbook.
std::string Dump(const std::string& workbook) {
  const std::filesystem::path path =
      std::filesystem::path(::testing::TempDir()) /
      absl::StrCat(::testing::UnitTest::GetInstance()->current_test_info()->name(), ".xlsx");
  std::ofstream(path, std::ios::binary) << workbook;
  const std::string command =
      absl::StrCat("python3 '", LUMBUNG_DUMP_WORKBOOK, "' '", path.string(), "' 2>&1");
  FILE* const pipe = ::popen(command.c_str(), "r");
  std::string output = "\n";
  std::array<char, 4096> buffer;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), count);
  }
  EXPECT_EQ(::pclose(pipe), 0) << output;
  std::filesystem::remove(path);
  return output;
}

TEST(XlsxWriter, WritesFiguresFormulasAndChecks) {
  EXPECT_EQ(Dump(Workbook({SampleHead()}, SampleRows(), SampleFoot())), R"dump(
times [(1980, 1, 1, 0, 0, 0)]
created 2026-11-18T11:06:40Z 2026-11-18T11:06:40Z
links False
sheet Laporan Posisi Keuangan
frozen A7
footer &RHalaman &P dari &N
A1 text 'Yayasan Lumbung Desa'
A2 text 'Laporan Posisi Keuangan'
A3 text 'Per 31 Desember 2026'
A4 text 'Dinyatakan dalam rupiah'
A6 text 'Uraian'
B6 text 'Catatan'
C6 text '2026'
D6 text '2025'
A7 text 'ASET'
A8 text 'Kas'
B8 text '4'
C8 number 1500000.5
D8 number 900000
A9 text 'Peralatan dan mesin kantor yang dipakai bersama'
B9 text '5'
C9 number 2000000
D9 number 0
A10 text 'Akumulasi penyusutan'
B10 text '5'
C10 number -250000
A11 text 'Jumlah aset'
C11 formula =SUM(C8:C10) 3250000.5
D11 formula =SUM(D8:D10) 900000
A13 text 'Aset dan sumbernya'
B13 number 3250000.5
C13 number 3250000.5
D13 formula =IF(B13=C13,"Cocok","TIDAK COCOK") Cocok
A14 text 'Kas dan buku kas'
B14 number 1500000.5
C14 number 1500000
D14 formula =IF(B14=C14,"Cocok","TIDAK COCOK") TIDAK COCOK
A16 text 'Catatan adalah bagian dari laporan ini.'
A18 text 'position v1'
)dump");
}

TEST(XlsxWriter, GivesEqualBytesForEqualDocuments) {
  const std::string first = Workbook({SampleHead()}, SampleRows(), SampleFoot());
  EXPECT_EQ(first, Workbook({SampleHead()}, SampleRows(), SampleFoot()));
}

TEST(XlsxWriter, WritesWhatUsersTypedAsText) {
  std::vector<DocumentRow> rows;
  for (const char* typed : {"=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://example.org",
                            "mailto:a@example.org", "<b>&amp;", "a\x01z", "a\xffz", "12", ""}) {
    rows.push_back(Line(RowStyle::kLine, 0, typed, {typed}));
  }
  DocumentHead head = SampleHead();
  head.organization = "=cmd()";
  const std::string dump = Dump(Workbook({head}, rows, {}));
  EXPECT_THAT(dump, Not(HasSubstr(" formula ")));
  EXPECT_THAT(dump, Not(HasSubstr(" number ")));
  EXPECT_THAT(dump, HasSubstr("links False"));
  for (const char* text : {"'=1+1'", "'{=1}'", "'https://example.org'", "'<b>&amp;'", "'a\uFFFDz'",
                           "'12'", "'=cmd()'"}) {
    EXPECT_THAT(dump, HasSubstr(absl::StrCat(" text ", text, "\n")));
  }
}

TEST(XlsxWriter, LosesNoDigitOfALongAmount) {
  const std::string dump = Dump(Workbook(
      {SampleHead()},
      {Line(RowStyle::kLine, 0, "a", {"A", {}, Amount("12345678901234567.89"), Amount("1")}),
       Line(RowStyle::kLine, 0, "b", {"B", {}, Amount("-12345678901234566.89"), Amount("2")}),
       Line(RowStyle::kTotal, 0, "t", {"T", {}, Amount("1.00"), Amount("3")}, {{1, 0}, {1, 1}})},
      {}));
  EXPECT_THAT(dump, HasSubstr("C7 text '12345678901234567.89'\n"));
  EXPECT_THAT(dump, HasSubstr("C9 number 1\n"));
  EXPECT_THAT(dump, HasSubstr("D9 formula =D7+D8 3\n"));
  EXPECT_THAT(dump, HasSubstr("lebih dari 15 digit"));
}

TEST(XlsxWriter, NamesSheetsApart) {
  DocumentHead head = SampleHead();
  head.title = "Laporan [a/b]: aktivitas yang panjang sekali";
  DocumentHead history = SampleHead();
  history.title = "History";
  const std::string dump = Dump(Workbook({head, head, history}, SampleRows(), {}));
  EXPECT_THAT(dump, HasSubstr("sheet Laporan (a-b)- aktivitas yang p\n"));
  EXPECT_THAT(dump, HasSubstr("sheet Laporan (a-b)- aktivitas ya (2)\n"));
  EXPECT_THAT(dump, HasSubstr("sheet History (2)\n"));
}

TEST(XlsxWriter, WritesDatesAsDates) {
  EXPECT_THAT(
      Dump(Workbook({SampleHead()},
                    {Line(RowStyle::kLine, 0, "", {Date::Parse("2026-12-31").value()})}, {})),
      HasSubstr("A7 number 46387\n"));
}

TEST(XlsxWriter, RefusesTermsAboutLaterRowsAndAMissingTime) {
  StringSink sink;
  const auto writer = NewXlsxWriter(sink, Options()).value();
  ASSERT_EQ(writer->Begin(SampleHead()), absl::OkStatus());
  EXPECT_EQ(ReasonOf(writer->Add(Line(RowStyle::kTotal, 0, "", {}, {{1, 0}}))), "INVALID_TERM");
  EXPECT_EQ(ReasonOf(NewXlsxWriter(sink, {}).status()), "INVALID_TIME");
  XlsxWriterOptions nowhere = Options();
  nowhere.temporary_folder = "/nowhere/at/all";
  EXPECT_EQ(NewXlsxWriter(sink, nowhere).status().code(), absl::StatusCode::kUnavailable);
}

TEST(XlsxWriter, LeavesNoTemporaryFile) {
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / "lumbung_xlsx_writer_test";
  std::filesystem::create_directory(folder);
  XlsxWriterOptions options = Options();
  options.temporary_folder = folder.string();
  StringSink sink;
  {
    const auto finished = NewXlsxWriter(sink, options).value();
    WriteDocument(*finished, SampleHead(), SampleRows(), {});
    EXPECT_EQ(finished->Finish(), absl::OkStatus());
    const auto left = NewXlsxWriter(sink, options).value();
    ASSERT_EQ(left->Begin(SampleHead()), absl::OkStatus());
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove_all(folder);
}

TEST(XlsxWriter, WritesALargeDocumentWhole) {
  StringSink sink;
  const auto writer = NewXlsxWriter(sink, Options()).value();
  ASSERT_EQ(writer->Begin(SampleHead()), absl::OkStatus());
  for (int i = 0; i < 100'000; ++i) {
    ASSERT_EQ(writer->Add(Line(RowStyle::kLine, 0, "", {"Kas", {}, Decimal::FromInteger(i)})),
              absl::OkStatus());
  }
  ASSERT_EQ(writer->End({}), absl::OkStatus());
  ASSERT_EQ(writer->Finish(), absl::OkStatus());
  const std::string dump = Dump(sink.bytes());
  EXPECT_THAT(dump.substr(dump.size() - 80), HasSubstr("C100006 number 99999\n"));
}

}  // namespace
}  // namespace lumbung::reports
