// Who is calling, for which organization, and what they may do there. Whoever signs people in fills
// this; handlers read it; the adapter has checked the call's permission before a handler runs.
#ifndef LUMBUNG_SERVICES_COMMON_ACCESS_H_
#define LUMBUNG_SERVICES_COMMON_ACCESS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ledger/core/ids.h"
#include "services/common/request_target.h"

namespace lumbung {

inline constexpr char kOrganizationMetadata[] = "lumbung-organization";
inline constexpr char kAuthorizationMetadata[] = "authorization";
// What the gateway of the same process says of a call: a secret that proves it is the gateway, the
// address of its client, and the client's certificate.
inline constexpr char kGatewayMetadata[] = "lumbung-gateway";
inline constexpr char kForwardedForMetadata[] = "lumbung-forwarded-for";
inline constexpr char kClientCertificateMetadata[] = "lumbung-client-certificate";

// The permission option of methods that ask for less than a role.
inline constexpr absl::string_view kPublic = "PUBLIC";
inline constexpr absl::string_view kSignedIn = "SIGNED_IN";
// The one role that is of no organization.
inline constexpr absl::string_view kPlatformRole = "platform_operator";
// Posting into soft-closed periods.
inline constexpr absl::string_view kAdjustPermission = "period.adjust";

// A role of the caller in the organization that the call names.
struct Grant {
  std::string role;
  // Where it holds; empty for every book, every fund.
  std::string book;
  std::string fund;
  // Data that lives as long as the program.
  absl::Span<const absl::string_view> permissions;
};

struct AccessContext {
  // Slug of the organization; empty when the call names none.
  std::string organization;
  // Its id; 0 when the caller has no role in it.
  OrganizationId organization_id{};
  // The caller's user name; empty when nobody is signed in.
  std::string actor;
  // May post into soft-closed periods of the book that the call names.
  bool adjuster = false;
  // Two accounts of one person count as one wherever two people are needed. 0: nobody.
  std::int64_t person = 0;
  std::string display_name;
  // Which of the person's accounts or keys: the user name, or `apiKeys/{prefix}`.
  std::string account;
  // SHA-256 of the session's token; empty for API keys.
  std::string session;
  std::vector<Grant> grants;
  // Slugs of all organizations in which the person has a role today.
  std::vector<std::string> memberships;
  bool platform_operator = false;
  bool must_change_password = false;
  // The client's address, without its port.
  std::string from_address;
};

// Whether a grant gives the permission for the target; of nothing, somewhere in the organization.
bool Allows(const AccessContext& access, absl::string_view permission,
            const std::optional<RequestTarget>& target);

// What is said to a caller without the permission: ORGANIZATION_REQUIRED when somebody could have
// it in an organization but the call names none, otherwise PERMISSION_DENIED with the roles that
// would do. Says nothing of whether what the request names exists.
absl::Status Denial(const AccessContext& access, absl::string_view permission,
                    const std::vector<absl::string_view>& roles_with);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_ACCESS_H_
