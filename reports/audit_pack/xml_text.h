// Texts that users typed, as XML 1.0 can carry them.
#ifndef LUMBUNG_REPORTS_AUDIT_PACK_XML_TEXT_H_
#define LUMBUNG_REPORTS_AUDIT_PACK_XML_TEXT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace lumbung::reports {

// The first `length` characters; bytes that are not UTF-8 and characters that XML has no place for
// become U+FFFD. Escaping is the writer's.
std::string XmlText(absl::string_view text, std::size_t length);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_PACK_XML_TEXT_H_
