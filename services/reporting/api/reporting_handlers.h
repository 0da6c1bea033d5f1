// Statements as callers see them.
#ifndef LUMBUNG_SERVICES_REPORTING_API_REPORTING_HANDLERS_H_
#define LUMBUNG_SERVICES_REPORTING_API_REPORTING_HANDLERS_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"
#include "services/reporting/statements/statement_reader.h"

namespace lumbung::reporting::api {

// Thread-safe.
class ReportingHandlers {
 public:
  struct Parts {
    StatementReader* reader = nullptr;
    // A private folder for temporary files.
    std::string scratch_dir;
    std::function<absl::Time()> now;
  };
  explicit ReportingHandlers(Parts parts) : parts_(std::move(parts)) {}

  absl::StatusOr<v1::ListStatementDefinitionsResponse> ListStatementDefinitions(
      CallScope& call, const v1::ListStatementDefinitionsRequest& request);
  absl::StatusOr<v1::Statement> GetStatement(CallScope& call,
                                             const v1::GetStatementRequest& request);
  absl::StatusOr<v1::OpenFigureResponse> OpenFigure(CallScope& call,
                                                    const v1::OpenFigureRequest& request);
  absl::Status PrintStatements(CallScope& call, const v1::PrintStatementsRequest& request,
                               StreamWriter<v1::PrintStatementsResponse>& writer);

 private:
  const Parts parts_;
};

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_REPORTING_HANDLERS_H_
