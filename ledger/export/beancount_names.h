// How names of a book are written in a beancount journal, where accounts, currencies and metadata
// keys may have few characters only. Pure. Different names are never written alike, and the
// functions that read them back give the name again.
//
// An account is written below the root of its type. Within a part between colons:
//   * Letters and digits of ASCII and '-' stay. Any other byte is "-xHH", two hexadecimal digits;
//   so is
//     a '-' that such digits follow as if it were one.
//   * In a part of digits and dots only, such as the code 1.1.01.01, the dots are dashes:
//   1-1-01-01. In
//     a part of digits and dashes only the dashes are "-x2D".
//   * A part that beancount would not let begin so (a small letter, a '-', an escape), that is
//   empty,
//     or that begins with "X" and one of these gets an "X" in front: "cash" is "Xcash".
// An id that begins with the name of its root is written as it is: "Assets:Cash" for the asset
// "Assets:Cash". A code gets its root: "Assets:1-1-01-01". Any other id stands below "X-x00":
// "Assets:X-x00:Cash" for the asset "Cash".
#ifndef LUMBUNG_LEDGER_EXPORT_BEANCOUNT_NAMES_H_
#define LUMBUNG_LEDGER_EXPORT_BEANCOUNT_NAMES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/book_snapshot.h"

namespace lumbung::ledger_export {

std::string BeancountAccount(absl::string_view id, AccountType type);
std::string IdOfBeancountAccount(absl::string_view account);

// A code that beancount takes stays. Any other is "X." and its characters: capital letters and
// digits as they are, small letters as "_" and the capital, other bytes as "'HH". NOT_REPRESENTABLE
// when that is longer than beancount's 24 characters.
absl::StatusOr<std::string> BeancountCommodity(absl::string_view code);
std::string CodeOfBeancountCommodity(absl::string_view commodity);

// A key that beancount takes stays, unless beancount or the export itself gives it a meaning
// (filename, lineno, fund, memo, revalues, entry-...) or it begins with "x-". Any other is "x-" and
// its characters, where bytes other than letters and digits of ASCII are "-HH".
std::string BeancountKey(absl::string_view key);
std::string KeyOfBeancountKey(absl::string_view key);

// Text between double quotes.
std::string BeancountString(absl::string_view text);

}  // namespace lumbung::ledger_export

#endif  // LUMBUNG_LEDGER_EXPORT_BEANCOUNT_NAMES_H_
