#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"
#include "services/host/cli/voucher_view.h"

namespace lumbung::cli {
namespace {

using vouchers::v1::Frequency;
using vouchers::v1::VoucherTemplate;

constexpr Choice<Frequency> kFrequencies[] = {
    {"weekly", vouchers::v1::FREQUENCY_WEEKLY, Label::kWeekly},
    {"monthly", vouchers::v1::FREQUENCY_MONTHLY, Label::kMonthly},
    {"quarterly", vouchers::v1::FREQUENCY_QUARTERLY, Label::kQuarterly},
    {"yearly", vouchers::v1::FREQUENCY_YEARLY, Label::kYearly},
};

std::vector<Column> TemplateColumns(const Invocation& call) {
  return {call.NewColumn("template", Label::kTemplate),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
          call.NewColumn("kind", Label::kKind),
          call.NewColumn("party", Label::kParty, ColumnKind::kFlexible),
          call.NewColumn("every", Label::kEvery),
          call.NewColumn("next_date", Label::kNextDate),
          call.NewColumn("until_date", Label::kUntil),
          call.NewColumn("closed", Label::kClosed)};
}

std::vector<Cell> TemplateCells(const Invocation& call, const VoucherTemplate& shown) {
  return {shown.template_id(),
          shown.display_name(),
          ShowChoice(call, shown.voucher().kind(), kVoucherKinds),
          shown.voucher().party(),
          ShowChoice(call, shown.schedule().every(), kFrequencies),
          shown.schedule().next_date(),
          shown.schedule().until_date(),
          ShowFlag(call, shown.closed())};
}

constexpr RecordLayout<VoucherTemplate> kTemplates{TemplateColumns, TemplateCells};

struct TemplateFlags {
  vouchers::v1::CreateVoucherTemplateRequest request;
  std::string voucher;
  std::optional<Frequency> every;
  std::string next;
  std::string until;
};

// A template is made from a voucher that is right: what it says is copied.
absl::Status CreateTemplate(Invocation& call, TemplateFlags& flags) {
  vouchers::v1::GetVoucherRequest get;
  LUMBUNG_ASSIGN_OR_RETURN(*get.mutable_name(), VoucherName(call, flags.voucher));
  LUMBUNG_ASSIGN_OR_RETURN(const vouchers::v1::Voucher voucher,
                           call.session().Call(&VoucherApi::GetVoucher, get));
  VoucherTemplate& made = *flags.request.mutable_voucher_template();
  *made.mutable_voucher() = voucher;
  if (flags.every) {
    if (flags.next.empty()) return UsageError("--from", "a recurring voucher has a first date");
    made.mutable_schedule()->set_every(*flags.every);
    made.mutable_schedule()->set_next_date(flags.next);
    made.mutable_schedule()->set_until_date(flags.until);
  }
  LUMBUNG_ASSIGN_OR_RETURN(*flags.request.mutable_parent(), call.session().BookName());
  EnsureRequestId(flags.request);
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherTemplate created,
                           call.session().Call(&VoucherApi::CreateVoucherTemplate, flags.request,
                                               Retry::kWhenUnavailable));
  WriteRecord(call, created, kTemplates);
  return absl::OkStatus();
}

void AddTemplateCreate(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<TemplateFlags>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"create", "Make a template of a voucher, recurring or not",
                  "lumbung voucher template create sewa \"Sewa kantor\" --voucher 12 \\\n"
                  "      --every monthly --from 2026-10-05 --until 2027-09-30"},
                 Scope::kBook, [flags](Invocation& call) { return CreateTemplate(call, *flags); });
  VoucherTemplate& made = *flags->request.mutable_voucher_template();
  command->add_option("ID", *made.mutable_template_id(), "What people type")->required();
  command->add_option("NAME", *made.mutable_display_name(), "What people read")->required();
  command->add_option("--voucher", flags->voucher, "What its vouchers will say")
      ->required()
      ->type_name("VOUCHER");
  AddChoiceOption(command, "--every", flags->every, kFrequencies, "Recurring");
  AddDateOption(command, "--from", flags->next, "The first date of a recurring voucher");
  AddDateOption(command, "--until", flags->until, "The last one (default: for ever)");
  AddWriteOptions(command, flags->request);
}

