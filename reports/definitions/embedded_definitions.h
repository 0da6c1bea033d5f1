// The definition files as they were when the binary was built.
#ifndef LUMBUNG_REPORTS_DEFINITIONS_EMBEDDED_DEFINITIONS_H_
#define LUMBUNG_REPORTS_DEFINITIONS_EMBEDDED_DEFINITIONS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lumbung::reports {

struct EmbeddedDefinition {
  absl::string_view file;  // "isak335-financial-position-a.yaml"
  absl::string_view text;
};

// Sorted by file name. Defined in a file that embed.cmake writes.
absl::Span<const EmbeddedDefinition> EmbeddedDefinitions();

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_DEFINITIONS_EMBEDDED_DEFINITIONS_H_
