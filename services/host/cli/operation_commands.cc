#include <memory>
#include <string>

#include "services/host/cli/commands.h"
#include "services/host/cli/operation_view.h"
#include "services/host/cli/record_writer.h"

namespace lumbung::cli {
namespace {

std::string OperationName(const std::string& id) {
  return id.rfind("operations/", 0) == 0 ? id : "operations/" + id;
}

absl::Status ShowOperation(Invocation& call, const std::string& id) {
  v1::GetOperationRequest request;
  request.set_name(OperationName(id));
  LUMBUNG_ASSIGN_OR_RETURN(const v1::Operation operation,
                           call.session().Call(&TransferApi::GetOperation, request));
  WriteRecord(call, operation, kOperations);
  if (!call.table() || !operation.done()) return absl::OkStatus();
  if (operation.has_error()) {
    call.WriteLine();
    PrintFailure(FailureOf(operation), {false, call.output().language}, call.console().out);
    return absl::OkStatus();
  }
  call.WriteLine();
  return WriteImportSummary(call, operation);
}

}  // namespace

void AddOperationCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "operation", "Long-running work of the server");
  AddCommand(*group, client,
             {"list", "List the organization's operations", "lumbung operation list"},
             Scope::kOrganization, [](Invocation& call) {
               return WriteList(call, &TransferApi::ListOperations, v1::ListOperationsRequest(),
                                "operations", &v1::ListOperationsResponse::operations, kOperations);
             });
  const auto shown = std::make_shared<std::string>();
  AddCommand(*group, client, {"show", "Show one operation", "lumbung operation show 42"},
             Scope::kBook, [shown](Invocation& call) { return ShowOperation(call, *shown); })
      ->add_option("OPERATION", *shown, "Its id")
      ->required();
  const auto cancelled = std::make_shared<std::string>();
  AddCommand(*group, client,
             {"cancel", "Cancel an operation; a cancelled import leaves no trace",
              "lumbung operation cancel 42"},
             Scope::kOrganization,
             [cancelled](Invocation& call) -> absl::Status {
               v1::CancelOperationRequest request;
               request.set_name(OperationName(*cancelled));
               LUMBUNG_ASSIGN_OR_RETURN(
                   const v1::Operation operation,
                   call.session().Call(&TransferApi::CancelOperation, request));
               WriteRecord(call, operation, kOperations);
               return absl::OkStatus();
             })
      ->add_option("OPERATION", *cancelled, "Its id")
      ->required();
}

}  // namespace lumbung::cli
