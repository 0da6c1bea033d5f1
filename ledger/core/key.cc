#include "ledger/core/key.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"

namespace lumbung {
namespace {

bool IsLineBreakOrTab(char32_t c) {
  return c == U'\n' || c == U'\r' || c == U'\t';
}

absl::Status ValidateText(absl::string_view text, absl::string_view field, std::size_t max_bytes,
                          bool with_line_breaks) {
  if (text.size() > max_bytes) {
    return InvalidArgument(
        "TEXT_TOO_LONG", field,
        absl::StrCat("a text of ", text.size(), " bytes; at most ", max_bytes, " are allowed"));
  }
  while (!text.empty()) {
    const std::optional<char32_t> c = TakeCodePoint(&text);
    if (!c.has_value()) return InvalidArgument("INVALID_TEXT", field, "the text is not UTF-8");
    if (IsControl(*c) && !(with_line_breaks && IsLineBreakOrTab(*c))) {
      return InvalidArgument("INVALID_TEXT", field, "the text holds a control character");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ValidateKey(absl::string_view key, absl::string_view field) {
  if (key.empty()) return InvalidArgument("INVALID_ID", field, "an id must not be empty");
  if (key.size() > kMaxKeyBytes) {
    return InvalidArgument("INVALID_ID", field,
                           absl::StrCat("an id of ", key.size(), " bytes is too long; at most ",
                                        kMaxKeyBytes, " are allowed"));
  }
  std::optional<char32_t> first;
  char32_t last = 0;
  for (absl::string_view rest = key; !rest.empty();) {
    const std::optional<char32_t> c = TakeCodePoint(&rest);
    if (!c.has_value() || IsControl(*c)) {
      return InvalidArgument("INVALID_ID", field,
                             absl::StrCat("the id \"", absl::CHexEscape(key),
                                          "\" is not UTF-8 or holds a control character"));
    }
    if (!first.has_value()) first = c;
    last = *c;
  }
  if (IsBlank(*first) || IsBlank(last)) {
    return InvalidArgument("INVALID_ID", field,
                           absl::StrCat("the id \"", key, "\" starts or ends with a blank"));
  }
  return absl::OkStatus();
}

absl::Status ValidateSlug(absl::string_view slug, absl::string_view field) {
  const auto allowed = [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-';
  };
  if (slug.empty() || slug.size() > kMaxSlugBytes || slug[0] == '-' ||
      !std::all_of(slug.begin(), slug.end(), allowed)) {
    return InvalidArgument(
        "INVALID_ID", field,
        absl::StrCat("\"", absl::CHexEscape(slug.substr(0, kMaxSlugBytes)),
                     "\" is not an id: lower-case letters, digits and '-' are allowed, not '-' "
                     "first, 1 to ",
                     kMaxSlugBytes, " characters"));
  }
  return absl::OkStatus();
}

absl::Status ValidateName(absl::string_view name, absl::string_view field) {
  return ValidateText(name, field, kMaxNameBytes, /*with_line_breaks=*/false);
}

absl::Status ValidateNote(absl::string_view note, absl::string_view field) {
  return ValidateText(note, field, kMaxNoteBytes, /*with_line_breaks=*/true);
}

std::string RandomUid(const char (&random)[16]) {
  std::string bytes(random, sizeof random);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  const std::string hex = absl::BytesToHexString(bytes);
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

}  // namespace lumbung
