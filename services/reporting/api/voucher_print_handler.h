// Vouchers on paper, as callers ask for them.
#ifndef LUMBUNG_SERVICES_REPORTING_API_VOUCHER_PRINT_HANDLER_H_
#define LUMBUNG_SERVICES_REPORTING_API_VOUCHER_PRINT_HANDLER_H_

#include <utility>

#include "absl/status/status.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"
#include "services/reporting/api/document_stream.h"

namespace lumbung::reporting::api {

// Thread-safe.
class VoucherPrintHandler {
 public:
  explicit VoucherPrintHandler(DocumentParts parts) : parts_(std::move(parts)) {}

  absl::Status PrintVouchers(CallScope& call, const v1::PrintVouchersRequest& request,
                             StreamWriter<v1::PrintVouchersResponse>& writer);

 private:
  const DocumentParts parts_;
};

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_VOUCHER_PRINT_HANDLER_H_
