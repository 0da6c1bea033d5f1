// Vouchers on paper, against the real server.
#include <cstdio>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "tests/services/host/cli/command_stage.h"

namespace lumbung::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::json;

class VoucherPrintCommandTest : public ::testing::Test {
 protected:
  VoucherPrintCommandTest() {
    Do("sari", {"book", "create", "main", "--chart", "isak35-ngo"});
    Create({"--kind", "BKK", "--date", "2026-04-05", "--party", "PLN UP3", "--description",
            "Listrik Maret", "--cash-account", "1.1.21", "--debit", "5.3.40=150000.50"},
           1);
    Create({"--kind", "BKM", "--date", "2026-04-06", "--party", "Ibu Wayan", "--description",
            "Sumbangan", "--cash-account", "1.1.21", "--credit", "4.1.10=7500000"},
           2);
    Do("sari", {"voucher", "create", "--kind", "BKK", "--date", "2026-05-01", "--party", "CV Air",
                "--description", "=Pipa", "--cash-account", "1.1.21", "--debit", "5.3.40=90"});
  }
  void Create(const std::vector<std::string>& flags, int id) {
    std::vector<std::string> arguments = {"voucher", "create"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    Do("sari", arguments);
    Do("sari", {"voucher", "submit", absl::StrCat(id)});
    Do("budi", {"voucher", "approve", absl::StrCat(id)});
  }
  std::string Do(const std::string& person, const std::vector<std::string>& arguments) {
    return stage_.Do(person, arguments);
  }
  static std::vector<std::string> Print(const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"voucher", "print"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  // What a printed PDF says.
  std::string TextOf(std::vector<std::string> flags) {
    const std::string path = stage_.PathOf("bukti.pdf");
    flags.insert(flags.end(), {"--file", path, "--lang", "id"});
    Do("agus", Print(flags));
    std::FILE* const pipe = popen(absl::StrCat("pdftotext -layout ", path, " -").c_str(), "r");
    std::string text;
    char buffer[4'096];
    for (std::size_t size; (size = std::fread(buffer, 1, sizeof(buffer), pipe)) > 0;) {
      text.append(buffer, size);
    }
    EXPECT_EQ(pclose(pipe), 0);
    return text;
  }

  CommandStage stage_{{{"agus", identity::Role::kAuditor},
                       {"budi", identity::Role::kApprover},
                       {"dewi", identity::Role::kOrganizationAdmin},
                       {"sari", identity::Role::kFinanceOfficer}}};
};

TEST_F(VoucherPrintCommandTest, ASlipSaysWhatWasPaidToWhomAndWhoApproved) {
  const std::string text = TextOf({"BKK.0001/IV/2026"});
  EXPECT_THAT(text, AllOf(HasSubstr("BUKTI KAS KELUAR (BKK)"), HasSubstr("BKK.0001/IV/2026"),
                          HasSubstr("5 April 2026"), HasSubstr("PLN UP3"),
                          HasSubstr("Listrik Maret"), HasSubstr("150.000,50"),
                          HasSubstr("seratus lima puluh ribu rupiah lima puluh sen")));
  EXPECT_THAT(text, AllOf(HasSubstr("Dibuat oleh"), HasSubstr("Disetujui oleh"),
                          HasSubstr("Diterima oleh"), HasSubstr("dibukukan sebagai jurnal ke-1"),
                          Not(HasSubstr("BELUM DIBUKUKAN")), Not(HasSubstr("Sumbangan"))));
}

TEST_F(VoucherPrintCommandTest, WhatIsNotPostedSaysSo) {
  EXPECT_THAT(TextOf({"3"}), AllOf(HasSubstr("BELUM DIBUKUKAN: KONSEP"), HasSubstr("=Pipa")));
}

TEST_F(VoucherPrintCommandTest, VouchersOfDaysStandTogether) {
  const std::string text =
      TextOf({"--from", "2026-04-01", "--to", "2026-04-30", "--per-page", "4", "--paper", "f4"});
  EXPECT_THAT(text, AllOf(HasSubstr("PLN UP3"), HasSubstr("Ibu Wayan"), Not(HasSubstr("CV Air")),
                          HasSubstr("Halaman 1 dari 1")));
}

TEST_F(VoucherPrintCommandTest, ReceiptsAreOfWhatWasPosted) {
  const std::string text = TextOf(
      {"--year", "2026", "--as", "receipt", "--per-page", "2", "--place", "Jakarta, 6 April 2026"});
  EXPECT_THAT(text, AllOf(HasSubstr("KWITANSI"), HasSubstr("Rp 7.500.000,00"),
                          HasSubstr("tujuh juta lima ratus ribu rupiah"),
                          HasSubstr("Rp 150.000,50"), HasSubstr("Meterai Rp10.000"),
                          HasSubstr("Jakarta, 6 April 2026"), Not(HasSubstr("Pipa"))));
  EXPECT_THAT(
      stage_.Refused("agus", Print({"3", "--as", "receipt", "--file", stage_.PathOf("x.pdf")})),
      StartsWith("error: NOT_A_RECEIPT"));
}

TEST_F(VoucherPrintCommandTest, TheListHasARowPerVoucherAndSumsByKind) {
  const Json json =
      Json::parse(Do("agus", Print({"--year", "2026", "--as", "list", "--output", "json"})));
  std::vector<Json> rows;
  for (const Json& row : json["documents"][0]["rows"]) rows.push_back(row["cells"]);
  EXPECT_THAT(
      rows,
      ElementsAre(
          R"(["2026-04-05", "BKK.0001/IV/2026", "Listrik Maret", "PLN UP3", "posted", "sari",
              "budi", "1", "150000.50"])"_json,
          R"(["2026-04-06", "BKM.0001/IV/2026", "Sumbangan", "Ibu Wayan", "posted", "sari", "budi",
              "2", "7500000.00"])"_json,
          R"(["2026-05-01", "#3", "=Pipa", "CV Air", "draft", "sari", "", "", null])"_json,
          R"([null, null, "CASH RECEIPT VOUCHER (BKM): 1 posted", null, null, null, null, null,
              "7500000.00"])"_json,
          R"([null, null, "CASH PAYMENT VOUCHER (BKK): 1 posted", null, null, null, null, null,
              "150000.50"])"_json));
  EXPECT_THAT(Do("agus", Print({"--year", "2026", "--as", "list", "--output", "csv"})),
              HasSubstr("'=Pipa"));
}

