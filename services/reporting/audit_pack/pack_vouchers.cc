#include "services/reporting/audit_pack/pack_vouchers.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/vouchers/store/voucher_trail.h"

namespace lumbung::reporting {
namespace {

using vouchers::Voucher;
using vouchers::VoucherId;

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

Json AttachmentsJson(const std::vector<vouchers::Attachment>& attachments,
                     std::set<std::string>* digests) {
  Json json = Json::array();
  for (const vouchers::Attachment& attachment : attachments) {
    digests->insert(attachment.sha256);
    json.push_back({{"file_name", attachment.file_name},
                    {"media_type", std::string(vouchers::MediaType(attachment.type))},
                    {"bytes", attachment.byte_count},
                    {"sha256", Hex(attachment.sha256)},
                    {"late", attachment.late}});
  }
  return json;
}

absl::StatusOr<Json> VoucherJson(const PackContext& pack, const vouchers::VoucherTrail& trail,
                                 std::set<std::string>* digests) {
  const BookSnapshot& book = *pack.facts.book;
  const Voucher& voucher = trail.voucher;
  LUMBUNG_ASSIGN_OR_RETURN(Json history, HistoryJson(pack, voucher.id));
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
      {"approvals", ApprovalsJson(trail.approvals)},
      {"history", std::move(history)},
      {"attachments", AttachmentsJson(trail.attachments, digests)}};
}

}  // namespace

absl::Status PackVouchers(PackContext& pack, std::set<std::string>* digests) {
  vouchers::VoucherFilter filter;
  filter.dates = pack.facts.period;
  return pack.archive.Add("vouchers/vouchers.jsonl", [&](reports::ByteSink& sink) {
    return vouchers::VisitTrails(pack.scope, pack.facts.book->book().key, filter,
                                 [&](const vouchers::VoucherTrail& trail) -> absl::Status {
                                   LUMBUNG_ASSIGN_OR_RETURN(const Json json,
                                                            VoucherJson(pack, trail, digests));
                                   return sink.Write(JsonLine(json));
                                 });
  });
}

}  // namespace lumbung::reporting
