// A text as a QR code.
#ifndef LUMBUNG_REPORTS_RENDER_PDF_QR_SQUARES_H_
#define LUMBUNG_REPORTS_RENDER_PDF_QR_SQUARES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::reports {

struct QrSquares {
  int per_side = 0;
  // One byte for each square, row by row: 1 is dark.
  std::string squares;
};

// TEXT_TOO_LONG beyond what a QR code holds, 2,331 bytes.
absl::StatusOr<QrSquares> MakeQrSquares(absl::string_view text);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_PDF_QR_SQUARES_H_
