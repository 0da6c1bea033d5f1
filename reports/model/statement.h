// A statement: a definition with its figures, and everything that is wrong with them.
//
// What does not agree and what is in no line or in two is part of the statement and printed with
// it; it is never left out, and never forced to agree.
#ifndef LUMBUNG_REPORTS_MODEL_STATEMENT_H_
#define LUMBUNG_REPORTS_MODEL_STATEMENT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "reports/model/document.h"
#include "reports/model/figures.h"
#include "reports/model/statement_definition.h"

namespace lumbung::reports {

// A figure's column: which time, and which of the definition's columns.
struct AmountColumn {
  std::size_t period = 0;
  std::size_t column = 0;
};

struct StatementRow {
  // Index in the definition's lines.
  std::size_t line = 0;
  // The line's id, with the fund's or account's key behind it in a row per fund or account:
  // "restricted/air-bersih".
  std::string id;
  Label label;
  // One per amount column; none in headings and texts.
  std::vector<Decimal> amounts;
  // Rows of this statement that a total adds up. Empty where one of its lines is not printed.
  std::vector<FormulaTerm> terms;
};

struct EvaluatedCheck {
  Label label;
  AmountColumn column;
  Decimal left;
  Decimal right;
  bool Holds() const { return left == right; }
};

// An account that is in no line, or in several.
struct Misplaced {
  std::size_t book = 0;
  AccountId account{};
  FundId fund{};
  std::size_t period = 0;
  Measure measure = Measure::kClosing;
  Decimal amount;
  int lines = 0;
};

struct Statement {
  const StatementDefinition* definition = nullptr;
  std::vector<AmountColumn> columns;
  std::vector<StatementRow> rows;
  std::vector<EvaluatedCheck> checks;
  std::vector<Misplaced> misplaced;

  // Every check holds and nothing is misplaced.
  bool IsSound() const;
};

// What a row of a line per fund or account is called; nothing when the book has none of this key.
std::optional<Label> RowLabel(RowPer per, const BookSnapshot& book, absl::string_view key);

// The definition and the figures outlive the statement. STATEMENT_UNFIT when a book's chart is not
// one that the definition knows; CURRENCIES_DIFFER; OVERFLOW.
absl::StatusOr<Statement> EvaluateStatement(const StatementDefinition& definition,
                                            const Figures& figures);

// What one figure is made of: the accounts' own figures, with the sign they count with. Their sum
// is the figure.
struct Contribution {
  std::size_t book = 0;
  AccountId account{};
  FundId fund{};
  Measure measure = Measure::kClosing;
  // The account's own figure, debits positive; `amount` is it or its negative.
  Decimal balance;
  Decimal amount;
};

// `row` is a row's id. ROW_NOT_FOUND, OVERFLOW.
absl::StatusOr<std::vector<Contribution>> OpenFigure(const StatementDefinition& definition,
                                                     const Figures& figures, absl::string_view row,
                                                     AmountColumn column);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_STATEMENT_H_
