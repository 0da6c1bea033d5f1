// UTF-8 as it arrives from outside: decoded one code point at a time, never trusted. Overlong
// forms, surrogates and values above U+10FFFF are not UTF-8. Functions are pure.
#ifndef LUMBUNG_LEDGER_CORE_UTF8_H_
#define LUMBUNG_LEDGER_CORE_UTF8_H_

#include <cstddef>
#include <optional>

#include "absl/strings/string_view.h"

namespace lumbung {

// Takes the first code point off `rest`, which must not be empty. Leaves `rest` as it is and
// returns nothing when it does not start with valid UTF-8.
std::optional<char32_t> TakeCodePoint(absl::string_view* rest);

bool IsValidUtf8(absl::string_view text);

// The beginning of valid UTF-8, at most so many bytes long, that cuts no character in two.
absl::string_view Beginning(absl::string_view text, std::size_t most);

// The control characters of ASCII and Latin-1 (U+0000..U+001F, U+007F..U+009F).
bool IsControl(char32_t c);
// Characters that print as empty space: the blank, the tab, no-break and typographic spaces.
bool IsBlank(char32_t c);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_UTF8_H_
