#include "services/vouchers/store/attachment_store.h"

#include <utility>

#include <pqxx/binarystring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/transaction.h"

namespace lumbung::vouchers {
namespace {

using store::Statement;

constexpr Statement kInsertBlob = {
    "voucher_insert_blob",
    "insert into vouchers.blob (organization_id, sha256, byte_count) values ($1, $2, $3) "
    "on conflict do nothing returning 1"};

constexpr Statement kInsertChunk = {
    "voucher_insert_chunk",
    "insert into vouchers.blob_chunk (organization_id, sha256, chunk, data) "
    "values ($1, $2, $3, $4)"};

constexpr Statement kReadChunk = {"voucher_read_chunk",
                                  "select data from vouchers.blob_chunk "
                                  "where organization_id = $1 and sha256 = $2 and chunk = $3"};

}  // namespace

absl::Status DatabaseAttachmentStore::Put(OrganizationId organization, const std::string& sha256,
                                          absl::string_view content, absl::Time deadline) {
  return store::RunInTransaction(
      *pool_, {organization, store::Access::kReadWrite, deadline},
      [&](store::TransactionScope& scope) -> absl::Status {
        const pqxx::binarystring digest(sha256);
        // Of two writers of one content the second waits here, and finds it written.
        if (scope.Execute(kInsertBlob, ToInteger(organization), digest, content.size()).empty()) {
          return absl::OkStatus();
        }
        for (std::size_t at = 0, chunk = 0; at < content.size(); at += kChunkBytes, ++chunk) {
          const absl::string_view piece = content.substr(at, kChunkBytes);
          scope.Execute(kInsertChunk, ToInteger(organization), digest, chunk,
                        pqxx::binarystring(piece.data(), piece.size()));
        }
        return absl::OkStatus();
      });
}

absl::Status DatabaseAttachmentStore::Read(OrganizationId organization, const std::string& sha256,
                                           absl::Time deadline,
                                           const std::function<bool(std::string piece)>& sink) {
  for (int chunk = 0;; ++chunk) {
    std::string piece;
    LUMBUNG_RETURN_IF_ERROR(store::RunInTransaction(
        *pool_, {organization, store::Access::kReadOnly, deadline},
        [&](store::TransactionScope& scope) {
          const pqxx::result rows =
              scope.Execute(kReadChunk, ToInteger(organization), pqxx::binarystring(sha256), chunk);
          piece = rows.empty() ? "" : pqxx::binarystring(rows[0][0]).str();
          return absl::OkStatus();
        }));
    if (piece.empty()) {
      if (chunk > 0) return absl::OkStatus();
      return NotFound("ATTACHMENT_NOT_FOUND", "name",
                      absl::StrCat("no content is kept under ", absl::BytesToHexString(sha256)));
    }
    const bool last = piece.size() < kChunkBytes;
    if (!sink(std::move(piece)) || last) return absl::OkStatus();
  }
}

}  // namespace lumbung::vouchers
