// Documents as a workbook: a sheet each, ready to be printed on A4, with live totals.
//
// A sheet's number keeps 15 significant digits. An amount that needs more is written as text, so
// that no digit is lost; totals over such amounts are values, and a note on the sheet says so. What
// users typed is always text, never a formula or a link. Equal documents give equal bytes.
//
// Rows go to temporary files as they come. A writer is not for several threads.
#ifndef LUMBUNG_REPORTS_RENDER_XLSX_XLSX_WRITER_H_
#define LUMBUNG_REPORTS_RENDER_XLSX_XLSX_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "reports/model/document.h"

namespace lumbung::reports {

struct XlsxWriterOptions {
  // Where temporary files may be; empty is /tmp.
  std::string temporary_folder;
  // The time the workbook says it was made at, in seconds since 1970; positive.
  std::int64_t created_at_seconds = 0;
  bool negative_in_parentheses = true;
};

// `sink` outlives the writer; all bytes come in Finish. INVALID_TIME for a creation time that is
// not positive, UNAVAILABLE when the temporary folder cannot be written to.
//
// Begin refuses a document without columns: NO_COLUMNS. Add refuses TOO_MANY_CELLS; INVALID_TERM
// for a term that is not about an earlier row or whose sign is not 1 or -1; TOO_MANY_ROWS beyond
// the 1,048,000 that a sheet has room for.
absl::StatusOr<std::unique_ptr<DocumentWriter>> NewXlsxWriter(ByteSink& sink,
                                                              const XlsxWriterOptions& options);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_XLSX_XLSX_WRITER_H_
