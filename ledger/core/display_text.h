// How wide a text is on a terminal, and how it is made safe and short enough to be shown there.
// Descriptions come from imported files and from other people: a control sequence in one of them
// must never reach the terminal.
#ifndef LUMBUNG_LEDGER_CORE_DISPLAY_TEXT_H_
#define LUMBUNG_LEDGER_CORE_DISPLAY_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace lumbung {

// The text on one line: control characters and line ends become a blank, bytes that are not UTF-8
// become U+FFFD, and so do the marks that reorder what stands beside them (bidirectional
// overrides).
std::string Printable(absl::string_view text);

// Terminal columns of a printable text: combining marks take none, East Asian wide characters and
// emoji take two.
int DisplayWidth(absl::string_view text);

// The text cut to at most `columns` columns, with a closing ellipsis when something was left out. A
// wide character is never halved.
std::string Truncate(absl::string_view text, int columns);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_DISPLAY_TEXT_H_
