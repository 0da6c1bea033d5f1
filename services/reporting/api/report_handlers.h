// Reports that are made while nobody waits, as callers see them.
#ifndef LUMBUNG_SERVICES_REPORTING_API_REPORT_HANDLERS_H_
#define LUMBUNG_SERVICES_REPORTING_API_REPORT_HANDLERS_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/ids.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"
#include "services/reporting/api/report_work.h"
#include "services/reporting/jobs/report_runner.h"
#include "services/reporting/store/report_store.h"

namespace lumbung::reporting::api {

// Thread-safe.
class ReportHandlers {
 public:
  struct Parts {
    ReportParts work;
    ReportRunner* runner = nullptr;
    // Names of the roles that have a permission.
    std::function<std::vector<absl::string_view>(absl::string_view permission)> roles_with;
  };
  explicit ReportHandlers(Parts parts) : parts_(std::move(parts)) {}

  // Named like the calls; their reasons stand in reporting_service.proto.
  absl::StatusOr<v1::Report> StartReport(CallScope& call, const v1::StartReportRequest& request);
  absl::StatusOr<v1::Report> GetReport(CallScope& call, const v1::GetReportRequest& request);
  absl::StatusOr<v1::ListReportsResponse> ListReports(CallScope& call,
                                                      const v1::ListReportsRequest& request);
  absl::StatusOr<v1::Report> CancelReport(CallScope& call, const v1::CancelReportRequest& request);
  absl::Status DownloadReport(CallScope& call, const v1::DownloadReportRequest& request,
                              StreamWriter<v1::DownloadReportResponse>& writer);

 private:
  struct Found {
    BookKey book;
    std::string slug;
    StoredReport report;
  };
  // The report of the name, when the caller may have its document.
  absl::StatusOr<Found> Find(const CallScope& call, const std::string& name);
  absl::Status CheckAllowed(const CallScope& call, const v1::ReportRequest& request) const;

  const Parts parts_;
};

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_REPORT_HANDLERS_H_
