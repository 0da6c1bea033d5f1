// `lumbung audit-pack`: a book that an auditor takes home.
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "ledger/core/status.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/document_flags.h"
#include "services/host/cli/period_flags.h"
#include "services/host/cli/values.h"
#include "services/host/cli/when_sealed.h"

namespace lumbung::cli {
namespace {

namespace reporting_v1 = ::lumbung::reporting::v1;

constexpr absl::Duration kPackTimeout = absl::Hours(1);

struct PackFlags {
  PeriodFlags period;
  std::string file;
  bool later = false;
};

absl::Status Download(Invocation& call, const reporting_v1::BuildAuditPackRequest& request,
                      std::ostream& out) {
  return CopyPieces<reporting_v1::BuildAuditPackResponse>(
      call, kPackTimeout, out, [&](grpc::ClientContext* context) {
        return call.session().reporting().BuildAuditPack(context, request);
      });
}

absl::Status MakePack(Invocation& call, const PackFlags& flags) {
  reporting_v1::BuildAuditPackRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const PeriodDates period, PeriodFrom(call, flags.period));
  request.set_from_date(period.from);
  request.set_to_date(period.to);
  if (flags.later) {
    reporting_v1::ReportRequest report;
    *report.mutable_audit_pack() = request;
    return StartReport(call, report);
  }
  if (flags.file.empty()) return UsageError("--file", "say where to write the zip");
  // Half a pack under its final name would look like a forged one.
  const std::string draft = absl::StrCat(flags.file, ".part");
  std::ofstream out(draft, std::ios::binary | std::ios::trunc);
  if (!out) return UsageError("--file", absl::StrCat("cannot write ", draft));
  absl::Status status = WhenSealed(call, [&] { return Download(call, request, out); });
  out.close();
  if (status.ok() && !out) status = UsageError("--file", absl::StrCat("cannot write ", draft));
  if (status.ok() && std::rename(draft.c_str(), flags.file.c_str()) != 0) {
    status = UsageError("--file", absl::StrCat("cannot write ", flags.file));
  }
  if (!status.ok()) {
    std::remove(draft.c_str());
    return status;
  }
  call.WriteNote(
      absl::Substitute(call.Text(Label::kSavedTo), call.Text(Label::kAuditPack), flags.file));
  call.WriteNote(call.Text(Label::kHowToVerify));
  return absl::OkStatus();
}

}  // namespace

void AddAuditPackCommand(CLI::App& app, Client& client) {
  const auto flags = std::make_shared<PackFlags>();
  CLI::App* const command = AddCommand(
      app, client,
      {"audit-pack",
       "Make an audit pack: a zip with the book, its log, vouchers and statements, and a "
       "program that verifies it without this server",
       "lumbung audit-pack --book utama --year 2026 --file paket-2026.zip"},
      Scope::kBook, [flags](Invocation& call) { return MakePack(call, *flags); });
  AddPeriodOptions(command, flags->period);
  CLI::Option* const file =
      command->add_option("--file", flags->file, "Where to write the zip")->type_name("FILE");
  command
      ->add_flag("--later", flags->later,
                 "Do not wait: make it, to be fetched with `report job download`")
      ->excludes(file);
}

}  // namespace lumbung::cli
