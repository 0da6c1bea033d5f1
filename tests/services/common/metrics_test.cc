#include "services/common/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/core/status.h"

namespace lumbung {
namespace {

using ::testing::HasSubstr;

CallEnd EndOf(absl::string_view method, absl::Status status, absl::Duration latency) {
  CallEnd end;
  end.method = method;
  end.status = std::move(status);
  end.latency = latency;
  return end;
}

TEST(MetricsTest, CountsCallsByMethodAndCode) {
  Metrics metrics({.version = "1.2.3", .commit = "abc"});
  metrics.OnCallEnd(EndOf("S/Post", absl::OkStatus(), absl::Milliseconds(3)));
  metrics.OnCallEnd(EndOf("S/Post", absl::OkStatus(), absl::Milliseconds(30)));
  metrics.OnCallEnd(EndOf("S/Post", InvalidArgument("UNBALANCED", "", ""), absl::Milliseconds(1)));
  metrics.OnCallEnd(EndOf("S/Read", absl::OkStatus(), absl::Milliseconds(1)));
  const std::string text = metrics.Expose();
  EXPECT_THAT(text, HasSubstr("lumbung_rpc_total{code=\"OK\",method=\"S/Post\"} 2"));
  EXPECT_THAT(text, HasSubstr("lumbung_rpc_total{code=\"INVALID_ARGUMENT\",method=\"S/Post\"} 1"));
  EXPECT_THAT(text, HasSubstr("lumbung_rpc_total{code=\"OK\",method=\"S/Read\"} 1"));
  EXPECT_THAT(text, HasSubstr("lumbung_rpc_seconds_bucket{method=\"S/Post\",le=\"0.005\"} 2"));
  EXPECT_THAT(text, HasSubstr("lumbung_rpc_seconds_count{method=\"S/Post\"} 3"));
}

TEST(MetricsTest, NamesWhatIsRunning) {
  const std::string text = Metrics({.version = "1.2.3", .commit = "abc"}).Expose();
  EXPECT_THAT(text, HasSubstr("lumbung_build_info{commit=\"abc\",version=\"1.2.3\"} 1"));
}

TEST(MetricsTest, ReadsGaugesWhenAsked) {
  Metrics metrics({});
  std::int64_t waiting = 0;
  metrics.AddGauge("lumbung_waiting", "Calls waiting", [&waiting] { return waiting; });
  waiting = 7;
  EXPECT_THAT(metrics.Expose(), HasSubstr("lumbung_waiting 7"));
}

TEST(MetricsTest, SortsBatchesBySize) {
  Metrics metrics({});
  for (const std::size_t entries : {1u, 3u, 1'000u}) metrics.OnBatch(entries);
  const std::string text = metrics.Expose();
  EXPECT_THAT(text, HasSubstr("lumbung_posting_batch_entries_bucket{le=\"1\"} 1"));
  EXPECT_THAT(text, HasSubstr("lumbung_posting_batch_entries_bucket{le=\"4\"} 2"));
  EXPECT_THAT(text, HasSubstr("lumbung_posting_batch_entries_bucket{le=\"1000\"} 3"));
  EXPECT_THAT(text, HasSubstr("lumbung_posting_batch_entries_sum 1004"));
}

}  // namespace
}  // namespace lumbung
