#include "services/common/resource_names.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

// Longer names cannot be names of ours: an id has at most 255 bytes, each at most tripled.
constexpr std::size_t kMaxNameLength = 4'096;
constexpr std::size_t kMaxQuotedLength = 100;

std::string Encode(absl::string_view id) {
  std::string encoded;
  for (const char c : id) {
    if (c == '/') {
      encoded += "%2F";
    } else if (c == '%') {
      encoded += "%25";
    } else {
      encoded += c;
    }
  }
  return encoded;
}

// Nothing when a '%' is not followed by two hexadecimal digits.
std::optional<std::string> Decode(absl::string_view encoded) {
  std::string id;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] != '%') {
      id += encoded[i];
      continue;
    }
    const absl::string_view digits = encoded.substr(i + 1, 2);
    if (digits.size() < 2 || !absl::ascii_isxdigit(static_cast<unsigned char>(digits[0])) ||
        !absl::ascii_isxdigit(static_cast<unsigned char>(digits[1]))) {
      return std::nullopt;
    }
    id += absl::HexStringToBytes(digits);
    i += 2;
  }
  return id;
}

absl::Status InvalidName(absl::string_view name,
                         std::initializer_list<absl::string_view> collections,
                         absl::string_view field) {
  std::string pattern;
  for (const absl::string_view collection : collections) {
    absl::StrAppend(&pattern, pattern.empty() ? "" : "/", collection, "/{id}");
  }
  return InvalidArgument("INVALID_NAME", field,
                         absl::StrCat("\"", absl::CHexEscape(name.substr(0, kMaxQuotedLength)),
                                      "\" is not a name of the form ", pattern));
}

}  // namespace

std::string ResourceName(std::initializer_list<NamePart> parts) {
  std::string name;
  for (const NamePart& part : parts) {
    absl::StrAppend(&name, name.empty() ? "" : "/", part.collection, "/", Encode(part.id));
  }
  return name;
}

absl::StatusOr<std::vector<std::string>> ParseResourceName(
    absl::string_view name, std::initializer_list<absl::string_view> collections,
    absl::string_view field) {
  if (name.size() > kMaxNameLength) return InvalidName(name, collections, field);
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 2 * collections.size()) return InvalidName(name, collections, field);
  std::vector<std::string> ids;
  auto part = parts.begin();
  for (const absl::string_view collection : collections) {
    if (*part++ != collection) return InvalidName(name, collections, field);
    std::optional<std::string> id = Decode(*part++);
    // No id holds a NUL, and the database would read the id only up to it.
    const bool usable = id.has_value() && !id->empty() && id->find('\0') == std::string::npos;
    if (!usable) return InvalidName(name, collections, field);
    ids.push_back(*std::move(id));
  }
  return ids;
}

}  // namespace lumbung
