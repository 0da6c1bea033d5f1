#include "services/host/cli/balance_table.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/host/cli/debit_credit.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

using Row = const v1::AccountBalance*;

std::vector<Row> InTreeOrder(const Chart& chart, const BalanceRows& rows) {
  std::vector<Row> sorted;
  for (const v1::AccountBalance& row : rows) sorted.push_back(&row);
  const auto key = [&chart](Row row) {
    return std::make_tuple(chart.PositionOf(row->account()), row->account(), row->fund(),
                           ShowPairs(row->dimensions()), row->currency());
  };
  std::stable_sort(sorted.begin(), sorted.end(), [&key](Row a, Row b) { return key(a) < key(b); });
  return sorted;
}

std::string DimensionOf(Row row, const std::string& dimension) {
  const auto found = row->dimensions().find(dimension);
  return found == row->dimensions().end() ? "" : found->second;
}

class BalanceTable {
 public:
  BalanceTable(Invocation& call, const Chart& chart, const BalanceTableOptions& options,
               std::vector<Row> rows);

  absl::Status Write();

 private:
  std::vector<Column> Columns() const;
  void AddAmountColumns(std::vector<Column>& columns, absl::string_view suffix) const;
  void AddAmounts(std::vector<Cell>& cells, absl::string_view debit, absl::string_view credit,
                  absl::string_view balance) const;
  // Cells up to the amounts.
  std::vector<Cell> LeadingCells(Cell code, Cell name) const;
  void WriteAncestors(TableWriter& table, const std::string& account);
  absl::Status WriteRow(TableWriter& table, Row row);
  absl::Status WriteTotals(TableWriter& table) const;
  void AddTotal(std::vector<Cell>& cells, const DebitCreditTotal& total) const;

  Invocation& call_;
  const Chart& chart_;
  const BalanceTableOptions& options_;
  std::vector<Row> rows_;
  // Some row's currency is not the one it is valued in.
  bool valued_ = false;
  bool several_currencies_ = false;
  bool several_functional_ = false;
  absl::flat_hash_set<std::string> written_headers_;
  std::map<std::string, DebitCreditTotal> by_currency_;
  std::map<std::string, DebitCreditTotal> by_functional_;
};

BalanceTable::BalanceTable(Invocation& call, const Chart& chart, const BalanceTableOptions& options,
                           std::vector<Row> rows)
    : call_(call), chart_(chart), options_(options), rows_(std::move(rows)) {
  absl::flat_hash_set<std::string> currencies;
  absl::flat_hash_set<std::string> functional;
  for (const Row row : rows_) {
    currencies.insert(row->currency());
    functional.insert(row->functional_currency());
    valued_ = valued_ || row->currency() != row->functional_currency();
  }
  several_currencies_ = currencies.size() > 1;
  several_functional_ = functional.size() > 1;
}

void BalanceTable::AddAmountColumns(std::vector<Column>& columns, absl::string_view suffix) const {
  const auto add = [&](Label label) {
    columns.push_back({"", absl::StrCat(call_.Text(label), suffix), ColumnKind::kAmount});
  };
  add(Label::kDebit);
  add(Label::kCredit);
  if (options_.layout == BalanceLayout::kTurnover) add(Label::kBalance);
}

std::vector<Column> BalanceTable::Columns() const {
  std::vector<Column> columns = {call_.NewColumn("", Label::kCode),
                                 call_.NewColumn("", Label::kAccount, ColumnKind::kFlexible)};
  if (options_.by_fund) columns.push_back(call_.NewColumn("", Label::kFund));
  for (const std::string& dimension : options_.by_dimensions) columns.push_back({"", dimension});
  AddAmountColumns(columns, "");
  if (several_currencies_ || valued_) columns.push_back(call_.NewColumn("", Label::kCurrency));
  if (valued_) {
    const std::string value_currency = rows_.front()->functional_currency();
    AddAmountColumns(columns, several_functional_
                                  ? absl::StrCat(" (", call_.Text(Label::kFunctionalAmount), ")")
                                  : absl::StrCat(" ", value_currency));
    if (several_functional_) columns.push_back(call_.NewColumn("", Label::kValuedIn));
  }
  return columns;
}

void BalanceTable::AddAmounts(std::vector<Cell>& cells, absl::string_view debit,
                              absl::string_view credit, absl::string_view balance) const {
  if (options_.layout == BalanceLayout::kNet) {
    DebitCredit net = SplitBySign(balance);
    cells.emplace_back(std::move(net.debit));
    cells.emplace_back(std::move(net.credit));
    return;
  }
  cells.emplace_back(debit);
  cells.emplace_back(credit);
  cells.emplace_back(balance);
}

std::vector<Cell> BalanceTable::LeadingCells(Cell code, Cell name) const {
  std::vector<Cell> cells = {std::move(code), std::move(name)};
  cells.resize(cells.size() + (options_.by_fund ? 1 : 0) + options_.by_dimensions.size());
  return cells;
}

void BalanceTable::WriteAncestors(TableWriter& table, const std::string& account) {
  int depth = 0;
  for (const std::string& ancestor : chart_.AncestorsOf(account)) {
    if (written_headers_.insert(ancestor).second) {
      table.Add({chart_.CodeOf(ancestor),
                 Cell(chart_.NameOf(ancestor, call_.output().language), 2 * depth)},
                RowStyle::kHeading);
    }
    ++depth;
  }
}

