// Resource names: `books/main/accounts/1.1.01`. An id may hold any character, so '/' and '%' are
// percent-encoded in the name.
#ifndef LUMBUNG_SERVICES_HOST_CLI_RESOURCE_NAMES_H_
#define LUMBUNG_SERVICES_HOST_CLI_RESOURCE_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace lumbung::cli {

// "books/{book}/{collection}/{id}" from a book's name ("books/main"), or any other parent's.
std::string ChildName(absl::string_view parent, absl::string_view collection, absl::string_view id);
std::string BookNameOf(absl::string_view book_id);
// "people/{person}".
std::string PersonName(absl::string_view person);

// The id at the end of a resource name, decoded.
std::string LastId(absl::string_view name);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_RESOURCE_NAMES_H_
