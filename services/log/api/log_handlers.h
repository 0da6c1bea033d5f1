// The log as callers see it: checkpoints, proofs, and the signatures of witnesses.
#ifndef LUMBUNG_SERVICES_LOG_API_LOG_HANDLERS_H_
#define LUMBUNG_SERVICES_LOG_API_LOG_HANDLERS_H_

#include <type_traits>

#include "absl/status/statusor.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/transaction.h"
#include "lumbung/log/v1/log_service.pb.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"

namespace lumbung::log::api {

// Thread-safe.
class LogHandlers {
 public:
  // Both outlive it.
  LogHandlers(store::ConnectionPool* pool, BookDirectory* directory)
      : pool_(pool), directory_(directory) {}

  absl::StatusOr<v1::Checkpoint> GetCheckpoint(CallScope& call,
                                               const v1::GetCheckpointRequest& request);
  absl::StatusOr<v1::InclusionProof> GetInclusionProof(CallScope& call,
                                                       const v1::GetInclusionProofRequest& request);
  absl::StatusOr<v1::ConsistencyProof> GetConsistencyProof(
      CallScope& call, const v1::GetConsistencyProofRequest& request);
  absl::StatusOr<v1::Checkpoint> AddCosignature(CallScope& call,
                                                const v1::AddCosignatureRequest& request);
  absl::StatusOr<v1::ListLeavesResponse> ListLeaves(CallScope& call,
                                                    const v1::ListLeavesRequest& request);

 private:
  // Runs `body(TransactionScope&)` in a database transaction of the call's organization.
  template <typename Body>
  auto Run(const CallScope& call, store::Access access, const Body& body)
      -> std::invoke_result_t<Body, store::TransactionScope&> {
    const absl::StatusOr<OrganizationId> organization = directory_->Organization(call);
    if (!organization.ok()) return organization.status();
    return store::InTransaction(*pool_, {*organization, access, call.deadline}, body);
  }

  store::ConnectionPool* const pool_;
  BookDirectory* const directory_;
};

}  // namespace lumbung::log::api

#endif  // LUMBUNG_SERVICES_LOG_API_LOG_HANDLERS_H_
