#include "ledger/import/beancount/checks.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"
#include "ledger/import/line_reader.h"

namespace lumbung::import::beancount {

absl::Status Checks::OnOpen(const Open& open, Day date, const Place& place) {
  const bool created =
      accounts_.try_emplace(open.account, Account{date, open.currencies, false}).second;
  if (created) return absl::OkStatus();
  return RefusalAt(place, "ACCOUNT_OPENED_TWICE",
                   absl::StrCat("the account ", open.account, " is opened a second time"));
}

absl::Status Checks::OnClose(const Close& close, Day date, const Place& place) {
  LUMBUNG_RETURN_IF_ERROR(OnReference(close.account, place, false));
  Account& account = accounts_.find(close.account)->second;
  if (date <= account.opened_on) {
    return RefusalAt(place, "INVALID_DATE",
                     absl::StrCat("the account ", close.account,
                                  " is closed on the day it is opened, expected a later one"));
  }
  account.closed = true;
  return absl::OkStatus();
}

absl::Status Checks::OnCommodity(const Commodity& commodity, const Place& place) {
  if (commodities_.insert(commodity.currency).second) return absl::OkStatus();
  return RefusalAt(
      place, "COMMODITY_DECLARED_TWICE",
      absl::StrCat("the commodity ", commodity.currency, " is declared a second time"));
}

absl::Status Checks::OnBalance(const Balance& balance, Day date, const Place& place) {
  LUMBUNG_RETURN_IF_ERROR(OnReference(balance.account, place, true));
  LUMBUNG_RETURN_IF_ERROR(OnAmount(balance.account, balance.currency, place));
  if (balances_day_ != date) balances_.clear();
  balances_day_ = date;
  const auto [it, created] =
      balances_.try_emplace({balance.account, balance.currency}, balance.number);
  if (created || it->second == balance.number) return absl::OkStatus();
  return RefusalAt(
      place, "CONTRADICTORY_BALANCE",
      absl::StrCat(balance.account, " is to be ", balance.number.ToString(), " ", balance.currency,
                   " and, on the same day, ", it->second.ToString(), " ", balance.currency));
}

absl::Status Checks::OnReference(const std::string& account, const Place& place,
                                 bool may_be_closed) const {
  const auto it = accounts_.find(account);
  if (it == accounts_.end()) {
    return RefusalAt(
        place, "ACCOUNT_NOT_OPEN",
        absl::StrCat("the account ", account,
                     " is not open; expected an open directive on or before this date"));
  }
  if (!it->second.closed || may_be_closed) return absl::OkStatus();
  return RefusalAt(place, "ACCOUNT_CLOSED", absl::StrCat("the account ", account, " is closed"));
}

absl::Status Checks::OnAmount(const std::string& account, const std::string& currency,
                              const Place& place) const {
  const std::vector<std::string>& allowed = accounts_.find(account)->second.currencies;
  if (allowed.empty() || std::find(allowed.begin(), allowed.end(), currency) != allowed.end()) {
    return absl::OkStatus();
  }
  return RefusalAt(place, "CURRENCY_NOT_ALLOWED",
                   absl::StrCat("found ", currency, " in ", account, ", which is opened for ",
                                absl::StrJoin(allowed, ", "), " only"));
}

}  // namespace lumbung::import::beancount
