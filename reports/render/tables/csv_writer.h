// Documents as CSV for machines (RFC 4180, UTF-8): a header of column keys, then a line per row.
//
// The columns are row (counted from 0, what the terms of JSON refer to), style, indent and id, then
// the document's own. Dates are ISO 8601, amounts plain decimals. A text that a spreadsheet would
// take for a formula begins with an apostrophe. Head and foot are left out: JSON has them.
#ifndef LUMBUNG_REPORTS_RENDER_TABLES_CSV_WRITER_H_
#define LUMBUNG_REPORTS_RENDER_TABLES_CSV_WRITER_H_

#include <memory>

#include "reports/model/document.h"

namespace lumbung::reports {

struct CsvWriterOptions {
  // Puts the document's name into a first column, `document`, and writes a new header wherever the
  // columns change. Without it a second document is refused: ONE_DOCUMENT_ONLY.
  bool several_documents = false;
};

// `sink` outlives the writer. Refuses rows with more cells than columns: TOO_MANY_CELLS.
std::unique_ptr<DocumentWriter> NewCsvWriter(ByteSink& sink, const CsvWriterOptions& options);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_TABLES_CSV_WRITER_H_
