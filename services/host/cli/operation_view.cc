#include "services/host/cli/operation_view.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "services/host/cli/balance_table.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/interrupt.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/progress_bar.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

std::string ShowState(const Invocation& call, const v1::Operation& operation) {
  if (!operation.done()) return operation.stage();
  if (operation.has_error()) {
    return operation.error().reason().empty() ? absl::StrCat(operation.error().code())
                                              : operation.error().reason();
  }
  return call.csv() ? "done" : std::string(call.Text(Label::kDone));
}

std::vector<Column> OperationColumns(const Invocation& call) {
  return {call.NewColumn("operation", Label::kOperation),
          call.NewColumn("state", Label::kState),
          call.NewColumn("progress", Label::kProgress, ColumnKind::kAmount),
          call.NewColumn("total", Label::kTotal, ColumnKind::kAmount),
          call.NewColumn("dry_run", Label::kDryRun),
          call.NewColumn("create_time", Label::kStarted),
          call.NewColumn("end_time", Label::kEnded)};
}

std::vector<Cell> OperationCells(const Invocation& call, const v1::Operation& operation) {
  return {LastId(operation.name()),
          ShowState(call, operation),
          absl::StrCat(operation.progress()),
          operation.total() == 0 ? "" : absl::StrCat(operation.total()),
          ShowFlag(call, operation.dry_run()),
          ShowInstant(call, operation.create_time()),
          ShowInstant(call, operation.end_time())};
}

// Follows one stream; whether the operation was seen to end.
absl::Status FollowOnce(Invocation& call, ProgressBar& bar, v1::Operation& operation) {
  v1::WatchOperationRequest request;
  request.set_name(operation.name());
  LUMBUNG_ASSIGN_OR_RETURN(const auto context, call.session().NewContext(absl::InfiniteDuration()));
  const auto reader = call.session().transfer().WatchOperation(context.get(), request);
  while (reader->Read(&operation)) {
    bar.Update(operation.stage(), operation.progress(), operation.total());
  }
  return call.session().Failed(reader->Finish());
}

void CancelQuietly(Invocation& call, const std::string& name) {
  v1::CancelOperationRequest request;
  request.set_name(name);
  // When it had already ended, its own end is what counts.
  call.session().Call(&TransferApi::CancelOperation, request).status().IgnoreError();
}

std::vector<Field> SummaryFields(const Invocation& call, const v1::ImportSummary& summary) {
  const auto number = [&call](std::int64_t count) {
    return ShowNumber(absl::StrCat(count), call.output().numbers).text;
  };
  const auto title = [&call](Label label) { return std::string(call.Text(label)); };
  std::string dates;
  if (!summary.first_date().empty()) {
    dates = absl::Substitute(call.Text(Label::kFromTo), summary.first_date(), summary.last_date());
  }
  return {{title(Label::kFormat), ShowChoice(call, summary.format(), kJournalFormats)},
          {title(Label::kDates), dates},
          {title(Label::kEntries), number(summary.entry_count())},
          {title(Label::kPostings), number(summary.posting_count())},
          {title(Label::kAlreadyImported), number(summary.already_imported_count())},
          {title(Label::kAccountsCreated), number(summary.accounts_created())},
          {title(Label::kCurrenciesCreated), number(summary.currencies_created())},
          {title(Label::kRatesCreated), number(summary.rates_created())},
          {title(Label::kAssertionsChecked), number(summary.assertions_checked())},
          {title(Label::kAssertionsStored), number(summary.assertions_stored())},
          {title(Label::kDigest), summary.digest()}};
}

