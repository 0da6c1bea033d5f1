#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"
#include "services/host/cli/voucher_view.h"

namespace lumbung::cli {
namespace {

using vouchers::v1::ListVouchersRequest;
using vouchers::v1::ListVouchersResponse;
using vouchers::v1::VoucherAction;
using vouchers::v1::VoucherEvent;

constexpr Choice<VoucherAction> kVoucherActions[] = {
    {"create", vouchers::v1::VOUCHER_ACTION_CREATE, Label::kActionCreate},
    {"update", vouchers::v1::VOUCHER_ACTION_UPDATE, Label::kActionUpdate},
    {"attach", vouchers::v1::VOUCHER_ACTION_ATTACH, Label::kActionAttach},
    {"detach", vouchers::v1::VOUCHER_ACTION_DETACH, Label::kActionDetach},
    {"submit", vouchers::v1::VOUCHER_ACTION_SUBMIT, Label::kActionSubmit},
    {"approve", vouchers::v1::VOUCHER_ACTION_APPROVE, Label::kActionApprove},
    {"approve-finally", vouchers::v1::VOUCHER_ACTION_APPROVE_FINALLY, Label::kActionApproveFinally},
    {"post", vouchers::v1::VOUCHER_ACTION_POST, Label::kActionPost},
    {"reject", vouchers::v1::VOUCHER_ACTION_REJECT, Label::kActionReject},
    {"revise", vouchers::v1::VOUCHER_ACTION_REVISE, Label::kActionRevise},
    {"cancel", vouchers::v1::VOUCHER_ACTION_CANCEL, Label::kActionCancel},
};

std::vector<Column> EventColumns(const Invocation& call) {
  return {call.NewColumn("recorded", Label::kRecorded),
          call.NewColumn("action", Label::kAction),
          call.NewColumn("person", Label::kPerson),
          call.NewColumn("state", Label::kState),
          call.NewColumn("comment", Label::kComment, ColumnKind::kFlexible),
          call.NewColumn("content_hash", Label::kContentHash, ColumnKind::kFlexible)};
}

std::vector<Cell> EventCells(const Invocation& call, const VoucherEvent& event) {
  return {ShowInstant(call, event.record_time()),
          ShowChoice(call, event.action(), kVoucherActions),
          event.person().display_name(),
          ShowChoice(call, event.state(), kVoucherStates),
          event.comment(),
          event.content_hash()};
}

void AddVoucherShow(CLI::App& group, Client& client) {
  const auto typed = std::make_shared<std::string>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"show", "Show one voucher",
                  "lumbung voucher show 12\n  lumbung voucher show BKK.0001/IX/2026"},
                 Scope::kBook, [typed](Invocation& call) -> absl::Status {
                   vouchers::v1::GetVoucherRequest request;
                   LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_name(), VoucherName(call, *typed));
                   LUMBUNG_ASSIGN_OR_RETURN(const vouchers::v1::Voucher voucher,
                                            call.session().Call(&VoucherApi::GetVoucher, request));
                   return WriteVoucher(call, voucher);
                 });
  command->add_option("VOUCHER", *typed, "Its number, its id, or its resource name")->required();
}

void AddVoucherHistory(CLI::App& group, Client& client) {
  const auto typed = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client,
      {"history", "Show everything that happened to a voucher", "lumbung voucher history 12"},
      Scope::kBook, [typed](Invocation& call) -> absl::Status {
        vouchers::v1::ListVoucherEventsRequest request;
        LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_name(), VoucherName(call, *typed));
        LUMBUNG_ASSIGN_OR_RETURN(const vouchers::v1::ListVoucherEventsResponse response,
                                 call.session().Call(&VoucherApi::ListVoucherEvents, request));
        RecordWriter writer(call, "events", EventColumns(call));
        for (const VoucherEvent& event : response.events()) {
          writer.Add(event, EventCells(call, event));
        }
        writer.Finish();
        return absl::OkStatus();
      });
  command->add_option("VOUCHER", *typed, "Its number, its id, or its resource name")->required();
}

struct VoucherListFlags {
  ListVouchersRequest request;
  std::optional<vouchers::v1::VoucherKind> kind;
  std::optional<vouchers::v1::VoucherState> state;
  std::string maker;
  bool mine = false;
  bool waiting = false;
  int limit = 0;
};

absl::Status ListVouchers(Invocation& call, const VoucherListFlags& flags) {
  if (flags.mine && flags.waiting) {
    return UsageError("--waiting", "a list shows --mine or --waiting, not both");
  }
  ListVouchersRequest request = flags.request;
  if (flags.mine) request.set_view(ListVouchersRequest::VIEW_MY_APPROVALS);
  if (flags.waiting) request.set_view(ListVouchersRequest::VIEW_WAITING_FOR_OTHERS);
  if (flags.kind) request.set_kind(*flags.kind);
  if (flags.state) request.add_states(*flags.state);
  if (!flags.maker.empty()) request.set_maker(PersonName(flags.maker));
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  RecordWriter writer(call, "vouchers", VoucherColumns(call));
  int left = flags.limit == 0 ? std::numeric_limits<int>::max() : flags.limit;
  do {
    request.set_page_size(std::min(left, 1'000));
    LUMBUNG_ASSIGN_OR_RETURN(const ListVouchersResponse page,
                             call.session().Call(&VoucherApi::ListVouchers, request));
    for (const vouchers::v1::Voucher& voucher : page.vouchers()) {
      writer.Add(voucher, VoucherCells(call, voucher));
    }
    left -= page.vouchers_size();
    request.set_page_token(page.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  writer.Finish();
  return absl::OkStatus();
}

void AddVoucherList(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<VoucherListFlags>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"list", "List vouchers; all filters combine",
                  "lumbung voucher list --mine\n"
                  "  lumbung voucher list --state posted --from 2026-01-01 --text listrik"},
                 Scope::kBook, [flags](Invocation& call) { return ListVouchers(call, *flags); });
  ListVouchersRequest& request = flags->request;
  command->add_flag("--mine", flags->mine, "That you could approve now");
  command->add_flag("--waiting", flags->waiting,
                    "That you made or approved, and that wait for somebody else");
  AddChoiceOption(command, "--state", flags->state, kVoucherStates, "Only in this state");
  AddChoiceOption(command, "--kind", flags->kind, kVoucherKinds, "Only of this kind");
  command->add_option("--maker", flags->maker, "Only made by this person")->type_name("PERSON");
  AddDateOption(command, "--from", *request.mutable_from_date(), "First accounting date");
  AddDateOption(command, "--to", *request.mutable_to_date(), "Last accounting date");
  command
      ->add_option("--text", *request.mutable_text(),
                   "Found in number, party, description, reference, memo or account")
      ->type_name("TEXT");
  command->add_flag_callback(
      "--newest-first", [flags] { flags->request.set_newest_first(true); }, "Newest voucher first");
  command->add_option("--limit", flags->limit, "At most this many (default: all)")
      ->check(CLI::Range(1, 1'000'000'000))
      ->type_name("N");
}

}  // namespace

void AddVoucherCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "voucher", "Vouchers (bukti): what becomes entries");
  AddVoucherWriteCommands(*group, client);
  AddVoucherShow(*group, client);
  AddVoucherHistory(*group, client);
  AddVoucherList(*group, client);
  AddVoucherPrintCommand(*group, client);
  AddVoucherDecisionCommands(*group, client);
  AddVoucherAttachmentCommands(*group, client);
  AddVoucherTemplateCommands(*group, client);
  AddVoucherSettingsCommands(*group, client);
}

}  // namespace lumbung::cli
