// ApprovalDesk: everything a book says about approving vouchers on one day, read once per call.
#ifndef LUMBUNG_SERVICES_VOUCHERS_STORE_APPROVAL_DESK_H_
#define LUMBUNG_SERVICES_VOUCHERS_STORE_APPROVAL_DESK_H_

#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/vouchers/domain/approval_policy.h"
#include "services/vouchers/domain/voucher.h"

namespace lumbung::vouchers {

// Books as last read, so that a call reads a book only when something it is made of has changed.
// Thread-safe.
class BookCache {
 public:
  // The book as the transaction sees it. BOOK_NOT_FOUND.
  absl::StatusOr<std::shared_ptr<const BookSnapshot>> Current(store::TransactionScope& scope,
                                                              BookKey book);

 private:
  absl::Mutex mutex_;
  absl::flat_hash_map<BookKey, std::shared_ptr<const BookSnapshot>> books_ ABSL_GUARDED_BY(mutex_);
};

class ApprovalDesk {
 public:
  // BOOK_NOT_FOUND.
  static absl::StatusOr<ApprovalDesk> Open(store::TransactionScope& scope, BookCache& books,
                                           BookKey book, Date today);

  const BookSnapshot& book() const { return *book_; }
  const std::vector<ApprovalPolicy>& policies() const { return policies_; }
  Date today() const { return today_; }

  // What a submitted voucher waits for, or waited for. LIMIT_EXCEEDED.
  absl::StatusOr<ApprovalCase> CaseOf(const Voucher& voucher,
                                      std::vector<Approval> approvals) const;
  // The same without requirements and approvals: who made it, and who stands in for whom.
  ApprovalCase Persons(const Voucher& voucher) const;

 private:
  std::shared_ptr<const BookSnapshot> book_;
  std::vector<ApprovalPolicy> policies_;
  // Those in force, of principals who have the role themselves.
  std::vector<Deputyship> deputies_;
  bool self_approval_allowed_ = false;
  Date today_;
};

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_STORE_APPROVAL_DESK_H_
