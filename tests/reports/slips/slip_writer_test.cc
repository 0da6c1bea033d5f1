// Slips as poppler's programs read them.
#include "reports/slips/slip_writer.h"

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/reports/render/sample_document.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::reports {
namespace {

using ::testing::HasSubstr;

Slip Voucher(int number, int lines) {
  Slip slip;
  slip.organization = "Yayasan Lumbung Desa";
  slip.title = "BUKTI KAS KELUAR (BKK)";
  slip.number = absl::StrCat("BKK.", number, "/IX/2026");
  slip.date = "3 September 2026";
  slip.facts = {{"Dibayarkan kepada", "Toko Maju"}, {"Untuk", "Listrik kantor bulan Agustus"}};
  for (int i = 0; i < lines; ++i) {
    slip.lines.push_back({"5.3.40", absl::StrCat("Beban listrik baris-", i), "1.000,00", ""});
  }
  slip.total = {"", "Jumlah", "9.999,00", "9.999,00"};
  slip.in_words = {"Terbilang", "seratus lima puluh ribu rupiah"};
  slip.signatures = {{"Dibuat oleh", "Siti Rahayu", "03/09/2026 03:00 UTC"},
                     {"Disetujui oleh", "Budi Santoso", ""},
                     {"Diterima oleh", "Toko Maju", ""}};
  slip.provenance = "Buku utama, bukti #7";
  return slip;
}

class SlipWriterTest : public ::testing::Test {
 protected:
  std::string Written(int per_page, const std::vector<Slip>& slips) {
    SlipWriter::Options options;
    options.per_page = per_page;
    options.title = "Bukti transaksi";
    options.organization = "Yayasan Lumbung Desa";
    options.created = absl::FromUnixSeconds(1'798'700'000);
    options.scratch_dir = folder_.path();
    const auto writer = SlipWriter::Create(options);
    EXPECT_TRUE(writer.ok()) << writer.status();
    for (const Slip& slip : slips) EXPECT_EQ((*writer)->Add(slip), absl::OkStatus());
    StringSink sink;
    EXPECT_EQ((*writer)->Finish(sink), absl::OkStatus());
    return sink.bytes();
  }
  std::string Ask(const std::string& pdf, const std::string& program) {
    const std::string path = folder_.path() + "/slips.pdf";
    std::ofstream(path, std::ios::binary) << pdf;
    std::FILE* const pipe = popen(absl::StrCat(program, " ", path, " -").c_str(), "r");
    std::string output;
    char buffer[4'096];
    for (std::size_t size; (size = std::fread(buffer, 1, sizeof(buffer), pipe)) > 0;) {
      output.append(buffer, size);
    }
    pclose(pipe);
    return output;
  }
  std::string TextOf(const std::string& pdf) { return Ask(pdf, "pdftotext -layout"); }
  // By the form feeds behind them.
  int PagesOf(const std::string& pdf) {
    const std::vector<std::string> pages = absl::StrSplit(TextOf(pdf), '\f');
    return static_cast<int>(pages.size()) - 1;
  }

  testing::TemporaryFolder folder_;
};

TEST_F(SlipWriterTest, SaysEverythingOnTheSlip) {
  const std::string text = TextOf(Written(1, {Voucher(1, 2)}));
  for (const char* part :
       {"Yayasan Lumbung Desa", "BUKTI KAS KELUAR (BKK)", "BKK.1/IX/2026", "3 September 2026",
        "Toko Maju", "Listrik kantor bulan Agustus", "baris-1", "9.999,00",
        "seratus lima puluh ribu rupiah", "Siti Rahayu", "Disetujui oleh", "Diterima oleh",
        "Buku utama, bukti #7", "Halaman 1 dari 1"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST_F(SlipWriterTest, PutsOneTwoOrFourOnAPage) {
  const std::vector<Slip> five = {Voucher(1, 1), Voucher(2, 1), Voucher(3, 1), Voucher(4, 1),
                                  Voucher(5, 1)};
  EXPECT_EQ(PagesOf(Written(1, five)), 5);
  EXPECT_EQ(PagesOf(Written(2, five)), 3);
  EXPECT_EQ(PagesOf(Written(4, five)), 2);
}

// On any part of a page: the head again, every row once, and the foot with the last row.
TEST_F(SlipWriterTest, ALongSlipGoesOnAndLosesNothing) {
  for (const int per_page : {1, 2, 4}) {
    const std::string text = TextOf(Written(per_page, {Voucher(7, 200)}));
    for (int i = 0; i < 200; ++i) {
      const std::string row = absl::StrCat("baris-", i);
      // "baris-1" is also the beginning of "baris-10".
      int found = 0;
      for (const absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(" \n\f"))) {
        if (word == row) ++found;
      }
      EXPECT_EQ(found, 1) << row << " with " << per_page << " on a page";
    }
    EXPECT_THAT(text, HasSubstr("lanjutan"));
    EXPECT_THAT(text, HasSubstr("seratus lima puluh ribu rupiah"));
  }
}

TEST_F(SlipWriterTest, ReceiptsHaveAnAmountAndRoomForStampDuty) {
  Slip receipt = Voucher(3, 0);
  receipt.title = "KWITANSI";
  receipt.total = {};
  receipt.amount = "Rp 7.500.000,00";
  receipt.stamp = "Meterai Rp10.000";
  const std::string text = TextOf(Written(2, {receipt}));
  EXPECT_THAT(text, HasSubstr("Rp 7.500.000,00"));
  EXPECT_THAT(text, HasSubstr("Meterai Rp10.000"));
  EXPECT_FALSE(absl::StrContains(text, "Debit"));
}

TEST_F(SlipWriterTest, TheSameSlipsAreTheSameBytes) {
  EXPECT_EQ(Written(4, {Voucher(1, 3), Voucher(2, 90)}),
            Written(4, {Voucher(1, 3), Voucher(2, 90)}));
}

}  // namespace
}  // namespace lumbung::reports
