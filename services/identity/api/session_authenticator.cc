#include "services/identity/api/session_authenticator.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/common/log.h"
#include "services/identity/domain/role_permissions.h"
#include "services/identity/domain/secrets.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/caller_store.h"
#include "services/identity/store/people_store.h"

namespace lumbung::identity {
namespace {

// Also how often the use of a session is noted.
constexpr absl::Duration kRememberFor = absl::Minutes(1);
constexpr std::size_t kMaxRemembered = 10'000;

std::string KeyOf(const Credentials& credentials) {
  return absl::StrCat(Sha256(credentials.token), credentials.client_certificate, "/",
                      credentials.organization);
}

}  // namespace

SessionAuthenticator::SessionAuthenticator(Options options)
    : options_(std::move(options)), poller_([this] { Poll(); }) {}

SessionAuthenticator::~SessionAuthenticator() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  poller_.join();
}

std::optional<AccessContext> SessionAuthenticator::Cached(const Credentials& credentials) {
  if (credentials.token.empty() && credentials.client_certificate.empty()) return std::nullopt;
  const std::string key = KeyOf(credentials);
  absl::ReaderMutexLock lock(&mutex_);
  const auto found = remembered_.find(key);
  if (found == remembered_.end() || options_.now() >= found->second.good_until) {
    return std::nullopt;
  }
  AccessContext access = found->second.access;
  access.from_address = credentials.from_address;
  return access;
}

absl::StatusOr<AccessContext> SessionAuthenticator::Authenticate(const Credentials& credentials,
                                                                 absl::Time deadline) {
  std::int64_t generation = 0;
  bool may_remember = false;
  {
    absl::MutexLock lock(&mutex_);
    generation = generation_;
    may_remember = epoch_ != 0;
  }
  const absl::Time now = options_.now();
  LUMBUNG_ASSIGN_OR_RETURN(
      const FoundCaller caller,
      store::InTransaction(*options_.pool, {OrganizationId{}, store::Access::kReadWrite, deadline},
                           [&](store::TransactionScope& scope) {
                             OpenPeople(scope);
                             return FindCaller(scope, credentials, now);
                           }));
  if (may_remember) {
    absl::MutexLock lock(&mutex_);
    if (generation == generation_) {
      if (remembered_.size() >= kMaxRemembered) remembered_.clear();
      remembered_[KeyOf(credentials)] = {caller.access,
                                         std::min(caller.good_until, now + kRememberFor)};
    }
  }
  return caller.access;
}

std::vector<absl::string_view> SessionAuthenticator::RolesWith(absl::string_view permission) const {
  return identity::RolesWith(permission);
}

void SessionAuthenticator::RecordRefusal(const AccessContext& access, const RefusedCall& refused,
                                         absl::Time deadline) {
  CallScope call;
  call.access = access;
  call.method = refused.method;
  call.call_id = refused.call_id;
  const absl::Status status = store::RunInTransaction(
      *options_.pool, {access.organization_id, store::Access::kReadWrite, deadline},
      [&](store::TransactionScope& scope) {
        OpenPeople(scope);
        audit::Event event = audit::EventOf(call, refused.resource);
        event.reason = ReasonOf(refused.status);
        audit::Record(scope, event);
        return absl::OkStatus();
      });
  if (!status.ok()) {
    LogError("a refusal could not be recorded",
             {{"call", refused.call_id}, {"error", std::string(status.message())}});
  }
}

void SessionAuthenticator::Invalidate() {
  absl::MutexLock lock(&mutex_);
  remembered_.clear();
  ++generation_;
}

void SessionAuthenticator::LookAtEpoch() {
  const absl::StatusOr<std::int64_t> epoch = store::InTransaction(
      *options_.pool, {OrganizationId{}, store::Access::kReadOnly, absl::Now() + absl::Seconds(1)},
      [](store::TransactionScope& scope) -> absl::StatusOr<std::int64_t> {
        return ReadEpoch(scope);
      });
  absl::MutexLock lock(&mutex_);
  const std::int64_t seen = epoch.value_or(0);
  if (seen != 0 && seen == epoch_) return;
  epoch_ = seen;
  remembered_.clear();
  ++generation_;
}

void SessionAuthenticator::Poll() {
  while (true) {
    LookAtEpoch();
    absl::MutexLock lock(&mutex_);
    if (mutex_.AwaitWithTimeout(absl::Condition(&ending_), options_.poll_every)) return;
  }
}

}  // namespace lumbung::identity
