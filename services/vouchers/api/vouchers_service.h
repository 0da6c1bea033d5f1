// VoucherService on the wire: which handler answers which call.
#ifndef LUMBUNG_SERVICES_VOUCHERS_API_VOUCHERS_SERVICE_H_
#define LUMBUNG_SERVICES_VOUCHERS_API_VOUCHERS_SERVICE_H_

#include <memory>

#include <grpcpp/impl/codegen/service_type.h>

#include "services/common/grpc_adapter.h"
#include "services/vouchers/api/approval_handlers.h"
#include "services/vouchers/api/attachment_handlers.h"
#include "services/vouchers/api/settings_handlers.h"
#include "services/vouchers/api/template_handlers.h"
#include "services/vouchers/api/voucher_handlers.h"

namespace lumbung::vouchers::api {

// All outlive the service.
struct Handlers {
  VoucherHandlers* vouchers = nullptr;
  ApprovalHandlers* approvals = nullptr;
  AttachmentHandlers* attachments = nullptr;
  SettingsHandlers* settings = nullptr;
  TemplateHandlers* templates = nullptr;
};

std::unique_ptr<grpc::Service> MakeVouchersService(GrpcAdapter* adapter, const Handlers& handlers);

}  // namespace lumbung::vouchers::api

#endif  // LUMBUNG_SERVICES_VOUCHERS_API_VOUCHERS_SERVICE_H_
