// The book itself on paper, against the real server.
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
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

class BookDocumentCommandTest : public ::testing::Test {
 protected:
  BookDocumentCommandTest() {
    Do("sari", {"book", "create", "main", "--chart", "isak35-ngo"});
    Do("sari", {"fund", "create", "air", "Air Bersih", "--restriction", "purpose"});
    Post("2025-12-31", "opening", "1.1.21", "3.1.10", "1000", "umum", "Saldo awal");
    Post("2026-02-01", "standard", "5.3.40", "1.1.21", "150.25", "umum", "Listrik");
    Post("2026-02-01", "standard", "1.1.22", "4.1.10", "400", "air", "=Hibah");
    Post("2027-01-05", "standard", "5.3.40", "1.1.21", "1", "umum", "Tahun depan");
  }
  void Post(const std::string& date, const std::string& kind, const std::string& debit,
            const std::string& credit, const std::string& amount, const std::string& fund,
            const std::string& description) {
    Do("sari", {"entry", "post", "--date", date, "--kind", kind, "--description", description,
                "--fund", fund, "--debit", absl::StrCat(debit, "=", amount), "--credit",
                absl::StrCat(credit, "=", amount)});
  }
  std::string Do(const std::string& person, const std::vector<std::string>& arguments) {
    return stage_.Do(person, arguments);
  }
  std::vector<std::string> Print(const std::string& document,
                                 const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"report", "print", document, "--year", "2026"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  // The cells of a document's rows.
  std::vector<Json> Rows(const std::string& document, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = Print(document, more);
    arguments.insert(arguments.end(), {"--output", "json"});
    const Json json = Json::parse(Do("agus", arguments));
    for (const Json& check : json["documents"][0]["checks"]) EXPECT_TRUE(check["holds"]) << check;
    std::vector<Json> rows;
    for (const Json& row : json["documents"][0]["rows"]) rows.push_back(row["cells"]);
    return rows;
  }

  CommandStage stage_{{{"agus", identity::Role::kAuditor},
                       {"dewi", identity::Role::kOrganizationAdmin},
                       {"sari", identity::Role::kFinanceOfficer}}};
};

TEST_F(BookDocumentCommandTest, TrialBalance) {
  EXPECT_THAT(
      Rows("trial-balance"),
      ElementsAre(
          R"(["1.1.21 Bank - institutional account", "1000.00", "0", "150.25", "849.75"])"_json,
          R"(["1.1.22 Bank - project/donor account", "0", "400.00", "0", "400.00"])"_json,
          R"(["3.1.10 Accumulated surplus", "-1000.00", "0", "0", "-1000.00"])"_json,
          R"(["4.1.10 Individual donations", "0", "0", "400.00", "-400.00"])"_json,
          R"(["5.3.40 Utilities", "0", "150.25", "0", "150.25"])"_json,
          R"(["TOTAL", "0.00", "550.25", "550.25", "0.00"])"_json));
}

TEST_F(BookDocumentCommandTest, GeneralLedgerOfAnAccount) {
  EXPECT_THAT(
      Rows("general-ledger", {"--account", "1.1.21"}),
      ElementsAre(
          R"([null, "1.1.21", "Bank - institutional account"])"_json,
          R"(["2026-01-01", null, "Opening balance", null, null, null, "1000.00"])"_json,
          R"(["2026-02-01", "JU-2026-000001", "Listrik", "umum", null, "150.25", "849.75"])"_json,
          R"([null, null, "Total 1.1.21", null, "0", "150.25", "849.75"])"_json));
  // A header account brings those below it.
  EXPECT_THAT(Do("agus", Print("general-ledger", {"--account", "1.1.20", "--lang", "id"})),
              AllOf(HasSubstr("BUKU BESAR"), HasSubstr("1.1.21"), HasSubstr("1.1.22"),
                    HasSubstr("Jumlah 1.1.22"), Not(HasSubstr("5.3.40"))));
}

TEST_F(BookDocumentCommandTest, ARegisterNamesTheOtherAccounts) {
  EXPECT_THAT(
      Rows("register", {"--account", "1.1.21"}),
      ElementsAre(
          R"([null, "1.1.21", "Bank - institutional account"])"_json,
          R"(["2026-01-01", null, "Opening balance", null, null, null, "1000.00"])"_json,
          R"(["2026-02-01", "JU-2026-000001", "Listrik [against: 5.3.40 Utilities]", "umum", null,
              "150.25", "849.75"])"_json,
          R"([null, null, "Total 1.1.21", null, "0", "150.25", "849.75"])"_json));
  EXPECT_THAT(Do("agus", Print("register", {"--lang", "id"})),
              AllOf(HasSubstr("REGISTER AKUN"), HasSubstr("[lawan:")));
}

