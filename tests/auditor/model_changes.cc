// How the model takes periods, the year-end close, assertions, rates, and what is closed.
#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tests/auditor/model.h"
#include "tests/auditor/posting_rules.h"

namespace lumbung::auditor {
namespace {

// "2026-03" of `books/main/periods/2026-03`; empty when it is no month.
std::string MonthOfName(const Book& book, const std::string& period_name) {
  absl::string_view month = period_name;
  if (!absl::ConsumePrefix(&month, book.name + "/periods/")) return "";
  return IsDate(absl::StrCat(month, "-01")) ? std::string(month) : "";
}

// The id at the end of a resource name.
std::string LastIdOf(const std::string& name) {
  return name.substr(name.rfind('/') + 1);
}

bool IsIncomeOrExpense(const Book& book, const std::string& account) {
  const v1::AccountType type = book.accounts.at(account).type;
  return type == v1::ACCOUNT_TYPE_INCOME || type == v1::ACCOUNT_TYPE_EXPENSE;
}

// The closing entry of the year that has not been reversed.
const Entry* ClosingInForce(const Book& book, int fiscal_year) {
  const auto found =
      std::find_if(book.entries.rbegin(), book.entries.rend(), [&](const Entry& entry) {
        return entry.shown.kind() == v1::ENTRY_KIND_CLOSING &&
               FiscalYearOf(entry.shown.effective_date(), book.fiscal_year_start_month) ==
                   fiscal_year &&
               entry.shown.reversed_by().empty();
      });
  return found == book.entries.rend() ? nullptr : &*found;
}

// Income and expenses of the year as if `closing` had not been.
Rows IncomeAndExpenses(const Book& book, int fiscal_year, const Entry* closing) {
  return book.Sum([&](const v1::JournalEntry& entry, const Line& line) -> std::optional<RowKey> {
    const bool in_year =
        FiscalYearOf(entry.effective_date(), book.fiscal_year_start_month) == fiscal_year;
    const bool left_out = closing != nullptr && entry.sequence() == closing->shown.sequence();
    if (!in_year || left_out || !IsIncomeOrExpense(book, line.account)) return std::nullopt;
    return RowKey{line.account, line.fund, line.dimensions, line.currency,
                  line.functional_currency};
  });
}

// The dimensions that the account does not forbid.
Dimensions AllowedBy(const Account& account, Dimensions dimensions) {
  for (const auto& [dimension, requirement] : account.rules) {
    if (requirement == v1::DIMENSION_REQUIREMENT_FORBIDDEN) dimensions.erase(dimension);
  }
  return dimensions;
}

// Turns every row to nil, and puts the difference to net assets in the same fund.
std::vector<Line> ClosingLines(const Book& book, const Rows& rows,
                               const v1::CloseFiscalYearRequest& request) {
  std::vector<Line> lines;
  std::map<RowKey, ExactInteger> surpluses;
  for (const auto& [key, turnover] : rows) {
    Line line{key.account,
              key.fund,
              key.dimensions,
              key.currency,
              key.functional_currency,
              turnover.credit - turnover.debit,
              turnover.functional_credit - turnover.functional_debit,
              ""};
    if (line.amount == 0 && line.functional_amount == 0) continue;
    const bool restricted = book.funds.at(key.fund).restriction != v1::FUND_RESTRICTION_WITHOUT;
    const std::string target =
        restricted ? request.restricted_account() : request.unrestricted_account();
    surpluses[{target, key.fund, AllowedBy(book.accounts.at(target), key.dimensions),
               key.functional_currency, key.functional_currency}] -= line.functional_amount;
    lines.push_back(std::move(line));
  }
  for (const auto& [key, surplus] : surpluses) {
    lines.push_back({key.account, key.fund, key.dimensions, key.currency, key.functional_currency,
                     surplus, surplus, ""});
  }
  return lines;
}

// Why an entry with these lines is not posted on the day.
std::string FaultOf(const Book& book, const std::vector<Line>& lines, const std::string& day,
                    bool adjuster) {
  for (const Line& line : lines) {
    if (book.accounts.at(line.account).closed) return "ACCOUNT_CLOSED";
    if (book.funds.at(line.fund).closed) return "FUND_CLOSED";
  }
  const v1::PeriodState state = book.StateOf(MonthOf(day));
  if (state == v1::PERIOD_STATE_HARD_CLOSED) return "PERIOD_HARD_CLOSED";
  return state == v1::PERIOD_STATE_SOFT_CLOSED && !adjuster ? "PERIOD_SOFT_CLOSED" : "";
}

Entry ClosingEntryOn(const std::string& day) {
  Entry entry;
  entry.shown.set_effective_date(day);
  entry.shown.set_kind(v1::ENTRY_KIND_CLOSING);
  entry.shown.set_series("JT");
  entry.shown.set_source("year-end close");
  entry.request_id = kNoClientsRequestId;
  return entry;
}

Entry ReversalOn(const std::string& day, const Entry& closing) {
  Entry entry;
  entry.shown.set_effective_date(day);
  entry.shown.set_kind(v1::ENTRY_KIND_REVERSAL);
  entry.shown.set_series("JB");
  entry.shown.set_description(
      absl::StrCat("Pembalikan (reversal of) ", closing.shown.description()));
  entry.shown.set_source(closing.shown.source());
  entry.shown.set_reverses(closing.shown.name());
  entry.request_id = kNoClientsRequestId;
  entry.lines = closing.lines;
  for (Line& line : entry.lines) {
    line.amount = -line.amount;
    line.functional_amount = -line.functional_amount;
  }
  return entry;
}

}  // namespace

Answer<v1::Period> Model::SetState(const std::string& month, v1::PeriodState state) {
  if (book_.StateOf(month) == v1::PERIOD_STATE_HARD_CLOSED) return {"PERIOD_HARD_CLOSED", {}};
  if (book_.StateOf(month) != state) {
    book_.periods[month] = Period{state, state == v1::PERIOD_STATE_SOFT_CLOSED, {}};
  }
  return {"", book_.ShowPeriod(month)};
}

Answer<v1::Period> Model::HardClose(const std::string& month) {
  if (book_.StateOf(month) == v1::PERIOD_STATE_HARD_CLOSED) return {"", book_.ShowPeriod(month)};
  for (const Entry& entry : book_.entries) {
    const std::string its_month = MonthOf(entry.shown.effective_date());
    if (its_month < month && its_month > book_.hard_closed_through) {
      return {"EARLIER_PERIOD_OPEN", {}};
    }
  }
  book_.periods[month] = Period{v1::PERIOD_STATE_HARD_CLOSED, true, {}};
  book_.hard_closed_through = month;
  return {"", book_.ShowPeriod(month)};
}

Answer<v1::Period> Model::Expect(const v1::ClosePeriodRequest& request, bool /*adjuster*/) {
  const std::string month = MonthOfName(book_, request.name());
  if (month.empty()) return {"INVALID_PERIOD", {}};
  return Once<v1::Period>(request, [&] {
    return request.hard() ? HardClose(month) : SetState(month, v1::PERIOD_STATE_SOFT_CLOSED);
  });
}

Answer<v1::Period> Model::Expect(const v1::ReopenPeriodRequest& request, bool /*adjuster*/) {
  const std::string month = MonthOfName(book_, request.name());
  if (month.empty()) return {"INVALID_PERIOD", {}};
  return Once<v1::Period>(request, [&] { return SetState(month, v1::PERIOD_STATE_OPEN); });
}

Answer<v1::CloseFiscalYearResponse> Model::CloseYear(const v1::CloseFiscalYearRequest& request,
                                                     bool adjuster) {
  Answer<v1::CloseFiscalYearResponse> answer;
  const Entry* in_force = ClosingInForce(book_, request.fiscal_year());
  const std::string day = LastDayOfFiscalYear(request.fiscal_year(), book_.fiscal_year_start_month);
  const std::vector<Line> wanted =
      ClosingLines(book_, IncomeAndExpenses(book_, request.fiscal_year(), in_force), request);
  const bool is_nil =
      ClosingLines(book_, IncomeAndExpenses(book_, request.fiscal_year(), nullptr), request)
          .empty();
  if (is_nil && wanted.empty() == (in_force == nullptr)) {
    if (in_force != nullptr) *answer.message.mutable_closing_entry() = in_force->shown;
    return answer;
  }
  std::string reason;
  if (in_force != nullptr) reason = FaultOf(book_, in_force->lines, day, adjuster);
  if (reason.empty() && !wanted.empty()) reason = FaultOf(book_, wanted, day, adjuster);
  if (!reason.empty()) return {reason, {}};

  int posted = 0;
  if (in_force != nullptr) {
    *answer.message.mutable_reversal() = book_.Append(ReversalOn(day, *in_force)).shown;
    ++posted;
  }
  if (!wanted.empty()) {
    Entry closing = ClosingEntryOn(day);
    closing.lines = wanted;
    *answer.message.mutable_closing_entry() = book_.Append(std::move(closing)).shown;
    ++posted;
  }
  answer.message.set_posted(true);
  if (AssertionsHold()) return answer;
  for (; posted > 0; --posted) book_.RemoveLast();
  return {"ASSERTION_FAILED", {}};
}

Answer<v1::CloseFiscalYearResponse> Model::Expect(const v1::CloseFiscalYearRequest& request,
                                                  bool adjuster) {
  if (request.fiscal_year() < 1900 || request.fiscal_year() > 9998) {
    return {"INVALID_FISCAL_YEAR", {}};
  }
  return Once<v1::CloseFiscalYearResponse>(request, [&] { return CloseYear(request, adjuster); });
}

Answer<v1::BalanceAssertion> Model::Expect(const v1::CreateBalanceAssertionRequest& request,
                                           bool /*adjuster*/) {
  v1::BalanceAssertion assertion = request.assertion();
  if (book_.FindAccount(assertion.account()) == nullptr) return {"UNKNOWN_ACCOUNT", {}};
  if (!IsDate(assertion.date())) return {"INVALID_DATE", {}};
  const auto amount = ReadAmount(assertion.expected().amount());
  if (!amount.has_value()) return {"INVALID_AMOUNT", {}};
  const auto currency = book_.currencies.find(assertion.expected().currency());
  if (currency == book_.currencies.end()) return {"UNKNOWN_CURRENCY", {}};
  const auto units = UnitsAt(*amount, currency->second.scale);
  if (!units.has_value()) return {"SCALE_EXCEEDED", {}};
  if (!assertion.fund().empty() && book_.funds.count(assertion.fund()) == 0) {
    return {"UNKNOWN_FUND", {}};
  }
  assertion.mutable_expected()->set_amount(AmountText(*units, currency->second.scale));
  return Once<v1::BalanceAssertion>(request, [&]() -> Answer<v1::BalanceAssertion> {
    if (book_.BalanceOf(assertion) != *units) return {"ASSERTION_FAILED", {}};
    book_.assertions.push_back(assertion);
    return {"", assertion};
  });
}

Answer<v1::ExchangeRate> Model::Expect(const v1::CreateExchangeRateRequest& request,
                                       bool /*adjuster*/) {
  const v1::ExchangeRate& rate = request.rate();
  if (!IsDate(rate.date())) return {"INVALID_DATE", {}};
  const auto value = ReadAmount(rate.rate());
  if (!value.has_value() || value->units <= 0) return {"INVALID_RATE", {}};
  for (const std::string& code : {rate.base(), rate.quote()}) {
    if (book_.currencies.count(code) == 0) return {"UNKNOWN_CURRENCY", {}};
  }
  return Once<v1::ExchangeRate>(request, [&]() -> Answer<v1::ExchangeRate> {
    book_.rates.push_back({rate.base(), rate.date(), value->value()});
    return {"", rate};
  });
}

Answer<v1::Account> Model::Expect(const v1::UpdateAccountRequest& request, bool /*adjuster*/) {
  const std::string id = LastIdOf(request.account().name());
  if (book_.FindAccount(id) == nullptr) return {"NOT_FOUND", {}};
  return Once<v1::Account>(request, [&] {
    book_.accounts[id].closed = request.account().closed();
    Answer<v1::Account> answer;
    answer.message.set_account_id(id);
    answer.message.set_closed(request.account().closed());
    return answer;
  });
}

Answer<v1::Fund> Model::Expect(const v1::UpdateFundRequest& request, bool /*adjuster*/) {
  const std::string id = LastIdOf(request.fund().name());
  if (book_.funds.count(id) == 0) return {"NOT_FOUND", {}};
  return Once<v1::Fund>(request, [&]() -> Answer<v1::Fund> {
    if (id == book_.default_fund && request.fund().closed()) return {"DEFAULT_FUND_NEEDED", {}};
    book_.funds[id].closed = request.fund().closed();
    Answer<v1::Fund> answer;
    answer.message.set_fund_id(id);
    answer.message.set_closed(request.fund().closed());
    return answer;
  });
}

void Model::Witness(const v1::Period& shown) {
  const auto period = book_.periods.find(MonthOfName(book_, shown.name()));
  if (period == book_.periods.end() || !period->second.was_closed) return;
  if (period->second.shown.has_close_time()) return;
  *period->second.shown.mutable_close_time() = shown.close_time();
  period->second.shown.set_trial_balance_hash(shown.trial_balance_hash());
}

void Model::Witness(const v1::CloseFiscalYearResponse& response) {
  for (const v1::JournalEntry* shown : {&response.reversal(), &response.closing_entry()}) {
    if (book_.FindEntry(shown->name()) == nullptr) continue;
    Entry& ours = book_.entries[static_cast<std::size_t>(shown->sequence()) - 1];
    if (ours.shown.has_record_time()) continue;
    ours.shown = *shown;
    ours.lines = LinesOf(book_, *shown);
  }
}

void Model::Witness(const v1::BalanceAssertion& shown) {
  if (!book_.assertions.empty() && book_.assertions.back().name().empty()) {
    book_.assertions.back() = shown;
  }
}

}  // namespace lumbung::auditor
