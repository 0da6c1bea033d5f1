#include <functional>
#include <memory>
#include <string>

#include "services/host/cli/commands.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/voucher_view.h"

namespace lumbung::cli {
namespace {

using vouchers::v1::Voucher;

template <typename Request>
using Method = grpc::Status (VoucherApi::*)(grpc::ClientContext*, const Request&, Voucher*);

// A command that does one thing to one voucher and shows what has become of it. `prepare`, when
// there is one, completes the request before it is sent.
template <typename Request>
CLI::App* AddDecision(CLI::App& group, Client& client, const CommandText& text,
                      Method<Request> method, std::shared_ptr<Request> request,
                      std::function<absl::Status(Invocation&, Request&)> prepare = nullptr) {
  const auto typed = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client, text, Scope::kBook,
      [typed, method, request, prepare](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_name(), VoucherName(call, *typed));
        if (prepare) LUMBUNG_RETURN_IF_ERROR(prepare(call, *request));
        EnsureRequestId(*request);
        const auto voucher = call.session().Call(method, *request, Retry::kWhenUnavailable);
        if (!voucher.ok()) return WithRequestId(voucher.status(), request->request_id());
        return WriteVoucher(call, *voucher);
      });
  command->add_option("VOUCHER", *typed, "Its number, its id, or its resource name")->required();
  AddWriteOptions(command, *request);
  return command;
}

void AddApprove(CLI::App& group, Client& client) {
  using Request = vouchers::v1::ApproveVoucherRequest;
  const auto request = std::make_shared<Request>();
  CLI::App* const command = AddDecision<Request>(
      group, client,
      {"approve", "Approve a voucher as it is now; the last approval posts it",
       "lumbung voucher approve 12\n"
       "  lumbung voucher approve 12 --content-hash 9f86d081... --comment \"Sesuai RAB\""},
      &VoucherApi::ApproveVoucher, request, [](Invocation& call, Request& prepared) {
        if (!prepared.content_hash().empty()) return absl::OkStatus();
        vouchers::v1::GetVoucherRequest get;
        get.set_name(prepared.name());
        const auto seen = call.session().Call(&VoucherApi::GetVoucher, get);
        if (seen.ok()) prepared.set_content_hash(seen->content_hash());
        return seen.status();
      });
  command
      ->add_option("--content-hash", *request->mutable_content_hash(),
                   "Of what you have seen: refused when the voucher says something else by now")
      ->type_name("HASH");
  command->add_option("--comment", *request->mutable_comment(), "Kept in the history")
      ->type_name("TEXT");
  command->add_flag_callback(
      "--hold", [request] { request->set_hold(true); },
      "Do not post yet, even when no approval is missing");
}

}  // namespace

void AddVoucherDecisionCommands(CLI::App& group, Client& client) {
  AddDecision<vouchers::v1::SubmitVoucherRequest>(
      group, client, {"submit", "Hand a draft in for approval", "lumbung voucher submit 12"},
      &VoucherApi::SubmitVoucher, std::make_shared<vouchers::v1::SubmitVoucherRequest>());
  AddApprove(group, client);
  AddDecision<vouchers::v1::PostVoucherRequest>(
      group, client,
      {"post", "Post an approved voucher that was held back", "lumbung voucher post 12"},
      &VoucherApi::PostVoucher, std::make_shared<vouchers::v1::PostVoucherRequest>());
  const auto reject = std::make_shared<vouchers::v1::RejectVoucherRequest>();
  AddDecision<vouchers::v1::RejectVoucherRequest>(
      group, client,
      {"reject", "Reject a voucher", "lumbung voucher reject 12 --reason \"Nota kurang\""},
      &VoucherApi::RejectVoucher, reject)
      ->add_option("--reason", *reject->mutable_reason(), "Why")
      ->required()
      ->type_name("TEXT");
  const auto revise = std::make_shared<vouchers::v1::ReviseVoucherRequest>();
  AddDecision<vouchers::v1::ReviseVoucherRequest>(
      group, client,
      {"revise", "Take a voucher back to a draft; approvals given are void",
       "lumbung voucher revise 12"},
      &VoucherApi::ReviseVoucher, revise)
      ->add_option("--comment", *revise->mutable_comment(), "Kept in the history")
      ->type_name("TEXT");
  const auto cancel = std::make_shared<vouchers::v1::CancelVoucherRequest>();
  AddDecision<vouchers::v1::CancelVoucherRequest>(
      group, client,
      {"cancel", "Cancel a voucher for good", "lumbung voucher cancel 12 --reason Ganda"},
      &VoucherApi::CancelVoucher, cancel)
      ->add_option("--reason", *cancel->mutable_reason(), "Why")
      ->required()
      ->type_name("TEXT");
}

}  // namespace lumbung::cli
