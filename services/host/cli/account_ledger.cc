#include "services/host/cli/account_ledger.h"

#include <map>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/host/cli/debit_credit.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

using Line = v1::QueryPostingsResponse::Line;

// A ledger may be long; the server decides how fast it comes.
constexpr absl::Duration kStreamTimeout = absl::Hours(1);

class LedgerTable {
 public:
  LedgerTable(Invocation& call, const Chart& chart, LedgerShape shape)
      : call_(call),
        chart_(chart),
        shape_(std::move(shape)),
        table_(call.console().out, call.NewTableStyle(), Columns()) {}

  absl::Status Add(const v1::QueryPostingsResponse& response) {
    for (const v1::AccountBalance& opening : response.opening()) AddOpening(opening);
    for (const Line& line : response.lines()) LUMBUNG_RETURN_IF_ERROR(AddLine(line));
    return absl::OkStatus();
  }
  void Finish();

 private:
  // Where a currency of the account stands.
  struct Standing {
    DebitCreditTotal turnover;
    std::string balance = "0";
    std::string functional_balance;
  };

  std::vector<Column> Columns() const;
  void AddOpening(const v1::AccountBalance& opening);
  absl::Status AddLine(const Line& line);
  std::vector<Cell> BalanceRow(Label title, const std::string& currency, const Standing& standing,
                               bool with_turnover) const;
  std::string OtherAccounts(const Line& line) const;

  Invocation& call_;
  const Chart& chart_;
  LedgerShape shape_;
  TableWriter table_;
  std::map<std::string, Standing> standings_;
};

std::vector<Column> LedgerTable::Columns() const {
  std::vector<Column> columns = {call_.NewColumn("", Label::kDate),
                                 call_.NewColumn("", Label::kNumber),
                                 call_.NewColumn("", Label::kDescription, ColumnKind::kFlexible)};
  if (shape_.with_account) columns.push_back(call_.NewColumn("", Label::kAccount));
  columns.push_back(call_.NewColumn("", Label::kOtherAccounts, ColumnKind::kFlexible));
  columns.push_back(call_.NewColumn("", Label::kDebit, ColumnKind::kAmount));
  columns.push_back(call_.NewColumn("", Label::kCredit, ColumnKind::kAmount));
  columns.push_back(call_.NewColumn("", Label::kBalance, ColumnKind::kAmount));
  if (shape_.with_currency) columns.push_back(call_.NewColumn("", Label::kCurrency));
  if (!shape_.functional_currency.empty()) {
    columns.push_back({"",
                       absl::StrCat(call_.Text(Label::kBalance), " ", shape_.functional_currency),
                       ColumnKind::kAmount});
  }
  return columns;
}

std::vector<Cell> LedgerTable::BalanceRow(Label title, const std::string& currency,
                                          const Standing& standing, bool with_turnover) const {
  std::vector<Cell> cells = {"", "", call_.Text(title)};
  if (shape_.with_account) cells.emplace_back("");
  cells.emplace_back("");
  cells.emplace_back(with_turnover ? standing.turnover.debit().ToString() : "");
  cells.emplace_back(with_turnover ? standing.turnover.credit().ToString() : "");
  cells.emplace_back(standing.balance);
  if (shape_.with_currency) cells.emplace_back(currency);
  if (!shape_.functional_currency.empty()) cells.emplace_back(standing.functional_balance);
  return cells;
}

void LedgerTable::AddOpening(const v1::AccountBalance& opening) {
  Standing& standing = standings_[opening.currency()];
  standing.balance = opening.balance();
  standing.functional_balance = opening.functional_balance();
  table_.Add(BalanceRow(Label::kOpeningBalance, opening.currency(), standing, false),
             RowStyle::kNote);
}

std::string LedgerTable::OtherAccounts(const Line& line) const {
  std::string text;
  for (const std::string& account : line.other_accounts()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    line.other_accounts_size() == 1
                        ? chart_.CodeAndName(account, call_.output().language)
                        : chart_.CodeOf(account));
  }
  return text;
}

absl::Status LedgerTable::AddLine(const Line& line) {
  const v1::Posting& posting = line.posting();
  const DebitCredit sides = SplitBySign(posting.amount().amount());
  std::string description = line.description();
  if (!posting.memo().empty()) {
    absl::StrAppend(&description, description.empty() ? "" : " | ", posting.memo());
  }
  std::vector<Cell> cells = {line.effective_date(), line.number(), std::move(description)};
  if (shape_.with_account) cells.emplace_back(chart_.CodeOf(posting.account()));
  cells.emplace_back(OtherAccounts(line));
  cells.emplace_back(sides.debit);
  cells.emplace_back(sides.credit);
  cells.emplace_back(line.running_balance());
  if (shape_.with_currency) cells.emplace_back(posting.amount().currency());
  if (!shape_.functional_currency.empty()) cells.emplace_back(line.running_functional_balance());
  table_.Add(std::move(cells));

  Standing& standing = standings_[posting.amount().currency()];
  standing.balance = line.running_balance();
  standing.functional_balance = line.running_functional_balance();
  return standing.turnover.Add(posting.amount().amount());
}

