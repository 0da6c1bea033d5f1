#include "services/host/cli/progress_bar.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace lumbung::cli {
namespace {

class ProgressBarTest : public ::testing::Test {
 protected:
  Console NewConsole(bool terminal) {
    return Console{.in = in_,
                   .out = out_,
                   .err = err_,
                   .out_is_terminal = false,
                   .err_is_terminal = terminal,
                   .width = 0,
                   .variable = [](const char*) { return std::nullopt; },
                   .now = [this] { return now_; },
                   .sleep = [](absl::Duration) {}};
  }

  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
  absl::Time now_ = absl::UnixEpoch();
};

TEST_F(ProgressBarTest, DrawsTheShareThatIsDone) {
  EXPECT_EQ(RenderProgress("posting", 0, 200), "posting  [------------------------------]  0 %");
  EXPECT_EQ(RenderProgress("posting", 100, 200), "posting  [###############---------------]  50 %");
  EXPECT_EQ(RenderProgress("posting", 199, 200), "posting  [#############################-]  99 %");
  EXPECT_EQ(RenderProgress("posting", 200, 200),
            "posting  [##############################]  100 %");
  EXPECT_EQ(RenderProgress("posting", 300, 200),
            "posting  [##############################]  100 %");
  EXPECT_EQ(RenderProgress("reading", 1234, 0), "reading  1234");
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(RenderProgress("x", most, most), "x  [##############################]  100 %");
}

TEST_F(ProgressBarTest, DrawsAtMostTenTimesASecondAndLeavesNothingBehind) {
  const Console console = NewConsole(true);
  {
    ProgressBar bar(console);
    bar.Update("reading", 1, 0);
    bar.Update("reading", 2, 0);
    now_ += absl::Milliseconds(100);
    bar.Update("reading", 3, 0);
    bar.Update("posting", 4, 0);
  }
  EXPECT_EQ(err_.str(), "\r\x1b[Kreading  1\r\x1b[Kreading  3\r\x1b[Kposting  4\r\x1b[K");
}

TEST_F(ProgressBarTest, KeepsQuietWhenNobodyWatches) {
  const Console console = NewConsole(false);
  ProgressBar(console).Update("reading", 1, 2);
  EXPECT_EQ(err_.str(), "");
}

}  // namespace
}  // namespace lumbung::cli
