// Signed amounts of the API as the two columns of a book: debit and credit.
#ifndef LUMBUNG_SERVICES_HOST_CLI_DEBIT_CREDIT_H_
#define LUMBUNG_SERVICES_HOST_CLI_DEBIT_CREDIT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"

namespace lumbung::cli {

// One of the two is empty; zero stands on the debit side.
struct DebitCredit {
  std::string debit;
  std::string credit;
};

// Splits a decimal of the wire by its sign. An empty text has neither side.
DebitCredit SplitBySign(absl::string_view amount);

// Sums of the two columns. Fails with OVERFLOW, or INVALID_AMOUNT for a text that is no decimal.
class DebitCreditTotal {
 public:
  // Adds a signed amount to its side. An empty text adds nothing.
  absl::Status Add(absl::string_view amount);
  // Adds turnover to both sides.
  absl::Status AddTurnover(absl::string_view debit, absl::string_view credit);

  const Decimal& debit() const { return debit_; }
  const Decimal& credit() const { return credit_; }
  bool Balances() const { return debit_ == credit_; }

 private:
  Decimal debit_;
  Decimal credit_;
};

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_DEBIT_CREDIT_H_
