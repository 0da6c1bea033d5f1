#include "services/reporting/api/voucher_print_handler.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "ledger/store/book_reader.h"
#include "reports/model/date_words.h"
#include "reports/slips/slip_writer.h"
#include "services/reporting/api/book_request.h"
#include "services/reporting/statements/document_options.h"
#include "services/reporting/vouchers/voucher_list_document.h"
#include "services/reporting/vouchers/voucher_slips.h"
#include "services/vouchers/store/voucher_trail.h"

namespace lumbung::reporting::api {
namespace {

using vouchers::VoucherId;
using vouchers::VoucherTrail;

constexpr int kMaxVouchers = 1'000;

// Which vouchers, checked.
struct Selection {
  // In the order of printing; when empty, those of the days.
  std::vector<std::string> typed;
  vouchers::VoucherFilter filter;
};

absl::StatusOr<Selection> SelectionFrom(const v1::PrintVouchersRequest& request) {
  Selection selection;
  selection.typed = {request.vouchers().begin(), request.vouchers().end()};
  if (selection.typed.size() > kMaxVouchers) {
    return InvalidArgument("INVALID_FILTER", "vouchers",
                           absl::StrCat("found ", selection.typed.size(), "; at most ",
                                        kMaxVouchers, " vouchers are named"));
  }
  if (!selection.typed.empty()) return selection;
  LUMBUNG_ASSIGN_OR_RETURN(selection.filter.dates,
                           DaysFrom(request.from_date(), request.to_date()));
  return selection;
}

absl::Status CheckForm(const v1::PrintVouchersRequest& request) {
  LUMBUNG_RETURN_IF_ERROR(CheckOptions(request.options()));
  const int per_page = request.per_page();
  switch (request.form()) {
    case v1::VOUCHER_FORM_LIST:
      if (per_page == 0) return absl::OkStatus();
      return InvalidArgument("INVALID_LAYOUT", "per_page", "a list has no slips on a page");
    case v1::VOUCHER_FORM_SLIP:
    case v1::VOUCHER_FORM_RECEIPT:
      break;
    default:
      return InvalidArgument("UNKNOWN_FORM", "form",
                             "vouchers are printed as slips, receipts or a list");
  }
  if (per_page != 0 && per_page != 1 && per_page != 2 && per_page != 4) {
    return InvalidArgument("INVALID_LAYOUT", "per_page",
                           absl::StrCat("found ", per_page, "; 1, 2 or 4 fit on a page"));
  }
  if (request.options().format() != v1::DOCUMENT_FORMAT_PDF) {
    return InvalidArgument("UNKNOWN_FORMAT", "options.format", "slips and receipts are PDF");
  }
  return absl::OkStatus();
}

// By name, or by number as it stands on paper.
absl::StatusOr<VoucherId> FindTyped(store::TransactionScope& scope, const BookSnapshot& book,
                                    const std::string& typed) {
  absl::string_view rest = typed;
  std::int64_t id = 0;
  if (absl::ConsumePrefix(&rest, absl::StrCat("books/", book.book().slug, "/vouchers/")) &&
      absl::SimpleAtoi(rest, &id)) {
    return VoucherId{id};
  }
  return vouchers::FindVoucherByNumber(scope, book.book().key, typed);
}

absl::Status VisitSelected(store::TransactionScope& scope, const BookSnapshot& book,
                           const Selection& selection, const TrailVisitor& visit) {
  const BookKey key = book.book().key;
  if (selection.typed.empty()) return vouchers::VisitTrails(scope, key, selection.filter, visit);
  for (std::size_t i = 0; i < selection.typed.size(); ++i) {
    absl::StatusOr<VoucherId> id = FindTyped(scope, book, selection.typed[i]);
    absl::StatusOr<vouchers::Voucher> voucher =
        id.ok() ? vouchers::FindVoucher(scope, key, *id, vouchers::RowLock::kNone) : id.status();
    if (absl::IsNotFound(voucher.status())) {
      return NotFound("VOUCHER_NOT_FOUND", absl::StrCat("vouchers[", i, "]"),
                      absl::StrCat("the book has no voucher '", selection.typed[i], "'"));
    }
    LUMBUNG_RETURN_IF_ERROR(voucher.status());
    for (const VoucherTrail& trail : vouchers::ReadTrails(scope, key, {*std::move(voucher)})) {
      LUMBUNG_RETURN_IF_ERROR(visit(trail));
    }
  }
  return absl::OkStatus();
}

// A receipt of what is not one is refused when it was asked for by name, and left out of those of
// some days.
bool IsLeftOut(const absl::Status& status, const Selection& selection) {
  return selection.typed.empty() && ReasonOf(status) == "NOT_A_RECEIPT";
}

class VoucherPrinting {
 public:
  VoucherPrinting(const DocumentParts& parts, const v1::PrintVouchersRequest& request,
                  const Selection& selection, store::TransactionScope& scope,
                  const BookSnapshot& book, reports::DocumentFrame frame)
      : parts_(parts),
        request_(request),
        selection_(selection),
        scope_(scope),
        book_(book),
        frame_(std::move(frame)) {}

