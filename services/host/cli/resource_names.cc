#include "services/host/cli/resource_names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace lumbung::cli {
namespace {

std::string EncodeId(absl::string_view id) {
  return absl::StrReplaceAll(id, {{"%", "%25"}, {"/", "%2F"}});
}

}  // namespace

std::string ChildName(absl::string_view parent, absl::string_view collection,
                      absl::string_view id) {
  return absl::StrCat(parent, "/", collection, "/", EncodeId(id));
}

std::string BookNameOf(absl::string_view book_id) {
  return absl::StrCat("books/", EncodeId(book_id));
}

std::string PersonName(absl::string_view person) {
  return absl::StrCat("people/", EncodeId(person));
}

std::string LastId(absl::string_view name) {
  const auto slash = name.rfind('/');
  if (slash != absl::string_view::npos) name.remove_prefix(slash + 1);
  return absl::StrReplaceAll(name, {{"%2F", "/"}, {"%2f", "/"}, {"%25", "%"}});
}

}  // namespace lumbung::cli
