// The grammar of beancount: text to directives, one at a time and in constant memory. Knows nothing
// of accounts, options or balances. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_PARSER_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_PARSER_H_

#include <cstdint>
#include <istream>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/import/beancount/directive.h"
#include "ledger/import/beancount/expression.h"
#include "ledger/import/beancount/lexer.h"

namespace lumbung::import::beancount {

inline constexpr std::size_t kMaxPostings = 10'000;

class Parser {
 public:
  Parser(std::unique_ptr<std::istream> input, const std::string& file)
      : lexer_(LineReader(std::move(input), file)), place_{file, 0} {}

  // Reads the next directive; false at the end of the file. PARSE_ERROR, INVALID_DATE,
  // INVALID_AMOUNT, UNSUPPORTED, LINE_TOO_LONG, TOO_MANY_POSTINGS.
  absl::StatusOr<bool> Next(Directive* directive);
  // Makes the next call of Next() read the directive that was found at this line before.
  absl::Status SeekTo(std::int64_t offset, int line) { return lexer_.SeekTo(offset, line); }

 private:
  absl::Status ParseDated(TokenCursor& cursor, Directive* directive);
  absl::Status ParseUndated(TokenCursor& cursor, Directive* directive);

  absl::Status ParseTransaction(TokenCursor& cursor, Transaction* transaction);
  absl::Status ParseTransactionHead(TokenCursor& cursor, Transaction* transaction);
  absl::Status ParseTransactionLine(TokenCursor& cursor, Transaction* transaction);
  absl::Status ParsePosting(TokenCursor& cursor, Posting* posting);

  absl::Status ParseOpen(TokenCursor& cursor, Open* open);
  absl::Status ParseBalance(TokenCursor& cursor, Balance* balance);
  absl::Status ParsePrice(TokenCursor& cursor, Price* price);
  absl::Status ParseOther(TokenCursor& cursor, Other* other);

  // The indented `key: value` lines under a directive other than a transaction.
  absl::Status ParseMetadataLines(Metadata* metadata);
  // Moves to the next line that belongs to the directive; false when it is complete.
  absl::StatusOr<bool> NextIndentedLine();

  Lexer lexer_;
  Place place_;  // Of the line being parsed.
};

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_PARSER_H_
