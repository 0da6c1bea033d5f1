// `lumbung audit-tests` and `lumbung audit-sample`: what an auditor asks of a journal first.
#include <memory>
#include <string>
#include <vector>

#include "services/host/cli/choice.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/document_flags.h"
#include "services/host/cli/period_flags.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

namespace reporting_v1 = ::lumbung::reporting::v1;

struct TestFlags {
  PeriodFlags period;
  DocumentFlags look;
  reporting_v1::PrintAuditTestsRequest request;
};

absl::Status PrintTests(Invocation& call, const TestFlags& flags) {
  reporting_v1::PrintAuditTestsRequest request = flags.request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const PeriodDates period, PeriodFrom(call, flags.period));
  request.set_from_date(period.from);
  request.set_to_date(period.to);
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_options(), OptionsFrom(call, flags.look));
  if (!flags.look.later.empty()) {
    reporting_v1::ReportRequest report;
    *report.mutable_audit_tests() = request;
    return StartReport(call, report);
  }
  return WriteDocument(call, flags.look, Label::kAuditTests, [&](std::ostream& out) {
    return CopyPieces<reporting_v1::PrintAuditTestsResponse>(
        call, kPrintTimeout, out, [&](grpc::ClientContext* context) {
          return call.session().reporting().PrintAuditTests(context, request);
        });
  });
}

struct SampleFlags {
  PeriodFlags period;
  DocumentFlags look;
  std::vector<std::string> accounts;
  std::string side;
  reporting_v1::PrintAuditSampleRequest request;
};

absl::Status PrintSample(Invocation& call, const SampleFlags& flags) {
  reporting_v1::PrintAuditSampleRequest request = flags.request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const PeriodDates period, PeriodFrom(call, flags.period));
  request.set_from_date(period.from);
  request.set_to_date(period.to);
  for (const std::string& account : flags.accounts) request.add_accounts(account);
  request.set_side(flags.side == "debit" ? reporting_v1::SAMPLED_SIDE_DEBIT
                                         : reporting_v1::SAMPLED_SIDE_CREDIT);
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_options(), OptionsFrom(call, flags.look));
  if (!flags.look.later.empty()) {
    reporting_v1::ReportRequest report;
    *report.mutable_audit_sample() = request;
    return StartReport(call, report);
  }
  return WriteDocument(call, flags.look, Label::kAuditSample, [&](std::ostream& out) {
    return CopyPieces<reporting_v1::PrintAuditSampleResponse>(
        call, kPrintTimeout, out, [&](grpc::ClientContext* context) {
          return call.session().reporting().PrintAuditSample(context, request);
        });
  });
}

void AddSettings(CLI::App* command, reporting_v1::AuditTestSettings* settings) {
  const auto add = [command](const char* flag, const char* help, auto set) {
    command->add_option_function<int>(flag, set, help)->type_name("N");
  };
  add("--back-dated-days", "Recorded so many days after its date or later (default: 30)",
      [settings](int days) { settings->set_back_dated_days(days); });
  add("--work-starts", "First working hour (default: 7)",
      [settings](int hour) { settings->set_work_starts_hour(hour); });
  add("--work-ends", "Hour at which work ends (default: 18)",
      [settings](int hour) { settings->set_work_ends_hour(hour); });
  add("--utc-offset", "Minutes that the clock is ahead of UTC (default: 420, Jakarta)",
      [settings](int minutes) { settings->set_utc_offset_minutes(minutes); });
  add("--rare-pair", "A pair of accounts in at most so many entries is unusual (default: 1)",
      [settings](int entries) { settings->set_rare_pair_entries(entries); });
  command
      ->add_option_function<std::string>(
          "--round-unit", [settings](const std::string& unit) { settings->set_round_unit(unit); },
          "Multiples of this amount are round sums (default: 1000000)")
      ->type_name("AMOUNT");
}

}  // namespace

void AddAuditTestCommands(CLI::App& app, Client& client) {
  const auto tests = std::make_shared<TestFlags>();
  CLI::App* command = AddCommand(
      app, client,
      {"audit-tests",
       "Run the auditor's tests: back-dated and odd-hour entries, round sums, reversals, unusual "
       "accounts, gaps in numbers, first digits, who approved",
       "lumbung audit-tests --book utama --year 2026 --file uji-audit.pdf"},
      Scope::kBook, [tests](Invocation& call) { return PrintTests(call, *tests); });
  AddPeriodOptions(command, tests->period);
  AddSettings(command, tests->request.mutable_settings());
  AddDocumentFlags(command, tests->look);

  const auto sample = std::make_shared<SampleFlags>();
  command =
      AddCommand(app, client,
                 {"audit-sample",
                  "Draw a monetary unit sample of postings; the same seed draws the same sample",
                  "lumbung audit-sample --book utama --year 2026 --account 5.0.00 --side debit "
                  "--size 40 --seed "
                  "kap-2026"},
                 Scope::kBook, [sample](Invocation& call) { return PrintSample(call, *sample); });
  AddPeriodOptions(command, sample->period);
  command
      ->add_option("--account", sample->accounts,
                   "Only this account and those below it; may stand more than once")
      ->type_name("ACCOUNT");
  RestrictToWords(command->add_option("--side", sample->side, "What is sampled")->required(),
                  {"debit", "credit"});
  command
      ->add_option_function<int>(
          "--size", [sample](int size) { sample->request.set_size(size); },
          "How many units of money are drawn")
      ->check(CLI::Range(1, 1'000))
      ->type_name("N")
      ->required();
  command
      ->add_option_function<std::string>(
          "--seed", [sample](const std::string& seed) { sample->request.set_seed(seed); },
          "What the draw starts from; any text, kept on the document")
      ->type_name("TEXT")
      ->required();
  AddDocumentFlags(command, sample->look);
}

}  // namespace lumbung::cli
