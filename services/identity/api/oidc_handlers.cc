#include "services/identity/api/oidc_handlers.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/common/resource_names.h"
#include "services/identity/api/conversion.h"
#include "services/identity/api/kept_person.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/session_store.h"

namespace lumbung::identity {
namespace {

constexpr std::size_t kMaxSubjectBytes = 255;

// 256 random bits, in letters that need no encoding.
std::string NewSecret(const RandomBytes& random) {
  char bytes[32];
  random(bytes, sizeof bytes);
  return absl::WebSafeBase64Escape(absl::string_view(bytes, sizeof bytes));
}

absl::Status Unauthenticated(absl::string_view reason, absl::string_view field,
                             absl::string_view message) {
  return Refusal(absl::StatusCode::kUnauthenticated, reason, field, message);
}

absl::Status ValidateSubject(const std::string& subject) {
  if (!subject.empty() && subject.size() <= kMaxSubjectBytes &&
      std::all_of(subject.begin(), subject.end(), absl::ascii_isprint)) {
    return absl::OkStatus();
  }
  return InvalidArgument("INVALID_SUBJECT", "subject",
                         absl::StrCat("found ", subject.size(), " bytes; 1 to ", kMaxSubjectBytes,
                                      " printable ASCII characters are allowed"));
}

}  // namespace

OidcHandlers::OidcHandlers(Parts parts, const std::vector<ProviderSettings>& providers,
                           const Fetch& fetch)
    : parts_(std::move(parts)) {
  for (const ProviderSettings& settings : providers) {
    providers_.push_back(std::make_unique<OidcProvider>(settings, fetch, parts_.now));
  }
}

absl::StatusOr<v1::ListSignInProvidersResponse> OidcHandlers::ListSignInProviders(
    CallScope&, const v1::ListSignInProvidersRequest&) {
  v1::ListSignInProvidersResponse response;
  for (const auto& provider : providers_) {
    auto* const listed = response.add_providers();
    listed->set_provider_id(provider->settings().id);
    listed->set_display_name(provider->settings().display_name);
  }
  return response;
}

absl::StatusOr<v1::BeginOidcSignInResponse> OidcHandlers::BeginOidcSignIn(
    CallScope& call, const v1::BeginOidcSignInRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(OidcProvider* const provider, FindProvider(request.provider_id()));
  const std::vector<std::string>& allowed = provider->settings().redirect_uris;
  if (std::find(allowed.begin(), allowed.end(), request.redirect_uri()) == allowed.end()) {
    return InvalidArgument("REDIRECT_NOT_ALLOWED", "redirect_uri",
                           "this address is not among those that the server's operator has listed");
  }
  const OidcSecrets secrets{NewSecret(parts_.random), NewSecret(parts_.random),
                            NewSecret(parts_.random)};
  v1::BeginOidcSignInResponse response;
  response.set_sign_in(NewSecret(parts_.random));
  LUMBUNG_ASSIGN_OR_RETURN(*response.mutable_authorization_url(),
                           provider->AuthorizationUrl(secrets, request.redirect_uri()));
  const absl::Time now = parts_.now();
  const BegunSignIn begun{
      Sha256(response.sign_in()), Sha256(secrets.state), provider->settings().id,
      request.redirect_uri(),     secrets.nonce,         secrets.verifier,
      now + kBegunSignInLasts};
  LUMBUNG_RETURN_IF_ERROR(WithPeople(parts_, call, store::Access::kReadWrite,
                                     [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                                       if (KeepBegunSignIn(scope, begun, now)) return true;
                                       return Refusal(absl::StatusCode::kResourceExhausted,
                                                      "OVERLOADED", "",
                                                      "too many sign-ins are under way; try again "
                                                      "in some minutes");
                                     })
                              .status());
  return response;
}

absl::StatusOr<v1::SignInResponse> OidcHandlers::CompleteOidcSignIn(
    CallScope& call, const v1::CompleteOidcSignInRequest& request) {
  // A transaction of its own: it is over even when the provider never answers.
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::optional<BegunSignIn> begun,
      WithPeople(parts_, call, store::Access::kReadWrite,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<std::optional<BegunSignIn>> {
                   return TakeBegunSignIn(scope, Sha256(request.sign_in()), parts_.now());
                 }));
  if (!begun) {
    return OpenSession(call, "",
                       Unauthenticated("SIGN_IN_EXPIRED", "sign_in",
                                       "this sign-in is over or was never begun; begin again"));
  }
  return OpenSession(call, begun->provider_id, AskProvider(*begun, request));
}