void AddTemplateList(CLI::App& group, Client& client) {
  AddCommand(group, client, {"list", "List the templates", "lumbung voucher template list"},
             Scope::kBook, [](Invocation& call) -> absl::Status {
               vouchers::v1::ListVoucherTemplatesRequest request;
               LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
               return WriteList(
                   call, &VoucherApi::ListVoucherTemplates, request, "voucher_templates",
                   &vouchers::v1::ListVoucherTemplatesResponse::voucher_templates, kTemplates);
             });
}

void AddTemplateUse(CLI::App& group, Client& client) {
  const auto id = std::make_shared<std::string>();
  const auto request = std::make_shared<vouchers::v1::CreateVoucherFromTemplateRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"use", "Write a draft from a template",
       "lumbung voucher template use sewa --date 2026-10-05"},
      Scope::kBook, [id, request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(const std::string book, call.session().BookName());
        request->set_name(ChildName(book, "voucherTemplates", *id));
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(const vouchers::v1::Voucher voucher,
                                 call.session().Call(&VoucherApi::CreateVoucherFromTemplate,
                                                     *request, Retry::kWhenUnavailable));
        return WriteVoucher(call, voucher);
      });
  command->add_option("TEMPLATE", *id, "The template's id")->required();
  AddDateOption(command, "--date", *request->mutable_date(), "Accounting date")->required();
  AddWriteOptions(command, *request);
}

void AddTemplateClose(CLI::App& group, Client& client) {
  const auto id = std::make_shared<std::string>();
  const auto request = std::make_shared<vouchers::v1::UpdateVoucherTemplateRequest>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"close", "Close a template: it makes no more vouchers",
                  "lumbung voucher template close sewa"},
                 Scope::kBook, [id, request](Invocation& call) -> absl::Status {
                   vouchers::v1::ListVoucherTemplatesRequest list;
                   LUMBUNG_ASSIGN_OR_RETURN(*list.mutable_parent(), call.session().BookName());
                   VoucherTemplate& closed = *request->mutable_voucher_template();
                   // For the refusal, should there be no such template.
                   closed.set_name(ChildName(list.parent(), "voucherTemplates", *id));
                   LUMBUNG_RETURN_IF_ERROR(call.session().ForEachPage(
                       &VoucherApi::ListVoucherTemplates, list,
                       [&](const vouchers::v1::ListVoucherTemplatesResponse& page) {
                         for (const VoucherTemplate& found : page.voucher_templates()) {
                           if (found.template_id() == *id) closed = found;
                         }
                         return absl::OkStatus();
                       }));
                   closed.set_closed(true);
                   EnsureRequestId(*request);
                   LUMBUNG_ASSIGN_OR_RETURN(const VoucherTemplate changed,
                                            call.session().Call(&VoucherApi::UpdateVoucherTemplate,
                                                                *request, Retry::kWhenUnavailable));
                   WriteRecord(call, changed, kTemplates);
                   return absl::OkStatus();
                 });
  command->add_option("TEMPLATE", *id, "The template's id")->required();
  AddWriteOptions(command, *request);
}

void AddVoucherDue(CLI::App& group, Client& client) {
  const auto request = std::make_shared<vouchers::v1::CreateDueVouchersRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"due", "Write the drafts of all recurring vouchers that are due, each once",
       "lumbung voucher due"},
      Scope::kBook, [request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(
            const vouchers::v1::CreateDueVouchersResponse due,
            call.session().Call(&VoucherApi::CreateDueVouchers, *request, Retry::kWhenUnavailable));
        RecordWriter writer(call, "vouchers", VoucherColumns(call));
        for (const vouchers::v1::Voucher& voucher : due.vouchers()) {
          writer.Add(voucher, VoucherCells(call, voucher));
        }
        writer.Finish();
        return absl::OkStatus();
      });
  AddDateOption(command, "--date", *request->mutable_date(), "Due by this day (default: today)");
  AddWriteOptions(command, *request);
}

}  // namespace

void AddVoucherTemplateCommands(CLI::App& group, Client& client) {
  CLI::App* const templates = AddGroup(group, "template", "What is written again and again");
  AddTemplateCreate(*templates, client);
  AddTemplateList(*templates, client);
  AddTemplateUse(*templates, client);
  AddTemplateClose(*templates, client);
  AddVoucherDue(group, client);
}

}  // namespace lumbung::cli
