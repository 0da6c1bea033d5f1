// Reading the tokens of one line: a cursor with the words for its errors, and the arithmetic that
// beancount allows wherever a number may stand. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_EXPRESSION_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_EXPRESSION_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ledger/core/decimal.h"
#include "ledger/import/beancount/directive.h"
#include "ledger/import/beancount/lexer.h"

namespace lumbung::import::beancount {

class TokenCursor {
 public:
  // `place` and `tokens` must outlive the cursor.
  TokenCursor(absl::Span<const Token> tokens, const Place& place) : rest_(tokens), place_(place) {}

  bool AtEnd() const { return rest_.empty(); }
  bool NextIs(TokenKind kind) const { return !rest_.empty() && rest_.front().kind == kind; }
  bool NextIs(absl::string_view word) const { return !rest_.empty() && rest_.front().Is(word); }
  // The next token, which must exist.
  Token Take();
  // Takes the symbol or keyword when it comes next.
  bool TakeIf(absl::string_view word);
  // Takes a token of this kind; PARSE_ERROR saying that `expected` was expected.
  absl::StatusOr<absl::string_view> Expect(TokenKind kind, absl::string_view expected);
  absl::Status ExpectSymbol(absl::string_view symbol);
  absl::Status ExpectEnd();

  // "found "@", expected ..." with the place.
  absl::Status Unexpected(absl::string_view expected) const;
  const Place& place() const { return place_; }

 private:
  absl::Span<const Token> rest_;
  const Place& place_;
};

// Whether an expression can begin here.
bool AtNumber(const TokenCursor& cursor);
// number | - e | + e | ( e ) | e + e | e - e | e * e | e / e, evaluated exactly. PARSE_ERROR;
// INVALID_AMOUNT; UNSUPPORTED for a division that does not come out even.
absl::StatusOr<Decimal> ParseNumber(TokenCursor& cursor);
// An amount of which number, currency or both may be missing.
absl::StatusOr<Amount> ParseIncompleteAmount(TokenCursor& cursor);
// `{...}` or `{{...}}`, whose opening brace comes next.
absl::StatusOr<CostSpec> ParseCostSpec(TokenCursor& cursor);
// "2014-05-01", "2014/5/1". INVALID_DATE.
absl::StatusOr<Day> ParseDay(absl::string_view text, const Place& place);
// What may stand behind a metadata key, as text; nothing at all is "".
absl::StatusOr<std::string> ParseMetadataValue(TokenCursor& cursor);

// The same refusal with the place in its message, unless it already names one of this file.
absl::Status At(const Place& place, const absl::Status& status);

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_EXPRESSION_H_
