#include "services/vouchers/store/approval_desk.h"

#include "ledger/core/status.h"
#include "ledger/store/book_reader.h"
#include "services/identity/store/grant_store.h"
#include "services/vouchers/domain/voucher_entry.h"
#include "services/vouchers/store/approval_store.h"

namespace lumbung::vouchers {

absl::StatusOr<std::shared_ptr<const BookSnapshot>> BookCache::Current(
    store::TransactionScope& scope, BookKey book) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::int64_t version, store::ReadMetadataVersion(scope, book));
  {
    absl::MutexLock lock(&mutex_);
    const auto found = books_.find(book);
    if (found != books_.end() && found->second->metadata_version() == version) {
      return found->second;
    }
  }
  LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, book));
  auto snapshot = std::make_shared<const BookSnapshot>(std::move(contents));
  absl::MutexLock lock(&mutex_);
  books_[book] = snapshot;
  return snapshot;
}

absl::StatusOr<ApprovalDesk> ApprovalDesk::Open(store::TransactionScope& scope, BookCache& books,
                                                BookKey book, Date today) {
  ApprovalDesk desk;
  LUMBUNG_ASSIGN_OR_RETURN(desk.book_, books.Current(scope, book));
  LUMBUNG_ASSIGN_OR_RETURN(desk.policies_, ListPolicies(scope, book));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<Deputyship> deputies, ListDeputies(scope, book));
  for (const Deputyship& deputyship : deputies) {
    // What the principal has lost, the deputy has, too.
    if (IsInForce(deputyship.validity, today) &&
        identity::HoldsRole(scope, deputyship.principal.id, deputyship.role,
                            desk.book_->book().slug, today)) {
      desk.deputies_.push_back(deputyship);
    }
  }
  desk.self_approval_allowed_ = identity::ReadSettings(scope).small_organization;
  desk.today_ = today;
  return desk;
}

absl::StatusOr<ApprovalCase> ApprovalDesk::CaseOf(const Voucher& voucher,
                                                  std::vector<Approval> approvals) const {
  ApprovalCase approval_case = Persons(voucher);
  approval_case.approvals = std::move(approvals);
  LUMBUNG_ASSIGN_OR_RETURN(approval_case.requirements,
                           RequirementsFor(policies_, FactsOf(*book_, voucher), today_));
  return approval_case;
}

ApprovalCase ApprovalDesk::Persons(const Voucher& voucher) const {
  ApprovalCase approval_case;
  approval_case.maker = voucher.maker;
  approval_case.deputyships = deputies_;
  approval_case.self_approval_allowed = self_approval_allowed_;
  return approval_case;
}

}  // namespace lumbung::vouchers
