// The auditor's tests and samples, as callers ask for them.
#ifndef LUMBUNG_SERVICES_REPORTING_API_AUDIT_TEST_HANDLER_H_
#define LUMBUNG_SERVICES_REPORTING_API_AUDIT_TEST_HANDLER_H_

#include <utility>

#include "absl/status/status.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"
#include "services/reporting/api/document_stream.h"

namespace lumbung::reporting::api {

// Thread-safe.
class AuditTestHandler {
 public:
  explicit AuditTestHandler(DocumentParts parts) : parts_(std::move(parts)) {}

  absl::Status PrintAuditTests(CallScope& call, const v1::PrintAuditTestsRequest& request,
                               StreamWriter<v1::PrintAuditTestsResponse>& writer);
  absl::Status PrintAuditSample(CallScope& call, const v1::PrintAuditSampleRequest& request,
                                StreamWriter<v1::PrintAuditSampleResponse>& writer);

 private:
  const DocumentParts parts_;
};

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_AUDIT_TEST_HANDLER_H_
