// Questions about balances, periods and assertions.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "tests/auditor/filters.h"
#include "tests/auditor/reads.h"

namespace lumbung::auditor {
namespace {

bool WasKnownAt(const v1::JournalEntry& entry, const google::protobuf::Timestamp& moment) {
  const auto& recorded = entry.record_time();
  return std::make_pair(recorded.seconds(), recorded.nanos()) <=
         std::make_pair(moment.seconds(), moment.nanos());
}

// Where nothing moved there is no row.
void DropUnmoved(Rows* rows) {
  for (auto row = rows->begin(); row != rows->end();) {
    row = row->second.IsZero() ? rows->erase(row) : std::next(row);
  }
}

void AddZeroRow(const Book& book, const std::string& account, Rows* rows) {
  const bool present = std::any_of(rows->begin(), rows->end(),
                                   [&](const auto& row) { return row.first.account == account; });
  if (present) return;
  (*rows)[{account, "", {}, book.functional_currency, book.functional_currency}];
}

// Whether the entry is a year-end closing entry or takes one back.
bool BelongsToClosing(const Book& book, const v1::JournalEntry& entry) {
  const Entry* original = book.FindEntry(entry.reverses());
  return entry.kind() == v1::ENTRY_KIND_CLOSING ||
         (original != nullptr && original->shown.kind() == v1::ENTRY_KIND_CLOSING);
}

Rows TrialBalanceRows(const Book& book, const v1::ListBalancesRequest& request) {
  const std::set<std::string> accounts =
      request.account().empty() ? std::set<std::string>() : book.Subtree(request.account());
  const auto shown_at = [&](const std::string& account) {
    return request.depth() > 0 ? book.AncestorAt(account, request.depth()) : account;
  };
  Rows rows =
      book.Sum([&](const v1::JournalEntry& entry, const Line& line) -> std::optional<RowKey> {
        const bool counts =
            IsWithin(entry.effective_date(), request.from_date(), request.as_of()) &&
            (!request.has_known_at() || WasKnownAt(entry, request.known_at())) &&
            (request.account().empty() || accounts.count(line.account) > 0) &&
            (!request.exclude_closing() || !BelongsToClosing(book, entry)) &&
            HasDimensions(line, request);
        if (!counts) return std::nullopt;
        RowKey key{shown_at(line.account), "", {}, line.currency, line.functional_currency};
        if (request.group_by_fund()) key.fund = line.fund;
        for (const std::string& dimension : request.group_by_dimensions()) {
          const auto found = line.dimensions.find(dimension);
          if (found != line.dimensions.end()) key.dimensions.insert(*found);
        }
        return key;
      });
  DropUnmoved(&rows);
  if (request.include_zero()) {
    for (const auto& [id, account] : book.accounts) {
      const bool wanted = request.account().empty() || accounts.count(id) > 0;
      if (wanted && account.postable) AddZeroRow(book, shown_at(id), &rows);
    }
  }
  return rows;
}

std::string FaultOf(const Book& book, const v1::ListBalancesRequest& request) {
  const auto& dimensions = request.group_by_dimensions();
  const bool known = std::all_of(dimensions.begin(), dimensions.end(),
                                 [&](const auto& id) { return book.dimensions.count(id) > 0; });
  return FirstOf({FaultOfDimensions(book, request),
                  FaultOfDates(request.from_date(), request.as_of()),
                  request.depth() < 0 ? "INVALID_FILTER" : "", known ? "" : "UNKNOWN_DIMENSION",
                  FaultOfAccount(book, request.account())});
}

std::string FaultOf(const Book& book, const v1::GetBalanceRequest& request) {
  return FirstOf({FaultOfAccount(book, request.account()), FaultOfDimensions(book, request),
                  FaultOfDates("", request.as_of())});
}

}  // namespace

Answer<v1::GetBalanceResponse> Read(const Book& book, const v1::GetBalanceRequest& request) {
  Answer<v1::GetBalanceResponse> answer;
  answer.reason = FaultOf(book, request);
  if (answer.refused()) return answer;
  std::set<std::string> accounts = {request.account()};
  if (request.include_descendants()) accounts = book.Subtree(request.account());
  Rows rows = book.Sum([&](const v1::JournalEntry& entry, const Line& line) {
    std::optional<RowKey> key;
    if (IsWithin(entry.effective_date(), "", request.as_of()) &&
        (!request.has_known_at() || WasKnownAt(entry, request.known_at())) &&
        accounts.count(line.account) > 0 && HasDimensions(line, request)) {
      key = RowKey{request.account(), "", {}, line.currency, line.functional_currency};
    }
    return key;
  });
  DropUnmoved(&rows);
  AddZeroRow(book, request.account(), &rows);
  for (const auto& [key, turnover] : rows) {
    *answer.message.add_balances() = book.ShowRow(key, turnover);
  }
  return answer;
}

Answer<v1::ListBalancesResponse> Read(const Book& book, const v1::ListBalancesRequest& request) {
  Answer<v1::ListBalancesResponse> answer;
  answer.reason = FaultOf(book, request);
  if (answer.refused()) return answer;
  std::map<RowKey, Turnover> totals;
  for (const auto& [key, turnover] : TrialBalanceRows(book, request)) {
    if (request.include_zero() || !turnover.IsZero()) {
      *answer.message.add_balances() = book.ShowRow(key, turnover);
    }
    Turnover& total = totals[{"", "", {}, "", key.functional_currency}];
    total.functional_debit += turnover.functional_debit;
    total.functional_credit += turnover.functional_credit;
  }
  for (const auto& [key, total] : totals) {
    *answer.message.add_totals() = book.ShowRow(key, total);
  }
  answer.message.set_last_sequence(
      std::count_if(book.entries.begin(), book.entries.end(), [&](const Entry& entry) {
        return !request.has_known_at() || WasKnownAt(entry.shown, request.known_at());
      }));
  return answer;
}

Answer<v1::ListPeriodsResponse> Read(const Book& book, const v1::ListPeriodsRequest& request) {
  std::set<std::string> months;
  for (const Entry& entry : book.entries) months.insert(MonthOf(entry.shown.effective_date()));
  for (const auto& [month, period] : book.periods) {
    if (period.was_closed) months.insert(month);
  }
  Answer<v1::ListPeriodsResponse> answer;
  for (const std::string& month : months) {
    if (request.year() != 0 && std::stoi(month) != request.year()) continue;
    *answer.message.add_periods() = book.ShowPeriod(month);
  }
  return answer;
}

Answer<v1::ListBalanceAssertionsResponse> Read(const Book& book,
                                               const v1::ListBalanceAssertionsRequest& request) {
  Answer<v1::ListBalanceAssertionsResponse> answer;
  for (const v1::BalanceAssertion& assertion : book.assertions) {
    if (!request.account().empty() && assertion.account() != request.account()) continue;
    *answer.message.add_assertions() = assertion;
  }
  return answer;
}

}  // namespace lumbung::auditor
