// People and their local accounts. They belong to no organization: a transaction has to be opened
// for them with OpenPeople, and every statement here names the one person, or the one
// organization's people, that it is about.
#ifndef LUMBUNG_SERVICES_IDENTITY_STORE_PEOPLE_STORE_H_
#define LUMBUNG_SERVICES_IDENTITY_STORE_PEOPLE_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::identity {

// From here on the transaction sees people. It keeps its organization.
void OpenPeople(store::TransactionScope& scope);

struct StoredPerson {
  std::int64_t person_id = 0;
  std::int64_t account_id = 0;
  std::string user_name;
  std::string display_name;
  // Whose administrators keep this person; 0: the platform's.
  OrganizationId managing_organization{};
  bool platform_operator = false;
  bool disabled = false;
  bool has_password = false;
  bool must_change_password = false;
  bool totp_enrolled = false;
  absl::Time created_at;
  std::optional<absl::Time> last_sign_in_at;
  // Of an identity provider; empty for none.
  std::string issuer;
  std::string subject;
};

struct NewPerson {
  std::string user_name;
  std::string display_name;
  OrganizationId managing_organization{};
  bool platform_operator = false;
  // Empty for those who act through API keys alone. Must be changed at the first sign-in.
  std::string password_hash;
};

// ALREADY_EXISTS.
absl::StatusOr<StoredPerson> CreatePerson(store::TransactionScope& scope, const NewPerson& person,
                                          absl::Time now);

// PERSON_NOT_FOUND at `field`.
absl::StatusOr<StoredPerson> FindPerson(store::TransactionScope& scope, absl::string_view user_name,
                                        absl::string_view field);
// The same, but only of those whom ListPeople lists: who else there is on the server is nobody's
// business. PERSON_NOT_FOUND at `field`.
absl::StatusOr<StoredPerson> FindMember(store::TransactionScope& scope, absl::string_view user_name,
                                        absl::string_view field);
absl::StatusOr<StoredPerson> FindPersonBySubject(store::TransactionScope& scope,
                                                 absl::string_view issuer,
                                                 absl::string_view subject);
absl::StatusOr<StoredPerson> FindPersonById(store::TransactionScope& scope, std::int64_t person_id);

// Whether the server knows anybody at all.
bool HasPeople(store::TransactionScope& scope);

// The people that the transaction's organization keeps or that have a grant in it, in force or not;
// in a transaction of organization 0 those of the platform. By user name, after `after`, at most
// `limit`.
std::vector<StoredPerson> ListPeople(store::TransactionScope& scope, absl::string_view after,
                                     int limit);

void UpdatePerson(store::TransactionScope& scope, const StoredPerson& person);
void SetPassword(store::TransactionScope& scope, std::int64_t account_id,
                 absl::string_view password_hash, bool must_change);

// Links the account to a provider's name for the person, or with empty texts to none. A password
// that has to be changed ends. IDENTITY_TAKEN.
absl::Status LinkAccount(store::TransactionScope& scope, std::int64_t account_id,
                         absl::string_view issuer, absl::string_view subject);

// The encoded hash, or "" when there is no password.
std::string PasswordHashOf(store::TransactionScope& scope, std::int64_t account_id);

// Ends what servers remember of callers: to be called by every change of who may do what.
void AdvanceEpoch(store::TransactionScope& scope);
std::int64_t ReadEpoch(store::TransactionScope& scope);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_STORE_PEOPLE_STORE_H_
