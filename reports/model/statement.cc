#include "reports/model/statement.h"

#include <algorithm>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"
#include "reports/model/account_selection.h"

namespace lumbung::reports {
namespace {

// What rows per fund are told apart by; books may use one key for their own funds.
using RowKey = std::string;

// The amounts of one line, by fund where it has a row for each.
using Amounts = absl::btree_map<RowKey, std::vector<Decimal>>;

absl::Status AddTo(Decimal* sum, const Decimal& amount) {
  LUMBUNG_ASSIGN_OR_RETURN(*sum, Add(*sum, amount));
  return absl::OkStatus();
}

bool AllZero(const std::vector<Decimal>& amounts) {
  return std::all_of(amounts.begin(), amounts.end(),
                     [](const Decimal& amount) { return amount.IsZero(); });
}

std::string ChartOf(const Book& book) {
  return book.chart_template.substr(0, book.chart_template.find('@'));
}

absl::Status CheckFit(const StatementDefinition& definition, const Figures& figures) {
  std::string currency;
  for (const auto& book : figures.books) {
    const std::string chart = ChartOf(book->book());
    if (std::count(definition.charts.begin(), definition.charts.end(), chart) == 0) {
      return FailedPrecondition(
          "STATEMENT_UNFIT", "book",
          absl::StrCat("the book ", book->book().slug, " has the chart \"",
                       book->book().chart_template, "\"; ", definition.id, " is made for ",
                       absl::StrJoin(definition.charts, ", ")));
    }
    const std::string& code = book->FindCurrency(book->book().functional_currency)->code;
    if (!currency.empty() && currency != code) {
      return FailedPrecondition(
          "CURRENCIES_DIFFER", "books",
          absl::StrCat("one book is kept in ", currency, ", another in ", code,
                       "; books of one functional currency can be put together"));
    }
    currency = code;
  }
  return absl::OkStatus();
}

// What tells the rows of a line apart; empty for a line that is one row.
RowKey KeyOf(const StatementLine& line, const Figures& figures, const Figure& figure) {
  const BookSnapshot& book = *figures.books[figure.book];
  switch (line.per) {
    case RowPer::kLine:
      return "";
    case RowPer::kFund:
      return book.FindFund(figure.fund)->key;
    case RowPer::kAccount:
      return book.FindAccount(figure.account)->key;
  }
  return "";
}

class Evaluation {
 public:
  Evaluation(const StatementDefinition& definition, const Figures& figures)
      : definition_(definition), figures_(figures) {
    statement_.definition = &definition;
    for (std::size_t period = 0; period < figures.periods.size(); ++period) {
      for (std::size_t column = 0; column < definition.columns.size(); ++column) {
        statement_.columns.push_back({period, column});
      }
    }
    for (const StatementLine& line : definition.lines) {
      selections_.emplace_back();
      for (const Selector& selector : line.selectors) {
        selections_.back().emplace_back(figures, selector);
      }
    }
  }

  absl::StatusOr<Statement> Run() &&;

 private:
  absl::StatusOr<Amounts> AmountsOf(std::size_t line) const;
  absl::StatusOr<std::vector<Decimal>> TotalOf(const StatementLine& line) const;
  absl::Status AddLine(std::size_t line);
  void AddRow(std::size_t line, const RowKey& key, std::vector<Decimal> amounts);
  std::vector<FormulaTerm> TermsOf(const StatementLine& line) const;
  void AddChecks();
  void FindMisplaced(std::size_t period, const Completeness& complete);
  int LinesWith(const Figure& figure, Measure measure) const;

