// Where a role holds: in a whole organization, in one book, in one fund of a book, or in every
// organization of a region. Immutable values.
#ifndef LUMBUNG_SERVICES_IDENTITY_DOMAIN_GRANT_SCOPE_H_
#define LUMBUNG_SERVICES_IDENTITY_DOMAIN_GRANT_SCOPE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::identity {

struct GrantScope {
  std::string book;
  // Only with a book.
  std::string fund;
  // A region code or its beginning; excludes the others.
  std::string region;

  bool IsWholeOrganization() const { return book.empty() && region.empty(); }
  bool operator==(const GrantScope&) const = default;
};

// From "", `books/{book}`, `books/{book}/funds/{fund}` or `regions/{prefix}`; inside an id '/' and
// '%' are percent-encoded. INVALID_SCOPE at `field`.
absl::StatusOr<GrantScope> ParseGrantScope(absl::string_view text, absl::string_view field);
std::string ToString(const GrantScope& scope);

// Whether everything in `inner` is in `outer`.
bool Covers(const GrantScope& outer, const GrantScope& inner);

// Whether the region holds the organization with this code: regions are cut at dots, so that 32.1
// does not hold 32.12.
bool IsInRegion(absl::string_view region_code, absl::string_view region);

// Two digits, then groups of digits behind dots: `32`, `32.04.05.2001`. INVALID_REGION.
absl::Status ValidateRegion(absl::string_view region, absl::string_view field);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_DOMAIN_GRANT_SCOPE_H_
