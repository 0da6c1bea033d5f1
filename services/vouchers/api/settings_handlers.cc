#include "services/vouchers/api/settings_handlers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/organization_store.h"
#include "services/identity/store/grant_store.h"
#include "services/vouchers/api/caller.h"
#include "services/vouchers/api/voucher_conversion.h"
#include "services/vouchers/domain/approval_policy.h"
#include "services/vouchers/store/approval_store.h"
#include "services/vouchers/store/number_store.h"

namespace lumbung::vouchers::api {
namespace {

// As it stands in names.
std::string SlugOf(const ApprovalDesk& desk) {
  return desk.book().book().slug;
}

// UNKNOWN_ACCOUNT, UNKNOWN_FUND.
absl::Status CheckScopeExists(const BookSnapshot& book, const ApprovalPolicy& policy) {
  if (!policy.account.empty() && book.FindAccount(policy.account) == nullptr) {
    return InvalidArgument("UNKNOWN_ACCOUNT", "approval_policy.account",
                           absl::StrCat("the book has no account \"", policy.account, "\""));
  }
  if (!policy.fund.empty() && book.FindFund(policy.fund) == nullptr) {
    return InvalidArgument("UNKNOWN_FUND", "approval_policy.fund",
                           absl::StrCat("the book has no fund \"", policy.fund, "\""));
  }
  return absl::OkStatus();
}

// PRINCIPAL_WITHOUT_ROLE: only a role that somebody has can be lent. DEPUTY_NOT_APPROVER: standing
// in makes nobody an approver who is none.
absl::Status CheckRolesOf(store::TransactionScope& scope, const ApprovalDesk& desk,
                          const Deputyship& deputyship) {
  const Date day = std::max(desk.today(), deputyship.validity.from);
  const auto holds = [&](const Person& person, absl::string_view role) {
    return identity::HoldsRole(scope, person.id, role, SlugOf(desk), day);
  };
  if (!holds(deputyship.principal, deputyship.role)) {
    return FailedPrecondition(
        "PRINCIPAL_WITHOUT_ROLE", "deputy.principal.name",
        absl::StrCat(deputyship.principal.display_name, " has not got the role ", deputyship.role,
                     " in this book; only one's own role can be lent"));
  }
  for (const absl::string_view role : kApprovingRoles) {
    if (holds(deputyship.deputy, role)) return absl::OkStatus();
  }
  return FailedPrecondition(
      "DEPUTY_NOT_APPROVER", "deputy.deputy.name",
      absl::StrCat(deputyship.deputy.display_name,
                   " has none of the roles that approve: ", absl::StrJoin(kApprovingRoles, ", ")));
}

absl::StatusOr<ApprovalPolicy> WrittenPolicy(const v1::ApprovalPolicy& written) {
  absl::StatusOr<ApprovalPolicy> policy = PolicyFromProto(written);
  absl::Status status = policy.ok() ? CheckPolicy(*policy) : policy.status();
  if (!status.ok()) return PrefixField(std::move(status), "approval_policy.");
  return policy;
}

// The one with this key among `all`; `missing` when there is none.
template <typename Item>
absl::StatusOr<Item> Pick(const std::vector<Item>& all, const std::string& key,
                          absl::string_view missing) {
  for (const Item& item : all) {
    if (item.key == key) return item;
  }
  return NotFound(missing, "name", absl::StrCat("the book has no \"", key, "\""));
}

}  // namespace

absl::StatusOr<v1::ApprovalPolicy> SettingsHandlers::CreateApprovalPolicy(
    CallScope& call, const v1::CreateApprovalPolicyRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Caller caller, access_->CallerOf(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const ApprovalPolicy policy, WrittenPolicy(request.approval_policy()));
  return access_->Change<v1::ApprovalPolicy>(
      call, book, request,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ApprovalPolicy> {
        // Of two that overlap, the second waits here and is refused.
        LUMBUNG_RETURN_IF_ERROR(store::HoldOrganization(scope));
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        LUMBUNG_RETURN_IF_ERROR(CheckScopeExists(desk.book(), policy));
        LUMBUNG_RETURN_IF_ERROR(CheckNoOverlap(policy, desk.policies()));
        LUMBUNG_RETURN_IF_ERROR(InsertPolicy(scope, book, policy, caller.person));
        return PolicyToProto(SlugOf(desk), policy);
      });
}

absl::StatusOr<v1::ListApprovalPoliciesResponse> SettingsHandlers::ListApprovalPolicies(
    CallScope& call, const v1::ListApprovalPoliciesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  return access_->Read(
      call, book,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ListApprovalPoliciesResponse> {
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        v1::ListApprovalPoliciesResponse response;
        for (const ApprovalPolicy& policy : desk.policies()) {
          *response.add_approval_policies() = PolicyToProto(SlugOf(desk), policy);
        }
        return response;
      });
}

absl::StatusOr<v1::ApprovalPolicy> SettingsHandlers::EndApprovalPolicy(
    CallScope& call, const v1::EndApprovalPolicyRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherAccess::Named name,
                           access_->Part(call, request.name(), "approvalPolicies"));
  LUMBUNG_ASSIGN_OR_RETURN(const Date last_day, DateAt(request.to_date(), "to_date"));
  return access_->ChangeExisting<v1::ApprovalPolicy>(
      call, name.book, request,
      [&](store::TransactionScope& scope,
          v1::ApprovalPolicy* before) -> absl::StatusOr<v1::ApprovalPolicy> {
        LUMBUNG_RETURN_IF_ERROR(store::HoldOrganization(scope));
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, name.book));
        LUMBUNG_ASSIGN_OR_RETURN(ApprovalPolicy policy,
                                 Pick(desk.policies(), name.id, "POLICY_NOT_FOUND"));
        *before = PolicyToProto(SlugOf(desk), policy);
        policy.validity.to = last_day;
        LUMBUNG_RETURN_IF_ERROR(CheckPolicy(policy));
        std::vector<ApprovalPolicy> others;
        for (const ApprovalPolicy& other : desk.policies()) {
          if (other.key != policy.key) others.push_back(other);
        }
        LUMBUNG_RETURN_IF_ERROR(CheckNoOverlap(policy, others));
        LUMBUNG_RETURN_IF_ERROR(EndPolicy(scope, name.book, policy.key, last_day));
        return PolicyToProto(SlugOf(desk), policy);
      });
}

