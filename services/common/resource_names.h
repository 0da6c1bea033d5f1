// Resource names: `books/main/accounts/1.1.01`, collections and ids by turns. Inside an id '/' and
// '%' are percent-encoded, so that any id fits into a name.
#ifndef LUMBUNG_SERVICES_COMMON_RESOURCE_NAMES_H_
#define LUMBUNG_SERVICES_COMMON_RESOURCE_NAMES_H_

#include <initializer_list>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung {

struct NamePart {
  absl::string_view collection;
  absl::string_view id;
};

// {{"books", "main"}, {"accounts", "a/b"}} is "books/main/accounts/a%2Fb".
std::string ResourceName(std::initializer_list<NamePart> parts);

// The ids in a name of these collections, decoded. `field` is the field that holds the name.
// INVALID_NAME.
absl::StatusOr<std::vector<std::string>> ParseResourceName(
    absl::string_view name, std::initializer_list<absl::string_view> collections,
    absl::string_view field);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_RESOURCE_NAMES_H_
