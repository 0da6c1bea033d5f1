// What a statement is made of, before any figures: lines that select accounts, totals, and what
// must agree. Read from a file of reports/definitions, whose README.md says how each part is
// written.
//
// A definition that came out of the loader is sound: ids are unique, totals name lines above them,
// checks name lines there are. Immutable, and shared between threads.
#ifndef LUMBUNG_REPORTS_MODEL_STATEMENT_DEFINITION_H_
#define LUMBUNG_REPORTS_MODEL_STATEMENT_DEFINITION_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ledger/core/book_snapshot.h"
#include "reports/model/label.h"

namespace lumbung::reports {

// Which of an account's figures a line takes.
enum class Measure {
  // The balance before the first day, with the opening entries of the period.
  kOpening,
  // The balance at the end of the last day.
  kClosing,
  // Turnover of the days, opening and year-end closing entries left out.
  kMovement,
  // The part of the movement that stands in entries with cash or bank on the other side.
  kCash,
  // The rest of the movement.
  kNonCash,
};

// As definition files and the API call it: "closing".
absl::string_view MeasureWord(Measure measure);

// Which funds' postings count. By the fund's restriction, as ISAK 335 tells net assets apart.
enum class ClassFilter {
  kAll,
  // Funds without restriction, and agency funds, which have no net assets.
  kWithout,
  // Purpose, time and endowment.
  kWith,
};

// Takes a measure of accounts, each with everything below it.
struct Selector {
  Measure measure = Measure::kClosing;
  ClassFilter funds = ClassFilter::kAll;
  // Debits are positive; otherwise credits are.
  bool debit_positive = true;
  // Accounts by id, as the chart template names them.
  std::vector<std::string> accounts;
  std::vector<std::string> except;
  // All accounts of these types besides.
  std::vector<AccountType> types;
};

enum class LineKind {
  kHeading,
  // A paragraph; what only people know is asked for in brackets.
  kText,
  // Takes figures from accounts.
  kAmount,
  // Adds up lines above it.
  kTotal,
};

// Whether a line is one row, or a row for each fund or account that has a figure.
enum class RowPer { kLine, kFund, kAccount };

struct TotalTerm {
  int sign = 1;
  // Index of a line above.
  std::size_t line = 0;
};

struct StatementLine {
  LineKind kind = LineKind::kHeading;
  // Unique; figures are opened by it. Headings and texts have none.
  std::string id;
  Label label;
  int indent = 0;
  // The letter of the note that explains the line; may be empty.
  std::string note;
  // The sum of these; a line may take several measures.
  std::vector<Selector> selectors;
  std::vector<TotalTerm> terms;
  RowPer per = RowPer::kLine;
  // Left out of the document when it is zero in all columns.
  bool only_when_used = false;
  // For checks and totals alone; never printed.
  bool hidden = false;
  // Between rules and bold; the heaviest ends the statement.
  bool is_final = false;
};

// Two lines that must have the same figures in every column; or one that must be nil.
struct StatementCheck {
  Label label;
  std::size_t left = 0;
  std::optional<std::size_t> right;
};

// Every account of these types with a figure in this measure must be in exactly one line.
struct Completeness {
  Measure measure = Measure::kClosing;
  std::vector<AccountType> types;
};

// One or more columns for each of the two times.
struct StatementColumn {
  std::string id;
  Label label;
  ClassFilter funds = ClassFilter::kAll;
};

struct StatementDefinition {
  // "isak335-financial-position-a"
  std::string id;
  int version = 0;
  Label title;
  Label legal_basis;
  // Names of chart templates, without version, whose account ids the lines use.
  std::vector<std::string> charts;
  // The state at a day; otherwise what happened from one day to another.
  bool at_a_day = true;
  // Its place among the statements that are printed when none is named; 0 is none.
  int place_in_set = 0;
  // Accounts of cash and bank, for the measures that need them.
  std::vector<std::string> cash;
  // Never empty; one column over all funds unless the statement tells classes apart.
  std::vector<StatementColumn> columns;
  std::vector<StatementLine> lines;
  std::vector<StatementCheck> checks;
  std::vector<Completeness> complete;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_MODEL_STATEMENT_DEFINITION_H_
