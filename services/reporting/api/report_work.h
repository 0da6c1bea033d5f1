// What a report is made by: the method of its document, with its bytes going elsewhere.
#ifndef LUMBUNG_SERVICES_REPORTING_API_REPORT_WORK_H_
#define LUMBUNG_SERVICES_REPORTING_API_REPORT_WORK_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "reports/model/document.h"
#include "services/common/call_scope.h"
#include "services/reporting/api/document_stream.h"
#include "services/reporting/statements/statement_reader.h"

namespace lumbung::reporting::api {

struct ReportParts {
  DocumentParts documents;
  StatementReader* reader = nullptr;
  // The folder of the log's key; empty for a server that has none.
  std::string keys_dir;
};

// "lumbung.reporting.v1.ReportingService/PrintBook": what makes the document by itself; empty when
// the request has none.
absl::string_view MethodOf(const v1::ReportRequest& request);
// What that method asks of its callers.
std::string PermissionOf(const v1::ReportRequest& request);
// The request of that method.
const google::protobuf::Message& DocumentOf(const v1::ReportRequest& request);

// Makes the document as `call` would have, under watch. The reasons of the method.
absl::Status WriteReport(const ReportParts& parts, CallScope call, const v1::ReportRequest& request,
                         ReportWatch& watch, reports::ByteSink& sink);

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_REPORT_WORK_H_
