#include "services/identity/store/oidc_store.h"

#include <pqxx/binarystring>

#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"

namespace lumbung::identity {
namespace {

using store::Statement;
using store::StoredTime;
using store::TimeText;

// Anybody may begin; that must not fill the disk.
constexpr std::int64_t kMostUnderWay = 10'000;

constexpr Statement kForgetExpiredSignIns = {
    "identity_forget_oidc_sign_ins", "delete from identity.oidc_sign_in where expires_at <= $1"};
constexpr Statement kCountSignIns = {"identity_count_oidc_sign_ins",
                                     "select count(*) from identity.oidc_sign_in"};
constexpr Statement kKeepSignIn = {
    "identity_keep_oidc_sign_in",
    "insert into identity.oidc_sign_in "
    "(handle_hash, state_hash, provider_id, redirect_uri, nonce, verifier, expires_at) "
    "values ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement kTakeSignIn = {
    "identity_take_oidc_sign_in",
    "delete from identity.oidc_sign_in where handle_hash = $1 "
    "returning state_hash, provider_id, redirect_uri, nonce, verifier, "
    "(extract(epoch from expires_at) * 1000000)::bigint"};

}  // namespace

bool KeepBegunSignIn(store::TransactionScope& scope, const BegunSignIn& begun, absl::Time now) {
  scope.Execute(kForgetExpiredSignIns, TimeText(now));
  if (scope.Execute(kCountSignIns)[0][0].as<std::int64_t>() >= kMostUnderWay) return false;
  scope.Execute(kKeepSignIn, pqxx::binarystring(begun.handle_hash),
                pqxx::binarystring(begun.state_hash), begun.provider_id, begun.redirect_uri,
                begun.nonce, begun.verifier, TimeText(begun.expires_at));
  return true;
}

std::optional<BegunSignIn> TakeBegunSignIn(store::TransactionScope& scope,
                                           absl::string_view handle_hash, absl::Time now) {
  const pqxx::result rows =
      scope.Execute(kTakeSignIn, pqxx::binarystring(std::string(handle_hash)));
  if (rows.empty()) return std::nullopt;
  BegunSignIn begun;
  begun.handle_hash = std::string(handle_hash);
  begun.state_hash = pqxx::binarystring(rows[0][0]).str();
  begun.provider_id = rows[0][1].c_str();
  begun.redirect_uri = rows[0][2].c_str();
  begun.nonce = rows[0][3].c_str();
  begun.verifier = rows[0][4].c_str();
  begun.expires_at = StoredTime(rows[0][5]);
  if (begun.expires_at <= now) return std::nullopt;
  return begun;
}

}  // namespace lumbung::identity
