#include "services/log/store/checkpoint_store.h"

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"

namespace lumbung::log {
namespace {

using store::Statement;

constexpr Statement kUid = {"log_organization_uid",
                            "select uid from ledger.organization where organization_id = $1"};

// Waits for another that makes the same log, for the length of its batch.
constexpr Statement kCreateHead = {
    "log_create_head",
    "insert into log.head (organization_id, origin) select $1, $2 "
    "where not exists (select 1 from log.head where organization_id = $1) "
    "on conflict on constraint head_pkey do nothing"};

// Locks: the head's row, to the end of the database transaction; never waits.
constexpr Statement kLockHead = {"log_lock_head",
                                 "select origin, audit_cluster, audit_barrier::text from log.head "
                                 "where organization_id = $1 for update skip locked"};

constexpr Statement kReadHead = {
    "log_read_head",
    "select origin, audit_cluster, audit_barrier::text from log.head where organization_id = $1"};

constexpr Statement kMoveBarrier = {
    "log_move_barrier",
    "update log.head set audit_cluster = $2, audit_barrier = $3::xid8 where organization_id = $1"};

constexpr Statement kFindCheckpoint = {
    "log_find_checkpoint",
    "select size, root, note, (extract(epoch from signed_at) * 1000000)::bigint "
    "from log.checkpoint where organization_id = $1 and ($2 = 0 or size = $2) "
    "order by size desc limit 1"};

constexpr Statement kInsertCheckpoint = {
    "log_insert_checkpoint",
    "insert into log.checkpoint (organization_id, size, root, note, signed_at) "
    "values ($1, $2, $3, $4, $5::timestamptz)"};

constexpr Statement kCosignatures = {
    "log_cosignatures",
    "select line from log.cosignature where organization_id = $1 and size = $2 "
    "order by cosigned_at, verifier_key limit 50"};

constexpr Statement kCosign = {
    "log_insert_cosignature",
    "insert into log.cosignature (organization_id, size, verifier_key, line, cosigned_at, "
    "added_by) values ($1, $2, $3, $4, $5::timestamptz, $6) "
    "on conflict on constraint cosignature_pkey do nothing"};

std::optional<LogHead> HeadFrom(const pqxx::result& rows) {
  if (rows.empty()) return std::nullopt;
  return LogHead{rows[0][0].c_str(), {rows[0][1].as<std::int64_t>(), rows[0][2].c_str()}};
}

}  // namespace

absl::StatusOr<std::string> OriginOf(store::TransactionScope& scope) {
  const pqxx::result rows = scope.Execute(kUid, scope.organization_number());
  if (rows.empty()) {
    return NotFound("ORGANIZATION_NOT_FOUND", "", "there is no such organization");
  }
  return absl::StrCat("lumbung/", rows[0][0].c_str());
}

absl::StatusOr<std::optional<LogHead>> LockHead(store::TransactionScope& scope) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string origin, OriginOf(scope));
  scope.Execute(kCreateHead, scope.organization_number(), origin);
  return HeadFrom(scope.Execute(kLockHead, scope.organization_number()));
}

std::optional<LogHead> ReadHead(store::TransactionScope& scope) {
  return HeadFrom(scope.Execute(kReadHead, scope.organization_number()));
}

void MoveAuditBarrier(store::TransactionScope& scope, const AuditBarrier& barrier) {
  scope.Execute(kMoveBarrier, scope.organization_number(), barrier.cluster, barrier.transaction);
}

std::optional<StoredCheckpoint> FindCheckpoint(store::TransactionScope& scope, std::int64_t size) {
  const pqxx::result rows = scope.Execute(kFindCheckpoint, scope.organization_number(), size);
  if (rows.empty()) return std::nullopt;
  StoredCheckpoint found;
  found.size = rows[0][0].as<std::int64_t>();
  found.root = pqxx::binarystring(rows[0][1]).str();
  found.note = rows[0][2].c_str();
  found.signed_at = store::StoredTime(rows[0][3]);
  for (const pqxx::row& row :
       scope.Execute(kCosignatures, scope.organization_number(), found.size)) {
    found.cosignatures.push_back(row[0].c_str());
  }
  return found;
}

void InsertCheckpoint(store::TransactionScope& scope, const StoredCheckpoint& checkpoint) {
  scope.Execute(kInsertCheckpoint, scope.organization_number(), checkpoint.size,
                pqxx::binarystring(checkpoint.root), checkpoint.note,
                store::TimeText(checkpoint.signed_at));
}

void InsertCosignature(store::TransactionScope& scope, const NewCosignature& cosignature) {
  scope.Execute(kCosign, scope.organization_number(), cosignature.size,
                cosignature.witness.ToString(), cosignature.signature.ToLine(),
                store::TimeText(cosignature.cosigned_at), cosignature.added_by);
}

}  // namespace lumbung::log
