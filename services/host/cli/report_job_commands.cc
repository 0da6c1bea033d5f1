// `lumbung report job`: documents that the server makes while nobody waits, and keeps.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/host/cli/choice.h"
#include "services/host/cli/document_flags.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/report_commands.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

namespace reporting_v1 = ::lumbung::reporting::v1;

constexpr absl::Duration kPollPause = absl::Milliseconds(500);

constexpr Choice<reporting_v1::ReportState> kStates[] = {
    {"waiting", reporting_v1::REPORT_STATE_WAITING, Label::kWaiting},
    {"running", reporting_v1::REPORT_STATE_RUNNING, Label::kRunning},
    {"done", reporting_v1::REPORT_STATE_DONE, Label::kDone},
    {"failed", reporting_v1::REPORT_STATE_FAILED, Label::kFailed},
    {"cancelled", reporting_v1::REPORT_STATE_CANCELLED, Label::kCancelled},
};

// What was asked for: "general-ledger", "statements", "audit_pack".
std::string DocumentWord(const reporting_v1::ReportRequest& request) {
  if (request.has_book()) return std::string(BookDocumentWord(request.book().document()));
  const google::protobuf::FieldDescriptor* const field =
      request.GetDescriptor()->FindFieldByNumber(static_cast<int>(request.document_case()));
  return field == nullptr ? "" : field->name();
}

std::vector<Column> ReportColumns(const Invocation& call) {
  return {call.NewColumn("report", Label::kReport),
          call.NewColumn("document", Label::kDocument),
          call.NewColumn("state", Label::kState),
          call.NewColumn("rows", Label::kProgress, ColumnKind::kAmount),
          call.NewColumn("bytes", Label::kBytes, ColumnKind::kAmount),
          call.NewColumn("requested_by", Label::kPerson),
          call.NewColumn("create_time", Label::kCreated),
          call.NewColumn("checkpoint_size", Label::kCheckpointSize, ColumnKind::kAmount),
          call.NewColumn("reason", Label::kWhy, ColumnKind::kFlexible)};
}

std::vector<Cell> ReportCells(const Invocation& call, const reporting_v1::Report& report) {
  return {LastId(report.name()),
          DocumentWord(report.request()),
          ShowChoice(call, report.state(), kStates),
          absl::StrCat(report.rows()),
          absl::StrCat(report.bytes()),
          LastId(report.requested_by()),
          ShowInstant(call, report.create_time()),
          absl::StrCat(report.checkpoint_size()),
          report.reason().empty() ? "" : absl::StrCat(report.reason(), ": ", report.message())};
}

constexpr RecordLayout<reporting_v1::Report> kReports{ReportColumns, ReportCells};

absl::StatusOr<std::string> ReportName(Invocation& call, const std::string& number) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string book, call.session().BookName());
  return ChildName(book, "reports", number);
}

absl::StatusOr<reporting_v1::Report> GetReport(Invocation& call, const std::string& name) {
  reporting_v1::GetReportRequest request;
  request.set_name(name);
  return call.session().Call(&ReportingApi::GetReport, request);
}

absl::Status List(Invocation& call) {
  reporting_v1::ListReportsRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const reporting_v1::ListReportsResponse response,
                           call.session().Call(&ReportingApi::ListReports, request));
  RecordWriter writer(call, "reports", ReportColumns(call));
  for (const reporting_v1::Report& report : response.reports()) {
    writer.Add(report, ReportCells(call, report));
  }
  writer.Finish();
  return absl::OkStatus();
}

absl::Status Show(Invocation& call, const std::string& number) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string name, ReportName(call, number));
  LUMBUNG_ASSIGN_OR_RETURN(const reporting_v1::Report report, GetReport(call, name));
  WriteRecord(call, report, kReports);
  return absl::OkStatus();
}

absl::Status Cancel(Invocation& call, const std::string& number) {
  reporting_v1::CancelReportRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_name(), ReportName(call, number));
  LUMBUNG_ASSIGN_OR_RETURN(const reporting_v1::Report report,
                           call.session().Call(&ReportingApi::CancelReport, request));
  WriteRecord(call, report, kReports);
  return absl::OkStatus();
}

// Waits for the report; Ctrl-C ends the waiting and not the report.
absl::Status AwaitEnd(Invocation& call, const std::string& name) {
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const reporting_v1::Report report, GetReport(call, name));
    switch (report.state()) {
      case reporting_v1::REPORT_STATE_WAITING:
      case reporting_v1::REPORT_STATE_RUNNING:
        call.console().sleep(kPollPause);
        continue;
      case reporting_v1::REPORT_STATE_FAILED:
        return FailedPrecondition(report.reason(), "", report.message());
      default:
        return absl::OkStatus();
    }
  }
}

absl::Status Download(Invocation& call, const std::string& number, const DocumentFlags& where) {
  reporting_v1::DownloadReportRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_name(), ReportName(call, number));
  LUMBUNG_RETURN_IF_ERROR(AwaitEnd(call, request.name()));
  return WriteDocument(call, where, Label::kReport, [&](std::ostream& out) {
    return CopyPieces<reporting_v1::DownloadReportResponse>(
        call, kPrintTimeout, out, [&](grpc::ClientContext* context) {
          return call.session().reporting().DownloadReport(context, request);
        });
  });
}

// A command about one report, by its number.
using ForNumber = absl::Status (*)(Invocation& call, const std::string& number);
void AddForNumber(CLI::App& group, Client& client, const CommandText& text, ForNumber run) {
  const auto number = std::make_shared<std::string>();
  CLI::App* const command =
      AddCommand(group, client, text, Scope::kBook,
                 [number, run](Invocation& call) { return run(call, *number); });
  command->add_option("NUMBER", *number, "As in `report job list`")->required();
}

}  // namespace

absl::Status StartReport(Invocation& call, const reporting_v1::ReportRequest& report) {
  reporting_v1::StartReportRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  *request.mutable_report() = report;
  EnsureRequestId(request);
  LUMBUNG_ASSIGN_OR_RETURN(const reporting_v1::Report started,
                           call.session().Call(&ReportingApi::StartReport, request));
  WriteRecord(call, started, kReports);
  return absl::OkStatus();
}

void AddReportJobCommands(CLI::App& group, Client& client) {
  CLI::App* const jobs =
      AddGroup(group, "job", "Documents that the server makes while nobody waits, and keeps");
  AddCommand(*jobs, client,
             {"list", "List them, the newest first; a hundred of a book are kept",
              "lumbung report job list"},
             Scope::kBook, [](Invocation& call) { return List(call); });
  AddForNumber(*jobs, client,
               {"show", "Show one: how far it is, or why it failed", "lumbung report job show 3"},
               Show);
  AddForNumber(*jobs, client,
               {"cancel", "End one that is waiting or running", "lumbung report job cancel 3"},
               Cancel);
  const auto number = std::make_shared<std::string>();
  const auto where = std::make_shared<DocumentFlags>();
  CLI::App* const download = AddCommand(
      *jobs, client,
      {"download", "Fetch one, as often as you like; waits until it is done",
       "lumbung report print general-ledger --year 2026 --later pdf\n"
       "  lumbung report job download 3 --file buku-besar.pdf"},
      Scope::kBook, [number, where](Invocation& call) { return Download(call, *number, *where); });
  download->add_option("NUMBER", *number, "As in `report job list`")->required();
  download->add_option("--file", where->file, "Where to write")->type_name("FILE")->required();
}

}  // namespace lumbung::cli
