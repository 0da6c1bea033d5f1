#include "services/vouchers/store/attachment_rows.h"

#include <algorithm>
#include <utility>

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/array_text.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::vouchers {
namespace {

using store::Statement;

constexpr Statement kReadAttachments = {
    "voucher_read_attachments",
    "select voucher_id, attachment_id, sha256, type, byte_count, file_name, late, person, "
    "person_user, person_name, (extract(epoch from added_at) * 1000000)::bigint from "
    "vouchers.attachment "
    "where organization_id = $1 and book_id = $2 and voucher_id = any ($3::bigint[]) "
    "order by voucher_id, attachment_id"};

constexpr Statement kInsertAttachment = {
    "voucher_insert_attachment",
    "insert into vouchers.attachment (organization_id, book_id, voucher_id, attachment_id, "
    "sha256, type, byte_count, file_name, late, person, person_user, person_name) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
    "returning (extract(epoch from added_at) * 1000000)::bigint"};

constexpr Statement kDeleteAttachment = {
    "voucher_delete_attachment",
    "delete from vouchers.attachment where organization_id = $1 and book_id = $2 "
    "and voucher_id = $3 and attachment_id = $4 returning 1"};

}  // namespace

std::map<VoucherId, std::vector<Attachment>> ReadAttachments(
    store::TransactionScope& scope, BookKey book, const std::vector<VoucherId>& vouchers) {
  store::ArrayText ids;
  for (const VoucherId id : vouchers) ids.Integer(ToInteger(id));
  std::map<VoucherId, std::vector<Attachment>> attachments;
  for (const pqxx::row& row : scope.Execute(kReadAttachments, ToInteger(book.organization),
                                            ToInteger(book.book), ids.Take())) {
    Attachment attachment;
    attachment.id = row[1].as<int>();
    attachment.sha256 = pqxx::binarystring(row[2]).str();
    attachment.type = store::StoredId<AttachmentType>(row[3]);
    attachment.byte_count = row[4].as<std::int64_t>();
    attachment.file_name = row[5].c_str();
    attachment.late = row[6].as<bool>();
    attachment.person = {row[7].as<std::int64_t>(), row[8].c_str(), row[9].c_str()};
    attachment.added_at = store::StoredTime(row[10]);
    attachments[store::StoredId<VoucherId>(row[0])].push_back(std::move(attachment));
  }
  return attachments;
}

absl::Status InsertAttachment(store::TransactionScope& scope, BookKey book, const Voucher& voucher,
                              Attachment* attachment) {
  const std::vector<Attachment> existing = ReadAttachments(scope, book, {voucher.id})[voucher.id];
  if (existing.size() >= kMaxVoucherAttachments) {
    return FailedPrecondition(
        "TOO_MANY_ATTACHMENTS", "name",
        absl::StrCat("the voucher has ", existing.size(), " attachments; no more are allowed"));
  }
  for (const Attachment& other : existing) {
    if (other.sha256 != attachment->sha256) continue;
    return Refusal(absl::StatusCode::kAlreadyExists, "ATTACHMENT_REPEATED", "data",
                   absl::StrCat("the voucher has this file already, as attachment ", other.id));
  }
  attachment->id = voucher.version;
  const pqxx::result rows = scope.Execute(
      kInsertAttachment, ToInteger(book.organization), ToInteger(book.book), ToInteger(voucher.id),
      attachment->id, pqxx::binarystring(attachment->sha256), ToInteger(attachment->type),
      attachment->byte_count, attachment->file_name, attachment->late, attachment->person.id,
      attachment->person.user_name, attachment->person.display_name);
  attachment->added_at = store::StoredTime(rows[0][0]);
  return absl::OkStatus();
}

absl::Status DeleteAttachment(store::TransactionScope& scope, BookKey book, VoucherId voucher,
                              int id) {
  if (!scope
           .Execute(kDeleteAttachment, ToInteger(book.organization), ToInteger(book.book),
                    ToInteger(voucher), id)
           .empty()) {
    return absl::OkStatus();
  }
  return NotFound("ATTACHMENT_NOT_FOUND", "name",
                  absl::StrCat("the voucher has no attachment ", id));
}

std::vector<std::string> HashedDigests(const std::vector<Attachment>& attachments) {
  std::vector<std::string> digests;
  for (const Attachment& attachment : attachments) {
    if (!attachment.late) digests.push_back(attachment.sha256);
  }
  return digests;
}

}  // namespace lumbung::vouchers
