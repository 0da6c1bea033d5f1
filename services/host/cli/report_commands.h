// The reports, one file each, and what their headings have in common.
#ifndef LUMBUNG_SERVICES_HOST_CLI_REPORT_COMMANDS_H_
#define LUMBUNG_SERVICES_HOST_CLI_REPORT_COMMANDS_H_

#include <string>

#include <CLI/App.hpp>

#include "absl/status/status.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "services/host/cli/command_line.h"

namespace lumbung::cli {

void AddTrialBalanceReport(CLI::App& group, Client& client);
void AddGeneralLedgerReport(CLI::App& group, Client& client);
void AddJournalReport(CLI::App& group, Client& client);
// list, statements, figure.
void AddStatementCommands(CLI::App& group, Client& client);
// print.
void AddBookDocumentCommand(CLI::App& group, Client& client);
// "general-ledger".
absl::string_view BookDocumentWord(reporting::v1::BookDocument document);
// job list, show, download, cancel.
void AddReportJobCommands(CLI::App& group, Client& client);

// The range of days a report covers; either end may be open.
struct ReportDates {
  std::string from;
  std::string to;
};

// In table format: what the report is, of which book, when, and in which currency; then an empty
// line.
absl::Status WriteReportHeading(Invocation& call, Label title, const ReportDates& dates,
                                absl::string_view known_at = "");

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_REPORT_COMMANDS_H_
