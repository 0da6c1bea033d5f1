// Approvals, and who may give them: policies and deputies. The functions run inside the caller's
// database transaction.
#ifndef LUMBUNG_SERVICES_VOUCHERS_STORE_APPROVAL_STORE_H_
#define LUMBUNG_SERVICES_VOUCHERS_STORE_APPROVAL_STORE_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/vouchers/domain/approval_policy.h"
#include "services/vouchers/domain/voucher.h"

namespace lumbung::vouchers {

// Of the voucher's current round. The caller holds the voucher's row lock.
void InsertApproval(store::TransactionScope& scope, BookKey book, const Voucher& voucher,
                    const Approval& approval);

// By voucher, then round: every approval ever given, in order of giving.
using ApprovalsByRound = std::map<int, std::vector<Approval>>;
std::map<VoucherId, ApprovalsByRound> ReadApprovals(store::TransactionScope& scope, BookKey book,
                                                    const std::vector<VoucherId>& vouchers);

// By key. Policies that have ended are among them.
absl::StatusOr<std::vector<ApprovalPolicy>> ListPolicies(store::TransactionScope& scope,
                                                         BookKey book);
// ALREADY_EXISTS.
absl::Status InsertPolicy(store::TransactionScope& scope, BookKey book,
                          const ApprovalPolicy& policy, const Person& person);
// POLICY_NOT_FOUND.
absl::Status EndPolicy(store::TransactionScope& scope, BookKey book, absl::string_view key,
                       Date last_day);

// By key. Deputyships that have ended are among them.
absl::StatusOr<std::vector<Deputyship>> ListDeputies(store::TransactionScope& scope, BookKey book);
// ALREADY_EXISTS.
absl::Status InsertDeputy(store::TransactionScope& scope, BookKey book,
                          const Deputyship& deputyship, const Person& person);
// DEPUTY_NOT_FOUND.
absl::Status EndDeputy(store::TransactionScope& scope, BookKey book, absl::string_view key,
                       Date last_day);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_STORE_APPROVAL_STORE_H_
