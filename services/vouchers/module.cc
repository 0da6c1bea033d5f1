#include "services/vouchers/module.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "services/common/book_directory.h"
#include "services/common/random_bytes.h"
#include "services/vouchers/api/vouchers_service.h"

namespace lumbung::vouchers {
namespace {

// The day where the server stands.
Date Today() {
  const absl::CivilDay day = absl::ToCivilDay(absl::Now(), absl::LocalTimeZone());
  return Date::FromDays(static_cast<std::int32_t>(day - absl::CivilDay(1970, 1, 1)));
}

class VouchersModule final : public HostedService {
 public:
  explicit VouchersModule(const HostContext& context)
      : directory_(context.pool),
        attachment_store_(context.pool),
        access_(
            {context.pool, &directory_, &attachment_store_, absl::Now, Today, SecureRandomBytes}),
        vouchers_(&access_),
        approvals_(&access_),
        attachments_(&access_),
        settings_(&access_),
        templates_(&access_),
        service_(api::MakeVouchersService(
            context.adapter, {&vouchers_, &approvals_, &attachments_, &settings_, &templates_})) {}

  std::vector<std::pair<std::string, grpc::Service*>> services() override {
    return {{"lumbung.vouchers.v1.VoucherService", service_.get()}};
  }
  // Every call ends with its own database transaction.
  void Drain() override {}

 private:
  BookDirectory directory_;
  DatabaseAttachmentStore attachment_store_;
  api::VoucherAccess access_;
  api::VoucherHandlers vouchers_;
  api::ApprovalHandlers approvals_;
  api::AttachmentHandlers attachments_;
  api::SettingsHandlers settings_;
  api::TemplateHandlers templates_;
  std::unique_ptr<grpc::Service> service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HostedService>> CreateVouchersModule(const HostContext& context) {
  return std::make_unique<VouchersModule>(context);
}

}  // namespace lumbung::vouchers