absl::Status BalanceTable::WriteRow(TableWriter& table, Row row) {
  if (options_.tree) WriteAncestors(table, row->account());
  // A row of its own, rolled up or posted to directly, serves as the header of those below it.
  written_headers_.insert(row->account());
  std::vector<Cell> cells = {chart_.CodeOf(row->account()),
                             Cell(chart_.NameOf(row->account(), call_.output().language),
                                  options_.tree ? 2 * chart_.DepthOf(row->account()) : 0)};
  if (options_.by_fund) cells.emplace_back(row->fund());
  for (const std::string& dimension : options_.by_dimensions) {
    cells.emplace_back(DimensionOf(row, dimension));
  }
  AddAmounts(cells, row->debit(), row->credit(), row->balance());
  if (several_currencies_ || valued_) cells.emplace_back(row->currency());
  if (valued_) {
    AddAmounts(cells, row->functional_debit(), row->functional_credit(), row->functional_balance());
    if (several_functional_) cells.emplace_back(row->functional_currency());
  }
  table.Add(std::move(cells));

  DebitCreditTotal& own = by_currency_[row->currency()];
  DebitCreditTotal& functional = by_functional_[row->functional_currency()];
  if (options_.layout == BalanceLayout::kNet) {
    LUMBUNG_RETURN_IF_ERROR(own.Add(row->balance()));
    return functional.Add(row->functional_balance());
  }
  LUMBUNG_RETURN_IF_ERROR(own.AddTurnover(row->debit(), row->credit()));
  return functional.AddTurnover(row->functional_debit(), row->functional_credit());
}

void BalanceTable::AddTotal(std::vector<Cell>& cells, const DebitCreditTotal& total) const {
  cells.emplace_back(total.debit().ToString());
  cells.emplace_back(total.credit().ToString());
  if (options_.layout == BalanceLayout::kTurnover) {
    const absl::StatusOr<Decimal> balance = Subtract(total.debit(), total.credit());
    cells.emplace_back(balance.ok() ? balance->ToString() : "");
  }
}

absl::Status BalanceTable::WriteTotals(TableWriter& table) const {
  const std::string title(call_.Text(Label::kTotal));
  if (!valued_) {
    for (const auto& [currency, total] : by_currency_) {
      std::vector<Cell> cells = LeadingCells("", title);
      AddTotal(cells, total);
      if (several_currencies_) cells.emplace_back(currency);
      table.Add(std::move(cells), RowStyle::kTotal);
    }
    return absl::OkStatus();
  }
  // Only what the amounts are worth balances: an exchange leaves each currency one-sided.
  const std::size_t amounts = options_.layout == BalanceLayout::kNet ? 2 : 3;
  for (const auto& [currency, total] : by_functional_) {
    std::vector<Cell> cells = LeadingCells("", absl::StrCat(title, " ", currency));
    cells.resize(cells.size() + amounts + 1);
    AddTotal(cells, total);
    if (several_functional_) cells.emplace_back(currency);
    table.Add(std::move(cells), RowStyle::kTotal);
  }
  return absl::OkStatus();
}

absl::Status BalanceTable::Write() {
  TableWriter table(call_.console().out, call_.NewTableStyle(), Columns());
  for (const Row row : rows_) LUMBUNG_RETURN_IF_ERROR(WriteRow(table, row));
  if (options_.totals) LUMBUNG_RETURN_IF_ERROR(WriteTotals(table));
  table.Finish();
  if (rows_.empty()) call_.WriteNote(call_.Text(Label::kNothingToShow));
  return absl::OkStatus();
}

void WriteCsv(Invocation& call, const Chart& chart, const BalanceTableOptions& options,
              const std::vector<Row>& rows) {
  std::vector<Column> columns;
  const auto add = [&columns](absl::string_view key) { columns.push_back({std::string(key), ""}); };
  for (const char* const key : {"account", "code", "name"}) add(key);
  if (options.by_fund) add("fund");
  for (const std::string& dimension : options.by_dimensions) add(dimension);
  for (const char* const key : {"currency", "debit", "credit", "balance", "functional_currency",
                                "functional_debit", "functional_credit", "functional_balance"}) {
    add(key);
  }
  TableWriter table(call.console().out, call.NewTableStyle(), std::move(columns));
  for (const Row row : rows) {
    std::vector<Cell> cells = {row->account(), chart.CodeOf(row->account()),
                               chart.NameOf(row->account(), call.output().language)};
    if (options.by_fund) cells.emplace_back(row->fund());
    for (const std::string& dimension : options.by_dimensions) {
      cells.emplace_back(DimensionOf(row, dimension));
    }
    for (const std::string& value :
         {row->currency(), row->debit(), row->credit(), row->balance(), row->functional_currency(),
          row->functional_debit(), row->functional_credit(), row->functional_balance()}) {
      cells.emplace_back(value);
    }
    table.Add(std::move(cells));
  }
  table.Finish();
}

}  // namespace

absl::Status WriteBalances(Invocation& call, const Chart& chart, const BalanceRows& rows,
                           const BalanceTableOptions& options) {
  std::vector<Row> sorted = InTreeOrder(chart, rows);
  if (call.csv()) {
    WriteCsv(call, chart, options, sorted);
    return absl::OkStatus();
  }
  return BalanceTable(call, chart, options, std::move(sorted)).Write();
}

absl::StatusOr<bool> DebitsEqualCredits(const BalanceRows& rows) {
  std::map<std::string, DebitCreditTotal> totals;
  for (const v1::AccountBalance& row : rows) {
    LUMBUNG_RETURN_IF_ERROR(totals[row.functional_currency()].Add(row.functional_balance()));
  }
  return std::all_of(totals.begin(), totals.end(),
                     [](const auto& total) { return total.second.Balances(); });
}

}  // namespace lumbung::cli
