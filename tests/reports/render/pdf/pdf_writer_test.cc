// PDF as others read it: text, pages and fonts by poppler's programs.
#include "reports/render/pdf/pdf_writer.h"

#include <cstdio>
#include <fstream>
#include <string>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/reports/render/sample_document.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PdfWriterTest : public ::testing::Test {
 protected:
  PdfWriter::Options Options() const {
    PdfWriter::Options options;
    options.created = absl::FromUnixSeconds(1'798'700'000);
    options.scratch_dir = folder_.path();
    return options;
  }

  std::unique_ptr<PdfWriter> Writer(ByteSink* sink, const PdfWriter::Options& options) {
    auto writer = PdfWriter::Create(options, sink);
    EXPECT_TRUE(writer.ok()) << writer.status();
    return *std::move(writer);
  }

  std::string Sample(const DocumentHead& head, const std::vector<DocumentRow>& rows,
                     const DocumentFoot& foot, const PdfWriter::Options& options) {
    StringSink sink;
    const auto writer = Writer(&sink, options);
    WriteDocument(*writer, head, rows, foot);
    EXPECT_EQ(writer->Finish(), absl::OkStatus());
    return sink.bytes();
  }

  // What a program of poppler prints about the document; DOC in the command is its file.
  std::string Ask(const std::string& pdf, const std::string& command) {
    const std::string path = folder_.path() + "/document.pdf";
    std::ofstream(path, std::ios::binary) << pdf;
    std::FILE* const pipe = popen(absl::StrReplaceAll(command, {{"DOC", path}}).c_str(), "r");
    std::string output;
    char buffer[4'096];
    for (std::size_t size; (size = std::fread(buffer, 1, sizeof(buffer), pipe)) > 0;) {
      output.append(buffer, size);
    }
    EXPECT_EQ(pclose(pipe), 0) << command << ": " << output;
    return output;
  }
  std::string TextOf(const std::string& pdf) { return Ask(pdf, "pdftotext -layout DOC -"); }
  std::string About(const std::string& pdf) { return Ask(pdf, "pdfinfo DOC; pdffonts DOC"); }

  const testing::TemporaryFolder folder_;
};

std::vector<DocumentRow> ManyRows(int count) {
  std::vector<DocumentRow> rows;
  for (int i = 0; i < count; ++i) {
    rows.push_back(Line(RowStyle::kLine, 1, "",
                        {absl::StrCat("Setoran ke-", i), "4", Decimal::FromInteger(i + 1), {}}));
  }
  return rows;
}

std::size_t Count(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

TEST_F(PdfWriterTest, PrintsWhatAnAccountantExpects) {
  DocumentFoot foot = SampleFoot();
  foot.place_and_date = "Sleman, 31 Januari 2027";
  foot.signatures = {{"Disusun oleh", "Siti Rahayu", "Bendahara"},
                     {"Disetujui oleh", "Budi Santoso", "Ketua"}};
  const std::string text = TextOf(Sample(SampleHead(), SampleRows(), foot, Options()));
  for (const char* part :
       {"Yayasan Lumbung Desa", "Laporan Posisi Keuangan", "Per 31 Desember 2026",
        "Dinyatakan dalam rupiah", "Uraian", "1.500.000,50", "(250.000,00)", "3.250.000,50",
        "Aset dan sumbernya: Cocok", "Kas dan buku kas: TIDAK COCOK", "1.500.000,00",
        "Sleman, 31 Januari 2027", "Siti Rahayu", "Ketua", "position v1", "Halaman 1 dari 1"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST_F(PdfWriterTest, SpeaksTheReadersLanguage) {
  DocumentHead head = SampleHead();
  head.language = Language::kEnglish;
  PdfWriter::Options options = Options();
  options.amounts = {NumberLocale::kEnglish, false};
  const std::string text = TextOf(Sample(head, SampleRows(), SampleFoot(), options));
  for (const char* part :
       {"1,500,000.50", "-250,000.00", "Agrees", "DOES NOT AGREE", "Page 1 of 1"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST_F(PdfWriterTest, EveryPageHasTheTableHeadAndItsNumber) {
  const std::string pdf = Sample(SampleHead(), ManyRows(300), SampleFoot(), Options());
  const std::string text = TextOf(pdf);
  const std::string about = About(pdf);
  EXPECT_THAT(about, HasSubstr("Pages:           7"));
  EXPECT_EQ(Count(text, "Uraian"), 7u);
  for (int page = 1; page <= 7; ++page) {
    EXPECT_THAT(text, HasSubstr(absl::StrCat("Halaman ", page, " dari 7")));
  }
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(Count(text, absl::StrCat("Setoran ke-", i, " ")), 1u) << i;
  }
}

TEST_F(PdfWriterTest, NumbersThePagesOfAllDocumentsThrough) {
  StringSink sink;
  const auto writer = Writer(&sink, Options());
  DocumentHead second = SampleHead();
  second.title = "Laporan Arus Kas";
  WriteDocument(*writer, SampleHead(), SampleRows(), SampleFoot());
  WriteDocument(*writer, second, SampleRows(), SampleFoot());
  ASSERT_EQ(writer->Finish(), absl::OkStatus());
  const std::string text = TextOf(sink.bytes());
  EXPECT_THAT(text, HasSubstr("Halaman 2 dari 2"));
  EXPECT_THAT(sink.bytes(), HasSubstr("/Outlines"));
}

TEST_F(PdfWriterTest, TheSameInputGivesTheSameBytes) {
  const std::string once = Sample(SampleHead(), SampleRows(), SampleFoot(), Options());
  EXPECT_EQ(once, Sample(SampleHead(), SampleRows(), SampleFoot(), Options()));
  PdfWriter::Options later = Options();
  later.created += absl::Hours(1);
  EXPECT_NE(once, Sample(SampleHead(), SampleRows(), SampleFoot(), later));
}

TEST_F(PdfWriterTest, EmbedsItsFonts) {
  const std::string about = About(Sample(SampleHead(), SampleRows(), SampleFoot(), Options()));
  EXPECT_THAT(about, HasSubstr("LiberationSans"));
  EXPECT_THAT(about, HasSubstr("yes yes yes"));
  EXPECT_THAT(about, Not(HasSubstr(" no  ")));
}

TEST_F(PdfWriterTest, WideStatementsLieOnTheirSide) {
  DocumentHead head = SampleHead();
  for (int i = 0; i < 4; ++i) {
    head.columns.push_back({absl::StrCat("more", i), "Jumlah", ColumnKind::kAmount, 18, 2});
  }
  EXPECT_THAT(About(Sample(head, SampleRows(), {}, Options())),
              HasSubstr("841.89 x 595.276 pts (A4)"));
  PdfWriter::Options f4 = Options();
  f4.paper = Paper::kF4;
  EXPECT_THAT(About(Sample(SampleHead(), SampleRows(), {}, f4)), HasSubstr("609.449 x 935.433"));
}

TEST_F(PdfWriterTest, SurvivesWhateverAUserTyped) {
  DocumentHead head = SampleHead();
  head.organization = "Yayasan \x01\xff <b>&\xe2\x80\xae";
  const std::vector<DocumentRow> rows = {
      Line(RowStyle::kLine, 0, "a", {std::string(400, 'W'), "4", Amount("1")}),
      Line(RowStyle::kLine, 0, "b", {"ꦱꦼꦠꦺꦴꦂꦫꦤ꧀ 寄付 \xf0\x9f\x8c\xbe", "4", Amount("2")}),
      Line(RowStyle::kLine, 0, "c", {"", "", Amount("99999999999999999999999999.99")}),
      Line(RowStyle::kProblem, 0, "", {"Tidak ada dalam laporan", {}, Amount("3")}),
      Line(RowStyle::kParagraph, 0, "", {"Satu paragraf."}),
      Line(RowStyle::kHeading, 0, "", {"Judul terakhir"}),
  };
  const std::string text = TextOf(Sample(head, rows, {}, Options()));
  EXPECT_THAT(text, HasSubstr("WWWWWWWWWW"));
  EXPECT_THAT(text, HasSubstr("99.999.999.999.999.999.999.999.999,99"));
  EXPECT_THAT(text, HasSubstr("MASALAH: Tidak ada dalam laporan"));
  EXPECT_THAT(text, HasSubstr("Judul terakhir"));
}

TEST_F(PdfWriterTest, AHeadingGoesWithItsFirstLine) {
  // Down to where one line is left on the page.
  for (int before = 40; before < 70; ++before) {
    std::vector<DocumentRow> rows = ManyRows(before);
    rows.push_back(Line(RowStyle::kHeading, 0, "", {"LIABILITAS"}));
    rows.push_back(Line(RowStyle::kLine, 0, "", {"Utang usaha", "", Amount("1")}));
    const std::vector<std::string> pages =
        absl::StrSplit(TextOf(Sample(SampleHead(), rows, {}, Options())), '\f');
    for (const std::string& page : pages) {
      EXPECT_EQ(Count(page, "LIABILITAS"), Count(page, "Utang usaha")) << before;
    }
  }
}

// As the log signs it; readers of the paper follow it with a phone.
TEST_F(PdfWriterTest, CarriesTheCheckpoint) {
  DocumentFoot foot = SampleFoot();
  foot.checkpoint =
      "lumbung/7d1a\n8\nA1p9J0Erl8gQHXo7f3RX86edU155l6Ypi9KnIO6xKG4=\n\n"
      "\xe2\x80\x94 lumbung/7d1a 8H/RMXRmvNk9\n";
  const std::string text = TextOf(Sample(SampleHead(), SampleRows(), foot, Options()));
  EXPECT_THAT(text, HasSubstr("A1p9J0Erl8gQHXo7f3RX86edU155l6Ypi9KnIO6xKG4="));
  foot.checkpoint = std::string(3'000, 'x');
  StringSink sink;
  const auto writer = Writer(&sink, Options());
  ASSERT_EQ(writer->Begin(SampleHead()), absl::OkStatus());
  EXPECT_EQ(writer->End(foot).code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(PdfWriterTest, PassesOnWhatTheSinkRefuses) {
  class FullSink final : public ByteSink {
   public:
    absl::Status Write(absl::string_view) override { return absl::CancelledError("gone"); }
  };
  FullSink sink;
  const auto writer = Writer(&sink, Options());
  WriteDocument(*writer, SampleHead(), SampleRows(), SampleFoot());
  EXPECT_EQ(writer->Finish(), absl::CancelledError("gone"));
}

}  // namespace
}  // namespace lumbung::reports
