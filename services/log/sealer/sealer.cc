#include "services/log/sealer/sealer.h"

#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "ledger/store/organization_store.h"
#include "services/common/log.h"

namespace lumbung::log {
namespace {

constexpr int kOrganizationsAtOnce = 500;
// A batch takes some milliseconds.
constexpr absl::Duration kLongestBatch = absl::Seconds(30);

}  // namespace

absl::StatusOr<std::int64_t> SealOrganization(store::ConnectionPool& pool,
                                              OrganizationId organization, SealOptions options) {
  std::int64_t added = 0;
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(
        const bool waiting,
        store::InTransaction(
            pool, {organization, store::Access::kReadOnly, absl::Now() + kLongestBatch},
            [&](store::TransactionScope& scope) { return HasUnsealed(scope, *options.keys); }));
    if (!waiting) return added;
    options.now = absl::Now();
    LUMBUNG_ASSIGN_OR_RETURN(
        const SealedBatch batch,
        store::InTransaction(
            pool, {organization, store::Access::kReadWrite, absl::Now() + kLongestBatch},
            [&](store::TransactionScope& scope) { return SealBatch(scope, options); }));
    added += batch.added;
    if (!batch.more) return added;
  }
}

absl::StatusOr<std::unique_ptr<Sealer>> Sealer::Start(Options options) {
  LUMBUNG_RETURN_IF_ERROR(OpenKeyFile(options.keys_dir, options.random_bytes).status());
  return std::unique_ptr<Sealer>(new Sealer(std::move(options)));
}

Sealer::Sealer(Options options) : options_(std::move(options)), thread_([this] { Run(); }) {}

Sealer::~Sealer() {
  Stop();
}

void Sealer::Stop() {
  {
    const absl::MutexLock lock(&mutex_);
    stopped_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void Sealer::Run() {
  while (true) {
    SealAll();
    const absl::MutexLock lock(&mutex_);
    if (mutex_.AwaitWithTimeout(absl::Condition(&stopped_), options_.interval)) return;
  }
}

void Sealer::SealAll() {
  // Read anew every time: whoever rotates the key need not stop the server.
  const absl::StatusOr<KeyRing> keys = OpenKeyFile(options_.keys_dir, options_.random_bytes);
  Report("", keys.status());
  if (!keys.ok()) return;
  std::string after;
  while (!stopped()) {
    const absl::StatusOr<std::vector<store::Organization>> organizations = store::InTransaction(
        *options_.pool, {OrganizationId{}, store::Access::kReadOnly, absl::Now() + kLongestBatch},
        [&after](store::TransactionScope& scope) {
          return store::ListOrganizations(scope, after, kOrganizationsAtOnce);
        });
    Report("", organizations.status());
    if (!organizations.ok() || organizations->empty()) return;
    for (const store::Organization& organization : *organizations) {
      if (stopped()) return;
      SealOptions sealing;
      sealing.keys = &*keys;
      sealing.random_bytes = options_.random_bytes;
      const absl::StatusOr<std::int64_t> added =
          SealOrganization(*options_.pool, organization.id, sealing);
      Report(organization.slug, added.status());
      sealed_ += added.value_or(0);
    }
    after = organizations->back().slug;
  }
}

void Sealer::Report(const std::string& organization, const absl::Status& status) {
  if (status.ok()) {
    problems_.erase(organization);
    return;
  }
  ++failures_;
  const std::string problem = status.ToString();
  if (std::exchange(problems_[organization], problem) == problem) return;
  LogError("nothing is sealed", {{"organization", organization}, {"problem", problem}});
}

}  // namespace lumbung::log
