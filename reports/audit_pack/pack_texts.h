// The texts that go into every audit pack as they are, built into the binary.
#ifndef LUMBUNG_REPORTS_AUDIT_PACK_PACK_TEXTS_H_
#define LUMBUNG_REPORTS_AUDIT_PACK_PACK_TEXTS_H_

#include "absl/strings/string_view.h"

namespace lumbung::reports {

// readme.txt: what the pack is and how to verify it, in Indonesian and English. Both are defined in
// a file that embed.cmake writes.
absl::string_view PackReadme();
// verify.py.
absl::string_view PackVerifier();

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_PACK_PACK_TEXTS_H_
