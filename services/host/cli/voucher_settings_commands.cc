#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/host/cli/amount_syntax.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"
#include "services/host/cli/voucher_view.h"

namespace lumbung::cli {
namespace {

using vouchers::v1::ApprovalPolicy;
using vouchers::v1::Deputy;
using vouchers::v1::NumberReset;
using vouchers::v1::NumberSeries;

const std::vector<std::string>& ApprovingRoles() {
  static const auto* const kRoles =
      new std::vector<std::string>{"approver", "treasurer", "manager"};
  return *kRoles;
}

// ---- Approval policies ----

std::string ShowScope(const Invocation& call, const ApprovalPolicy& policy) {
  std::vector<std::string> parts;
  if (policy.kind() != vouchers::v1::VOUCHER_KIND_UNSPECIFIED) {
    parts.push_back(ShowVoucherKind(call, policy.kind()));
  }
  if (!policy.account().empty()) parts.push_back(policy.account());
  if (!policy.fund().empty()) parts.push_back(policy.fund());
  return parts.empty() ? std::string(call.Text(Label::kEverything)) : absl::StrJoin(parts, ", ");
}

std::vector<Column> PolicyColumns(const Invocation& call) {
  return {call.NewColumn("policy", Label::kPolicy),
          call.NewColumn("scope", Label::kConcerns, ColumnKind::kFlexible),
          call.NewColumn("limit", Label::kLimit, ColumnKind::kAmount),
          call.NewColumn("roles", Label::kApprovedBy),
          call.NewColumn("from_date", Label::kFrom),
          call.NewColumn("to_date", Label::kUntil)};
}

std::vector<Cell> PolicyCells(const Invocation& call, const ApprovalPolicy& policy) {
  const std::string second =
      policy.second_role().empty() ? "" : absl::StrCat(" + ", policy.second_role());
  return {policy.policy_id(), ShowScope(call, policy),
          policy.limit(),     absl::StrCat(policy.role(), second),
          policy.from_date(), policy.to_date()};
}

constexpr RecordLayout<ApprovalPolicy> kPolicies{PolicyColumns, PolicyCells};

struct PolicyFlags {
  vouchers::v1::CreateApprovalPolicyRequest request;
  std::optional<vouchers::v1::VoucherKind> kind;
  std::string limit;
  std::string account;
};

absl::Status CreatePolicy(Invocation& call, PolicyFlags& flags) {
  ApprovalPolicy& policy = *flags.request.mutable_approval_policy();
  if (flags.kind) policy.set_kind(*flags.kind);
  if (!flags.limit.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal limit,
                             ParseAmount("--limit", flags.limit, call.output().numbers.locale));
    policy.set_limit(limit.ToString());
  }
  LUMBUNG_ASSIGN_OR_RETURN(*flags.request.mutable_parent(), call.session().BookName());
  if (!flags.account.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
    policy.set_account(chart.Resolve(flags.account));
  }
  EnsureRequestId(flags.request);
  LUMBUNG_ASSIGN_OR_RETURN(const ApprovalPolicy created,
                           call.session().Call(&VoucherApi::CreateApprovalPolicy, flags.request,
                                               Retry::kWhenUnavailable));
  WriteRecord(call, created, kPolicies);
  return absl::OkStatus();
}

void AddPolicyCreate(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<PolicyFlags>();
  CLI::App* const command = AddCommand(
      group, client,
      {"create", "Lay down who approves vouchers up to an amount",
       "lumbung voucher policy create kecil --limit 1000000 --role approver --from 2026-01-01\n"
       "  lumbung voucher policy create besar --role treasurer --second-role manager \\\n"
       "      --from 2026-01-01"},
      Scope::kBook, [flags](Invocation& call) { return CreatePolicy(call, *flags); });
  ApprovalPolicy& policy = *flags->request.mutable_approval_policy();
  command->add_option("ID", *policy.mutable_policy_id(), "What people type")->required();
  RestrictToWords(command->add_option("--role", *policy.mutable_role(), "Who approves"),
                  ApprovingRoles());
  RestrictToWords(command->add_option("--second-role", *policy.mutable_second_role(),
                                      "Who approves as well, as a different person"),
                  ApprovingRoles());
  command->add_option("--limit", flags->limit, "Up to this amount (default: any)")
      ->type_name("AMOUNT");
  AddChoiceOption(command, "--kind", flags->kind, kVoucherKinds, "Only vouchers of this kind");
  command->add_option("--account", flags->account, "Only vouchers that touch it or one below it")
      ->type_name("ACCOUNT");
  command->add_option("--fund", *policy.mutable_fund(), "Only vouchers that touch it")
      ->type_name("FUND");
  AddDateOption(command, "--from", *policy.mutable_from_date(), "First day")->required();
  AddDateOption(command, "--to", *policy.mutable_to_date(), "Last day (default: for ever)");
  AddWriteOptions(command, flags->request);
}

void AddPolicies(CLI::App& group, Client& client) {
  AddPolicyCreate(group, client);
  AddCommand(group, client, {"list", "List the approval policies", "lumbung voucher policy list"},
             Scope::kBook, [](Invocation& call) -> absl::Status {
               vouchers::v1::ListApprovalPoliciesRequest request;
               LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
               LUMBUNG_ASSIGN_OR_RETURN(
                   const auto response,
                   call.session().Call(&VoucherApi::ListApprovalPolicies, request));
               RecordWriter writer(call, "approval_policies", PolicyColumns(call));
               for (const ApprovalPolicy& policy : response.approval_policies()) {
                 writer.Add(policy, PolicyCells(call, policy));
               }
               writer.Finish();
               return absl::OkStatus();
             });
  const auto id = std::make_shared<std::string>();
  const auto end = std::make_shared<vouchers::v1::EndApprovalPolicyRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"end", "Let a policy end with a day", "lumbung voucher policy end kecil --date 2026-12-31"},
      Scope::kBook, [id, end](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(const std::string book, call.session().BookName());
        end->set_name(ChildName(book, "approvalPolicies", *id));
        EnsureRequestId(*end);
        LUMBUNG_ASSIGN_OR_RETURN(
            const ApprovalPolicy ended,
            call.session().Call(&VoucherApi::EndApprovalPolicy, *end, Retry::kWhenUnavailable));
        WriteRecord(call, ended, kPolicies);
        return absl::OkStatus();
      });
  command->add_option("POLICY", *id, "The policy's id")->required();
  AddDateOption(command, "--date", *end->mutable_to_date(), "The last day")->required();
  AddWriteOptions(command, *end);
}

