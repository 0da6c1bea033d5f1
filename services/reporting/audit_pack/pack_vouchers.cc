#include "services/reporting/audit_pack/pack_vouchers.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/vouchers/store/approval_store.h"
#include "services/vouchers/store/attachment_rows.h"
#include "services/vouchers/store/voucher_store.h"

namespace lumbung::reporting {
namespace {

using vouchers::Voucher;
using vouchers::VoucherId;

constexpr int kVouchersAtOnce = 200;

// A page of vouchers with all that belongs to them.
struct VoucherPage {
  std::vector<Voucher> vouchers;
  std::map<VoucherId, vouchers::ApprovalsByRound> approvals;
  std::map<VoucherId, std::vector<vouchers::Attachment>> attachments;
};

// Those of the round that counts.
std::vector<vouchers::Approval> ApprovalsOf(const VoucherPage& page, const Voucher& voucher) {
  const auto rounds = page.approvals.find(voucher.id);
  if (rounds == page.approvals.end()) return {};
  const auto round = rounds->second.find(voucher.round);
  return round == rounds->second.end() ? std::vector<vouchers::Approval>() : round->second;
}

Json ApprovalsJson(const std::vector<vouchers::Approval>& approvals) {
  Json json = Json::array();
  for (const vouchers::Approval& approval : approvals) {
    json.push_back(
        {{"person", approval.person.user_name},
         {"on_behalf_of", approval.on_behalf_of ? approval.on_behalf_of->user_name : std::string()},
         {"content_hash", Hex(approval.content_hash)},
         {"time", Utc(approval.approved_at)},
         {"self_approval", approval.self_approval}});
  }
  return json;
}

absl::StatusOr<Json> HistoryJson(const PackContext& pack, VoucherId id) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<vouchers::VoucherEvent> history,
                           vouchers::ReadHistory(pack.scope, pack.facts.book->book().key, id));
  Json json = Json::array();
  for (const vouchers::VoucherEvent& event : history) {
    json.push_back({{"action", std::string(vouchers::ActionWord(event.action))},
                    {"state", std::string(vouchers::StateWord(event.state))},
                    {"person", event.person.user_name},
                    {"time", Utc(event.recorded_at)},
                    {"content_hash", Hex(event.content_hash)},
                    {"comment", event.comment}});
  }
  return json;
}

Json AttachmentsJson(const VoucherPage& page, VoucherId id, PackedVouchers* packed) {
  Json json = Json::array();
  const auto found = page.attachments.find(id);
  if (found == page.attachments.end()) return json;
  for (const vouchers::Attachment& attachment : found->second) {
    packed->digests.insert(attachment.sha256);
    json.push_back({{"file_name", attachment.file_name},
                    {"media_type", std::string(vouchers::MediaType(attachment.type))},
                    {"bytes", attachment.byte_count},
                    {"sha256", Hex(attachment.sha256)},
                    {"late", attachment.late}});
  }
  return json;
}

absl::StatusOr<Json> VoucherJson(const PackContext& pack, const VoucherPage& page,
                                 const Voucher& voucher, PackedVouchers* packed) {
  const BookSnapshot& book = *pack.facts.book;
  LUMBUNG_ASSIGN_OR_RETURN(Json history, HistoryJson(pack, voucher.id));
  const std::vector<vouchers::Approval> approvals = ApprovalsOf(page, voucher);
  if (voucher.entry.has_value()) {
    packed->people[*voucher.entry] = {voucher.maker.user_name,
                                      approvals.empty() ? "" : approvals.back().person.user_name};
  }
  return Json{
      {"voucher", absl::StrCat("books/", book.book().slug, "/vouchers/", ToInteger(voucher.id))},
      {"number", voucher.number ? voucher.number->text : std::string()},
      {"kind", std::string(vouchers::KindCode(voucher.content.kind))},
      {"state", std::string(vouchers::StateWord(voucher.state))},
      {"date", voucher.content.date.ToString()},
      {"party", voucher.content.party},
      {"description", voucher.content.description},
      {"reference", voucher.content.reference},
      {"entry", voucher.entry ? ToInteger(*voucher.entry) : 0},
      {"amount", voucher.amount ? voucher.amount->ToString() : std::string()},
      {"currency", book.FindCurrency(book.book().functional_currency)->code},
      {"maker", voucher.maker.user_name},
      {"content_hash", Hex(voucher.content_hash)},
      {"approvals", ApprovalsJson(approvals)},
      {"history", std::move(history)},
      {"attachments", AttachmentsJson(page, voucher.id, packed)}};
}

absl::StatusOr<VoucherPage> ReadPage(const PackContext& pack, std::optional<VoucherId> after) {
  const BookKey book = pack.facts.book->book().key;
  vouchers::VoucherFilter filter;
  filter.dates = pack.facts.period;
  VoucherPage page;
  LUMBUNG_ASSIGN_OR_RETURN(
      page.vouchers, vouchers::ListVouchers(pack.scope, book, filter, /*newest_first=*/false, after,
                                            kVouchersAtOnce));
  std::vector<VoucherId> ids;
  for (const Voucher& voucher : page.vouchers) ids.push_back(voucher.id);
  page.approvals = vouchers::ReadApprovals(pack.scope, book, ids);
  page.attachments = vouchers::ReadAttachments(pack.scope, book, ids);
  return page;
}

}  // namespace

absl::Status PackVouchers(PackContext& pack, PackedVouchers* packed) {
  return pack.archive.Add("vouchers/vouchers.jsonl", [&](reports::ByteSink& sink) -> absl::Status {
    std::optional<VoucherId> after;
    while (true) {
      LUMBUNG_ASSIGN_OR_RETURN(const VoucherPage page, ReadPage(pack, after));
      if (page.vouchers.empty()) return absl::OkStatus();
      after = page.vouchers.back().id;
      for (const Voucher& voucher : page.vouchers) {
        LUMBUNG_ASSIGN_OR_RETURN(const Json json, VoucherJson(pack, page, voucher, packed));
        LUMBUNG_RETURN_IF_ERROR(sink.Write(JsonLine(json)));
      }
    }
  });
}

}  // namespace lumbung::reporting
