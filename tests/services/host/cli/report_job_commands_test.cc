// Documents that the server makes while nobody waits, against the real server.
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

class ReportJobCommandsTest : public ::testing::Test {
 protected:
  ReportJobCommandsTest() {
    Do("sari", {"book", "create", "main", "--chart", "isak35-ngo"});
    for (const char* date : {"2026-02-01", "2026-03-01"}) {
      Do("sari", {"entry", "post", "--date", date, "--description", "Uji", "--debit",
                  "5.3.40=150000", "--credit", "1.1.21=150000"});
    }
  }
  std::string Do(const std::string& person, const std::vector<std::string>& arguments) {
    return stage_.Do(person, arguments);
  }
  // The number of a report that is asked for.
  std::string Start(const std::string& person, std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--output", "json"});
    const std::string name = Json::parse(Do(person, arguments))["name"];
    return name.substr(name.rfind('/') + 1);
  }
  Json Show(const std::string& number) {
    return Json::parse(Do("agus", {"report", "job", "show", number, "--output", "json"}));
  }
  // What is kept of it.
  std::string Fetch(const std::string& number) {
    const std::string path = stage_.PathOf("hasil");
    Do("agus", {"report", "job", "download", number, "--file", path});
    return ContentOf(path);
  }

  CommandStage stage_{{{"agus", identity::Role::kAuditor},
                       {"dewi", identity::Role::kOrganizationAdmin},
                       {"sari", identity::Role::kFinanceOfficer}}};
};

TEST_F(ReportJobCommandsTest, AreWhatTheirOwnCommandsMakeAndStaySo) {
  const std::vector<std::vector<std::string>> documents = {
      {"report", "print", "journal", "--year", "2026"},
      {"report", "print", "register", "--year", "2026", "--account", "1.1.21"},
      {"report", "statements", "--year", "2026"},
      {"voucher", "print", "--year", "2026", "--as", "list"},
      {"audit-tests", "--year", "2026"},
      {"audit-sample", "--year", "2026", "--side", "debit", "--size", "2", "--seed", "x"}};
  for (std::vector<std::string> arguments : documents) {
    std::vector<std::string> now = arguments;
    now.insert(now.end(), {"--output", "csv"});
    const std::string expected = Do("agus", now);
    arguments.insert(arguments.end(), {"--later", "csv"});
    const std::string number = Start("agus", arguments);
    EXPECT_EQ(Fetch(number), expected) << arguments[1];
    Do("sari", {"entry", "post", "--date", "2026-04-01", "--description", "Nanti", "--debit",
                "5.3.40=1", "--credit", "1.1.21=1"});
    EXPECT_EQ(Fetch(number), expected) << "what is kept has changed";
  }
  EXPECT_THAT(Do("agus", {"report", "job", "list", "--lang", "id"}),
              AllOf(HasSubstr("journal"), HasSubstr("audit_sample"), HasSubstr("selesai")));
}

TEST_F(ReportJobCommandsTest, SayUpToWhereTheyAreAndHowMuch) {
  const std::string number =
      Start("agus", {"report", "print", "journal", "--year", "2026", "--later", "txt"});
  const std::string content = Fetch(number);
  const Json report = Show(number);
  EXPECT_EQ(report["state"], "REPORT_STATE_DONE");
  EXPECT_EQ(report["last_sequence"], "2");
  EXPECT_EQ(report["rows"], "7");
  EXPECT_EQ(report["bytes"], absl::StrCat(content.size()));
  EXPECT_EQ(report["requested_by"], "people/agus");
  EXPECT_EQ(report["request"]["book"]["parent"], "books/main");
}

TEST_F(ReportJobCommandsTest, AnAuditPackCanWaitToo) {
  const std::string number = Start("agus", {"audit-pack", "--year", "2026", "--later"});
  const std::string path = stage_.PathOf("paket.zip");
  Do("agus", {"report", "job", "download", number, "--file", path});
  EXPECT_THAT(ContentOf(path), StartsWith("PK"));
  // Who took it away is in the audit trail, as ever.
  EXPECT_THAT(Do("dewi", {"audit-trail", "list"}), HasSubstr("build_audit_pack"));
}

TEST_F(ReportJobCommandsTest, WhatTheDocumentRefusesIsTheReportsReason) {
  const std::string number = Start(
      "agus", {"report", "print", "journal", "--year", "2026", "--fund", "umum", "--later", "pdf"});
  EXPECT_THAT(stage_.Refused(
                  "agus", {"report", "job", "download", number, "--file", stage_.PathOf("x.pdf")}),
              StartsWith("error: INVALID_FILTER"));
  EXPECT_EQ(Show(number)["state"], "REPORT_STATE_FAILED");
  EXPECT_THAT(stage_.Refused("agus", {"report", "job", "cancel", number}),
              StartsWith("error: REPORT_ENDED"));
}

TEST_F(ReportJobCommandsTest, AreOnlyForThoseWhoMayHaveTheDocument) {
  EXPECT_THAT(stage_.Refused("sari", {"audit-tests", "--year", "2026", "--later", "pdf"}),
              StartsWith("error: PERMISSION_DENIED"));
  const std::string number = Start("agus", {"audit-tests", "--year", "2026", "--later", "csv"});
  Fetch(number);
  EXPECT_THAT(stage_.Refused("sari", {"report", "job", "show", number}),
              StartsWith("error: PERMISSION_DENIED"));
  EXPECT_THAT(stage_.Refused(
                  "sari", {"report", "job", "download", number, "--file", stage_.PathOf("x.csv")}),
              StartsWith("error: PERMISSION_DENIED"));
  EXPECT_THAT(Do("sari", {"report", "job", "list", "--output", "csv"}),
              Not(HasSubstr("audit_tests")));
  EXPECT_THAT(stage_.Refused("dewi", {"report", "job", "list"}),
              StartsWith("error: PERMISSION_DENIED"));
}

TEST_F(ReportJobCommandsTest, StayWhenTheServerStartsAgain) {
  const std::string number =
      Start("agus", {"report", "print", "journal", "--year", "2026", "--later", "csv"});
  const std::string before = Fetch(number);
  stage_.StartServer();
  EXPECT_EQ(Fetch(number), before);
}

TEST_F(ReportJobCommandsTest, RefuseWhatIsNotThere) {
  EXPECT_THAT(stage_.Refused("agus", {"report", "job", "show", "99"}),
              StartsWith("error: REPORT_NOT_FOUND"));
  EXPECT_THAT(stage_.Refused("agus", {"report", "job", "show", "apa"}),
              StartsWith("error: INVALID_NAME"));
  EXPECT_THAT(
      stage_.Refused(
          "agus",
          {"report", "print", "journal", "--year", "2026", "--later", "pdf", "--file", "x.pdf"}, 2),
      HasSubstr("report job download"));
}

}  // namespace
}  // namespace lumbung::cli
