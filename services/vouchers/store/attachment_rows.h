// Which files belong to a voucher. The functions run inside the caller's database transaction; the
// bytes are elsewhere (attachment_store.h).
#ifndef LUMBUNG_SERVICES_VOUCHERS_STORE_ATTACHMENT_ROWS_H_
#define LUMBUNG_SERVICES_VOUCHERS_STORE_ATTACHMENT_ROWS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/vouchers/domain/attachment_type.h"
#include "services/vouchers/domain/voucher.h"

namespace lumbung::vouchers {

struct Attachment {
  // The version of the voucher that it was added to: unique in it, and never given again.
  int id = 0;
  std::string sha256;  // 32 bytes
  AttachmentType type{};
  std::int64_t byte_count = 0;
  std::string file_name;
  // Added after posting: no part of what was approved.
  bool late = false;
  Person person;
  absl::Time added_at;
};

// In order of id.
std::map<VoucherId, std::vector<Attachment>> ReadAttachments(
    store::TransactionScope& scope, BookKey book, const std::vector<VoucherId>& vouchers);

// Gives the attachment its id and time. The caller holds the voucher's row lock.
// ATTACHMENT_REPEATED when the voucher has a file of the same content, TOO_MANY_ATTACHMENTS.
absl::Status InsertAttachment(store::TransactionScope& scope, BookKey book, const Voucher& voucher,
                              Attachment* attachment);

// ATTACHMENT_NOT_FOUND. The caller holds the voucher's row lock.
absl::Status DeleteAttachment(store::TransactionScope& scope, BookKey book, VoucherId voucher,
                              int id);

// The digests that take part in a voucher's content hash.
std::vector<std::string> HashedDigests(const std::vector<Attachment>& attachments);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_STORE_ATTACHMENT_ROWS_H_