TEST_F(VoucherPrintCommandTest, RefusesWhatCannotBePrinted) {
  const std::string path = stage_.PathOf("x.pdf");
  EXPECT_THAT(stage_.Refused("dewi", Print({"1", "--file", path})),
              StartsWith("error: PERMISSION_DENIED"));
  EXPECT_THAT(stage_.Refused("agus", Print({"1", "BKK.9999/IV/2026", "--file", path})),
              AllOf(StartsWith("error: VOUCHER_NOT_FOUND"), HasSubstr("vouchers[1]")));
  EXPECT_THAT(stage_.Refused("agus", Print({"--year", "2031", "--file", path})),
              StartsWith("error: NO_VOUCHERS"));
  EXPECT_THAT(stage_.Refused("agus", Print({"1"}), 2), HasSubstr("--file"));
  EXPECT_THAT(stage_.Refused("agus", Print({"--file", path}), 2), HasSubstr("--year"));
  EXPECT_THAT(
      stage_.Refused("agus", Print({"1", "--as", "list", "--per-page", "2", "--output", "csv"})),
      StartsWith("error: INVALID_LAYOUT"));
  // Nothing that looks like a document is left behind.
  EXPECT_EQ(std::fopen(path.c_str(), "rb"), nullptr);
}

}  // namespace
}  // namespace lumbung::cli