TEST_F(BookDocumentCommandTest, JournalAndWholeLedgerAreOfTheYear) {
  EXPECT_THAT(
      Rows("journal"),
      ElementsAre(
          R"(["2026-02-01", "JU-2026-000001", "Listrik"])"_json,
          R"([null, null, "5.3.40 Utilities", "umum", "150.25", null])"_json,
          R"([null, null, "1.1.21 Bank - institutional account", "umum", null, "150.25"])"_json,
          R"(["2026-02-01", "JU-2026-000002", "=Hibah"])"_json,
          R"([null, null, "1.1.22 Bank - project/donor account", "air", "400.00", null])"_json,
          R"([null, null, "4.1.10 Individual donations", "air", null, "400.00"])"_json,
          R"([null, null, "TOTAL OF 2 ENTRIES", null, "550.25", "550.25"])"_json));
  EXPECT_THAT(Do("agus", Print("general-ledger", {"--fund", "air"})),
              AllOf(HasSubstr("Air Bersih"), HasSubstr("1.1.22"), Not(HasSubstr("Listrik"))));
}

// More than any page of the API: nothing is left out, and nothing overtakes. 10,000 postings unless
// LUMBUNG_REPORT_ENTRIES asks for more.
TEST_F(BookDocumentCommandTest, IsCompleteHoweverLong) {
  const char* const wanted = std::getenv("LUMBUNG_REPORT_ENTRIES");
  const int entries = wanted == nullptr ? 5'000 : std::atoi(wanted);
  ASSERT_GT(entries, 850);
  const std::string path = stage_.PathOf("banyak.journal");
  {
    std::ofstream journal(path);
    for (int i = 0; i < entries; ++i) {
      journal << "2026-03-" << (i % 28 < 9 ? "0" : "") << i % 28 + 1 << " Baris " << i
              << "\n  5.3.40  1 IDR\n  1.1.21\n\n";
    }
  }
  Do("sari", {"import", path, "--format", "hledger"});
  EXPECT_EQ(Rows("journal").size(), 7u + 3 * static_cast<std::size_t>(entries));
  const std::vector<Json> ledger = Rows("general-ledger", {"--account", "1.1.21"});
  EXPECT_EQ(ledger.size(), 4u + static_cast<std::size_t>(entries));
  EXPECT_EQ(ledger.back()[6], absl::StrCat("-", entries - 850, ".25"));
}

TEST_F(BookDocumentCommandTest, WritesEveryFormat) {
  for (const char* document : {"trial-balance", "general-ledger", "register", "journal"}) {
    for (const auto& [ending, start] : {std::pair{"pdf", "%PDF-"}, {"xlsx", "PK"}}) {
      const std::string path = stage_.PathOf(absl::StrCat(document, ".", ending));
      Do("agus", Print(document, {"--file", path, "--sign", "Disusun oleh:Sari:Bendahara"}));
      EXPECT_THAT(ContentOf(path), StartsWith(start)) << path;
    }
  }
  EXPECT_THAT(Do("agus", Print("journal", {"--output", "csv"})), HasSubstr("'=Hibah"));
}

TEST_F(BookDocumentCommandTest, RefusesWhatCannotBeAnswered) {
  EXPECT_THAT(stage_.Refused("dewi", Print("journal")), StartsWith("error: PERMISSION_DENIED"));
  EXPECT_THAT(stage_.Refused("agus", Print("general-ledger", {"--account", "9.9"})),
              AllOf(StartsWith("error: UNKNOWN_ACCOUNT"), HasSubstr("accounts[0]")));
  EXPECT_THAT(stage_.Refused("agus", Print("trial-balance", {"--fund", "apa"})),
              StartsWith("error: UNKNOWN_FUND"));
  EXPECT_THAT(stage_.Refused("agus", Print("journal", {"--fund", "air"})),
              StartsWith("error: INVALID_FILTER"));
  EXPECT_THAT(stage_.Refused("agus", Print("trial-balance", {"--account", "1.1.21"})),
              StartsWith("error: INVALID_FILTER"));
  EXPECT_THAT(stage_.Refused("agus", Print("koran"), 2), StartsWith("error: USAGE"));
}

}  // namespace
}  // namespace lumbung::cli
