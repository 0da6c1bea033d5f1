// Tables: rows of texts and amounts, laid out for a terminal or written as CSV.
//
// On a terminal, amounts line up on the decimal mark, and when the table is too wide the flexible
// columns (names, descriptions) are shortened with an ellipsis; a code, a date or an amount never
// is. CSV is RFC 4180 with stable English column names and plain numbers; headings, notes and
// totals, which are there for the eye, are left out of it.
//
// Nothing is written before the first row or Finish. Rows are written as they come: CSV at once, a
// laid-out table in runs of 10,000 rows whose columns never get narrower, so that a general ledger
// of millions of lines needs no memory to speak of.
#ifndef LUMBUNG_SERVICES_HOST_CLI_TABLE_H_
#define LUMBUNG_SERVICES_HOST_CLI_TABLE_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/host/cli/number_output.h"

namespace lumbung::cli {

enum class ColumnKind {
  kText,
  kFlexible,  // Text that may be shortened.
  kAmount,    // Decimal strings, or a text such as "-" that is set flush right.
};

struct Column {
  std::string key;    // The name in CSV.
  std::string title;  // The name on a terminal.
  ColumnKind kind = ColumnKind::kText;
};

struct Cell {
  std::string text;
  // Blanks before the text on a terminal: the depth in a tree.
  int indent = 0;

  Cell() = default;
  Cell(std::string value) : text(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Cell(absl::string_view value) : text(value) {}       // NOLINT(google-explicit-constructor)
  Cell(const char* value) : text(value) {}             // NOLINT(google-explicit-constructor)
  Cell(absl::string_view value, int indent_by) : text(value), indent(indent_by) {}
};

enum class RowStyle {
  kBody,
  kHeading,  // Bold; not in CSV.
  kNote,     // Plain, for the eye; not in CSV.
  kTotal,    // Bold, under a rule when it follows another kind of row; not in CSV.
};

struct TableStyle {
  bool csv = false;
  bool color = false;
  // 0: as wide as it needs to be.
  int width = 0;
  NumberStyle numbers;
};

class TableWriter {
 public:
  TableWriter(std::ostream& out, TableStyle style, std::vector<Column> columns);
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  // One cell per column; missing ones at the end are empty.
  void Add(std::vector<Cell> cells, RowStyle style = RowStyle::kBody);
  // Writes what is left. A table without rows still has its header.
  void Finish();

 private:
  struct Row {
    std::vector<Cell> cells;
    std::vector<ShownNumber> numbers;  // Beside the cells of amount columns.
    RowStyle style;
  };

  void WriteCsvHeader();
  void WriteCsvRow(const std::vector<Cell>& cells);
  void Measure(const Row& row);
  // Column widths after shortening the flexible ones to fit.
  std::vector<int> FittedWidths() const;
  void Flush();
  void WriteHeader(const std::vector<int>& widths);
  void WriteRow(const Row& row, const std::vector<int>& widths);
  void WriteRule(const std::vector<int>& widths);

  std::ostream& out_;
  TableStyle style_;
  std::vector<Column> columns_;
  std::vector<Row> rows_;
  std::vector<int> widths_;
  // Of amount columns: the widest part after the decimal mark, and the widest part before it.
  std::vector<int> tails_;
  std::vector<int> heads_;
  bool header_written_ = false;
  bool last_was_total_ = false;
};

// One thing, a line per field: "Title  value". Titles line up.
struct Field {
  std::string title;
  std::string value;
};
void WriteFields(std::ostream& out, const std::vector<Field>& fields, bool color);

// One CSV field, quoted when it must be.
std::string CsvField(absl::string_view text);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_TABLE_H_