  absl::Status WriteList(reports::ByteSink& sink) const;
  absl::Status WriteSlips(reports::ByteSink& sink) const;

 private:
  const DocumentParts& parts_;
  const v1::PrintVouchersRequest& request_;
  const Selection& selection_;
  store::TransactionScope& scope_;
  const BookSnapshot& book_;
  const reports::DocumentFrame frame_;
};

absl::Status VoucherPrinting::WriteList(reports::ByteSink& sink) const {
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<reports::DocumentWriter> out,
                           NewDocument(parts_, request_.options(), &sink));
  std::string days;
  if (selection_.typed.empty()) {
    days = reports::PeriodsInWords({selection_.filter.dates}, frame_.language);
  }
  const auto visit = [this](const TrailVisitor& visitor) {
    return VisitSelected(scope_, book_, selection_, visitor);
  };
  LUMBUNG_RETURN_IF_ERROR(WriteVoucherList({book_, frame_, days, visit}, *out));
  return out->Finish();
}

absl::Status VoucherPrinting::WriteSlips(reports::ByteSink& sink) const {
  const bool is_receipt = request_.form() == v1::VOUCHER_FORM_RECEIPT;
  const bool is_english = IsEnglish(request_.options());
  reports::SlipWriter::Options options;
  options.paper = request_.options().f4() ? reports::Paper::kF4 : reports::Paper::kA4;
  options.per_page = request_.per_page() == 0 ? 1 : request_.per_page();
  options.language = frame_.language;
  options.title = is_receipt ? (is_english ? "Receipts" : "Kwitansi")
                             : (is_english ? "Vouchers" : "Bukti transaksi");
  options.organization = frame_.organization;
  options.created = parts_.now();
  options.scratch_dir = parts_.scratch_dir;
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<reports::SlipWriter> writer,
                           reports::SlipWriter::Create(options));
  const SlipSetting setting{book_,
                            frame_,
                            {is_english ? NumberLocale::kEnglish : NumberLocale::kIndonesian,
                             !request_.options().negative_with_minus()}};
  int slips = 0;
  LUMBUNG_RETURN_IF_ERROR(
      VisitSelected(scope_, book_, selection_, [&](const VoucherTrail& trail) -> absl::Status {
        absl::StatusOr<reports::Slip> slip =
            is_receipt ? ReceiptSlip(setting, trail) : VoucherSlip(setting, trail);
        if (IsLeftOut(slip.status(), selection_)) return absl::OkStatus();
        LUMBUNG_RETURN_IF_ERROR(slip.status());
        ++slips;
        return writer->Add(*slip);
      }));
  if (slips == 0) {
    return NotFound("NO_VOUCHERS", "from_date", "there is no such voucher in these days");
  }
  return writer->Finish(sink);
}

}  // namespace

absl::Status VoucherPrintHandler::PrintVouchers(CallScope& call,
                                                const v1::PrintVouchersRequest& request,
                                                StreamWriter<v1::PrintVouchersResponse>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key,
                           parts_.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_RETURN_IF_ERROR(CheckForm(request));
  LUMBUNG_ASSIGN_OR_RETURN(const Selection selection, SelectionFrom(request));
  const auto write = [&](store::TransactionScope& scope, reports::ByteSink& sink) -> absl::Status {
    LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, key));
    const BookSnapshot book(std::move(contents));
    LUMBUNG_ASSIGN_OR_RETURN(reports::DocumentFrame frame,
                             BookFrame(scope, call, request.options(), book));
    const VoucherPrinting printing(parts_, request, selection, scope, book, std::move(frame));
    return request.form() == v1::VOUCHER_FORM_LIST ? printing.WriteList(sink)
                                                   : printing.WriteSlips(sink);
  };
  return StreamDocument(parts_, call, key.organization, write, writer);
}

}  // namespace lumbung::reporting::api
