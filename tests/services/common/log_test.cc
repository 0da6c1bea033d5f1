#include "services/common/log.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace lumbung {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string WrittenBy(LogLevel level, LogFormat format, void (*body)()) {
  ::testing::internal::CaptureStderr();
  StartLog(level, format);
  body();
  StopLog();
  return ::testing::internal::GetCapturedStderr();
}

TEST(LogTest, WritesOneJsonObjectALine) {
  const std::string text = WrittenBy(LogLevel::kInfo, LogFormat::kJson, [] {
    LogInfo("listening", {{"address", "127.0.0.1:7080"}});
    LogError("line\nbreak \"quoted\" \\ tab\t\x01", {{"broken utf-8", "\xFF"}, {"name", "Désa"}});
  });
  const std::vector<std::string> lines = absl::StrSplit(text, '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 2u) << text;
  const auto first = nlohmann::json::parse(lines[0]);
  EXPECT_EQ(first["level"], "info");
  EXPECT_EQ(first["message"], "listening");
  EXPECT_EQ(first["address"], "127.0.0.1:7080");
  EXPECT_THAT(first["time"].get<std::string>(),
              ::testing::MatchesRegex("....-..-..T..:..:..\\.......Z"));
  const auto second = nlohmann::json::parse(lines[1]);
  EXPECT_EQ(second["level"], "error");
  EXPECT_EQ(second["message"], "line\nbreak \"quoted\" \\ tab\t\x01");
  EXPECT_EQ(second["broken utf-8"], "\xEF\xBF\xBD");
  EXPECT_EQ(second["name"], "Désa");
}

TEST(LogTest, WritesPlainLinesForPeople) {
  const std::string text = WrittenBy(LogLevel::kInfo, LogFormat::kConsole, [] {
    LogWarning("restarting", {{"attempt", "2"}});
  });
  EXPECT_THAT(text, HasSubstr("warning: restarting attempt=2\n"));
}

TEST(LogTest, LeavesOutWhatIsBelowTheLevel) {
  const std::string text = WrittenBy(LogLevel::kWarning, LogFormat::kJson, [] {
    EXPECT_FALSE(IsLogged(LogLevel::kInfo));
    EXPECT_TRUE(IsLogged(LogLevel::kWarning));
    LogInfo("not this");
    LogWarning("but this");
  });
  EXPECT_THAT(text, Not(HasSubstr("not this")));
  EXPECT_THAT(text, HasSubstr("but this"));
}

TEST(LogTest, WritesEverythingBeforeItStops) {
  const std::string text = WrittenBy(LogLevel::kInfo, LogFormat::kJson, [] {
    for (int i = 0; i < 1'000; ++i) LogInfo(absl::StrCat("line ", i));
  });
  EXPECT_THAT(text, HasSubstr("\"line 0\""));
  EXPECT_THAT(text, HasSubstr("\"line 999\""));
}

}  // namespace
}  // namespace lumbung
