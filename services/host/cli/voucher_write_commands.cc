#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/core/decimal.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/posting_flags.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/voucher_view.h"

namespace lumbung::cli {
namespace {

using vouchers::v1::Voucher;
using vouchers::v1::VoucherKind;

struct VoucherFlags {
  // What was typed; everything else is left as it is.
  std::optional<VoucherKind> kind;
  std::optional<std::string> date;
  std::optional<std::string> party;
  std::optional<std::string> description;
  std::optional<std::string> reference;
  std::optional<std::string> cash_account;
  std::optional<std::string> series;
  PostingFlags postings;
};

void AddVoucherOptions(CLI::App* command, VoucherFlags* flags) {
  const auto text = [command](const char* flag, std::optional<std::string>& value, const char* type,
                              const char* description) {
    return command
        ->add_option_function<std::string>(
            flag, [&value](const std::string& typed) { value = typed; }, description)
        ->type_name(type);
  };
  AddChoiceOption(command, "--kind", flags->kind, kVoucherKinds,
                  "BKM cash in, BKK cash out, BBM bank in, BBK bank out, BM memorial");
  text("--date", flags->date, "YYYY-MM-DD", "Accounting date");
  text("--party", flags->party, "NAME", "Received from, or paid to");
  text("--description", flags->description, "TEXT", "What it is for");
  text("--reference", flags->reference, "TEXT", "Cheque, transfer or invoice number");
  text("--cash-account", flags->cash_account, "ACCOUNT",
       "The cash or bank account; takes the other side of what is typed on one side only");
  text("--series", flags->series, "ID", "Number series (default: that of the kind)");
  AddPostingOptions(command, &flags->postings);
}

// Money out is typed as debits alone, money in as credits alone: the cash account takes the other
// side, one posting per fund and currency.
absl::Status CompleteWithCash(const std::string& cash_account, std::vector<v1::Posting>* postings) {
  std::map<std::pair<std::string, std::string>, Decimal> sums;
  for (const v1::Posting& posting : *postings) {
    Decimal& sum = sums[{posting.fund(), posting.amount().currency()}];
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, Decimal::Parse(posting.amount().amount()));
    LUMBUNG_ASSIGN_OR_RETURN(sum, Add(sum, amount));
  }
  for (const auto& [key, sum] : sums) {
    v1::Posting& cash = postings->emplace_back();
    cash.set_account(cash_account);
    cash.set_fund(key.first);
    cash.mutable_amount()->set_currency(key.second);
    cash.mutable_amount()->set_amount(sum.Negated().ToString());
  }
  return absl::OkStatus();
}

absl::Status Apply(Invocation& call, const VoucherFlags& flags, Voucher* voucher) {
  LUMBUNG_ASSIGN_OR_RETURN(std::vector<v1::Posting> postings, ReadPostings(call, flags.postings));
  if (flags.kind) voucher->set_kind(*flags.kind);
  if (flags.date) voucher->set_date(*flags.date);
  if (flags.party) voucher->set_party(*flags.party);
  if (flags.description) voucher->set_description(*flags.description);
  if (flags.reference) voucher->set_reference(*flags.reference);
  if (flags.series) voucher->set_series(*flags.series);
  if (flags.cash_account) {
    LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
    voucher->set_cash_account(chart.Resolve(*flags.cash_account));
  }
  if (flags.postings.empty()) return absl::OkStatus();
  LUMBUNG_RETURN_IF_ERROR(ResolvePostings(call, &postings));
  const bool one_sided = flags.postings.debits.empty() || flags.postings.credits.empty();
  if (one_sided && !voucher->cash_account().empty()) {
    LUMBUNG_RETURN_IF_ERROR(CompleteWithCash(voucher->cash_account(), &postings));
  }
  voucher->clear_postings();
  for (v1::Posting& posting : postings) *voucher->add_postings() = std::move(posting);
  return absl::OkStatus();
}

void AddVoucherCreate(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<VoucherFlags>();
  const auto request = std::make_shared<vouchers::v1::CreateVoucherRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"create", "Write a draft",
       "lumbung voucher create --kind BKK --date 2026-09-05 --party PLN \\\n"
       "      --description \"Listrik September\" --cash-account 1.1.11 --debit 5.3.40=150.000\n"
       "  lumbung voucher create --kind BM --date 2026-09-30 --description Penyusutan \\\n"
       "      --debit 5.4.10=500000 --credit 1.3.90=500000"},
      Scope::kBook, [flags, request](Invocation& call) -> absl::Status {
        if (!flags->kind) return UsageError("--kind", "a voucher needs a kind");
        if (!flags->date) return UsageError("--date", "a voucher needs a date");
        LUMBUNG_RETURN_IF_ERROR(Apply(call, *flags, request->mutable_voucher()));
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
        EnsureRequestId(*request);
        const auto created =
            call.session().Call(&VoucherApi::CreateVoucher, *request, Retry::kWhenUnavailable);
        if (!created.ok()) return WithRequestId(created.status(), request->request_id());
        return WriteVoucher(call, *created);
      });
  AddVoucherOptions(command, flags.get());
  AddWriteOptions(command, *request);
}

void AddVoucherUpdate(CLI::App& group, Client& client) {
  const auto typed = std::make_shared<std::string>();
  const auto flags = std::make_shared<VoucherFlags>();
  const auto request = std::make_shared<vouchers::v1::UpdateVoucherRequest>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"update", "Change a draft: what is typed replaces what was there",
                  "lumbung voucher update 12 --party PDAM --debit 5.3.41=90000"},
                 Scope::kBook, [typed, flags, request](Invocation& call) -> absl::Status {
                   vouchers::v1::GetVoucherRequest get;
                   LUMBUNG_ASSIGN_OR_RETURN(*get.mutable_name(), VoucherName(call, *typed));
                   LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_voucher(),
                                            call.session().Call(&VoucherApi::GetVoucher, get));
                   LUMBUNG_RETURN_IF_ERROR(Apply(call, *flags, request->mutable_voucher()));
                   EnsureRequestId(*request);
                   const auto updated = call.session().Call(&VoucherApi::UpdateVoucher, *request,
                                                            Retry::kWhenUnavailable);
                   if (!updated.ok()) return WithRequestId(updated.status(), request->request_id());
                   return WriteVoucher(call, *updated);
                 });
  command->add_option("VOUCHER", *typed, "Its id, or its resource name")->required();
  AddVoucherOptions(command, flags.get());
  AddWriteOptions(command, *request);
}

}  // namespace

void AddVoucherWriteCommands(CLI::App& group, Client& client) {
  AddVoucherCreate(group, client);
  AddVoucherUpdate(group, client);
}

}  // namespace lumbung::cli