void LedgerTable::Finish() {
  for (const auto& [currency, standing] : standings_) {
    table_.Add(BalanceRow(Label::kClosingBalance, currency, standing, true), RowStyle::kTotal);
  }
  table_.Finish();
}

}  // namespace

LedgerShape ShapeOf(const std::vector<v1::AccountBalance>& balances) {
  LedgerShape shape;
  absl::flat_hash_set<std::string> currencies;
  for (const v1::AccountBalance& balance : balances) {
    currencies.insert(balance.currency());
    if (balance.currency() != balance.functional_currency()) {
      shape.functional_currency = balance.functional_currency();
    }
  }
  shape.with_currency = currencies.size() > 1 || !shape.functional_currency.empty();
  return shape;
}

absl::Status StreamPostings(
    Invocation& call, const v1::QueryPostingsRequest& request,
    const std::function<absl::Status(const v1::QueryPostingsResponse&)>& visit) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto context, call.session().NewContext(kStreamTimeout));
  const auto reader = call.session().ledger().QueryPostings(context.get(), request);
  v1::QueryPostingsResponse response;
  absl::Status visited;
  while (visited.ok() && reader->Read(&response)) visited = visit(response);
  if (!visited.ok()) context->TryCancel();
  const grpc::Status status = reader->Finish();
  LUMBUNG_RETURN_IF_ERROR(visited);
  return call.session().Failed(status);
}

absl::Status WriteLedgerTable(Invocation& call, const Chart& chart,
                              const v1::QueryPostingsRequest& request, const LedgerShape& shape) {
  LedgerTable table(call, chart, shape);
  LUMBUNG_RETURN_IF_ERROR(StreamPostings(
      call, request, [&table](const auto& response) { return table.Add(response); }));
  table.Finish();
  return absl::OkStatus();
}

std::vector<Column> LedgerCsvColumns() {
  std::vector<Column> columns;
  for (const char* const key :
       {"account", "date", "number", "sequence", "description", "reference", "memo",
        "other_accounts", "amount", "currency", "running_balance", "functional_amount",
        "functional_currency", "running_functional_balance", "fund", "dimensions", "entry"}) {
    columns.push_back({key, ""});
  }
  return columns;
}

std::vector<Cell> LedgerCsvCells(const Line& line) {
  const v1::Posting& posting = line.posting();
  return {posting.account(),
          line.effective_date(),
          line.number(),
          absl::StrCat(line.sequence()),
          line.description(),
          line.reference(),
          posting.memo(),
          absl::StrJoin(line.other_accounts(), " "),
          posting.amount().amount(),
          posting.amount().currency(),
          line.running_balance(),
          posting.functional_amount().amount(),
          posting.functional_amount().currency(),
          line.running_functional_balance(),
          posting.fund(),
          ShowPairs(posting.dimensions()),
          line.entry()};
}

absl::Status WriteLedgerCsvRows(Invocation& call, const v1::QueryPostingsRequest& request,
                                TableWriter& table) {
  return StreamPostings(call, request, [&table](const v1::QueryPostingsResponse& response) {
    for (const Line& line : response.lines()) table.Add(LedgerCsvCells(line));
    return absl::OkStatus();
  });
}

absl::Status WriteLedgerJson(Invocation& call, const v1::QueryPostingsRequest& request) {
  std::ostream& out = call.console().out;
  bool first_message = true;
  absl::string_view separator = "\n";
  LUMBUNG_RETURN_IF_ERROR(
      StreamPostings(call, request, [&](const v1::QueryPostingsResponse& response) {
        if (first_message) {
          out << "{\"account\": " << JsonString(request.account()) << ", \"opening\": ["
              << absl::StrJoin(response.opening(), ", ",
                               [](std::string* text, const v1::AccountBalance& opening) {
                                 absl::StrAppend(text, ToJson(opening));
                               })
              << "], \"lines\": [";
          first_message = false;
        }
        for (const Line& line : response.lines()) {
          out << separator << ToJson(line);
          separator = ",\n";
        }
        return absl::OkStatus();
      }));
  if (first_message) {
    out << "{\"account\": " << JsonString(request.account()) << ", \"opening\": [], \"lines\": [";
  }
  out << "]}";
  return absl::OkStatus();
}

}  // namespace lumbung::cli
