// Documents as one JSON object, {"documents": [...]}, written as the rows come. A row is a line of
// its own.
//
// Amounts are strings of plain decimals, dates ISO 8601, empty cells null. Bytes that are not UTF-8
// become U+FFFD. A row's `terms` name earlier rows by their index in `rows`.
#ifndef LUMBUNG_REPORTS_RENDER_TABLES_JSON_WRITER_H_
#define LUMBUNG_REPORTS_RENDER_TABLES_JSON_WRITER_H_

#include <memory>

#include "reports/model/document.h"

namespace lumbung::reports {

// `sink` outlives the writer. Refuses rows with more cells than columns: TOO_MANY_CELLS.
std::unique_ptr<DocumentWriter> NewJsonWriter(ByteSink& sink);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_TABLES_JSON_WRITER_H_