  const StatementDefinition& definition_;
  const Figures& figures_;
  // By line.
  std::vector<std::vector<AccountSelection>> selections_;
  std::vector<std::vector<Decimal>> amounts_;
  // Where a line's rows are; -1 for one that is not printed though it is not zero.
  std::vector<std::vector<std::int64_t>> rows_of_line_;
  Statement statement_;
};

absl::StatusOr<Statement> Evaluation::Run() && {
  for (std::size_t line = 0; line < definition_.lines.size(); ++line) {
    rows_of_line_.emplace_back();
    amounts_.emplace_back(statement_.columns.size());
    LUMBUNG_RETURN_IF_ERROR(AddLine(line));
  }
  AddChecks();
  for (std::size_t period = 0; period < figures_.periods.size(); ++period) {
    for (const Completeness& complete : definition_.complete) FindMisplaced(period, complete);
  }
  return std::move(statement_);
}

absl::Status Evaluation::AddLine(std::size_t number) {
  const StatementLine& line = definition_.lines[number];
  if (line.kind == LineKind::kHeading || line.kind == LineKind::kText) {
    statement_.rows.push_back({number, "", line.label, {}, {}});
    return absl::OkStatus();
  }
  if (line.kind == LineKind::kTotal) {
    LUMBUNG_ASSIGN_OR_RETURN(amounts_[number], TotalOf(line));
    AddRow(number, "", amounts_[number]);
    return absl::OkStatus();
  }
  LUMBUNG_ASSIGN_OR_RETURN(Amounts by_key, AmountsOf(number));
  for (const auto& [key, amounts] : by_key) {
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      LUMBUNG_RETURN_IF_ERROR(AddTo(&amounts_[number][i], amounts[i]));
    }
  }
  for (auto& [key, amounts] : by_key) AddRow(number, key, std::move(amounts));
  return absl::OkStatus();
}

absl::StatusOr<Amounts> Evaluation::AmountsOf(std::size_t number) const {
  const StatementLine& line = definition_.lines[number];
  Amounts by_key;
  if (line.per == RowPer::kLine) by_key[""].resize(statement_.columns.size());
  for (std::size_t i = 0; i < statement_.columns.size(); ++i) {
    const AmountColumn& at = statement_.columns[i];
    for (const Figure& figure : figures_.periods[at.period].figures) {
      if (!IsInClass(figures_, figure, definition_.columns[at.column].funds)) continue;
      const RowKey key = KeyOf(line, figures_, figure);
      for (const AccountSelection& selection : selections_[number]) {
        if (!selection.Takes(figure)) continue;
        std::vector<Decimal>& amounts = by_key[key];
        amounts.resize(statement_.columns.size());
        LUMBUNG_RETURN_IF_ERROR(AddTo(&amounts[i], selection.AmountOf(figure)));
      }
    }
  }
  return by_key;
}

absl::StatusOr<std::vector<Decimal>> Evaluation::TotalOf(const StatementLine& line) const {
  std::vector<Decimal> totals(statement_.columns.size());
  for (const TotalTerm& term : line.terms) {
    for (std::size_t i = 0; i < totals.size(); ++i) {
      const Decimal& amount = amounts_[term.line][i];
      LUMBUNG_RETURN_IF_ERROR(AddTo(&totals[i], term.sign < 0 ? amount.Negated() : amount));
    }
  }
  return totals;
}

void Evaluation::AddRow(std::size_t number, const RowKey& key, std::vector<Decimal> amounts) {
  const StatementLine& line = definition_.lines[number];
  const bool is_zero = AllZero(amounts);
  if (line.hidden || ((line.only_when_used || line.per != RowPer::kLine) && is_zero)) {
    if (!is_zero) rows_of_line_[number].push_back(-1);
    return;
  }
  StatementRow row{number, line.id, line.label, std::move(amounts), TermsOf(line)};
  if (line.per != RowPer::kLine) {
    row.id = absl::StrCat(line.id, "/", key);
    for (const auto& book : figures_.books) {
      if (const std::optional<Label> label = RowLabel(line.per, *book, key)) row.label = *label;
    }
  }
  rows_of_line_[number].push_back(static_cast<std::int64_t>(statement_.rows.size()));
  statement_.rows.push_back(std::move(row));
}

std::vector<FormulaTerm> Evaluation::TermsOf(const StatementLine& line) const {
  std::vector<FormulaTerm> terms;
  for (const TotalTerm& term : line.terms) {
    for (const std::int64_t row : rows_of_line_[term.line]) {
      if (row < 0) return {};
      terms.push_back({term.sign, row});
    }
  }
  return terms;
}

void Evaluation::AddChecks() {
  for (const StatementCheck& check : definition_.checks) {
    for (std::size_t i = 0; i < statement_.columns.size(); ++i) {
      statement_.checks.push_back({check.label, statement_.columns[i], amounts_[check.left][i],
                                   check.right ? amounts_[*check.right][i] : Decimal()});
    }
  }
}

void Evaluation::FindMisplaced(std::size_t period, const Completeness& complete) {
  for (const Figure& figure : figures_.periods[period].figures) {
    const Account* const account = figures_.books[figure.book]->FindAccount(figure.account);
    const Decimal amount = MeasureOf(figure, complete.measure);
    if (amount.IsZero() ||
        std::count(complete.types.begin(), complete.types.end(), account->type) == 0) {
      continue;
    }
    const int lines = LinesWith(figure, complete.measure);
    if (lines == 1) continue;
    statement_.misplaced.push_back(
        {figure.book, figure.account, figure.fund, period, complete.measure, amount, lines});
  }
}

int Evaluation::LinesWith(const Figure& figure, Measure measure) const {
  int lines = 0;
  for (std::size_t number = 0; number < definition_.lines.size(); ++number) {
    if (definition_.lines[number].hidden) continue;
    for (const AccountSelection& selection : selections_[number]) {
      if (selection.selector().measure == measure && selection.Takes(figure)) ++lines;
    }
  }
  return lines;
}

// The line of a row's id, and the fund or account behind it.
absl::StatusOr<std::size_t> FindLine(const StatementDefinition& definition, absl::string_view row,
                                     std::optional<RowKey>* key) {
  for (std::size_t number = 0; number < definition.lines.size(); ++number) {
    const StatementLine& line = definition.lines[number];
    if (line.id.empty()) continue;
    if (line.per == RowPer::kLine && row == line.id) return number;
    const std::string prefix = absl::StrCat(line.id, "/");
    if (line.per != RowPer::kLine && row.substr(0, prefix.size()) == prefix) {
      *key = RowKey(row.substr(prefix.size()));
      return number;
    }
  }
  return NotFound("ROW_NOT_FOUND", "row",
                  absl::StrCat(definition.id, " has no row \"", row.substr(0, 80), "\""));
}

absl::Status Collect(const StatementDefinition& definition, const Figures& figures,
                     std::size_t number, int sign, const std::optional<RowKey>& key,
                     AmountColumn column, std::vector<Contribution>* contributions) {
  const StatementLine& line = definition.lines[number];
  for (const TotalTerm& term : line.terms) {
    LUMBUNG_RETURN_IF_ERROR(
        Collect(definition, figures, term.line, sign * term.sign, key, column, contributions));
  }
  for (const Selector& selector : line.selectors) {
    const AccountSelection selection(figures, selector);
    for (const Figure& figure : figures.periods[column.period].figures) {
      const bool is_in_row = !key.has_value() || KeyOf(line, figures, figure) == *key;
      if (!is_in_row || !selection.Takes(figure) ||
          !IsInClass(figures, figure, definition.columns[column.column].funds)) {
        continue;
      }
      const Decimal amount = selection.AmountOf(figure);
      if (amount.IsZero()) continue;
      contributions->push_back({figure.book, figure.account, figure.fund, selector.measure,
                                MeasureOf(figure, selector.measure),
                                sign < 0 ? amount.Negated() : amount});
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::string_view MeasureWord(Measure measure) {
  switch (measure) {
    case Measure::kOpening:
      return "opening";
    case Measure::kClosing:
      return "closing";
    case Measure::kMovement:
      return "movement";
    case Measure::kCash:
      return "cash";
    case Measure::kNonCash:
      return "noncash";
  }
  return "";
}

std::optional<Label> RowLabel(RowPer per, const BookSnapshot& book, absl::string_view key) {
  if (per == RowPer::kFund) {
    const Fund* const fund = book.FindFund(key);
    if (fund == nullptr) return std::nullopt;
    return Label{fund->display_name, fund->display_name};
  }
  const Account* const account = per == RowPer::kAccount ? book.FindAccount(key) : nullptr;
  if (account == nullptr) return std::nullopt;
  return Label{absl::StrCat(account->code, " ",
                            account->display_name_id.empty() ? account->display_name
                                                             : account->display_name_id),
               absl::StrCat(account->code, " ", account->display_name)};
}

bool Statement::IsSound() const {
  return misplaced.empty() &&
         std::all_of(checks.begin(), checks.end(), [](const auto& check) { return check.Holds(); });
}

absl::StatusOr<Statement> EvaluateStatement(const StatementDefinition& definition,
                                            const Figures& figures) {
  LUMBUNG_RETURN_IF_ERROR(CheckFit(definition, figures));
  return Evaluation(definition, figures).Run();
}

absl::StatusOr<std::vector<Contribution>> OpenFigure(const StatementDefinition& definition,
                                                     const Figures& figures, absl::string_view row,
                                                     AmountColumn column) {
  LUMBUNG_RETURN_IF_ERROR(CheckFit(definition, figures));
  std::optional<RowKey> key;
  LUMBUNG_ASSIGN_OR_RETURN(const std::size_t line, FindLine(definition, row, &key));
  std::vector<Contribution> contributions;
  LUMBUNG_RETURN_IF_ERROR(Collect(definition, figures, line, 1, key, column, &contributions));
  return contributions;
}

}  // namespace lumbung::reports
