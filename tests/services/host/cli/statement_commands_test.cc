// Statements from the command line, against the real server: what a finance officer prints and an
// auditor opens.
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "tests/services/host/cli/command_stage.h"

namespace lumbung::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::json;

constexpr char kPosition[] = "isak335-financial-position-a";

class StatementCommandsTest : public ::testing::Test {
 protected:
  StatementCommandsTest() {
    Do("sari", {"book", "create", "main", "--chart", "isak35-ngo"});
    Do("sari",
       {"fund", "create", "air", "Air Bersih", "--restriction", "purpose", "--book", "main"});
    Post("2025-12-31", "opening", "1.1.21", "3.1.10", "1000", "umum");
    Post("2026-02-01", "standard", "5.3.40", "1.1.21", "150", "umum");
    Post("2026-03-01", "standard", "1.1.22", "4.1.10", "400", "air");
  }

  void Post(const std::string& date, const std::string& kind, const std::string& debit,
            const std::string& credit, const std::string& amount, const std::string& fund) {
    Do("sari", {"entry", "post", "--book", "main", "--date", date, "--kind", kind, "--description",
                "Uji", "--fund", fund, "--debit", absl::StrCat(debit, "=", amount), "--credit",
                absl::StrCat(credit, "=", amount)});
  }

  std::string Do(const std::string& person, const std::vector<std::string>& arguments) {
    return stage_.Do(person, arguments);
  }
  std::string Refused(const std::string& person, const std::vector<std::string>& arguments,
                      int exit_code = 1) {
    return stage_.Refused(person, arguments, exit_code);
  }
  std::string FileOf(const std::string& name, const std::vector<std::string>& more = {}) {
    const std::string path = stage_.PathOf(name);
    std::vector<std::string> arguments = {"report", "statements", "--year", "2026", "--file", path};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Do("agus", arguments);
    return ContentOf(path);
  }

  CommandStage stage_{{{"agus", identity::Role::kAuditor},
                       {"dewi", identity::Role::kOrganizationAdmin},
                       {"sari", identity::Role::kFinanceOfficer}}};
};

TEST_F(StatementCommandsTest, PrintsTheSetThatBelongsToTheChart) {
  const std::string text = Do("agus", {"report", "statements", "--year", "2026", "--lang", "id"});
  EXPECT_THAT(
      text, AllOf(HasSubstr("LAPORAN POSISI KEUANGAN"), HasSubstr("Per 31 Desember 2026 dan 2025"),
                  HasSubstr("LAPORAN PENGHASILAN KOMPREHENSIF"),
                  HasSubstr("LAPORAN PERUBAHAN ASET NETO"), HasSubstr("LAPORAN ARUS KAS"),
                  HasSubstr("Air Bersih"), HasSubstr("1.250"), Not(HasSubstr("TIDAK COCOK"))));
}

// Where the opening entry stands in the year before, it is what that year began with.
TEST_F(StatementCommandsTest, OpeningEntriesAreNoMovement) {
  const Json json = Json::parse(Do("agus", {"report", "statements", "isak335-cash-flows-direct",
                                            "--year", "2026", "--output", "json"}));
  std::map<std::string, Json> rows;
  for (const Json& row : json["documents"][0]["rows"]) rows[row["id"]] = row["cells"];
  EXPECT_EQ(rows["net-change"], Json::parse(R"(["NET INCREASE (DECREASE) IN CASH AND CASH )"
                                            R"(EQUIVALENTS", "250.00", "0"])"))
      << json.dump(1);
  EXPECT_EQ(rows["opening-cash"][1], "1000.00");
  EXPECT_EQ(rows["opening-cash"][2], "1000.00");
}

TEST_F(StatementCommandsTest, WritesEveryFormatByTheFilesEnding) {
  EXPECT_THAT(FileOf("a.pdf"), StartsWith("%PDF-"));
  EXPECT_THAT(FileOf("a.xlsx"), StartsWith("PK"));
  EXPECT_THAT(FileOf("a.csv"), StartsWith("document,row,style,indent,id,line"));
  EXPECT_TRUE(Json::accept(FileOf("a.json")));
  EXPECT_THAT(FileOf("a.txt", {"--sign", "Disusun oleh:Siti Rahayu:Bendahara", "--place",
                               "Sleman, 31 Januari 2027"}),
              AllOf(HasSubstr("Siti Rahayu"), HasSubstr("Sleman")));
  EXPECT_THAT(Refused("agus", {"report", "statements", "--year", "2026", "--file", "a.docx"}, 2),
              HasSubstr("its ending says the format"));
}

