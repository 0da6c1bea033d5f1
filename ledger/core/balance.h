// Balances as rows: what the database sums, and what a trial balance is made of.
#ifndef LUMBUNG_LEDGER_CORE_BALANCE_H_
#define LUMBUNG_LEDGER_CORE_BALANCE_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/core/decimal.h"
#include "ledger/core/entry.h"
#include "ledger/core/ids.h"

namespace lumbung {

// Turnover of an account, debit and credit apart, in one currency and at one functional currency.
struct BalanceRow {
  AccountId account{};
  // Where the row is not told apart by fund or dimensions, the fund is 0 and there are no members.
  DimensionSet dimensions;
  CurrencyId currency{};
  CurrencyId functional_currency{};
  Decimal debit;
  Decimal credit;
  Decimal functional_debit;
  Decimal functional_credit;

  // Debit minus credit. OVERFLOW.
  absl::StatusOr<Decimal> Balance() const { return Subtract(debit, credit); }
  absl::StatusOr<Decimal> FunctionalBalance() const {
    return Subtract(functional_debit, functional_credit);
  }
  // No turnover at all.
  bool IsZero() const {
    return debit.IsZero() && credit.IsZero() && functional_debit.IsZero() &&
           functional_credit.IsZero();
  }
};

// Adds the turnover of `row` to `total`. OVERFLOW.
absl::Status AddTurnover(const BalanceRow& row, BalanceRow* total);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_BALANCE_H_