absl::StatusOr<v1::Deputy> SettingsHandlers::CreateDeputy(CallScope& call,
                                                          const v1::CreateDeputyRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Caller caller, access_->CallerOf(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  const v1::Deputy& written = request.deputy();
  Deputyship deputyship;
  LUMBUNG_RETURN_IF_ERROR(ValidateKey(written.deputy_id(), "deputy.deputy_id"));
  deputyship.key = written.deputy_id();
  deputyship.role = written.role();
  LUMBUNG_ASSIGN_OR_RETURN(deputyship.validity.from,
                           DateAt(written.from_date(), "deputy.from_date"));
  LUMBUNG_ASSIGN_OR_RETURN(deputyship.validity.to, DateAt(written.to_date(), "deputy.to_date"));
  LUMBUNG_RETURN_IF_ERROR(ValidateNote(written.note(), "deputy.note"));
  deputyship.note = written.note();
  return access_->Change<v1::Deputy>(
      call, book, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Deputy> {
        LUMBUNG_ASSIGN_OR_RETURN(deputyship.principal, FindPerson(scope, written.principal().name(),
                                                                  "deputy.principal.name"));
        LUMBUNG_ASSIGN_OR_RETURN(deputyship.deputy,
                                 FindPerson(scope, written.deputy().name(), "deputy.deputy.name"));
        if (absl::Status status = CheckDeputyship(deputyship, caller.person); !status.ok()) {
          return PrefixField(std::move(status), "deputy.");
        }
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        LUMBUNG_RETURN_IF_ERROR(CheckRolesOf(scope, desk, deputyship));
        LUMBUNG_RETURN_IF_ERROR(InsertDeputy(scope, book, deputyship, caller.person));
        return DeputyToProto(SlugOf(desk), deputyship);
      });
}

absl::StatusOr<v1::ListDeputiesResponse> SettingsHandlers::ListDeputies(
    CallScope& call, const v1::ListDeputiesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  return access_->Read(
      call, book, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ListDeputiesResponse> {
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        LUMBUNG_ASSIGN_OR_RETURN(const std::vector<Deputyship> deputies,
                                 vouchers::ListDeputies(scope, book));
        v1::ListDeputiesResponse response;
        for (const Deputyship& deputyship : deputies) {
          *response.add_deputies() = DeputyToProto(SlugOf(desk), deputyship);
        }
        return response;
      });
}

absl::StatusOr<v1::Deputy> SettingsHandlers::EndDeputy(CallScope& call,
                                                       const v1::EndDeputyRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Caller caller, access_->CallerOf(call, request.name()));
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherAccess::Named name,
                           access_->Part(call, request.name(), "deputies"));
  LUMBUNG_ASSIGN_OR_RETURN(const Date last_day, DateAt(request.to_date(), "to_date"));
  return access_->ChangeExisting<v1::Deputy>(
      call, name.book, request,
      [&](store::TransactionScope& scope, v1::Deputy* before) -> absl::StatusOr<v1::Deputy> {
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, name.book));
        LUMBUNG_ASSIGN_OR_RETURN(const std::vector<Deputyship> deputies,
                                 vouchers::ListDeputies(scope, name.book));
        LUMBUNG_ASSIGN_OR_RETURN(Deputyship deputyship,
                                 Pick(deputies, name.id, "DEPUTY_NOT_FOUND"));
        *before = DeputyToProto(SlugOf(desk), deputyship);
        const bool is_longer = last_day > *deputyship.validity.to;
        deputyship.validity.to = last_day;
        // Deputies may step back by themselves, but not stay longer.
        const Person nobody;
        LUMBUNG_RETURN_IF_ERROR(CheckDeputyship(deputyship, is_longer ? caller.person : nobody));
        LUMBUNG_RETURN_IF_ERROR(vouchers::EndDeputy(scope, name.book, deputyship.key, last_day));
        return DeputyToProto(SlugOf(desk), deputyship);
      });
}

