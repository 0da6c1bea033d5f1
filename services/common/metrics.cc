#include "services/common/metrics.h"

#include <utility>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/common/log.h"

namespace lumbung::host {
namespace {

const prometheus::Histogram::BucketBoundaries kLatencySeconds = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
const prometheus::Histogram::BucketBoundaries kBatchEntries = {1,  2,   4,   8,   16,  32,
                                                               64, 128, 256, 512, 1000};

}  // namespace

class Metrics::Impl {
 public:
  Impl(const std::string& version, const std::string& commit)
      : calls_(prometheus::BuildCounter()
                   .Name("lumbung_rpc_total")
                   .Help("Calls by method and status code")
                   .Register(registry_)),
        latency_(prometheus::BuildHistogram()
                     .Name("lumbung_rpc_seconds")
                     .Help("Time from a call's arrival to its answer")
                     .Register(registry_)),
        batch_(prometheus::BuildHistogram()
                   .Name("lumbung_posting_batch_entries")
                   .Help("Journal entries written in one statement")
                   .Register(registry_)
                   .Add({}, kBatchEntries)) {
    prometheus::BuildGauge()
        .Name("lumbung_build_info")
        .Help("The version that is running")
        .Register(registry_)
        .Add({{"version", version}, {"commit", commit}})
        .Set(1);
  }

  void Count(const CallEnd& end) {
    calls_
        .Add({{"method", end.method}, {"code", absl::StatusCodeToString(end.status.code())}})
        .Increment();
    latency_.Add({{"method", end.method}}, kLatencySeconds)
        .Observe(absl::ToDoubleSeconds(end.latency));
  }

  void Batch(std::size_t entries) { batch_.Observe(static_cast<double>(entries)); }

  void AddGauge(const std::string& name, const std::string& help,
                std::function<std::int64_t()> read) {
    prometheus::Gauge& gauge =
        prometheus::BuildGauge().Name(name).Help(help).Register(registry_).Add({});
    absl::MutexLock lock(&mutex_);
    gauges_.emplace_back(&gauge, std::move(read));
  }

  std::string Expose() {
    {
      absl::MutexLock lock(&mutex_);
      for (const auto& [gauge, read] : gauges_) gauge->Set(static_cast<double>(read()));
    }
    return prometheus::TextSerializer().Serialize(registry_.Collect());
  }

 private:
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& calls_;
  prometheus::Family<prometheus::Histogram>& latency_;
  prometheus::Histogram& batch_;
  absl::Mutex mutex_;
  std::vector<std::pair<prometheus::Gauge*, std::function<std::int64_t()>>> gauges_
      ABSL_GUARDED_BY(mutex_);
};

Metrics::Metrics(const std::string& version, const std::string& commit)
    : impl_(std::make_unique<Impl>(version, commit)) {}
Metrics::~Metrics() = default;

void Metrics::OnCallEnd(const CallEnd& end) {
  impl_->Count(end);
  const bool our_fault = end.status.code() == absl::StatusCode::kInternal ||
                         end.status.code() == absl::StatusCode::kUnknown;
  LogFields fields = {{"method", end.method},
                      {"code", absl::StatusCodeToString(end.status.code())},
                      {"micros", absl::StrCat(absl::ToInt64Microseconds(end.latency))},
                      {"call", end.call_id}};
  if (!end.traceparent.empty()) fields.emplace_back("traceparent", end.traceparent);
  // The text of a refusal may quote the request; that of an error of ours is needed to mend it.
  if (our_fault) fields.emplace_back("error", std::string(end.status.message()));
  Log(our_fault ? LogLevel::kError : LogLevel::kDebug, "call", fields);
}

void Metrics::OnBatch(std::size_t entries) { impl_->Batch(entries); }

void Metrics::AddGauge(const std::string& name, const std::string& help,
                       std::function<std::int64_t()> read) {
  impl_->AddGauge(name, help, std::move(read));
}

std::string Metrics::Expose() const { return impl_->Expose(); }

}  // namespace lumbung::host
