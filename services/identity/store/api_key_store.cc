#include "services/identity/store/api_key_store.h"

#include <pqxx/binarystring>

#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/store/array_text.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"

namespace lumbung::identity {
namespace {

using store::Statement;
using store::StoredTime;
using store::TimeText;

constexpr Statement kCreateKey = {
    "identity_create_api_key",
    "insert into identity.api_key (organization_id, prefix, secret_hash, person_id, display_name, "
    "roles, scope, created_by, created_at, expires_at, certificate_hash) "
    "values ($1, $2, $3, $4, $5, $6::text[], $7, $8, $9, $10, decode(nullif($11, ''), 'hex')) "
    "on conflict (organization_id, certificate_hash) where revoked_at is null do nothing"};

#define LUMBUNG_API_KEY_QUERY                                            \
  "select k.prefix, k.person_id, a.user_name, k.display_name, "          \
  "array_to_string(k.roles, ','), k.scope, "                             \
  "(extract(epoch from k.created_at) * 1000000)::bigint, "               \
  "(extract(epoch from k.expires_at) * 1000000)::bigint, "               \
  "(extract(epoch from k.revoked_at) * 1000000)::bigint, "               \
  "(extract(epoch from k.last_used_at) * 1000000)::bigint, "             \
  "coalesce(encode(k.certificate_hash, 'hex'), '') "                     \
  "from identity.api_key k "                                             \
  "join identity.account a on a.person_id = k.person_id and a.kind = 1 " \
  "where k.organization_id = $1 "
constexpr Statement kFindKey = {"identity_find_api_key", LUMBUNG_API_KEY_QUERY "and k.prefix = $2"};
constexpr Statement kListKeys = {
    "identity_list_api_keys", LUMBUNG_API_KEY_QUERY "and k.prefix > $2 order by k.prefix limit $3"};
#undef LUMBUNG_API_KEY_QUERY

constexpr Statement kRevokeKey = {
    "identity_revoke_api_key",
    "update identity.api_key set revoked_at = $3 "
    "where organization_id = $1 and prefix = $2 and revoked_at is null"};

std::optional<absl::Time> TimeOrNothing(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return StoredTime(field);
}

StoredApiKey KeyOf(const pqxx::row& row) {
  StoredApiKey key;
  key.prefix = row[0].c_str();
  key.person_id = row[1].as<std::int64_t>();
  key.user_name = row[2].c_str();
  key.display_name = row[3].c_str();
  key.roles = absl::StrSplit(row[4].c_str(), ',', absl::SkipEmpty());
  key.scope = row[5].c_str();
  key.created_at = StoredTime(row[6]);
  key.expires_at = StoredTime(row[7]);
  key.revoked_at = TimeOrNothing(row[8]);
  key.last_used_at = TimeOrNothing(row[9]);
  key.certificate_hash = row[10].c_str();
  return key;
}

}  // namespace

absl::Status CreateApiKey(store::TransactionScope& scope, const NewApiKeyRow& key) {
  store::ArrayText roles;
  for (const std::string& role : key.roles) roles.Text(role);
  const pqxx::result inserted = scope.Execute(
      kCreateKey, scope.organization_number(), key.prefix, pqxx::binarystring(key.secret_hash),
      key.person_id, key.display_name, roles.Take(), key.scope, key.created_by,
      TimeText(key.created_at), TimeText(key.expires_at), key.certificate_hash);
  if (inserted.affected_rows() == 1) return absl::OkStatus();
  return Refusal(absl::StatusCode::kAlreadyExists, "CERTIFICATE_TAKEN", "certificate_sha256",
                 "another key is bound to this certificate; revoke that first");
}

absl::StatusOr<StoredApiKey> FindApiKey(store::TransactionScope& scope, absl::string_view prefix) {
  const pqxx::result rows =
      scope.Execute(kFindKey, scope.organization_number(), std::string(prefix));
  if (rows.empty()) return NotFound("NOT_FOUND", "name", "there is no such API key");
  return KeyOf(rows[0]);
}

std::vector<StoredApiKey> ListApiKeys(store::TransactionScope& scope, absl::string_view after,
                                      int limit) {
  std::vector<StoredApiKey> keys;
  for (const pqxx::row& row :
       scope.Execute(kListKeys, scope.organization_number(), std::string(after), limit)) {
    keys.push_back(KeyOf(row));
  }
  return keys;
}

void RevokeApiKey(store::TransactionScope& scope, absl::string_view prefix, absl::Time now) {
  scope.Execute(kRevokeKey, scope.organization_number(), std::string(prefix), TimeText(now));
}

}  // namespace lumbung::identity