// ---- Deputies ----

std::vector<Column> DeputyColumns(const Invocation& call) {
  return {call.NewColumn("deputy_id", Label::kCode),
          call.NewColumn("deputy", Label::kDeputy),
          call.NewColumn("principal", Label::kPrincipal),
          call.NewColumn("role", Label::kRole),
          call.NewColumn("from_date", Label::kFrom),
          call.NewColumn("to_date", Label::kUntil),
          call.NewColumn("note", Label::kNote, ColumnKind::kFlexible)};
}

std::vector<Cell> DeputyCells(const Invocation&, const Deputy& deputy) {
  return {deputy.deputy_id(),
          deputy.deputy().display_name(),
          deputy.principal().display_name(),
          deputy.role(),
          deputy.from_date(),
          deputy.to_date(),
          deputy.note()};
}

constexpr RecordLayout<Deputy> kDeputies{DeputyColumns, DeputyCells};

struct DeputyFlags {
  vouchers::v1::CreateDeputyRequest request;
  std::string deputy;
  std::string principal;
};

void AddDeputyCreate(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<DeputyFlags>();
  CLI::App* const command = AddCommand(
      group, client,
      {"create", "Let somebody approve instead of somebody else for a time",
       "lumbung voucher deputy create cuti-wati --deputy budi --instead-of wati \\\n"
       "      --role manager --from 2026-09-01 --to 2026-09-14"},
      Scope::kBook, [flags](Invocation& call) -> absl::Status {
        Deputy& deputy = *flags->request.mutable_deputy();
        deputy.mutable_deputy()->set_name(PersonName(flags->deputy));
        deputy.mutable_principal()->set_name(PersonName(flags->principal));
        LUMBUNG_ASSIGN_OR_RETURN(*flags->request.mutable_parent(), call.session().BookName());
        EnsureRequestId(flags->request);
        LUMBUNG_ASSIGN_OR_RETURN(const Deputy created,
                                 call.session().Call(&VoucherApi::CreateDeputy, flags->request,
                                                     Retry::kWhenUnavailable));
        WriteRecord(call, created, kDeputies);
        return absl::OkStatus();
      });
  Deputy& deputy = *flags->request.mutable_deputy();
  command->add_option("ID", *deputy.mutable_deputy_id(), "What people type")->required();
  command->add_option("--deputy", flags->deputy, "Who stands in")->required()->type_name("PERSON");
  command->add_option("--instead-of", flags->principal, "Who is away")
      ->required()
      ->type_name("PERSON");
  RestrictToWords(command->add_option("--role", *deputy.mutable_role(), "With which role"),
                  ApprovingRoles());
  AddDateOption(command, "--from", *deputy.mutable_from_date(), "First day")->required();
  AddDateOption(command, "--to", *deputy.mutable_to_date(), "Last day")->required();
  command->add_option("--note", *deputy.mutable_note(), "Why")->type_name("TEXT");
  AddWriteOptions(command, flags->request);
}

