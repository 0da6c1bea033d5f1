// The words of beancount text. The lexer gives one logical line at a time: a physical line, and the
// lines that its quoted strings run on to.
//
// It follows beancount's own rules: a comment starts at ";"; a line that starts with "*", ":", "#"
// or a flag letter and is not made of valid words is a heading and ignored; words end where no
// longer word can be made. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_LEXER_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_LEXER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ledger/import/line_reader.h"

namespace lumbung::import::beancount {

enum class TokenKind : std::uint8_t {
  kDate,      // 2014-05-01, 2014/5/1
  kNumber,    // 1,234.50
  kAccount,   // Assets:Cash
  kCurrency,  // USD
  kString,    // Between the quotes, escapes as written: see Unescape().
  kTag,       // Without the "#".
  kLink,      // Without the "^".
  kKey,       // Without the ":" that must follow.
  kKeyword,   // open, close, txn ... TRUE, FALSE, NULL
  kFlag,      // One of ! & ? % P S T C U R M
  kSymbol,    // | @ @@ { {{ } }} , ~ + - / ( ) # * :
};

struct Token {
  TokenKind kind;
  absl::string_view text;
  // Whether it is this symbol or keyword.
  bool Is(absl::string_view word) const {
    return (kind == TokenKind::kSymbol || kind == TokenKind::kKeyword) && text == word;
  }
};

// A quoted string may run over at most this many lines, as in beancount.
inline constexpr int kMaxStringLines = 64;

// The meaning of the text between two quotes.
std::string Unescape(absl::string_view text);

class Lexer {
 public:
  explicit Lexer(LineReader lines) : lines_(std::move(lines)) {}

  // Moves to the next logical line; false at the end of the file. PARSE_ERROR for text that makes
  // no word and for a string without an end, or what LineReader refuses.
  absl::StatusOr<bool> Next();
  // Makes the next call of Next() return the current line again.
  void Unread() { unread_ = true; }
  // Goes back to a line seen before, by its `offset()` and `line()`.
  absl::Status SeekTo(std::int64_t offset, int line);

  // The words of the current line; none for a blank line, a comment or a heading. Valid until the
  // next call of Next().
  absl::Span<const Token> tokens() const { return tokens_; }
  // Whether the line has white space before its first word or its comment.
  bool indented() const { return indented_; }
  // The line on which it starts, and where that is in the file.
  int line() const { return line_; }
  std::int64_t offset() const { return offset_; }
  const std::string& file() const { return lines_.file(); }
  Place place() const { return Place{lines_.file(), line_}; }

 private:
  // Cuts `text` into tokens_. When a string does not end, returns false.
  absl::StatusOr<bool> Split(absl::string_view text);
  // Appends physical lines to joined_ up to the one that ends the open string.
  absl::Status JoinLines();

  LineReader lines_;
  std::vector<Token> tokens_;
  std::string joined_;  // A logical line of several physical ones.
  int line_ = 0;
  std::int64_t offset_ = 0;
  bool indented_ = false;
  bool unread_ = false;
};

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_LEXER_H_
