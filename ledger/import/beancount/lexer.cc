#include "ledger/import/beancount/lexer.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"

namespace lumbung::import::beancount {
namespace {

constexpr std::size_t kNotFound = absl::string_view::npos;
constexpr std::size_t kMaxCurrencyLength = 24;
constexpr absl::string_view kFlags = "!&?%PSTCURM";
constexpr absl::string_view kSymbols = "|@{},~+-/()#*:";
constexpr std::array<absl::string_view, 19> kKeywords = {
    "txn",      "balance", "open",   "close",  "commodity", "pad",     "event",
    "query",    "custom",  "price",  "note",   "document",  "pushtag", "poptag",
    "pushmeta", "popmeta", "option", "plugin", "include"};

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}
bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool IsAlphanumeric(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c));
}
bool IsBeyondAscii(char c) {
  return (static_cast<unsigned char>(c) & 0x80u) != 0;
}
bool IsAccountCharacter(char c) {
  return IsAlphanumeric(c) || c == '-' || IsBeyondAscii(c);
}
bool IsTagCharacter(char c) {
  return IsAlphanumeric(c) || c == '-' || c == '_' || c == '/' || c == '.';
}
bool IsKeyCharacter(char c) {
  return IsAlphanumeric(c) || c == '-' || c == '_';
}
bool IsCurrencyCharacter(char c) {
  return IsUpper(c) || IsDigit(c) || c == '\'' || c == '.' || c == '_' || c == '-';
}

// How many characters from `from` on satisfy the predicate.
template <typename Predicate>
std::size_t RunLength(absl::string_view text, std::size_t from, Predicate predicate) {
  std::size_t end = from;
  while (end < text.size() && predicate(text[end])) ++end;
  return end - from;
}

// The functions below return the length of the longest token of their kind at the start of `text`,
// or 0.

std::size_t AccountLength(absl::string_view text) {
  if (!IsUpper(text[0]) && !IsBeyondAscii(text[0])) return 0;
  std::size_t end = RunLength(text, 0, IsAccountCharacter);
  std::size_t components = 1;
  while (end + 1 < text.size() && text[end] == ':' &&
         (IsUpper(text[end + 1]) || IsDigit(text[end + 1]) || IsBeyondAscii(text[end + 1]))) {
    end += 1 + RunLength(text, end + 1, IsAccountCharacter);
    ++components;
  }
  return components > 1 ? end : 0;
}

std::size_t CurrencyLength(absl::string_view text) {
  if (!IsUpper(text[0])) return 0;
  std::size_t end = std::min(RunLength(text, 0, IsCurrencyCharacter), kMaxCurrencyLength);
  while (end > 1 && !IsUpper(text[end - 1]) && !IsDigit(text[end - 1])) --end;
  return end > 1 ? end : 0;
}

std::size_t DateLength(absl::string_view text) {
  const std::size_t year = RunLength(text, 0, IsDigit);
  if (year < 4) return 0;
  std::size_t end = year;
  for (int part = 0; part < 2; ++part) {
    if (end >= text.size() || (text[end] != '-' && text[end] != '/')) return 0;
    const std::size_t digits = RunLength(text, end + 1, IsDigit);
    if (digits == 0) return 0;
    end += 1 + digits;
  }
  return end;
}

std::size_t NumberLength(absl::string_view text) {
  std::size_t end = RunLength(text, 0, [](char c) { return IsDigit(c) || c == ','; });
  while (text[end - 1] == ',') --end;  // It starts with a digit, so that this ends.
  if (end < text.size() && text[end] == '.') end += 1 + RunLength(text, end + 1, IsDigit);
  return end;
}

// Where the string that opens at text[0] closes, or kNotFound.
std::size_t ClosingQuote(absl::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i;
    }
  }
  return kNotFound;
}

// A line that beancount passes over as a heading of an outline.
bool IsHeading(absl::string_view text) {
  if (text.size() < 2) return false;
  if (text[0] == '*' || text[0] == ':') return true;
  if (text[0] == '#') return !IsTagCharacter(text[1]);
  return absl::StrContains(kFlags, text[0]) && AccountLength(text) == 0 &&
         CurrencyLength(text) == 0;
}