void WriteUnsupported(Invocation& call, const v1::ImportSummary& summary) {
  if (summary.unsupported().empty()) return;
  call.WriteLine();
  call.WriteTitle(call.Text(Label::kLeftOut));
  TableWriter table(call.console().out, call.NewTableStyle(),
                    {call.NewColumn("", Label::kDirective),
                     call.NewColumn("", Label::kCount, ColumnKind::kAmount),
                     call.NewColumn("", Label::kPlaces, ColumnKind::kFlexible)});
  for (const v1::ImportSummary::Unsupported& unsupported : summary.unsupported()) {
    const bool more = unsupported.count() > unsupported.places_size();
    table.Add({unsupported.directive(), absl::StrCat(unsupported.count()),
               absl::StrCat(absl::StrJoin(unsupported.places(), ", "), more ? ", ..." : "")});
  }
  table.Finish();
}

void WriteResidues(Invocation& call, const v1::ImportSummary& summary) {
  if (summary.residue_count() == 0) return;
  call.WriteLine();
  call.WriteTitle(absl::Substitute(call.Text(Label::kResidues), summary.residue_count()));
  TableWriter table(call.console().out, call.NewTableStyle(),
                    {call.NewColumn("", Label::kPlace, ColumnKind::kFlexible),
                     call.NewColumn("", Label::kAmount, ColumnKind::kAmount),
                     call.NewColumn("", Label::kCurrency)});
  for (const v1::ImportSummary::Residue& residue : summary.residues()) {
    table.Add({residue.place(), residue.amount().amount(), residue.amount().currency()});
  }
  table.Finish();
  const std::int64_t more = summary.residue_count() - summary.residues_size();
  if (more > 0) call.WriteLine(absl::Substitute(call.Text(Label::kAndMore), more));
}

}  // namespace

const RecordLayout<v1::Operation> kOperations{OperationColumns, OperationCells};

absl::StatusOr<v1::Operation> WaitForOperation(Invocation& call, const v1::Operation& started) {
  v1::Operation operation = started;
  ProgressBar bar(call.console());
  // The handler runs on another thread; by now the session only reads its settings.
  const InterruptWatch interrupt([&call, name = started.name()] { CancelQuietly(call, name); });
  for (int attempt = 1; !operation.done();) {
    const std::int64_t progress = operation.progress();
    const absl::Status status = FollowOnce(call, bar, operation);
    if (operation.done()) break;
    const absl::Status broken =
        status.ok() ? absl::UnavailableError("the server stopped reporting") : status;
    if (operation.progress() > progress) attempt = 1;
    if (!call.session().ShouldRetry(broken, attempt++)) return broken;
  }
  return operation;
}

absl::Status FailureOf(const v1::Operation& operation) {
  if (!operation.has_error()) return absl::OkStatus();
  const v1::OperationError& error = operation.error();
  std::string message = error.message();
  if (!error.place().empty() && !absl::StrContains(message, error.place())) {
    message = absl::StrCat(error.place(), ": ", message);
  }
  // The first problem is the message.
  const std::string first = message;
  for (const std::string& problem : error.problems()) {
    if (problem != first && problem != error.message()) absl::StrAppend(&message, "\n", problem);
  }
  const auto code = static_cast<absl::StatusCode>(error.code());
  if (code == absl::StatusCode::kOk) return absl::UnknownError(message);
  return Refusal(code, error.reason().empty() ? absl::StatusCodeToString(code) : error.reason(), "",
                 message);
}

absl::Status WriteImportSummary(Invocation& call, const v1::Operation& operation) {
  if (call.json()) {
    call.console().out << ToIndentedJson(operation);
    return absl::OkStatus();
  }
  const v1::ImportSummary& summary = operation.import_summary();
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  BalanceTableOptions options;
  options.layout = BalanceLayout::kTurnover;
  if (call.table()) {
    if (operation.dry_run()) call.WriteTitle(call.Text(Label::kNothingWasKept));
    call.WriteFields(SummaryFields(call, summary));
    WriteUnsupported(call, summary);
    WriteResidues(call, summary);
    call.WriteLine();
    call.WriteTitle(call.Text(Label::kTotals));
  }
  return WriteBalances(call, chart, summary.totals(), options);
}

}  // namespace lumbung::cli
