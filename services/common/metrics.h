// What the server counts, in Prometheus' terms. Label values come from fixed sets (methods, codes),
// never from requests.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_COMMON_METRICS_H_
#define LUMBUNG_SERVICES_COMMON_METRICS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "services/common/call_observer.h"

namespace lumbung {

class Metrics final : public CallObserver {
 public:
  // What is running, for lumbung_build_info.
  struct Build {
    std::string version;
    std::string commit;
  };

  explicit Metrics(const Build& build);
  ~Metrics() override;

  // Counts and times the call, and writes its log line.
  void OnCallEnd(const CallEnd& end) override;
  // A batch of this many entries was written.
  void OnBatch(std::size_t entries);
  // How long a caller waited for a database connection.
  void OnConnectionWait(absl::Duration waited);
  // A value that is read when the metrics are. `read` must be callable as long as this lives.
  void AddGauge(const std::string& name, const std::string& help,
                std::function<std::int64_t()> read);

  // The text exposition format.
  std::string Expose() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_METRICS_H_
