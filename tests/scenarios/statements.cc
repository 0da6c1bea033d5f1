// Statements about the book: what it must hold, completely and nothing besides.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ledger/core/decimal.h"
#include "tests/scenarios/commands.h"

namespace lumbung::scenarios {
namespace {

constexpr char kCurrency[] = "IDR";

using Lines = std::set<std::string>;

absl::StatusOr<Numbers> Compare(const Lines& told, const Lines& found) {
  if (told == found) return Numbers{};
  return absl::UnknownError(absl::StrCat("the scenario tells\n  ", absl::StrJoin(told, "\n  "),
                                         "\nand the book has\n  ", absl::StrJoin(found, "\n  ")));
}

// One balance as a line: account, fund, balance, and its value where that is another amount.
absl::StatusOr<std::string> BalanceLine(absl::string_view account, absl::string_view fund,
                                        const Decimal& balance, absl::string_view currency,
                                        const Decimal& value, absl::string_view value_currency) {
  std::string line =
      absl::StrCat(account, " ", fund, " ", balance.Trimmed().ToString(), " ", currency);
  if (currency != value_currency) {
    absl::StrAppend(&line, " = ", value.Trimmed().ToString(), " ", value_currency);
  }
  return line;
}

absl::StatusOr<std::string> ToldLine(const Row& row) {
  if (row.Has("debit") == row.Has("credit")) {
    return Unclear(row, "account", "a balance that is either a debit or a credit");
  }
  const bool is_debit = row.Has("debit");
  const auto with_sign = [is_debit](const Decimal& amount) {
    return is_debit ? amount : amount.Negated();
  };
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount,
                           Decimal::Parse(row[is_debit ? "debit" : "credit"]));
  const std::string currency = row.Has("currency") ? row["currency"] : kCurrency;
  std::pair<std::string, std::string> value = absl::StrSplit(row["value"], absl::MaxSplits(' ', 1));
  if (value.second.empty()) value.second = kCurrency;
  Decimal valued = amount;
  if (row.Has("value")) {
    LUMBUNG_ASSIGN_OR_RETURN(valued, Decimal::Parse(value.first));
  } else if (currency != kCurrency) {
    return Unclear(row, "value", "what a balance in another currency is worth");
  }
  return BalanceLine(row["account"], row["fund"], with_sign(amount), currency, with_sign(valued),
                     value.second);
}

// By fund where the table names funds.
absl::StatusOr<Numbers> TrialBalance(Session& session, const Step& step) {
  v1::ListBalancesRequest request;
  request.set_parent(session.BookOf(step.words));
  request.set_as_of(step.words["date"]);
  Lines told;
  for (const Row& row : step.table) {
    LUMBUNG_ASSIGN_OR_RETURN(std::string line, ToldLine(row));
    if (!told.insert(line).second) return Unclear(row, "account", "each balance once");
    if (row.Has("fund")) request.set_group_by_fund(true);
  }
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListBalancesResponse response,
                           session.Ask(&Ledger::ListBalances, step.words, request));
  Lines found;
  for (const v1::AccountBalance& row : response.balances()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal balance, Decimal::Parse(row.balance()));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal value, Decimal::Parse(row.functional_balance()));
    if (balance.IsZero() && value.IsZero()) continue;
    LUMBUNG_ASSIGN_OR_RETURN(std::string line,
                             BalanceLine(row.account(), row.fund(), balance, row.currency(), value,
                                         row.functional_currency()));
    found.insert(std::move(line));
  }
  return Compare(told, found);
}

absl::string_view StateName(v1::PeriodState state) {
  switch (state) {
    case v1::PERIOD_STATE_OPEN:
      return "open";
    case v1::PERIOD_STATE_SOFT_CLOSED:
      return "soft-closed";
    case v1::PERIOD_STATE_HARD_CLOSED:
      return "hard-closed";
    default:
      return "unknown";
  }
}

absl::StatusOr<Numbers> Months(Session& session, const Step& step) {
  v1::ListPeriodsRequest request;
  request.set_parent(session.BookOf(step.words));
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListPeriodsResponse response,
                           session.Ask(&Ledger::ListPeriods, step.words, request));
  Lines told;
  for (const Row& row : step.table) told.insert(absl::StrCat(row["month"], " ", row["state"]));
  Lines found;
  for (const v1::Period& period : response.periods()) {
    found.insert(absl::StrCat(period.start_date().substr(0, 7), " ", StateName(period.state())));
  }
  return Compare(told, found);
}

constexpr Command kStatements[] = {{"trial balance", TrialBalance}, {"months", Months}};

}  // namespace

absl::Span<const Command> Statements() {
  return kStatements;
}

}  // namespace lumbung::scenarios
