// `lumbung voucher print`: vouchers on paper.
#include <memory>
#include <string>
#include <vector>

#include "services/host/cli/choice.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/document_flags.h"
#include "services/host/cli/period_flags.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

namespace reporting_v1 = ::lumbung::reporting::v1;

constexpr Choice<reporting_v1::VoucherForm> kForms[] = {
    {"slip", reporting_v1::VOUCHER_FORM_SLIP},
    {"receipt", reporting_v1::VOUCHER_FORM_RECEIPT},
    {"list", reporting_v1::VOUCHER_FORM_LIST},
};

struct VoucherPrintFlags {
  std::vector<std::string> vouchers;
  reporting_v1::VoucherForm form = reporting_v1::VOUCHER_FORM_SLIP;
  std::string per_page;
  PeriodFlags period;
  DocumentFlags look;
};

bool IsNumber(const std::string& typed) {
  return !typed.empty() && typed.find_first_not_of("0123456789") == std::string::npos;
}

absl::Status PrintVouchers(Invocation& call, const VoucherPrintFlags& flags) {
  reporting_v1::PrintVouchersRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(const std::string book, call.session().BookName());
  request.set_parent(book);
  request.set_form(flags.form);
  // A plain number is the voucher's own; anything else is the number on its paper.
  for (const std::string& typed : flags.vouchers) {
    request.add_vouchers(IsNumber(typed) ? ChildName(book, "vouchers", typed) : typed);
  }
  if (flags.vouchers.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const PeriodDates period, PeriodFrom(call, flags.period));
    request.set_from_date(period.from);
    request.set_to_date(period.to);
  }
  if (!flags.per_page.empty()) request.set_per_page(flags.per_page[0] - '0');
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_options(), OptionsFrom(call, flags.look));
  if (flags.form != reporting_v1::VOUCHER_FORM_LIST &&
      request.options().format() != reporting_v1::DOCUMENT_FORMAT_PDF) {
    return UsageError("--file", "slips and receipts are PDF; name a file that ends in .pdf");
  }
  if (!flags.look.later.empty()) {
    reporting_v1::ReportRequest report;
    *report.mutable_vouchers() = request;
    return StartReport(call, report);
  }
  return WriteDocument(call, flags.look, Label::kVoucherPages, [&](std::ostream& out) {
    return CopyPieces<reporting_v1::PrintVouchersResponse>(
        call, kPrintTimeout, out, [&](grpc::ClientContext* context) {
          return call.session().reporting().PrintVouchers(context, request);
        });
  });
}

}  // namespace

void AddVoucherPrintCommand(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<VoucherPrintFlags>();
  CLI::App* const command = AddCommand(
      group, client,
      {"print", "Print vouchers: slips (BKM, BKK ...), receipts (kwitansi) or a list",
       "lumbung voucher print BKK.0001/IX/2026 --file bukti.pdf\n"
       "  lumbung voucher print --from 2026-09-01 --to 2026-09-30 --as receipt --per-page 4 "
       "--file kwitansi.pdf\n"
       "  lumbung voucher print --year 2026 --as list --file daftar.xlsx"},
      Scope::kBook, [flags](Invocation& call) { return PrintVouchers(call, *flags); });
  command
      ->add_option("VOUCHER", flags->vouchers,
                   "Numbers on paper, or the vouchers' own; without any, those of the days")
      ->type_name("");
  AddChoiceOption(command, "--as", flags->form, kForms, "What to print (default: slip)");
  RestrictToWords(command->add_option("--per-page", flags->per_page,
                                      "Slips or receipts on a page (default: 1)"),
                  {"1", "2", "4"});
  AddPeriodOptions(command, flags->period);
  AddDocumentFlags(command, flags->look);
}

}  // namespace lumbung::cli
