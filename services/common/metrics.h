// What the server counts, in Prometheus' terms. Label values come from fixed sets (methods, codes),
// never from requests.
#ifndef LUMBUNG_SERVICES_COMMON_METRICS_H_
#define LUMBUNG_SERVICES_COMMON_METRICS_H_

#include <functional>
#include <memory>
#include <string>

#include "services/common/call_observer.h"

namespace lumbung::host {

class Metrics : public CallObserver {
 public:
  // The build that is running, for lumbung_build_info.
  Metrics(const std::string& version, const std::string& commit);
  ~Metrics() override;

  // Counts and times the call, and writes its log line.
  void OnCallEnd(const CallEnd& end) override;
  // Entries of a batch that was written.
  void OnBatch(std::size_t entries);
  // A value that is read when the metrics are.
  void AddGauge(const std::string& name, const std::string& help,
                std::function<std::int64_t()> read);

  // The text exposition format.
  std::string Expose() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_COMMON_METRICS_H_
