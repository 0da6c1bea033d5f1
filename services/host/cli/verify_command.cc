// `lumbung verify`: a live book checked against everything it promises.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "ledger/core/display_text.h"
#include "ledger/core/status.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"

namespace lumbung::cli {
namespace {

namespace reporting_v1 = ::lumbung::reporting::v1;

constexpr absl::Duration kVerifyTimeout = absl::Hours(12);

const std::string& In(const reporting_v1::Label& label, Language language) {
  return language == Language::kIndonesian ? label.id() : label.en();
}

std::vector<Column> PromiseColumns(const Invocation& call) {
  return {call.NewColumn("promise", Label::kPromise, ColumnKind::kFlexible),
          call.NewColumn("checked", Label::kChecked, ColumnKind::kAmount),
          call.NewColumn("findings", Label::kFindings, ColumnKind::kAmount),
          call.NewColumn("state", Label::kState)};
}

std::vector<Cell> PromiseCells(const Invocation& call,
                               const reporting_v1::CheckedPromise& promise) {
  const bool holds = promise.finding_count() == 0;
  return {call.csv() ? promise.promise() : In(promise.label(), call.output().language),
          absl::StrCat(promise.checked()), absl::StrCat(promise.finding_count()),
          call.csv() ? (holds ? "holds" : "broken")
                     : std::string(call.Text(holds ? Label::kHolds : Label::kBroken))};
}

// Below the table: what was found, promise by promise.
void WriteFindings(Invocation& call, const std::vector<reporting_v1::CheckedPromise>& promises) {
  for (const reporting_v1::CheckedPromise& promise : promises) {
    if (promise.findings().empty()) continue;
    call.WriteLine();
    call.WriteLine(In(promise.label(), call.output().language));
    for (const reporting_v1::Finding& finding : promise.findings()) {
      call.WriteLine(absl::StrCat("  ", Printable(finding.place()), ": ",
                                  Printable(In(finding.label(), call.output().language))));
    }
    const std::int64_t more = promise.finding_count() - promise.findings_size();
    if (more > 0) {
      call.WriteLine(absl::StrCat("  ", absl::Substitute(call.Text(Label::kAndMore), more)));
    }
  }
}

absl::Status VerifyBook(Invocation& call) {
  reporting_v1::VerifyBookRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<grpc::ClientContext> context,
                           call.session().NewContext(kVerifyTimeout));
  const auto stream = call.session().reporting().VerifyBook(context.get(), request);
  RecordWriter writer(call, "promises", PromiseColumns(call));
  std::vector<reporting_v1::CheckedPromise> promises;
  int broken = 0;
  reporting_v1::VerifyBookResponse response;
  while (stream->Read(&response)) {
    promises.push_back(response.promise());
    writer.Add(promises.back(), PromiseCells(call, promises.back()));
    if (promises.back().finding_count() > 0) ++broken;
  }
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return call.session().Failed(status);
  writer.Finish();
  if (call.table()) WriteFindings(call, promises);
  if (broken == 0) {
    call.WriteNote(call.Text(Label::kBookSound));
    return absl::OkStatus();
  }
  return Refusal(absl::StatusCode::kDataLoss, "BOOK_DAMAGED", "",
                 absl::Substitute(call.Text(Label::kBookDamaged), broken));
}

}  // namespace

void AddVerifyCommand(CLI::App& app, Client& client) {
  AddCommand(app, client,
             {"verify",
              "Check a live book against everything it promises: entries, balances, closed months, "
              "log and vouchers; exits with 4 when it is damaged",
              "lumbung verify --book utama"},
             Scope::kBook, [](Invocation& call) { return VerifyBook(call); });
}

}  // namespace lumbung::cli
