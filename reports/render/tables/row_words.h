// What the renderers for machines and people agree on about rows.
#ifndef LUMBUNG_REPORTS_RENDER_TABLES_ROW_WORDS_H_
#define LUMBUNG_REPORTS_RENDER_TABLES_ROW_WORDS_H_

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "ledger/core/status.h"
#include "reports/model/document.h"

namespace lumbung::reports {

// The name of a style in CSV and JSON.
inline absl::string_view StyleWord(RowStyle style) {
  switch (style) {
    case RowStyle::kHeading:
      return "heading";
    case RowStyle::kLine:
      return "line";
    case RowStyle::kSubtotal:
      return "subtotal";
    case RowStyle::kTotal:
      return "total";
    case RowStyle::kParagraph:
      return "paragraph";
    case RowStyle::kProblem:
      return "problem";
  }
  return "";
}

// TOO_MANY_CELLS.
inline absl::Status CheckCells(const DocumentHead& head, const DocumentRow& row) {
  if (row.cells.size() <= head.columns.size()) return absl::OkStatus();
  return InvalidArgument("TOO_MANY_CELLS", "cells",
                         absl::StrCat("the row has ", row.cells.size(), " cells, the document \"",
                                      head.name, "\" has ", head.columns.size(), " columns"));
}

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_TABLES_ROW_WORDS_H_
