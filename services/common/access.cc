#include "services/common/access.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"

namespace lumbung {

absl::StatusOr<AccessContext> AccessFromMetadata(
    const std::map<std::string, std::string>& metadata) {
  AccessContext access;
  for (const auto& [key, value] : metadata) {
    if (key != kOrganizationMetadata && key != kActorMetadata && key != kRolesMetadata) continue;
    if (value.size() > 255) {
      return InvalidArgument("INVALID_METADATA", "",
                             absl::StrCat("metadata ", key, " is longer than 255 bytes"));
    }
    if (key == kOrganizationMetadata) {
      access.organization = value;
    } else if (key == kActorMetadata) {
      access.actor = value;
    } else {
      for (const absl::string_view role : absl::StrSplit(value, ',')) {
        if (absl::StripAsciiWhitespace(role) == "adjuster") access.adjuster = true;
      }
    }
  }
  return access;
}

}  // namespace lumbung