Token WordToken(absl::string_view text) {
  if (IsDigit(text[0])) {
    const std::size_t date = DateLength(text);
    if (date > 0) return {TokenKind::kDate, text.substr(0, date)};
    return {TokenKind::kNumber, text.substr(0, NumberLength(text))};
  }
  const std::size_t account = AccountLength(text);
  if (account > 0) return {TokenKind::kAccount, text.substr(0, account)};
  const absl::string_view currency = text.substr(0, CurrencyLength(text));
  if (currency == "TRUE" || currency == "FALSE" || currency == "NULL") {
    return {TokenKind::kKeyword, currency};
  }
  if (!currency.empty()) return {TokenKind::kCurrency, currency};
  const absl::string_view word = text.substr(0, RunLength(text, 0, IsKeyCharacter));
  if (!word.empty() && absl::ascii_islower(static_cast<unsigned char>(word[0]))) {
    const bool colon = word.size() < text.size() && text[word.size()] == ':';
    if (colon && word.size() > 1) return {TokenKind::kKey, word};
    if (std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end()) {
      return {TokenKind::kKeyword, word};
    }
  }
  if (absl::StrContains(kFlags, text[0])) return {TokenKind::kFlag, text.substr(0, 1)};
  return {TokenKind::kSymbol, {}};
}

// The token at the start of `text`, which is neither blank nor a quote; empty when there is none.
// The length of what it takes off `text` goes to `length`.
Token FirstToken(absl::string_view text, std::size_t* length) {
  Token token{TokenKind::kSymbol, {}};
  const bool marked = text[0] == '#' || text[0] == '^';
  const std::size_t mark = marked ? RunLength(text, 1, IsTagCharacter) : 0;
  if (mark > 0) {
    token = {text[0] == '#' ? TokenKind::kTag : TokenKind::kLink, text.substr(1, mark)};
    *length = 1 + mark;
    return token;
  }
  if (absl::StrContains(kSymbols, text[0])) {
    const bool may_double = text[0] == '@' || text[0] == '{' || text[0] == '}';
    const bool doubled = may_double && text.size() > 1 && text[1] == text[0];
    token.text = text.substr(0, doubled ? 2 : 1);
  } else {
    token = WordToken(text);
  }
  *length = token.text.size();
  return token;
}

}  // namespace

std::string Unescape(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out.push_back(text[i]);
      continue;
    }
    ++i;
    constexpr absl::string_view kEscapes = "ntrfb";
    const std::size_t escape = kEscapes.find(text[i]);
    out.push_back(escape == kNotFound ? text[i] : "\n\t\r\f\b"[escape]);
  }
  return out;
}

absl::StatusOr<bool> Lexer::Next() {
  if (unread_) {
    unread_ = false;
    return true;
  }
  LUMBUNG_ASSIGN_OR_RETURN(const bool more, lines_.Next());
  if (!more) return false;
  line_ = lines_.line_number();
  offset_ = lines_.line_offset();
  LUMBUNG_ASSIGN_OR_RETURN(bool whole, Split(lines_.line()));
  if (whole) return true;
  joined_ = std::string(lines_.line());
  while (!whole) {
    LUMBUNG_RETURN_IF_ERROR(JoinLines());
    LUMBUNG_ASSIGN_OR_RETURN(whole, Split(joined_));
  }
  return true;
}

absl::Status Lexer::SeekTo(std::int64_t offset, int line) {
  unread_ = false;
  return lines_.SeekTo(offset, line);
}

absl::StatusOr<bool> Lexer::Split(absl::string_view text) {
  tokens_.clear();
  const std::size_t first = RunLength(text, 0, IsBlank);
  indented_ = first > 0 && first < text.size();
  if (IsHeading(text)) return true;
  while (true) {
    text.remove_prefix(RunLength(text, 0, IsBlank));
    if (text.empty() || text[0] == ';') return true;
    std::size_t length = 0;
    if (text[0] == '"') {
      const std::size_t close = ClosingQuote(text);
      if (close == kNotFound) return false;
      tokens_.push_back({TokenKind::kString, text.substr(1, close - 1)});
      length = close + 1;
    } else {
      const Token token = FirstToken(text, &length);
      if (length == 0) {
        const absl::string_view word =
            Beginning(text.substr(0, text.find_first_of(" \t\r\n")), kQuotedLength);
        return RefusalAt(
            place(), "PARSE_ERROR",
            absl::StrCat("\"", absl::Utf8SafeCEscape(word), "\" is not a word of beancount"));
      }
      tokens_.push_back(token);
    }
    text.remove_prefix(length);
  }
}

absl::Status Lexer::JoinLines() {
  while (true) {
    if (lines_.line_number() - line_ + 1 >= kMaxStringLines || joined_.size() > kMaxLineBytes) {
      return RefusalAt(place(), "LINE_TOO_LONG",
                       absl::StrCat("the text in quotes runs over more than ", kMaxStringLines,
                                    " lines; is a quote missing?"));
    }
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, lines_.Next());
    if (!more) {
      return RefusalAt(place(), "PARSE_ERROR",
                       "found the end of the file, expected a closing quote");
    }
    absl::StrAppend(&joined_, "\n", lines_.line());
    if (absl::StrContains(lines_.line(), '"')) return absl::OkStatus();
  }
}

}  // namespace lumbung::import::beancount
