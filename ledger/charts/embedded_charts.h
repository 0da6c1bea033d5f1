// The chart template files as they were when the binary was built.
#ifndef LUMBUNG_LEDGER_CHARTS_EMBEDDED_CHARTS_H_
#define LUMBUNG_LEDGER_CHARTS_EMBEDDED_CHARTS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lumbung {

struct EmbeddedChart {
  absl::string_view file;  // "isak35-ngo.v1.yaml"
  absl::string_view text;
};

// Sorted by file name. Defined in a file that embed.cmake writes.
absl::Span<const EmbeddedChart> EmbeddedCharts();

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CHARTS_EMBEDDED_CHARTS_H_
