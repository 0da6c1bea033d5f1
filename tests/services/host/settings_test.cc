#include "services/host/settings.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::host {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::Refuses;

// A command with a few settings, given a command line, an environment and a file.
class SettingsTest : public ::testing::Test {
 protected:
  ~SettingsTest() override { std::remove(file_.c_str()); }

  void WriteFile(const std::string& text) { std::ofstream(file_) << text; }

  absl::StatusOr<ServerSettings> Resolve(std::vector<std::string> flags,
                                         const std::vector<std::string>& environment = {}) {
    CLI::App app;
    source_ = std::make_unique<SettingsSource>(
        ServerSettings(),
        std::vector<std::string>{"services", "db", "listen", "metrics-port", "workers",
                                 "read-deadline", "log-level"},
        std::vector<std::string>{"db"});
    source_->AddFlags(app);
    std::reverse(flags.begin(), flags.end());
    app.parse(flags);
    return source_->Resolve(environment);
  }
  std::string FileFlag() const { return "--config=" + file_; }

  const std::string file_ = absl::StrCat(::testing::TempDir(), "settings-", getpid(), ".yaml");
  std::unique_ptr<SettingsSource> source_;
};

TEST_F(SettingsTest, FlagsWinOverEnvironmentOverFileOverDefaults) {
  WriteFile("db: from-file\nworkers: 3\nmetrics-port: 1003\n");
  const auto settings =
      Resolve({FileFlag(), "--metrics-port=1001"},
              {"LUMBUNG_WORKERS=2", "LUMBUNG_METRICS_PORT=1002", "HOME=/somewhere"});
  ASSERT_THAT(settings, IsOk());
  EXPECT_EQ(settings->db, "from-file");
  EXPECT_EQ(settings->workers, 2);
  EXPECT_EQ(settings->metrics_port, 1001);
  EXPECT_EQ(settings->grpc_port, 7080);
}

TEST_F(SettingsTest, TellsAllProblemsAtOnce) {
  WriteFile("db: x\nworkers: many\nwrokers: 3\nservices: [ledger]\n");
  const auto settings = Resolve({FileFlag(), "--log-level=loud"},
                                {"LUMBUNG_METRICS_PORT=70000", "LUMBUNG_METRIC_PORT=1"});
  ASSERT_THAT(settings, Refuses("INVALID_CONFIGURATION"));
  const std::string message(settings.status().message());
  for (const std::string& problem :
       {file_ + ":2: found \"many\"", file_ + ":3: there is no setting \"wrokers\"",
        file_ + ":4: services takes one value", std::string("--log-level: found \"loud\""),
        std::string("LUMBUNG_METRICS_PORT: found \"70000\""),
        std::string("LUMBUNG_METRIC_PORT: there is no such setting")}) {
    EXPECT_THAT(message, HasSubstr(problem));
  }
}

TEST_F(SettingsTest, MissesWhatHasNoDefault) {
  const auto settings = Resolve({});
  ASSERT_THAT(settings, Refuses("INVALID_CONFIGURATION"));
  EXPECT_THAT(std::string(settings.status().message()), HasSubstr("--db: missing"));
}

TEST_F(SettingsTest, TellsFilesThatCannotBeRead) {
  EXPECT_THAT(Resolve({"--config=/nowhere/lumbung.yaml", "--db=x"}),
              Refuses("INVALID_CONFIGURATION"));
  WriteFile("a: [unclosed\n");
  EXPECT_THAT(Resolve({FileFlag(), "--db=x"}), Refuses("INVALID_CONFIGURATION"));
  WriteFile("- a list\n");
  EXPECT_THAT(Resolve({FileFlag(), "--db=x"}), Refuses("INVALID_CONFIGURATION"));
}

TEST_F(SettingsTest, LetsTheClientsVariablesAlone) {
  EXPECT_THAT(Resolve({"--db=x"}, {"LUMBUNG_SERVER=127.0.0.1:1", "LUMBUNG_ORGANIZATION=desa",
                                   "LUMBUNG_BOOK=kas", "LUMBUNG_SOAK=1"}),
              IsOk());
  // A setting of another command is known.
  EXPECT_THAT(Resolve({"--db=x"}, {"LUMBUNG_DATA_DIR=/srv"}), IsOk());
}

TEST_F(SettingsTest, ListensOnThisMachineOnly) {
  for (const char* address : {"127.0.0.1:80", "127.8.8.8:80", "localhost:0", "[::1]:7080"}) {
    EXPECT_THAT(Resolve({"--db=x", absl::StrCat("--listen=", address)}), IsOk()) << address;
  }
  for (const char* address :
       {"0.0.0.0:80", "10.0.0.1:80", "[::]:80", "128.0.0.1:80", "127.0.0.1.example.com:80",
        "127.0.0.256:80", "example.com:80", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:65536"}) {
    EXPECT_THAT(Resolve({"--db=x", absl::StrCat("--listen=", address)}),
                Refuses("INVALID_CONFIGURATION"))
        << address;
  }
}

TEST_F(SettingsTest, PrintsWhatIsInForceWithoutPasswords) {
  const auto settings = Resolve({"--db=host=db password='s e' user=x", "--services=ledger"},
                                {"LUMBUNG_READ_DEADLINE=7"});
  ASSERT_THAT(settings, IsOk());
  EXPECT_EQ(source_->Print(*settings),
            "services: \"ledger\"  # --services\n"
            "db: \"host=db password=... user=x\"  # --db\n"
            "listen: \"127.0.0.1:7080\"  # default\n"
            "metrics-port: \"7081\"  # default\n"
            "workers: \"8\"  # default\n"
            "read-deadline: \"7\"  # LUMBUNG_READ_DEADLINE\n"
            "log-level: \"info\"  # default\n");
  const auto uri = Resolve({"--db=postgresql://app:secret@db.internal/lumbung"});
  ASSERT_THAT(uri, IsOk());
  EXPECT_THAT(source_->Print(*uri), HasSubstr("\"postgresql://app:...@db.internal/lumbung\""));
}

TEST_F(SettingsTest, ReadsBackWhatItPrints) {
  const auto settings = Resolve({"--db=x", "--workers=5", "--read-deadline=9"});
  ASSERT_THAT(settings, IsOk());
  const std::string printed = source_->Print(*settings);
  WriteFile(printed);
  const auto again = Resolve({FileFlag()});
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->workers, 5);
  EXPECT_EQ(again->default_read_deadline, absl::Seconds(9));
}

}  // namespace
}  // namespace lumbung::host
