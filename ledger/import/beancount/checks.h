// What beancount checks about a journal besides its arithmetic: accounts are used while they are
// open and for the currencies they allow, and nothing is declared twice. Directives must come in
// the journal's order. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_CHECKS_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_CHECKS_H_

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "ledger/core/decimal.h"
#include "ledger/import/beancount/directive.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import::beancount {

class Checks {
 public:
  // ACCOUNT_OPENED_TWICE.
  absl::Status OnOpen(const Open& open, Day date, const Place& place);
  // ACCOUNT_NOT_OPEN, ACCOUNT_CLOSED, INVALID_DATE when it closes on the day it opens or before.
  absl::Status OnClose(const Close& close, Day date, const Place& place);
  // COMMODITY_DECLARED_TWICE.
  absl::Status OnCommodity(const Commodity& commodity, const Place& place);
  // Two directives of one day may not expect different amounts: CONTRADICTORY_BALANCE. Else as
  // OnReference() and OnAmount().
  absl::Status OnBalance(const Balance& balance, Day date, const Place& place);
  // A directive that names an account. ACCOUNT_NOT_OPEN; ACCOUNT_CLOSED unless it may come late.
  absl::Status OnReference(const std::string& account, const Place& place,
                           bool may_be_closed) const;
  // CURRENCY_NOT_ALLOWED. The account is open.
  absl::Status OnAmount(const std::string& account, const std::string& currency,
                        const Place& place) const;

 private:
  struct Account {
    Day opened_on;
    std::vector<std::string> currencies;  // Empty: all.
    bool closed = false;
  };

  absl::flat_hash_map<std::string, Account> accounts_;
  absl::flat_hash_set<std::string> commodities_;
  // The balance directives of one day, by account and currency.
  std::map<std::pair<std::string, std::string>, Decimal> balances_;
  Day balances_day_ = 0;
};

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_CHECKS_H_
