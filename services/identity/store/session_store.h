// Sessions, one-time codes and attempts to sign in: what stands between a password and a caller.
// All functions need OpenPeople; those that prove something run after the account was locked, so
// that no proof is used twice at the same time.
#ifndef LUMBUNG_SERVICES_IDENTITY_STORE_SESSION_STORE_H_
#define LUMBUNG_SERVICES_IDENTITY_STORE_SESSION_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/store/transaction.h"
#include "services/identity/domain/sign_in_throttle.h"

namespace lumbung::identity {

inline constexpr absl::Duration kSessionLifetime = absl::Hours(12);
inline constexpr absl::Duration kSessionIdleTime = absl::Minutes(15);

struct NewSession {
  std::string token_hash;
  std::int64_t account_id = 0;
  absl::Time created_at;
  absl::Time expires_at;
  std::string from_address;
  // Opened by the server for itself, which asks nobody for a password.
  bool by_server = false;
};
void CreateSession(store::TransactionScope& scope, const NewSession& session);
void EndSession(store::TransactionScope& scope, absl::string_view token_hash, absl::Time now);
// All of the account's, but for the one with this hash.
void EndOtherSessions(store::TransactionScope& scope, std::int64_t account_id,
                      absl::string_view token_hash, absl::Time now);

// Remembers an attempt, and forgets those that no longer count.
void RecordAttempt(store::TransactionScope& scope, absl::string_view user_name,
                   absl::string_view from_address, bool succeeded, absl::Time now);
RecentFailures ReadRecentFailures(store::TransactionScope& scope, absl::string_view user_name,
                                  absl::string_view from_address, absl::Time now);
void NoteSignIn(store::TransactionScope& scope, std::int64_t account_id, absl::Time now);

struct StoredTotp {
  std::string secret;
  bool confirmed = false;
  std::int64_t last_step = 0;
};
std::optional<StoredTotp> FindTotp(store::TransactionScope& scope, std::int64_t account_id);
// In place of one that was never confirmed.
void BeginTotp(store::TransactionScope& scope, std::int64_t account_id, absl::string_view secret);
void UseTotpStep(store::TransactionScope& scope, std::int64_t account_id, std::int64_t step);
void ConfirmTotp(store::TransactionScope& scope, std::int64_t account_id, std::int64_t step,
                 const std::vector<std::string>& recovery_code_hashes, absl::Time now);
void RemoveTotp(store::TransactionScope& scope, std::int64_t account_id);
// Whether there was such a code that had not been used; it is now.
bool UseRecoveryCode(store::TransactionScope& scope, std::int64_t account_id,
                     absl::string_view code_hash, absl::Time now);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_STORE_SESSION_STORE_H_