absl::StatusOr<JwtClaims> OidcHandlers::AskProvider(
    const BegunSignIn& begun, const v1::CompleteOidcSignInRequest& request) const {
  if (!AreEqualSecrets(Sha256(request.state()), begun.state_hash)) {
    return Unauthenticated("WRONG_STATE", "state",
                           "this is the answer to another sign-in; begin again");
  }
  LUMBUNG_ASSIGN_OR_RETURN(OidcProvider* const provider, FindProvider(begun.provider_id));
  return provider->Redeem(request.code(), begun.verifier, begun.nonce, begun.redirect_uri);
}

absl::StatusOr<v1::SignInResponse> OidcHandlers::OpenSession(
    CallScope& call, const std::string& provider_id, const absl::StatusOr<JwtClaims>& claims) {
  const absl::Time now = parts_.now();
  const std::string token = NewSessionToken(parts_.random);
  const absl::Time expires = now + kSessionLifetime;
  StoredPerson person;
  absl::Status status = claims.status();
  // A refused attempt is a fact to be kept: the transaction commits whatever became of it.
  LUMBUNG_RETURN_IF_ERROR(
      WithPeople(parts_, call, store::Access::kReadWrite,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                   status = claims.status();
                   person = StoredPerson();
                   if (status.ok()) {
                     auto found = FindPersonBySubject(scope, claims->issuer, claims->subject);
                     if (found.ok()) {
                       person = *std::move(found);
                     } else {
                       status =
                           Unauthenticated("IDENTITY_NOT_LINKED", "",
                                           absl::StrCat("nobody here is linked to the person \"",
                                                        claims->subject, "\" of ", claims->issuer,
                                                        "; an administrator can do that"));
                     }
                   }
                   if (status.ok() && person.disabled) {
                     status = Unauthenticated("PERSON_DISABLED", "",
                                              "an administrator has disabled this person");
                   }
                   if (status.ok()) {
                     CreateSession(scope, {Sha256(token), person.account_id, now, expires,
                                           call.access.from_address});
                     NoteSignIn(scope, person.account_id, now);
                     person.last_sign_in_at = now;
                   }
                   audit::Event event =
                       audit::EventOf(call, ResourceName({{"signInProviders", provider_id}}));
                   event.reason = ReasonOf(status);
                   event.person = person.person_id;
                   event.user_name = person.user_name;
                   event.display_name = person.display_name;
                   RecordFor(scope, person, event);
                   return true;
                 })
          .status());
  LUMBUNG_RETURN_IF_ERROR(status);
  v1::SignInResponse response;
  response.set_token(token);
  SetTimestamp(expires, response.mutable_expire_time());
  *response.mutable_person() = PersonToProto(person);
  return response;
}

absl::StatusOr<v1::Person> OidcHandlers::LinkIdentity(CallScope& call,
                                                      const v1::LinkIdentityRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const OidcProvider* const provider, FindProvider(request.provider_id()));
  LUMBUNG_RETURN_IF_ERROR(ValidateSubject(request.subject()));
  return Link(call, request.name(), provider->settings().issuer, request.subject());
}

absl::StatusOr<v1::Person> OidcHandlers::UnlinkIdentity(CallScope& call,
                                                        const v1::UnlinkIdentityRequest& request) {
  return Link(call, request.name(), "", "");
}

absl::StatusOr<v1::Person> OidcHandlers::Link(CallScope& call, const std::string& name,
                                              const std::string& issuer,
                                              const std::string& subject) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(name, {"people"}, "name"));
  absl::StatusOr<v1::Person> linked = WithPeople(
      parts_, call, store::Access::kReadWrite,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Person> {
        LUMBUNG_ASSIGN_OR_RETURN(const StoredPerson before, FindKept(scope, call, ids[0], "name"));
        if (before.person_id == call.access.person) {
          return FailedPrecondition(
              "OWN_ACCOUNT", "name",
              "this is your own account: another administrator has to do that");
        }
        LUMBUNG_RETURN_IF_ERROR(LinkAccount(scope, before.account_id, issuer, subject));
        // Whoever came by the old way is asked again.
        EndOtherSessions(scope, before.account_id, "", parts_.now());
        AdvanceEpoch(scope);
        LUMBUNG_ASSIGN_OR_RETURN(const StoredPerson after, FindPersonById(scope, before.person_id));
        audit::Event event = audit::EventOf(call, name);
        event.before = JsonOf(PersonToProto(before));
        event.after = JsonOf(PersonToProto(after));
        audit::Record(scope, event);
        return PersonToProto(after);
      });
  parts_.on_access_changed();
  return linked;
}

absl::StatusOr<OidcProvider*> OidcHandlers::FindProvider(const std::string& id) const {
  for (const auto& provider : providers_) {
    if (provider->settings().id == id) return provider.get();
  }
  return NotFound(
      "PROVIDER_NOT_FOUND", "provider_id",
      absl::StrCat("the server trusts no identity provider \"", id.substr(0, 40), "\""));
}

}  // namespace lumbung::identity
