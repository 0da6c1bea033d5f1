#include "services/host/cli/report_commands.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/resource_names.h"

namespace lumbung::cli {
namespace {

// Whoever reads a report has to know when one person may have written and approved what is in it.
absl::Status WriteWhoControls(Invocation& call) {
  const auto settings = call.session().Call(&IdentityApi::GetOrganizationSettings,
                                            identity_v1::GetOrganizationSettingsRequest());
  // A server that has the ledger alone does not know of persons.
  if (absl::IsUnimplemented(settings.status())) return absl::OkStatus();
  LUMBUNG_RETURN_IF_ERROR(settings.status());
  if (settings->small_organization()) call.WriteLine(call.Text(Label::kOnePersonMayDoBoth));
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteReportHeading(Invocation& call, Label title, const ReportDates& dates,
                                absl::string_view known_at) {
  if (!call.table()) return absl::OkStatus();
  LUMBUNG_ASSIGN_OR_RETURN(const v1::Book book, call.session().Book());
  const std::string id = LastId(book.name());
  const std::string& name = book.display_name().empty() ? id : book.display_name();
  call.WriteTitle(absl::StrCat(call.Text(title), " - ", name));
  std::string when;
  if (!dates.from.empty() && !dates.to.empty()) {
    when = absl::Substitute(call.Text(Label::kFromTo), dates.from, dates.to);
  } else if (!dates.from.empty()) {
    when = absl::Substitute(call.Text(Label::kFrom), dates.from);
  } else if (!dates.to.empty()) {
    when = absl::Substitute(call.Text(Label::kUntil), dates.to);
  } else {
    when = std::string(call.Text(Label::kAllDates));
  }
  absl::StrAppend(&when, "; ",
                  absl::Substitute(call.Text(Label::kAmountsIn), book.functional_currency()));
  if (!known_at.empty()) {
    absl::StrAppend(&when, "; ", absl::Substitute(call.Text(Label::kAsKnownAt), known_at));
  }
  call.WriteLine(when);
  LUMBUNG_RETURN_IF_ERROR(WriteWhoControls(call));
  call.WriteLine();
  return absl::OkStatus();
}

void AddReportCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "report", "Reports");
  AddTrialBalanceReport(*group, client);
  AddGeneralLedgerReport(*group, client);
  AddJournalReport(*group, client);
  AddStatementCommands(*group, client);
  AddBookDocumentCommand(*group, client);
  AddReportJobCommands(*group, client);
}

}  // namespace lumbung::cli
