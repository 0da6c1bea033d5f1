// What every journal reader produces: a stream of plain facts in order, each with its place.
//
// A reader is pure: bytes in, calls on a JournalSink out. It knows nothing of books or databases.
// It never rounds, never guesses and never skips silently: what it does not support it reports.
#ifndef LUMBUNG_LEDGER_IMPORT_PARSED_JOURNAL_H_
#define LUMBUNG_LEDGER_IMPORT_PARSED_JOURNAL_H_

#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"

namespace lumbung::import {

// Where something stands: file name as uploaded, and line from 1.
struct Place {
  std::string file;
  int line = 0;
  std::string ToString() const { return file + ":" + std::to_string(line); }
};

struct ParsedAmount {
  Decimal quantity;
  std::string commodity;  // Symbol as written, without quotes: "$", "USD", "". Aliases are applied.
};

// A balance assertion written on a posting (hledger, ledger) or as a directive (beancount).
struct ParsedAssertion {
  Place place;
  std::string account;
  ParsedAmount expected;
  Date date;
  // The balance is taken before the postings of `date` (beancount) instead of right after the
  // posting that carries the assertion.
  bool at_start_of_day = false;
  // Includes descendants (hledger "=*", "==*").
  bool include_descendants = false;
  // No other commodity may have a balance in the account (hledger "==").
  bool sole_commodity = false;
  // Beancount's tolerance: the assertion holds when |balance - expected| <= tolerance.
  Decimal tolerance;
};

struct ParsedPosting {
  Place place;
  std::string account;  // Full name after aliases and "apply account".
  ParsedAmount amount;  // Inferred when it was elided.
  bool amount_inferred = false;
  // What the posting weighs when the transaction is balanced: its amount, or its amount at cost or
  // price, exactly (never rounded). For beancount lots this is units x cost.
  ParsedAmount weight;
  char status = ' ';  // ' ', '!' or '*': this posting's own mark, apart from the transaction's.
  std::vector<std::pair<std::string, std::string>> tags;
  std::string comment;
  // An assertion on this posting, evaluated after it.
  std::optional<ParsedAssertion> assertion;
};

struct ParsedTransaction {
  Place place;
  Date date;
  std::string code;  // "(100)"
  std::string payee;
  std::string description;  // Narration; the whole description where the format has no payee.
  std::string comment;
  char status = ' ';  // ' ', '!' or '*'
  std::vector<std::pair<std::string, std::string>> tags;
  std::vector<ParsedPosting> postings;
  // What is left after balancing within the format's own tolerance: one amount per commodity whose
  // weights do not sum to exactly zero. Empty for an exact transaction.
  std::vector<ParsedAmount> residue;
};

struct ParsedAccount {
  Place place;
  std::string account;
  // 'A', 'L', 'E', 'R', 'X', 'C' (cash, an asset), 'V' (conversion, equity) or ' ' when undeclared.
  char type = ' ';
  std::string comment;
  std::optional<Date> closed_on;
};

struct ParsedPrice {
  Place place;
  Date date;
  std::string commodity;
  ParsedAmount price;
};

struct ParsedCommodity {
  Place place;
  std::string commodity;
  std::optional<int> scale;  // From a format directive.
  std::string name;
};

// Calls come in file order, of beancount files in the order of dates. Returning an error stops the
// reader, which returns that error.
class JournalSink {
 public:
  virtual ~JournalSink() = default;
  virtual absl::Status OnTransaction(ParsedTransaction&& transaction) = 0;
  virtual absl::Status OnAccount(const ParsedAccount& account) = 0;
  virtual absl::Status OnCommodity(const ParsedCommodity& commodity) = 0;
  virtual absl::Status OnPrice(const ParsedPrice& price) = 0;
  // Assertions that stand outside transactions (beancount `balance`).
  virtual absl::Status OnAssertion(const ParsedAssertion& assertion) = 0;
  // A directive or syntax that was understood well enough to be left out: "periodic transaction",
  // "automated posting", "virtual posting", "event".
  virtual absl::Status OnUnsupported(const Place& place, absl::string_view directive) = 0;
};

// Gives readers the bytes of the main file and of what it includes; never touches a path outside
// the upload.
class FileSource {
 public:
  virtual ~FileSource() = default;
  // Opens a file by its normalized relative path, as a stream that can seek. NOT_FOUND with reason
  // INCLUDE_NOT_FOUND.
  virtual absl::StatusOr<std::unique_ptr<std::istream>> Open(absl::string_view path) const = 0;
  // Names of all files that match a glob relative to the upload root ("*", "?", "**"), sorted.
  virtual std::vector<std::string> Match(absl::string_view glob) const = 0;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_PARSED_JOURNAL_H_
