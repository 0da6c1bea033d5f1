#include "services/common/access.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

// The chart, the currencies and the periods of a book are no secret of one of its funds.
constexpr absl::string_view kKnownInEveryFund = "book.read";

bool HoldsFor(const Grant& grant, absl::string_view permission, const RequestTarget& target) {
  if (grant.book.empty()) return true;
  if (grant.book != target.book) return false;
  return grant.fund.empty() || grant.fund == target.fund || permission == kKnownInEveryFund;
}

bool Gives(const Grant& grant, absl::string_view permission) {
  return std::find(grant.permissions.begin(), grant.permissions.end(), permission) !=
         grant.permissions.end();
}

// Where the caller has the permission, when that is only in a part of the organization.
std::string PlacesOf(const AccessContext& access, absl::string_view permission) {
  std::vector<std::string> places;
  for (const Grant& grant : access.grants) {
    if (!Gives(grant, permission)) continue;
    places.push_back(absl::StrCat(grant.role, " of books/", grant.book,
                                  grant.fund.empty() ? "" : "/funds/", grant.fund));
  }
  return absl::StrJoin(places, ", ");
}

}  // namespace

bool Allows(const AccessContext& access, absl::string_view permission,
            const std::optional<RequestTarget>& target) {
  // What names another organization than the call does is never its business.
  if (target && !target->organization.empty() && target->organization != access.organization) {
    return false;
  }
  return std::any_of(access.grants.begin(), access.grants.end(), [&](const Grant& grant) {
    return Gives(grant, permission) && (!target || HoldsFor(grant, permission, *target));
  });
}

absl::Status Denial(const AccessContext& access, absl::string_view permission,
                    const std::vector<absl::string_view>& roles_with) {
  const bool is_for_organizations =
      std::any_of(roles_with.begin(), roles_with.end(),
                  [](absl::string_view role) { return role != kPlatformRole; });
  if (access.organization.empty() && is_for_organizations) {
    return InvalidArgument("ORGANIZATION_REQUIRED", "",
                           absl::StrCat("the call must name its organization in the metadata \"",
                                        kOrganizationMetadata, "\""));
  }
  const std::string places = PlacesOf(access, permission);
  const std::string why = places.empty()
                              ? absl::StrCat("\"", permission, "\" is needed, which the roles ",
                                             absl::StrJoin(roles_with, ", "), " have")
                              : absl::StrCat("\"", permission, "\" is needed, which you have as ",
                                             places, " and not beyond");
  return Refusal(absl::StatusCode::kPermissionDenied, "PERMISSION_DENIED", "", why);
}

}  // namespace lumbung
