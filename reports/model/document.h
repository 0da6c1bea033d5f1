// A document before anybody decided what it looks like: a head, rows under columns, and a foot.
// Statements, ledgers and lists are all handed to a DocumentWriter in this form, row by row, so
// that a document of a million rows needs no more memory than one of ten.
//
// Every text is in the document's language already and may hold anything a user typed.
#ifndef LUMBUNG_REPORTS_MODEL_DOCUMENT_H_
#define LUMBUNG_REPORTS_MODEL_DOCUMENT_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "reports/model/label.h"

namespace lumbung::reports {

enum class ColumnKind {
  // What the row is about. The first one takes the width that the others leave, and is indented.
  kLabel,
  kText,
  kCode,
  kDate,
  // Right-aligned numbers with `scale` decimals.
  kAmount,
};

struct DocumentColumn {
  // For machines: "amount", "previous_amount". Unique in the document, never translated.
  std::string key;
  std::string title;
  ColumnKind kind = ColumnKind::kText;
  // In characters of the body's font; a proposal. Unused for the first kLabel.
  int width = 12;
  int scale = 2;
};

// Empty, or what its column's kind says: text, a date, or an amount.
using DocumentCell = std::variant<std::monostate, std::string, Date, Decimal>;

enum class RowStyle {
  // Names what follows; has no amounts.
  kHeading,
  kLine,
  // Below a thin rule; bold.
  kSubtotal,
  // Between a thin rule and a double one; bold.
  kTotal,
  // A paragraph across all columns: its first cell is the text.
  kParagraph,
  // Something is wrong with the figures, and must be seen.
  kProblem,
};

// `sign` times the amounts of an earlier row, which is counted from 0 in the same document.
struct FormulaTerm {
  int sign = 1;
  std::int64_t row = 0;
};

struct DocumentRow {
  RowStyle style = RowStyle::kLine;
  int indent = 0;
  // What the figures are opened by, and the same in every run: "cash". May be empty.
  std::string id;
  // In the columns' order; those that are missing at the end are empty.
  std::vector<DocumentCell> cells;
  // When not empty, the amounts are the sum of these rows' amounts, column by column.
  std::vector<FormulaTerm> terms;
  // When not empty, the row begins a part that the outline lists under this name.
  std::string outline;
};

struct DocumentHead {
  // "isak335-financial-position"; unique among the documents of one writer.
  std::string name;
  Language language = Language::kIndonesian;
  std::string organization;
  std::string title;
  // "Per 31 Desember 2026".
  std::string subtitle;
  // "Dinyatakan dalam rupiah".
  std::string unit;
  // What every page must say below the head, such as that one person may write and approve.
  std::vector<std::string> marks;
  std::vector<DocumentColumn> columns;
};

// Two figures that must be the same.
struct DocumentCheck {
  std::string label;
  Decimal left;
  Decimal right;

  bool Holds() const { return left == right; }
};

struct DocumentSignature {
  // "Disusun oleh".
  std::string role;
  std::string name;
  std::string position;
};

struct DocumentFoot {
  // Printed with a mark for each that holds, and loudly for each that does not.
  std::vector<DocumentCheck> checks;
  std::vector<std::string> notes;
  // "Jakarta, 31 Januari 2027"; may be empty.
  std::string place_and_date;
  std::vector<DocumentSignature> signatures;
  // Where the figures come from: definition and version, as known at, newest entry.
  std::vector<std::string> provenance;
  // A signed note of the tamper-evident log, as text; empty when there is none.
  std::string checkpoint;
};

// What stands around the rows whatever they are.
struct DocumentFrame {
  Language language = Language::kIndonesian;
  std::string organization;
  std::vector<std::string> marks;
  std::string place_and_date;
  std::vector<DocumentSignature> signatures;
  // Besides what the document itself says of where its figures come from.
  std::vector<std::string> provenance;
  std::string checkpoint;
};

// Where a renderer's bytes go, in order.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual absl::Status Write(absl::string_view bytes) = 0;
};

// Renders documents one after the other: Begin, Add for each row, End, and so on; Finish once after
// the last End. After an error nothing more may be called.
class DocumentWriter {
 public:
  virtual ~DocumentWriter() = default;
  virtual absl::Status Begin(const DocumentHead& head) = 0;
  virtual absl::Status Add(const DocumentRow& row) = 0;
  virtual absl::Status End(const DocumentFoot& foot) = 0;
  virtual absl::Status Finish() = 0;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_DOCUMENT_H_
