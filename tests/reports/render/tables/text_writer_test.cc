#include "reports/render/tables/text_writer.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "ledger/core/status.h"
#include "tests/reports/render/sample_document.h"

namespace lumbung::reports {
namespace {

std::string Rendered(const TextWriterOptions& options, const DocumentHead& head,
                     const std::vector<DocumentRow>& rows, const DocumentFoot& foot) {
  StringSink sink;
  const auto writer = NewTextWriter(sink, options);
  WriteDocument(*writer, head, rows, foot);
  EXPECT_EQ(writer->Finish(), absl::OkStatus());
  return sink.bytes();
}

TEST(TextWriter, WritesAStatementAsItIsPrinted) {
  EXPECT_EQ("\n" + Rendered({.width = 72}, SampleHead(), SampleRows(), SampleFoot()), R"text(
                          Yayasan Lumbung Desa
                        Laporan Posisi Keuangan
                          Per 31 Desember 2026
                        Dinyatakan dalam rupiah

Uraian                       Catatan              2026              2025
---------------------------  -------  ----------------  ----------------
ASET
  Kas                        4           1.500.000,50        900.000,00
  Peralatan dan mesin        5
  kantor yang dipakai
  bersama                                2.000.000,00              0,00
  Akumulasi penyusutan       5            (250.000,00)
                                      ----------------  ----------------
Jumlah aset                              3.250.000,50        900.000,00
                                      ================  ================

Cocok: Aset dan sumbernya 3.250.000,50 = 3.250.000,50
TIDAK COCOK: Kas dan buku kas 1.500.000,50 <> 1.500.000,00

Catatan adalah bagian dari laporan ini.

position v1
)text");
}

TEST(TextWriter, WritesEnglishWordsMinusSignsAndMarks) {
  DocumentHead head = SampleHead();
  head.language = Language::kEnglish;
  head.marks = {"One person may write and approve"};
  EXPECT_EQ(
      "\n" + Rendered(
                 {.locale = NumberLocale::kEnglish, .negative = NegativeStyle::kMinus, .width = 72},
                 head, {SampleRows()[3]}, SampleFoot()),
      R"text(
                          Yayasan Lumbung Desa
                        Laporan Posisi Keuangan
                          Per 31 Desember 2026
                        Dinyatakan dalam rupiah
                  * One person may write and approve *

Uraian                       Catatan              2026              2025
---------------------------  -------  ----------------  ----------------
  Akumulasi penyusutan       5             -250,000.00

Agrees: Aset dan sumbernya 3,250,000.50 = 3,250,000.50
DOES NOT AGREE: Kas dan buku kas 1,500,000.50 <> 1,500,000.00

Catatan adalah bagian dari laporan ini.

position v1
)text");
}

TEST(TextWriter, NeverCutsAnAmount) {
  const std::string text = Rendered(
      {.width = 60}, SampleHead(),
      {Line(RowStyle::kLine, 0, "x", {"Kas", {}, Amount("-123456789012345678901.125")})}, {});
  EXPECT_NE(text.find("(123.456.789.012.345.678.901,125)"), std::string::npos) << text;
}

TEST(TextWriter, LetsNoControlCharacterThrough) {
  DocumentHead head = SampleHead();
  head.organization = "A\x1b[31mB";
  head.marks = {"m\x07"};
  DocumentFoot foot;
  foot.checks = {{"c\x1b]0;x\x07", Amount("1"), Amount("2")}};
  foot.notes = {"n\r\x1b[2J"};
  foot.signatures = {{"r\x1b", "n\x9b", "p\b"}};
  foot.provenance = {"p\x1b"};
  foot.checkpoint = "k\x1b\nsecond\r\n";
  const std::string text =
      Rendered({}, head,
               {Line(RowStyle::kLine, 0, "id\x1b", {"l\x1b[1m", "t\x1b\n\x7f\u202e", {}, {}}),
                Line(RowStyle::kParagraph, 0, "", {"p\x1b[0m\nq"})},
               foot);
  EXPECT_TRUE(std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == '\x7f';
  })) << text;
  EXPECT_EQ(text.find("\u202e"), std::string::npos);
  EXPECT_NE(text.find("\nsecond \n"), std::string::npos) << text;
}

TEST(TextWriter, RefusesARowWithTooManyCells) {
  StringSink sink;
  const auto writer = NewTextWriter(sink, {});
  ASSERT_EQ(writer->Begin(SampleHead()), absl::OkStatus());
  EXPECT_EQ(ReasonOf(writer->Add(Line(RowStyle::kLine, 0, "", {{}, {}, {}, {}, {}}))),
            "TOO_MANY_CELLS");
}

}  // namespace
}  // namespace lumbung::reports
