// Documents for a terminal or a plain-text mail: a centred head, columns, rules, and the foot.
//
// Columns are as wide as they propose, and the first label takes what is left. Long texts go on in
// the next line; an amount is never cut, and stands on the last line of its row. Control characters
// and marks that reorder text never come through.
#ifndef LUMBUNG_REPORTS_RENDER_TABLES_TEXT_WRITER_H_
#define LUMBUNG_REPORTS_RENDER_TABLES_TEXT_WRITER_H_

#include <memory>

#include "ledger/core/user_number.h"
#include "reports/model/document.h"

namespace lumbung::reports {

enum class NegativeStyle { kMinus, kParentheses };

struct TextWriterOptions {
  NumberLocale locale = NumberLocale::kIndonesian;
  NegativeStyle negative = NegativeStyle::kParentheses;
  // In terminal columns. The label keeps at least 16 of them, if need be beyond this.
  int width = 100;
};

// `sink` outlives the writer. Refuses rows with more cells than columns: TOO_MANY_CELLS.
std::unique_ptr<DocumentWriter> NewTextWriter(ByteSink& sink, const TextWriterOptions& options);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_TABLES_TEXT_WRITER_H_