void AddDeputies(CLI::App& group, Client& client) {
  AddDeputyCreate(group, client);
  AddCommand(group, client, {"list", "List the deputies", "lumbung voucher deputy list"},
             Scope::kBook, [](Invocation& call) -> absl::Status {
               vouchers::v1::ListDeputiesRequest request;
               LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
               LUMBUNG_ASSIGN_OR_RETURN(const auto response,
                                        call.session().Call(&VoucherApi::ListDeputies, request));
               RecordWriter writer(call, "deputies", DeputyColumns(call));
               for (const Deputy& deputy : response.deputies()) {
                 writer.Add(deputy, DeputyCells(call, deputy));
               }
               writer.Finish();
               return absl::OkStatus();
             });
  const auto id = std::make_shared<std::string>();
  const auto end = std::make_shared<vouchers::v1::EndDeputyRequest>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"end", "Let a deputyship end with a day",
                  "lumbung voucher deputy end cuti-wati --date 2026-09-10"},
                 Scope::kBook, [id, end](Invocation& call) -> absl::Status {
                   LUMBUNG_ASSIGN_OR_RETURN(const std::string book, call.session().BookName());
                   end->set_name(ChildName(book, "deputies", *id));
                   EnsureRequestId(*end);
                   LUMBUNG_ASSIGN_OR_RETURN(
                       const Deputy ended,
                       call.session().Call(&VoucherApi::EndDeputy, *end, Retry::kWhenUnavailable));
                   WriteRecord(call, ended, kDeputies);
                   return absl::OkStatus();
                 });
  command->add_option("DEPUTY", *id, "The deputyship's id")->required();
  AddDateOption(command, "--date", *end->mutable_to_date(), "The last day")->required();
  AddWriteOptions(command, *end);
}

// ---- Number series ----

constexpr Choice<NumberReset> kResets[] = {
    {"yearly", vouchers::v1::NUMBER_RESET_YEARLY, Label::kYearly},
    {"monthly", vouchers::v1::NUMBER_RESET_MONTHLY, Label::kMonthly},
    {"never", vouchers::v1::NUMBER_RESET_NEVER, Label::kNever},
};

std::vector<Column> SeriesColumns(const Invocation& call) {
  return {call.NewColumn("series", Label::kSeries), call.NewColumn("pattern", Label::kPattern),
          call.NewColumn("reset", Label::kReset)};
}

std::vector<Cell> SeriesCells(const Invocation& call, const NumberSeries& series) {
  return {series.series_id(), series.pattern(), ShowChoice(call, series.reset(), kResets)};
}

constexpr RecordLayout<NumberSeries> kSeries{SeriesColumns, SeriesCells};

void AddSeries(CLI::App& group, Client& client) {
  const auto request = std::make_shared<vouchers::v1::SaveNumberSeriesRequest>();
  const auto reset = std::make_shared<std::optional<NumberReset>>();
  CLI::App* const command = AddCommand(
      group, client,
      {"save", "Say how the numbers of a series are written from now on",
       "lumbung voucher series save BKK '{kind}.{seq:4}/MSP/{month:roman}/{year}'"},
      Scope::kBook, [request, reset](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
        if (reset->has_value()) request->mutable_number_series()->set_reset(**reset);
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(
            const NumberSeries saved,
            call.session().Call(&VoucherApi::SaveNumberSeries, *request, Retry::kWhenUnavailable));
        WriteRecord(call, saved, kSeries);
        return absl::OkStatus();
      });
  NumberSeries& series = *request->mutable_number_series();
  command->add_option("SERIES", *series.mutable_series_id(), "BKM, BKK, BBM, BBK, BM or your own")
      ->required();
  command
      ->add_option("PATTERN", *series.mutable_pattern(),
                   "Text with {seq}, {seq:4}, {kind}, {year}, {year:2}, {month}, {month:roman}, "
                   "{fund}, {dimension:KEY}")
      ->required();
  AddChoiceOption(command, "--reset", *reset, kResets, "When it starts anew (default: yearly)");
  AddWriteOptions(command, *request);
  AddCommand(group, client, {"list", "List the number series", "lumbung voucher series list"},
             Scope::kBook, [](Invocation& call) -> absl::Status {
               vouchers::v1::ListNumberSeriesRequest list;
               LUMBUNG_ASSIGN_OR_RETURN(*list.mutable_parent(), call.session().BookName());
               LUMBUNG_ASSIGN_OR_RETURN(const auto response,
                                        call.session().Call(&VoucherApi::ListNumberSeries, list));
               RecordWriter writer(call, "number_series", SeriesColumns(call));
               for (const NumberSeries& found : response.number_series()) {
                 writer.Add(found, SeriesCells(call, found));
               }
               writer.Finish();
               return absl::OkStatus();
             });
}

}  // namespace

void AddVoucherSettingsCommands(CLI::App& group, Client& client) {
  AddPolicies(*AddGroup(group, "policy", "Who approves what"), client);
  AddDeputies(*AddGroup(group, "deputy", "Who approves instead of whom"), client);
  AddSeries(*AddGroup(group, "series", "How numbers are written"), client);
}

}  // namespace lumbung::cli
