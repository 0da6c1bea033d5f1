// The auditor's tests and samples, against the real server.
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
using ::testing::StartsWith;
using Json = nlohmann::json;

class AuditTestCommandsTest : public ::testing::Test {
 protected:
  AuditTestCommandsTest() {
    Do("sari", {"book", "create", "main", "--chart", "isak35-ngo"});
    Post("2026-02-01", "5.3.40", "1.1.21", "3000000");
    Post("2026-03-01", "5.3.40", "1.1.21", "70000.25");
    Do("sari", {"entry", "reverse", "JU-2026-000002", "--date", "2026-03-05", "--description",
                "Salah akun"});
    Post("2026-03-06", "5.3.40", "1.1.21", "70000.25");
    Do("sari",
       {"voucher", "create", "--kind", "BKK", "--date", "2026-04-05", "--party", "PLN",
        "--description", "Listrik", "--cash-account", "1.1.21", "--debit", "5.3.40=150000"});
    Do("sari", {"voucher", "submit", "1"});
    Do("budi", {"voucher", "approve", "1"});
  }
  std::string Do(const std::string& person, const std::vector<std::string>& arguments) {
    return stage_.Do(person, arguments);
  }
  void Post(const std::string& date, const std::string& debit, const std::string& credit,
            const std::string& amount) {
    Do("sari", {"entry", "post", "--date", date, "--description", "Uji", "--debit",
                absl::StrCat(debit, "=", amount), "--credit", absl::StrCat(credit, "=", amount)});
  }
  // The document of the name, of all that the command writes.
  Json Document(std::vector<std::string> arguments, const std::string& name) {
    arguments.insert(arguments.end(), {"--year", "2026", "--output", "json"});
    const Json json = Json::parse(Do("agus", arguments));
    for (const Json& document : json["documents"]) {
      if (document["name"] == name) return document;
    }
    ADD_FAILURE() << "no document " << name << " in " << json;
    return Json();
  }
  static std::vector<Json> Rows(const Json& document) {
    std::vector<Json> rows;
    for (const Json& row : document["rows"]) rows.push_back(row["cells"]);
    return rows;
  }

  CommandStage stage_{{{"agus", identity::Role::kAuditor},
                       {"budi", identity::Role::kApprover},
                       {"sari", identity::Role::kFinanceOfficer}}};
};

TEST_F(AuditTestCommandsTest, TellWhatStandsOut) {
  const Json summary = Document({"audit-tests"}, "audit-tests");
  const std::vector<Json> rows = Rows(summary);
  EXPECT_EQ(rows[3], R"(["Round sum, a multiple of 1000000", "5", "1", "3000000.00"])"_json);
  EXPECT_EQ(rows[4],
            R"(["A reversal, or an entry that was reversed", "5", "2", "140000.50"])"_json);
  EXPECT_EQ(rows[5],
            R"(["The same postings as an entry that was reversed", "5", "1", "70000.25"])"_json);
  EXPECT_EQ(rows[7][2], "0");
  EXPECT_EQ(rows[8][2], "0");
  for (const Json& check : summary["checks"]) EXPECT_TRUE(check["holds"]) << check;
  EXPECT_THAT(Rows(Document({"audit-tests"}, "approvers")),
              ElementsAre(R"(["without a voucher", "", "4", "3210000.75"])"_json,
                          R"(["sari", "budi", "1", "150000.00"])"_json));
  EXPECT_THAT(Rows(Document({"audit-tests"}, "number-series")),
              ElementsAre(R"(["Entries JU", "2026", "1", "4", "4", "0", "0"])"_json,
                          R"(["Entries JB", "2026", "1", "1", "1", "0", "0"])"_json,
                          R"(["Vouchers BKK", "2026", "1", "1", "1", "0", "0"])"_json));
  const Json changed = Document({"audit-tests", "--round-unit", "50000"}, "audit-tests");
  EXPECT_EQ(Rows(changed)[3], R"(["Round sum, a multiple of 50000", "5", "2", "3150000.00"])"_json);
}

TEST_F(AuditTestCommandsTest, DrawTheSameSampleFromTheSameSeed) {
  const std::vector<std::string> sample = {"audit-sample", "--account", "5.3.40", "--side",
                                           "debit",        "--size",    "3",      "--seed",
                                           "kap-2026"};
  const std::vector<Json> rows = Rows(Document(sample, "audit-sample"));
  // Larger than the interval of 1,096,666.83, so always drawn.
  EXPECT_EQ(rows.front()[1], "JU-2026-000001");
  EXPECT_EQ(rows.front()[6], "3000000.00");
  EXPECT_EQ(Rows(Document(sample, "audit-sample")), rows);
}

TEST_F(AuditTestCommandsTest, WriteEveryFormat) {
  for (const auto& [ending, start] : {std::pair{"pdf", "%PDF-"}, {"xlsx", "PK"}}) {
    const std::string path = stage_.PathOf(absl::StrCat("uji.", ending));
    Do("agus", {"audit-tests", "--year", "2026", "--file", path, "--lang", "id"});
    EXPECT_THAT(ContentOf(path), StartsWith(start));
  }
  EXPECT_THAT(Do("agus", {"audit-tests", "--year", "2026", "--lang", "id"}),
              AllOf(HasSubstr("UJI AUDIT ATAS JURNAL"), HasSubstr("ANGKA PERTAMA")));
}

TEST_F(AuditTestCommandsTest, RefuseWhatCannotBeAnswered) {
  EXPECT_THAT(stage_.Refused("sari", {"audit-tests", "--year", "2026"}),
              StartsWith("error: PERMISSION_DENIED"));
  const auto tests = [&](const char* flag, const char* value) {
    return stage_.Refused("agus", {"audit-tests", "--year", "2026", flag, value});
  };
  EXPECT_THAT(tests("--round-unit", "-5"),
              AllOf(StartsWith("error: INVALID_SETTING"), HasSubstr("settings.round_unit")));
  EXPECT_THAT(tests("--work-starts", "19"), HasSubstr("settings.work_starts_hour"));
  EXPECT_THAT(tests("--utc-offset", "2000"), HasSubstr("settings.utc_offset_minutes"));
  EXPECT_THAT(tests("--back-dated-days", "-1"), HasSubstr("settings.back_dated_days"));
  const auto sample = [&](const char* account, const char* size, const std::string& seed) {
    return stage_.Refused("agus", {"audit-sample", "--year", "2026", "--side", "credit",
                                   "--account", account, "--size", size, "--seed", seed});
  };
  EXPECT_THAT(sample("9.9", "1", "x"), StartsWith("error: UNKNOWN_ACCOUNT"));
  EXPECT_THAT(sample("1.1.22", "1", "x"),
              AllOf(StartsWith("error: INVALID_SETTING"), HasSubstr("size")));
  EXPECT_THAT(sample("1.1.21", "1", std::string(101, 'x')),
              AllOf(StartsWith("error: INVALID_SETTING"), HasSubstr("seed")));
}

}  // namespace
}  // namespace lumbung::cli
