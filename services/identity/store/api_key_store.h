// API keys of an organization. In a transaction of the organization, with OpenPeople where names
// are read.
#ifndef LUMBUNG_SERVICES_IDENTITY_STORE_API_KEY_STORE_H_
#define LUMBUNG_SERVICES_IDENTITY_STORE_API_KEY_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/store/transaction.h"

namespace lumbung::identity {

inline constexpr absl::Duration kLongestKeyLife = absl::Hours(24 * 366);

struct StoredApiKey {
  std::string prefix;
  std::int64_t person_id = 0;
  std::string user_name;
  std::string display_name;
  std::vector<std::string> roles;
  std::string scope;
  absl::Time created_at;
  absl::Time expires_at;
  std::optional<absl::Time> revoked_at;
  std::optional<absl::Time> last_used_at;
  // In hexadecimal; empty for none.
  std::string certificate_hash;
};

struct NewApiKeyRow {
  std::string prefix;
  std::string secret_hash;
  std::int64_t person_id = 0;
  std::string display_name;
  std::vector<std::string> roles;
  std::string scope;
  std::string created_by;
  absl::Time created_at;
  absl::Time expires_at;
  // In hexadecimal; empty for none.
  std::string certificate_hash;
};

// CERTIFICATE_TAKEN.
absl::Status CreateApiKey(store::TransactionScope& scope, const NewApiKeyRow& key);
// NOT_FOUND at `name`.
absl::StatusOr<StoredApiKey> FindApiKey(store::TransactionScope& scope, absl::string_view prefix);
// By prefix, after `after`, at most `limit`.
std::vector<StoredApiKey> ListApiKeys(store::TransactionScope& scope, absl::string_view after,
                                      int limit);
void RevokeApiKey(store::TransactionScope& scope, absl::string_view prefix, absl::Time now);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_STORE_API_KEY_STORE_H_
