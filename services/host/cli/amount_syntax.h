// Amounts and postings as they are typed on a command line.
//
//   AMOUNT     1.250.000,50 | 1,250,000.50 | 1250000.50   in the reader's locale, never guessed
//   MONEY      AMOUNT | AMOUNT CURRENCY | CURRENCY AMOUNT | Rp AMOUNT
//   POSTING    ACCOUNT=MONEY[;fund=FUND][;memo=TEXT][;value=MONEY][;DIMENSION=VALUE]...
//
// `value` is the amount in the functional currency when the posting is in another one.
#ifndef LUMBUNG_SERVICES_HOST_CLI_AMOUNT_SYNTAX_H_
#define LUMBUNG_SERVICES_HOST_CLI_AMOUNT_SYNTAX_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"
#include "ledger/core/user_number.h"
#include "lumbung/ledger/v1/resources.pb.h"

namespace lumbung::cli {

namespace v1 = ::lumbung::ledger::v1;

// A bare number in the reader's locale. INVALID_AMOUNT, as a usage error of `flag`.
absl::StatusOr<Decimal> ParseAmount(absl::string_view flag, absl::string_view text,
                                    NumberLocale locale);

// An amount with its currency, which stays empty when none is written. Same error.
absl::StatusOr<v1::Money> ParseMoney(absl::string_view flag, absl::string_view text,
                                     NumberLocale locale);

enum class Side { kDebit, kCredit };

// What postings get that do not say otherwise.
struct PostingDefaults {
  NumberLocale locale = NumberLocale::kPlain;
  std::string fund;
  std::map<std::string, std::string> dimensions;
};

// A posting of --debit or --credit. Amounts are positive: the flag says the side. Account
// and currencies are as typed. INVALID_AMOUNT, USAGE.
absl::StatusOr<v1::Posting> ParsePosting(Side side, absl::string_view text,
                                         const PostingDefaults& defaults);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_AMOUNT_SYNTAX_H_
