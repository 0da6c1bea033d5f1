#include "services/identity/store/session_store.h"

#include <pqxx/binarystring>

#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"

namespace lumbung::identity {
namespace {

using store::Statement;
using store::StoredTime;
using store::TimeText;

constexpr Statement kCreateSession = {
    "identity_create_session",
    "insert into identity.session "
    "(token_hash, account_id, created_at, last_used_at, expires_at, from_address, by_server) "
    "values ($1, $2, $3, $3, $4, $5, $6)"};
constexpr Statement kEndSession = {
    "identity_end_session",
    "update identity.session set ended_at = $2 where token_hash = $1 and ended_at is null"};
constexpr Statement kEndOtherSessions = {
    "identity_end_other_sessions",
    "update identity.session set ended_at = $3 "
    "where account_id = $1 and token_hash <> $2 and ended_at is null"};

constexpr Statement kAttempt = {
    "identity_record_attempt",
    "insert into identity.sign_in_attempt (user_name, from_address, attempted_at, succeeded) "
    "values ($1, $2, $3, $4)"};
constexpr Statement kForget = {"identity_forget_attempts",
                               "delete from identity.sign_in_attempt where attempted_at < $1"};
constexpr Statement kFailuresOfAccount = {
    "identity_failures_of_account",
    "select count(*), (extract(epoch from max(attempted_at)) * 1000000)::bigint "
    "from identity.sign_in_attempt "
    "where user_name = $1 and attempted_at > $2 and not succeeded "
    "and attempt_id > coalesce((select max(s.attempt_id) from identity.sign_in_attempt s "
    "                           where s.user_name = $1 and s.succeeded), 0)"};
constexpr Statement kFailuresOfAddress = {
    "identity_failures_of_address",
    "select count(*), (extract(epoch from max(attempted_at)) * 1000000)::bigint "
    "from identity.sign_in_attempt "
    "where from_address = $1 and attempted_at > $2 and not succeeded"};
constexpr Statement kNoteSignIn = {
    "identity_note_sign_in",
    "update identity.account set last_sign_in_at = $2 where account_id = $1"};

constexpr Statement kFindTotp = {"identity_find_totp",
                                 "select secret, confirmed_at is not null, last_step "
                                 "from identity.totp where account_id = $1 for update"};
constexpr Statement kBeginTotp = {
    "identity_begin_totp",
    "insert into identity.totp (account_id, secret) values ($1, $2) "
    "on conflict on constraint totp_pkey do update set secret = excluded.secret"};
constexpr Statement kUseStep = {"identity_use_totp_step",
                                "update identity.totp set last_step = $2 where account_id = $1"};
constexpr Statement kConfirmTotp = {
    "identity_confirm_totp",
    "update identity.totp set confirmed_at = $2, last_step = $3 where account_id = $1"};
constexpr Statement kRemoveTotp = {"identity_remove_totp",
                                   "delete from identity.totp where account_id = $1"};
constexpr Statement kRemoveCodes = {"identity_remove_recovery_codes",
                                    "delete from identity.recovery_code where account_id = $1"};
constexpr Statement kAddCode = {
    "identity_add_recovery_code",
    "insert into identity.recovery_code (account_id, code_hash) values ($1, $2)"};
constexpr Statement kUseCode = {"identity_use_recovery_code",
                                "update identity.recovery_code set used_at = $3 "
                                "where account_id = $1 and code_hash = $2 and used_at is null"};

pqxx::binarystring Bytes(absl::string_view bytes) {
  return pqxx::binarystring(std::string(bytes));
}

}  // namespace

void CreateSession(store::TransactionScope& scope, const NewSession& session) {
  scope.Execute(kCreateSession, Bytes(session.token_hash), session.account_id,
                TimeText(session.created_at), TimeText(session.expires_at), session.from_address,
                session.by_server);
}

void EndSession(store::TransactionScope& scope, absl::string_view token_hash, absl::Time now) {
  scope.Execute(kEndSession, Bytes(token_hash), TimeText(now));
}

void EndOtherSessions(store::TransactionScope& scope, std::int64_t account_id,
                      absl::string_view token_hash, absl::Time now) {
  scope.Execute(kEndOtherSessions, account_id, Bytes(token_hash), TimeText(now));
}

void RecordAttempt(store::TransactionScope& scope, absl::string_view user_name,
                   absl::string_view from_address, bool succeeded, absl::Time now) {
  scope.Execute(kForget, TimeText(now - 2 * kAttemptWindow));
  scope.Execute(kAttempt, std::string(user_name), std::string(from_address), TimeText(now),
                succeeded);
}

RecentFailures ReadRecentFailures(store::TransactionScope& scope, absl::string_view user_name,
                                  absl::string_view from_address, absl::Time now) {
  const std::string since = TimeText(now - kAttemptWindow);
  RecentFailures failures;
  const pqxx::row account = scope.Execute(kFailuresOfAccount, std::string(user_name), since)[0];
  failures.of_account = account[0].as<int>();
  if (failures.of_account > 0) failures.last_of_account = StoredTime(account[1]);
  const pqxx::row address = scope.Execute(kFailuresOfAddress, std::string(from_address), since)[0];
  failures.of_address = address[0].as<int>();
  if (failures.of_address > 0) failures.last_of_address = StoredTime(address[1]);
  return failures;
}

void NoteSignIn(store::TransactionScope& scope, std::int64_t account_id, absl::Time now) {
  scope.Execute(kNoteSignIn, account_id, TimeText(now));
}

std::optional<StoredTotp> FindTotp(store::TransactionScope& scope, std::int64_t account_id) {
  const pqxx::result rows = scope.Execute(kFindTotp, account_id);
  if (rows.empty()) return std::nullopt;
  return StoredTotp{pqxx::binarystring(rows[0][0]).str(), rows[0][1].as<bool>(),
                    rows[0][2].as<std::int64_t>()};
}

void BeginTotp(store::TransactionScope& scope, std::int64_t account_id, absl::string_view secret) {
  scope.Execute(kBeginTotp, account_id, Bytes(secret));
}

void UseTotpStep(store::TransactionScope& scope, std::int64_t account_id, std::int64_t step) {
  scope.Execute(kUseStep, account_id, step);
}

void ConfirmTotp(store::TransactionScope& scope, std::int64_t account_id, std::int64_t step,
                 const std::vector<std::string>& recovery_code_hashes, absl::Time now) {
  scope.Execute(kConfirmTotp, account_id, TimeText(now), step);
  scope.Execute(kRemoveCodes, account_id);
  for (const std::string& hash : recovery_code_hashes) {
    scope.Execute(kAddCode, account_id, Bytes(hash));
  }
}

void RemoveTotp(store::TransactionScope& scope, std::int64_t account_id) {
  scope.Execute(kRemoveTotp, account_id);
  scope.Execute(kRemoveCodes, account_id);
}

bool UseRecoveryCode(store::TransactionScope& scope, std::int64_t account_id,
                     absl::string_view code_hash, absl::Time now) {
  return scope.Execute(kUseCode, account_id, Bytes(code_hash), TimeText(now)).affected_rows() == 1;
}

}  // namespace lumbung::identity
