#include "services/common/metrics.h"

#include <array>
#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "ledger/core/status.h"
#include "services/common/error_mapping.h"
#include "services/common/log.h"

namespace lumbung {
namespace {

using Buckets = prometheus::Histogram::BucketBoundaries;

const Buckets& LatencySeconds() {
  static const auto* const buckets = new Buckets{
      0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
  return *buckets;
}

const Buckets& BatchEntries() {
  static const auto* const buckets = new Buckets{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000};
  return *buckets;
}

}  // namespace

class Metrics::Impl {
 public:
  explicit Impl(const Build& build)
      : calls_(prometheus::BuildCounter()
                   .Name("lumbung_rpc_total")
                   .Help("Calls by method and status code")
                   .Register(registry_)),
        latency_(prometheus::BuildHistogram()
                     .Name("lumbung_rpc_seconds")
                     .Help("Time from a call's arrival to its answer")
                     .Register(registry_)),
        batches_(AddHistogram("lumbung_posting_batch_entries",
                              "Journal entries written in one statement", BatchEntries())),
        connection_waits_(AddHistogram("lumbung_database_pool_wait_seconds",
                                       "Time a caller waited for a database connection",
                                       LatencySeconds())) {
    prometheus::BuildGauge()
        .Name("lumbung_build_info")
        .Help("The version that is running")
        .Register(registry_)
        .Add({{"version", build.version}, {"commit", build.commit}})
        .Set(1);
  }

  void Count(const CallEnd& end) {
    MethodSeries& series = SeriesOf(end.method);
    series.CounterOf(calls_, end.method, end.status.code()).Increment();
    series.latency->Observe(absl::ToDoubleSeconds(end.latency));
  }
  void OnBatch(std::size_t entries) { batches_.Observe(static_cast<double>(entries)); }
  void OnConnectionWait(absl::Duration waited) {
    connection_waits_.Observe(absl::ToDoubleSeconds(waited));
  }

  void AddGauge(const std::string& name, const std::string& help,
                std::function<std::int64_t()> read) {
    prometheus::Gauge& gauge =
        prometheus::BuildGauge().Name(name).Help(help).Register(registry_).Add({});
    absl::MutexLock lock(&mutex_);
    gauges_.push_back({&gauge, std::move(read)});
  }

  std::string Expose() {
    {
      absl::MutexLock lock(&mutex_);
      for (const Reading& reading : gauges_) {
        reading.gauge->Set(static_cast<double>(reading.read()));
      }
    }
    return prometheus::TextSerializer().Serialize(registry_.Collect());
  }

 private:
  static constexpr std::size_t kCodes = 17;

  // The series of one method, found once: the registry's own search is slow.
  struct MethodSeries {
    prometheus::Histogram* latency = nullptr;
    std::array<std::atomic<prometheus::Counter*>, kCodes> counters = {};

    prometheus::Counter& CounterOf(prometheus::Family<prometheus::Counter>& family,
                                   absl::string_view method, absl::StatusCode code) {
      const auto number = static_cast<std::size_t>(code);
      std::atomic<prometheus::Counter*>& slot = counters[number < kCodes ? number : 2];
      prometheus::Counter* counter = slot.load(std::memory_order_acquire);
      if (counter == nullptr) {
        counter = &family.Add(
            {{"method", std::string(method)}, {"code", absl::StatusCodeToString(code)}});
        slot.store(counter, std::memory_order_release);
      }
      return *counter;
    }
  };
  struct Reading {
    prometheus::Gauge* gauge;
    std::function<std::int64_t()> read;
  };

  prometheus::Histogram& AddHistogram(const char* name, const char* help, const Buckets& buckets) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry_).Add({}, buckets);
  }

  MethodSeries& SeriesOf(absl::string_view method) {
    {
      absl::ReaderMutexLock lock(&mutex_);
      const auto known = series_.find(method);
      if (known != series_.end()) return *known->second;
    }
    absl::MutexLock lock(&mutex_);
    std::unique_ptr<MethodSeries>& series = series_[method];
    if (series == nullptr) {
      series = std::make_unique<MethodSeries>();
      series->latency = &latency_.Add({{"method", std::string(method)}}, LatencySeconds());
    }
    return *series;
  }

  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& calls_;
  prometheus::Family<prometheus::Histogram>& latency_;
  prometheus::Histogram& batches_;
  prometheus::Histogram& connection_waits_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::unique_ptr<MethodSeries>> series_ ABSL_GUARDED_BY(mutex_);
  std::vector<Reading> gauges_ ABSL_GUARDED_BY(mutex_);
};

Metrics::Metrics(const Build& build) : impl_(std::make_unique<Impl>(build)) {}
Metrics::~Metrics() = default;

void Metrics::OnCallEnd(const CallEnd& end) {
  impl_->Count(end);
  const bool our_fault = IsOurFault(end.status.code());
  const LogLevel level = our_fault ? LogLevel::kError : LogLevel::kInfo;
  if (!IsLogged(level)) return;
  LogFields fields = {
      {"method", std::string(end.method)},
      {"code", absl::StatusCodeToString(end.status.code())},
      {"milliseconds", absl::StrFormat("%.3f", absl::ToDoubleMilliseconds(end.latency))},
      {"call", end.call_id}};
  const std::string reason = ReasonOf(end.status);
  if (!reason.empty()) fields.emplace_back("reason", reason);
  if (!end.traceparent.empty()) fields.emplace_back("traceparent", end.traceparent);
  // The text of a refusal may quote the request; that of an error of ours is needed to mend it.
  if (our_fault) fields.emplace_back("error", std::string(end.status.message()));
  Log(level, "call", fields);
}

void Metrics::OnBatch(std::size_t entries) {
  impl_->OnBatch(entries);
}

void Metrics::OnConnectionWait(absl::Duration waited) {
  impl_->OnConnectionWait(waited);
}

void Metrics::AddGauge(const std::string& name, const std::string& help,
                       std::function<std::int64_t()> read) {
  impl_->AddGauge(name, help, std::move(read));
}

std::string Metrics::Expose() const {
  return impl_->Expose();
}

}  // namespace lumbung
