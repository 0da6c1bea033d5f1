#include "services/identity/api/sign_in_handlers.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/common/resource_names.h"
#include "services/identity/api/conversion.h"
#include "services/identity/api/kept_person.h"
#include "services/identity/domain/password_hash.h"
#include "services/identity/domain/password_rules.h"
#include "services/identity/domain/sign_in_throttle.h"
#include "services/identity/domain/totp.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/session_store.h"

namespace lumbung::identity {
namespace {

// What a wrong password is compared with when there is no account, so that the answer takes as
// long. The hash of nothing anybody knows.
constexpr char kNobodysHash[] =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
// In place of a name that nobody can have.
constexpr char kNoName[] = "-";

absl::Status SignInFailed(absl::string_view field) {
  return Refusal(absl::StatusCode::kUnauthenticated, "SIGN_IN_FAILED", field,
                 "the user name, the password or the code is wrong");
}

absl::Status NotASession() {
  return FailedPrecondition("NOT_A_SESSION", "",
                            "this needs a session; the call came with an API key");
}

std::string PersonName(const CallScope& call) {
  return ResourceName({{"people", call.access.actor}});
}

}  // namespace

absl::StatusOr<v1::SignInResponse> SignInHandlers::SignIn(CallScope& call,
                                                          const v1::SignInRequest& request) {
  const absl::Time now = parts_.now();
  const std::string user_name =
      ValidateUserName(request.user_name(), "").ok() ? request.user_name() : kNoName;
  LUMBUNG_ASSIGN_OR_RETURN(const HashingGate::Pass pass, gate_.Enter(call.deadline));
  const std::string token = NewSessionToken(parts_.random);
  const absl::Time expires = now + kSessionLifetime;
  // A refused attempt is a fact to be kept: the transaction commits whatever became of it.
  LUMBUNG_ASSIGN_OR_RETURN(
      const Attempt attempt,
      store::InTransaction(
          *parts_.pool, {OrganizationId{}, store::Access::kReadWrite, call.deadline},
          [&](store::TransactionScope& scope) -> absl::StatusOr<Attempt> {
            OpenPeople(scope);
            LUMBUNG_ASSIGN_OR_RETURN(Attempt tried, Try(scope, call, request, user_name, now));
            if (!tried.status.ok()) return tried;
            CreateSession(scope, {Sha256(token), tried.person->account_id, now, expires,
                                  call.access.from_address});
            return tried;
          }));
  LUMBUNG_RETURN_IF_ERROR(attempt.status);
  v1::SignInResponse response;
  response.set_token(token);
  SetTimestamp(expires, response.mutable_expire_time());
  *response.mutable_person() = PersonToProto(*attempt.person);
  response.set_must_change_password(attempt.person->must_change_password);
  return response;
}

absl::StatusOr<SignInHandlers::Attempt> SignInHandlers::Try(store::TransactionScope& scope,
                                                            CallScope& call,
                                                            const v1::SignInRequest& request,
                                                            const std::string& user_name,
                                                            absl::Time now) {
  Attempt attempt;
  if (absl::StatusOr<StoredPerson> found = FindPerson(scope, user_name, "user_name"); found.ok()) {
    attempt.person = *std::move(found);
  }
  // Locks the account: of two attempts at the same time the second knows of the first.
  const std::string hash =
      attempt.person ? PasswordHashOf(scope, attempt.person->account_id) : std::string();
  attempt.status = CheckThrottle(scope, call, user_name, now);
  if (!attempt.status.ok()) return attempt;
  const bool password_fits = request.password().size() <= kMaxPasswordBytes &&
                             VerifyPassword(hash.empty() ? kNobodysHash : hash, request.password());
  if (!password_fits || hash.empty() || attempt.person->disabled) {
    attempt.status = SignInFailed("");
  } else {
    attempt.status = CheckCode(scope, *attempt.person, request, now);
  }
  // The password was right, and the code is still to come: that is no failure, and no success.
  if (ReasonOf(attempt.status) == "TOTP_REQUIRED") return attempt;
  RecordAttempt(scope, user_name, call.access.from_address, attempt.status.ok(), now);
  if (attempt.status.ok()) {
    NoteSignIn(scope, attempt.person->account_id, now);
    attempt.person->last_sign_in_at = now;
    if (NeedsRehash(hash)) {
      char salt[16];
      parts_.random(salt, sizeof salt);
      LUMBUNG_ASSIGN_OR_RETURN(const std::string renewed, HashPassword(request.password(), salt));
      SetPassword(scope, attempt.person->account_id, renewed, attempt.person->must_change_password);
    }
  }
  audit::Event event = audit::EventOf(call, ResourceName({{"people", user_name}}));
  event.user_name = user_name;
  event.reason = ReasonOf(attempt.status);
  if (attempt.person) {
    event.person = attempt.person->person_id;
    event.display_name = attempt.person->display_name;
  }
  RecordFor(scope, attempt.person.value_or(StoredPerson()), event);
  return attempt;
}

absl::Status SignInHandlers::CheckThrottle(store::TransactionScope& scope, const CallScope& call,
                                           const std::string& user_name, absl::Time now) {
  const absl::Time next =
      NextAttemptAt(ReadRecentFailures(scope, user_name, call.access.from_address, now));
  if (now >= next) return absl::OkStatus();
  return Refusal(
      absl::StatusCode::kResourceExhausted, "TOO_MANY_ATTEMPTS", "",
      absl::StrCat("too many attempts have failed; the next one is possible in ",
                   absl::ToInt64Seconds(absl::Ceil(next - now, absl::Seconds(1))), " seconds"));
}

absl::Status SignInHandlers::CheckCode(store::TransactionScope& scope, const StoredPerson& person,
                                       const v1::SignInRequest& request, absl::Time now) {
  const std::optional<StoredTotp> totp = FindTotp(scope, person.account_id);
  if (!totp || !totp->confirmed) return absl::OkStatus();
  if (!request.recovery_code().empty()) {
    const bool used = UseRecoveryCode(scope, person.account_id,
                                      Sha256(NormalizedRecoveryCode(request.recovery_code())), now);
    return used ? absl::OkStatus() : SignInFailed("");
  }
  if (request.totp_code().empty()) {
    return Refusal(absl::StatusCode::kUnauthenticated, "TOTP_REQUIRED", "totp_code",
                   "this person uses one-time codes: give the current code, or a recovery code");
  }
  const std::optional<std::int64_t> step =
      MatchTotp(totp->secret, request.totp_code(), now, totp->last_step);
  if (!step) return SignInFailed("");
  UseTotpStep(scope, person.account_id, *step);
  return absl::OkStatus();
}

absl::StatusOr<v1::SignOutResponse> SignInHandlers::SignOut(CallScope& call,
                                                            const v1::SignOutRequest&) {
  if (call.access.session.empty()) return NotASession();
  LUMBUNG_RETURN_IF_ERROR(store::RunInTransaction(
      *parts_.pool, {OrganizationId{}, store::Access::kReadWrite, call.deadline},
      [&](store::TransactionScope& scope) -> absl::Status {
        OpenPeople(scope);
        LUMBUNG_ASSIGN_OR_RETURN(const StoredPerson person,
                                 FindPersonById(scope, call.access.person));
        EndSession(scope, call.access.session, parts_.now());
        AdvanceEpoch(scope);
        RecordFor(scope, person, audit::EventOf(call, PersonName(call)));
        return absl::OkStatus();
      }));
  parts_.on_access_changed();
  return v1::SignOutResponse();
}

absl::StatusOr<v1::Me> SignInHandlers::GetMe(CallScope& call, const v1::GetMeRequest&) {
  v1::Me me;
  LUMBUNG_ASSIGN_OR_RETURN(
      const StoredPerson person,
      WithPeople(parts_, call, store::Access::kReadOnly, [&](store::TransactionScope& scope) {
        if (call.access.organization_id != OrganizationId{}) {
          for (const StoredGrant& grant : ListGrants(scope, {.user_name = call.access.actor})) {
            *me.add_grants() = GrantToProto(grant);
          }
        }
        return FindPersonById(scope, call.access.person);
      }));
  *me.mutable_person() = PersonToProto(person);
  for (const std::string& slug : call.access.memberships) me.add_organizations(slug);
  std::set<absl::string_view> permissions;
  for (const Grant& grant : call.access.grants) {
    if (!grant.book.empty()) continue;
    permissions.insert(grant.permissions.begin(), grant.permissions.end());
  }
  for (const absl::string_view permission : permissions) {
    me.add_permissions(std::string(permission));
  }
  return me;
}

absl::StatusOr<v1::ChangePasswordResponse> SignInHandlers::ChangePassword(
    CallScope& call, const v1::ChangePasswordRequest& request) {
  if (call.access.session.empty()) return NotASession();
  LUMBUNG_RETURN_IF_ERROR(
      ValidatePassword(request.new_password(), call.access.actor, "new_password"));
  if (request.new_password() == request.current_password()) {
    return InvalidArgument("PASSWORD_UNCHANGED", "new_password",
                           "the new password is the current one");
  }
  const absl::Time now = parts_.now();
  LUMBUNG_ASSIGN_OR_RETURN(const HashingGate::Pass pass, gate_.Enter(call.deadline));
  char salt[16];
  parts_.random(salt, sizeof salt);
  LUMBUNG_ASSIGN_OR_RETURN(const std::string renewed, HashPassword(request.new_password(), salt));
  LUMBUNG_ASSIGN_OR_RETURN(
      const Attempt attempt,
      store::InTransaction(
          *parts_.pool, {OrganizationId{}, store::Access::kReadWrite, call.deadline},
          [&](store::TransactionScope& scope) -> absl::StatusOr<Attempt> {
            OpenPeople(scope);
            Attempt tried;
            LUMBUNG_ASSIGN_OR_RETURN(tried.person, FindPersonById(scope, call.access.person));
            const std::int64_t account = tried.person->account_id;
            const std::string hash = PasswordHashOf(scope, account);
            tried.status = CheckThrottle(scope, call, call.access.actor, now);
            if (!tried.status.ok()) return tried;
            if (request.current_password().size() > kMaxPasswordBytes ||
                !VerifyPassword(hash, request.current_password())) {
              tried.status = SignInFailed("current_password");
              RecordAttempt(scope, call.access.actor, call.access.from_address, false, now);
            } else {
              SetPassword(scope, account, renewed, false);
              EndOtherSessions(scope, account, call.access.session, now);
              AdvanceEpoch(scope);
            }
            audit::Event event = audit::EventOf(call, PersonName(call));
            event.reason = ReasonOf(tried.status);
            RecordFor(scope, *tried.person, event);
            return tried;
          }));
  parts_.on_access_changed();
  LUMBUNG_RETURN_IF_ERROR(attempt.status);
  return v1::ChangePasswordResponse();
}

absl::StatusOr<v1::EnrollTotpResponse> SignInHandlers::EnrollTotp(CallScope& call,
                                                                  const v1::EnrollTotpRequest&) {
  if (call.access.session.empty()) return NotASession();
  std::string secret(kTotpSecretBytes, '\0');
  parts_.random(secret.data(), secret.size());
  LUMBUNG_RETURN_IF_ERROR(store::RunInTransaction(
      *parts_.pool, {OrganizationId{}, store::Access::kReadWrite, call.deadline},
      [&](store::TransactionScope& scope) -> absl::Status {
        OpenPeople(scope);
        LUMBUNG_ASSIGN_OR_RETURN(const StoredPerson person,
                                 FindPersonById(scope, call.access.person));
        const std::optional<StoredTotp> totp = FindTotp(scope, person.account_id);
        if (totp && totp->confirmed) {
          return FailedPrecondition("TOTP_ENROLLED", "",
                                    "one-time codes are in use already; a reset of the password "
                                    "by an administrator removes them");
        }
        BeginTotp(scope, person.account_id, secret);
        return absl::OkStatus();
      }));
  v1::EnrollTotpResponse response;
  response.set_secret(Base32(secret));
  response.set_uri(TotpUri(call.access.actor, secret));
  return response;
}

absl::StatusOr<v1::ConfirmTotpResponse> SignInHandlers::ConfirmTotp(
    CallScope& call, const v1::ConfirmTotpRequest& request) {
  if (call.access.session.empty()) return NotASession();
  const absl::Time now = parts_.now();
  v1::ConfirmTotpResponse response;
  std::vector<std::string> hashes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    const std::string code = NewRecoveryCode(parts_.random);
    response.add_recovery_codes(code);
    hashes.push_back(Sha256(NormalizedRecoveryCode(code)));
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      const Attempt attempt,
      store::InTransaction(
          *parts_.pool, {OrganizationId{}, store::Access::kReadWrite, call.deadline},
          [&](store::TransactionScope& scope) -> absl::StatusOr<Attempt> {
            OpenPeople(scope);
            Attempt tried;
            LUMBUNG_ASSIGN_OR_RETURN(tried.person, FindPersonById(scope, call.access.person));
            const std::int64_t account = tried.person->account_id;
            const std::optional<StoredTotp> totp = FindTotp(scope, account);
            if (!totp) {
              return FailedPrecondition("TOTP_NOT_BEGUN", "", "ask for a secret first");
            }
            if (totp->confirmed) {
              return FailedPrecondition("TOTP_ENROLLED", "", "one-time codes are in use already");
            }
            LUMBUNG_RETURN_IF_ERROR(CheckThrottle(scope, call, call.access.actor, now));
            const auto step = MatchTotp(totp->secret, request.code(), now, totp->last_step);
            if (step) {
              identity::ConfirmTotp(scope, account, *step, hashes, now);
            } else {
              RecordAttempt(scope, call.access.actor, call.access.from_address, false, now);
              tried.status = InvalidArgument("INVALID_CODE", "code",
                                             "this is not the code that the device shows now; is "
                                             "its clock right?");
            }
            audit::Event event = audit::EventOf(call, PersonName(call));
            event.reason = ReasonOf(tried.status);
            RecordFor(scope, *tried.person, event);
            return tried;
          }));
  LUMBUNG_RETURN_IF_ERROR(attempt.status);
  return response;
}

}  // namespace lumbung::identity