absl::StatusOr<v1::NumberSeries> SettingsHandlers::SaveNumberSeries(
    CallScope& call, const v1::SaveNumberSeriesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const NumberSeries series, SeriesFromProto(request.number_series()));
  return access_->ChangeExisting<v1::NumberSeries>(
      call, book, request,
      [&](store::TransactionScope& scope,
          v1::NumberSeries* before) -> absl::StatusOr<v1::NumberSeries> {
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        for (const NumberSeries& old : ListSeries(scope, book)) {
          if (old.key == series.key) *before = SeriesToProto(SlugOf(desk), old);
        }
        if (absl::Status status = SaveSeries(scope, book, series); !status.ok()) {
          return PrefixField(std::move(status), "number_series.");
        }
        return SeriesToProto(SlugOf(desk), series);
      });
}

absl::StatusOr<v1::ListNumberSeriesResponse> SettingsHandlers::ListNumberSeries(
    CallScope& call, const v1::ListNumberSeriesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  return access_->Read(
      call, book,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ListNumberSeriesResponse> {
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        v1::ListNumberSeriesResponse response;
        for (const NumberSeries& series : ListSeries(scope, book)) {
          *response.add_number_series() = SeriesToProto(SlugOf(desk), series);
        }
        return response;
      });
}

}  // namespace lumbung::vouchers::api
