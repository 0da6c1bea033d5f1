// Who is calling, for which organization, and what they may do. Until identity is built, the caller
// says so in the request metadata and the server listens on loopback only. This is the one place
// that reads it, and the place where sign-in takes over.
#ifndef LUMBUNG_SERVICES_COMMON_ACCESS_H_
#define LUMBUNG_SERVICES_COMMON_ACCESS_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"

namespace lumbung {

inline constexpr char kOrganizationMetadata[] = "lumbung-organization";
inline constexpr char kActorMetadata[] = "lumbung-actor";
inline constexpr char kRolesMetadata[] = "lumbung-roles";

struct AccessContext {
  // Slug of the organization; empty when the call names none.
  std::string organization;
  std::string actor;
  // May post into soft-closed periods.
  bool adjuster = false;
};

// From request metadata (lower-case keys). INVALID_METADATA when a value is longer than 255 bytes.
absl::StatusOr<AccessContext> AccessFromMetadata(
    const std::map<std::string, std::string>& metadata);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_ACCESS_H_