TEST_F(StatementCommandsTest, OpensAFigureDownToItsAccounts) {
  EXPECT_THAT(
      Do("agus", {"report", "figure", kPosition, "cash", "--year", "2026", "--output", "csv"}),
      AllOf(HasSubstr("1.1.21"), HasSubstr("closing,850.00"), HasSubstr("1.1.22"),
            HasSubstr("air,closing,400.00")));
  EXPECT_THAT(Do("agus", {"report", "figure", kPosition, "cash", "--year", "2026", "--column",
                          "previous-amount", "--output", "csv"}),
              AllOf(HasSubstr("1000.00"), Not(HasSubstr("1.1.22"))));
  EXPECT_THAT(Refused("agus", {"report", "figure", kPosition, "kas", "--year", "2026"}),
              HasSubstr("ROW_NOT_FOUND"));
  EXPECT_THAT(
      Refused("agus", {"report", "figure", kPosition, "cash", "--year", "2026", "--column", "x"}),
      HasSubstr("COLUMN_NOT_FOUND"));
}

TEST_F(StatementCommandsTest, OfOneFundAlone) {
  const std::string text = Do("agus", {"report", "statements", kPosition, "--year", "2026",
                                       "--fund", "air", "--lang", "id"});
  EXPECT_THAT(text, AllOf(HasSubstr("Hanya dana Air Bersih"), HasSubstr("400"),
                          Not(HasSubstr("1.250")), Not(HasSubstr("TIDAK COCOK"))));
  EXPECT_THAT(Refused("agus", {"report", "statements", "--year", "2026", "--fund", "jalan"}),
              HasSubstr("UNKNOWN_FUND"));
}

TEST_F(StatementCommandsTest, PutsBooksTogether) {
  Do("sari", {"book", "create", "cabang", "--chart", "isak35-ngo"});
  Do("sari", {"entry", "post", "--book", "cabang", "--date", "2026-05-05", "--description", "Uji",
              "--debit", "1.1.11=70", "--credit", "4.1.10=70"});
  EXPECT_THAT(Do("agus", {"report", "figure", kPosition, "cash", "--year", "2026", "--book", "main",
                          "--with-book", "cabang"}),
              HasSubstr("1320.00"));
  EXPECT_THAT(Refused("agus", {"report", "statements", "--year", "2026", "--book", "main",
                               "--with-book", "main"}),
              HasSubstr("is named twice"));
  EXPECT_THAT(Refused("agus", {"report", "statements", "--year", "2026", "--book", "main",
                               "--with-book", "desa"}),
              HasSubstr("BOOK_NOT_FOUND"));
}

TEST_F(StatementCommandsTest, RefusesWhatCannotBeAnswered) {
  EXPECT_THAT(Refused("agus", {"report", "statements", "neraca", "--year", "2026"}),
              HasSubstr("UNKNOWN_STATEMENT"));
  EXPECT_THAT(
      Refused("agus", {"report", "statements", "--year", "2026", "--from", "2026-01-01"}, 2),
      HasSubstr("--year"));
  EXPECT_THAT(
      Refused("agus", {"report", "statements", "--from", "2026-02-01", "--to", "2026-01-31"}),
      HasSubstr("INVALID_FILTER"));
  EXPECT_THAT(
      Refused("agus", {"report", "statements", "kepmen136-profit-or-loss", "--year", "2026"}),
      HasSubstr("STATEMENT_UNFIT"));
  EXPECT_THAT(Refused("agus", {"report", "statements", "--year", "2026", "--sign", "Siti"}, 2),
              HasSubstr("ROLE:NAME:POSITION"));
  EXPECT_THAT(Refused("dewi", {"report", "statements", "--year", "2026", "--book", "main"}),
              HasSubstr("PERMISSION_DENIED"));
}

}  // namespace
}  // namespace lumbung::cli
