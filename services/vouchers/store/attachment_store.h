// Where the bytes of attachments are kept: by the SHA-256 of their content, once per organization.
// The interface asks for no more than an object store can give, so that one can take the place of
// the database: writing is its own step, before the voucher's database transaction, and what no
// voucher came to name is left behind unseen.
#ifndef LUMBUNG_SERVICES_VOUCHERS_STORE_ATTACHMENT_STORE_H_
#define LUMBUNG_SERVICES_VOUCHERS_STORE_ATTACHMENT_STORE_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"

namespace lumbung::vouchers {

// Thread-safe.
class AttachmentStore {
 public:
  virtual ~AttachmentStore() = default;

  // Keeps the content under its digest of 32 bytes; nothing to do when it is there already.
  virtual absl::Status Put(OrganizationId organization, const std::string& sha256,
                           absl::string_view content, absl::Time deadline) = 0;

  // Hands the content out piece by piece, until `sink` answers false. ATTACHMENT_NOT_FOUND.
  virtual absl::Status Read(OrganizationId organization, const std::string& sha256,
                            absl::Time deadline,
                            const std::function<bool(std::string piece)>& sink) = 0;
};

// In chunks of the database. Each chunk is read in a database transaction of its own, so that a
// slow client holds no connection.
class DatabaseAttachmentStore final : public AttachmentStore {
 public:
  static constexpr std::size_t kChunkBytes = 256 << 10;

  explicit DatabaseAttachmentStore(store::ConnectionPool* pool) : pool_(pool) {}

  absl::Status Put(OrganizationId organization, const std::string& sha256,
                   absl::string_view content, absl::Time deadline) override;
  absl::Status Read(OrganizationId organization, const std::string& sha256, absl::Time deadline,
                    const std::function<bool(std::string piece)>& sink) override;

 private:
  store::ConnectionPool* const pool_;
};

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_STORE_ATTACHMENT_STORE_H_
