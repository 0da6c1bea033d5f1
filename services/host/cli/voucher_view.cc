#include "services/host/cli/voucher_view.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "services/host/cli/entry_view.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

using vouchers::v1::Approval;
using vouchers::v1::Attachment;
using vouchers::v1::Voucher;

std::string ShowApproval(const Invocation& call, const Approval& approval) {
  if (!approval.has_on_behalf_of()) return approval.person().display_name();
  return absl::Substitute(call.Text(Label::kOnBehalfOf), approval.person().display_name(),
                          approval.on_behalf_of().display_name());
}

std::string ShowApprovals(const Invocation& call, const Voucher& voucher) {
  std::string shown =
      absl::StrJoin(voucher.approvals(), ", ", [&call](std::string* out, const Approval& approval) {
        absl::StrAppend(out, ShowApproval(call, approval));
      });
  if (voucher.self_approved()) {
    absl::StrAppend(&shown, " (", call.Text(Label::kSelfApproved), ")");
  }
  return shown;
}

void WriteHeading(Invocation& call, const Voucher& voucher) {
  const auto field = [&call](Label label, std::string value) {
    return Field{std::string(call.Text(label)), std::move(value)};
  };
  call.WriteFields({
      field(Label::kNumber, voucher.number()),
      field(Label::kKind, ShowVoucherKind(call, voucher.kind())),
      field(Label::kState, ShowChoice(call, voucher.state(), kVoucherStates)),
      field(Label::kDate, voucher.date()),
      field(Label::kParty, voucher.party()),
      field(Label::kDescription, voucher.description()),
      field(Label::kReference, voucher.reference()),
      field(Label::kCashAccount, voucher.cash_account()),
      field(Label::kSeries, voucher.series()),
      field(Label::kMaker, voucher.maker().display_name()),
      field(Label::kApprovedBy, ShowApprovals(call, voucher)),
      field(Label::kWaitsFor, absl::StrJoin(voucher.waits_for(), ", ")),
      field(Label::kWhy, voucher.reason()),
      field(Label::kEntry, voucher.entry()),
      field(Label::kTemplate, voucher.template_()),
      field(Label::kResourceName, voucher.name()),
      field(Label::kContentHash, voucher.content_hash()),
  });
}

void WriteAttachments(Invocation& call, const Voucher& voucher) {
  if (voucher.attachments().empty()) return;
  call.WriteLine();
  TableWriter table(
      call.console().out, call.NewTableStyle(),
      {call.NewColumn("", Label::kAttachments),
       call.NewColumn("", Label::kFile, ColumnKind::kFlexible),
       call.NewColumn("", Label::kMediaType),
       call.NewColumn("", Label::kBytes, ColumnKind::kAmount), call.NewColumn("", Label::kLate)});
  for (const Attachment& attachment : voucher.attachments()) {
    table.Add({LastId(attachment.name()), attachment.file_name(), attachment.media_type(),
               absl::StrCat(attachment.byte_count()), ShowFlag(call, attachment.late())});
  }
  table.Finish();
}

}  // namespace

std::string ShowVoucherKind(const Invocation& call, vouchers::v1::VoucherKind kind) {
  for (const auto& choice : kVoucherKinds) {
    if (choice.value != kind) continue;
    if (call.csv()) return std::string(choice.word);
    return absl::StrCat(choice.word, " (", call.Text(choice.label), ")");
  }
  return "";
}

absl::StatusOr<std::string> VoucherName(Invocation& call, const std::string& typed) {
  if (absl::StartsWith(typed, "books/")) return typed;
  LUMBUNG_ASSIGN_OR_RETURN(const std::string book, call.session().BookName());
  return ChildName(book, "vouchers", typed);
}

absl::Status WriteVoucher(Invocation& call, const Voucher& voucher) {
  if (!call.table()) {
    WriteRecord(call, voucher, kVouchers);
    return absl::OkStatus();
  }
  WriteHeading(call, voucher);
  if (!voucher.postings().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
    v1::JournalEntry entry;
    *entry.mutable_postings() = voucher.postings();
    call.WriteLine();
    WritePostings(call, chart, entry);
  }
  WriteAttachments(call, voucher);
  return absl::OkStatus();
}

std::vector<Column> VoucherColumns(const Invocation& call) {
  return {call.NewColumn("voucher", Label::kVoucher),
          call.NewColumn("date", Label::kDate),
          call.NewColumn("number", Label::kNumber),
          call.NewColumn("kind", Label::kKind),
          call.NewColumn("state", Label::kState),
          call.NewColumn("party", Label::kParty, ColumnKind::kFlexible),
          call.NewColumn("description", Label::kDescription, ColumnKind::kFlexible),
          call.NewColumn("amount", Label::kAmount, ColumnKind::kAmount),
          call.NewColumn("maker", Label::kMaker),
          call.NewColumn("waits_for", Label::kWaitsFor)};
}

std::vector<Cell> VoucherCells(const Invocation& call, const Voucher& voucher) {
  return {LastId(voucher.name()),
          voucher.date(),
          voucher.number(),
          ShowChoice(call, voucher.kind(), kVoucherKinds),
          ShowChoice(call, voucher.state(), kVoucherStates),
          voucher.party(),
          voucher.description(),
          voucher.amount().amount(),
          voucher.maker().display_name(),
          absl::StrJoin(voucher.waits_for(), ", ")};
}

}  // namespace lumbung::cli
