// How names of a book are written in an hledger journal. What hledger could not read back becomes
// %XX (see percent_code.h); PercentDecode() gives the name again. Different names are never written
// alike. Pure.
#ifndef LUMBUNG_LEDGER_EXPORT_HLEDGER_NAMES_H_
#define LUMBUNG_LEDGER_EXPORT_HLEDGER_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace lumbung::ledger_export {

// An account id is an account name: "Assets:Petty cash" and "1.1.01.01" stay as they are.
std::string HledgerAccount(absl::string_view id);
// Between quotes unless it is all letters: USD, "BRK.B". Nothing for kNoCommodity.
std::string HledgerCommodity(absl::string_view code);
// A description, and a code between parentheses.
std::string HledgerDescription(absl::string_view text);
std::string HledgerCode(absl::string_view text);
// The name and value of a tag. The names that hledger or the export itself gives a meaning (date,
// date2, fund, memo, revalues, entry-...) are encoded when they are somebody else's.
std::string HledgerTagName(absl::string_view name);
std::string HledgerTagValue(absl::string_view value);

}  // namespace lumbung::ledger_export

#endif  // LUMBUNG_LEDGER_EXPORT_HLEDGER_NAMES_H_
