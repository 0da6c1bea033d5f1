#include "services/log/module.h"

#include <string>
#include <utility>
#include <vector>

#include "ledger/core/status.h"
#include "services/common/book_directory.h"
#include "services/common/random_bytes.h"
#include "services/log/api/log_service.h"
#include "services/log/sealer/sealer.h"

namespace lumbung::log {
namespace {

class LogModule final : public HostedService {
 public:
  LogModule(const HostContext& context, std::unique_ptr<Sealer> sealer)
      : directory_(context.pool),
        handlers_(context.pool, &directory_),
        service_(api::MakeLogService(context.adapter, &handlers_)),
        sealer_(std::move(sealer)) {
    if (sealer_ == nullptr) return;
    context.metrics->AddGauge("lumbung_leaves_sealed", "Leaves added to logs since the start",
                              [this] { return sealer_->sealed(); });
    context.metrics->AddGauge("lumbung_sealing_failures", "Times that sealing failed",
                              [this] { return sealer_->failures(); });
  }

  std::vector<std::pair<std::string, grpc::Service*>> services() override {
    return {{"lumbung.log.v1.LogService", service_.get()}};
  }
  // What is not sealed now is sealed after the next start.
  void Drain() override {
    if (sealer_ != nullptr) sealer_->Stop();
  }

 private:
  BookDirectory directory_;
  api::LogHandlers handlers_;
  std::unique_ptr<grpc::Service> service_;
  // Null where the server has no keys.
  const std::unique_ptr<Sealer> sealer_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HostedService>> CreateLogModule(const HostContext& context) {
  std::unique_ptr<Sealer> sealer;
  if (!context.keys_dir.empty()) {
    Sealer::Options options;
    options.pool = context.pool;
    options.keys_dir = context.keys_dir;
    options.random_bytes = SecureRandomBytes;
    LUMBUNG_ASSIGN_OR_RETURN(sealer, Sealer::Start(std::move(options)));
  }
  return std::make_unique<LogModule>(context, std::move(sealer));
}

}  // namespace lumbung::log
