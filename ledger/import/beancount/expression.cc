#include "ledger/import/beancount/expression.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"
#include "ledger/import/beancount/ratio.h"

namespace lumbung::import::beancount {
namespace {

// Deeper arithmetic is nobody's bookkeeping; without a limit it could exhaust the stack.
constexpr int kMaxDepth = 100;
constexpr absl::string_view kNumberExpected = "a number";

// "1,234.50" as it is read from left to right: groups of three behind each comma.
absl::StatusOr<Decimal> NumberOf(absl::string_view text, const Place& place) {
  const absl::string_view whole = text.substr(0, text.find('.'));
  const std::vector<absl::string_view> groups = absl::StrSplit(whole, ',');
  bool valid = groups.size() == 1 || groups.front().size() <= 3;
  for (std::size_t i = 1; i < groups.size(); ++i) valid = valid && groups[i].size() == 3;
  if (!valid) {
    return RefusalAt(place, "INVALID_AMOUNT",
                     absl::StrCat("found ", text,
                                  ", expected groups of three digits between the "
                                  "commas"));
  }
  absl::StatusOr<Decimal> number =
      Decimal::Parse(absl::StrReplaceAll(absl::StripSuffix(text, "."), {{",", ""}}));
  if (!number.ok()) return At(place, number.status());
  return number;
}

class Expression {
 public:
  explicit Expression(TokenCursor& cursor) : cursor_(cursor) {}

  absl::StatusOr<Decimal> Sum(int depth) {
    LUMBUNG_ASSIGN_OR_RETURN(Decimal left, Product(depth));
    while (cursor_.NextIs("+") || cursor_.NextIs("-")) {
      const bool plus = cursor_.Take().Is("+");
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal right, Product(depth));
      LUMBUNG_ASSIGN_OR_RETURN(left, Checked(plus ? Add(left, right) : Subtract(left, right)));
    }
    return left;
  }

 private:
  absl::StatusOr<Decimal> Product(int depth) {
    LUMBUNG_ASSIGN_OR_RETURN(Decimal left, Factor(depth));
    while (cursor_.NextIs("*") || cursor_.NextIs("/")) {
      const bool times = cursor_.Take().Is("*");
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal right, Factor(depth));
      LUMBUNG_ASSIGN_OR_RETURN(
          left, Checked(times ? MultiplyExact(left, right) : DivideExact(left, right)));
    }
    return left;
  }

  absl::StatusOr<Decimal> Factor(int depth) {
    if (depth > kMaxDepth) {
      return RefusalAt(cursor_.place(), "PARSE_ERROR",
                       absl::StrCat("the arithmetic is nested more than ", kMaxDepth, " deep"));
    }
    if (cursor_.TakeIf("+")) return Factor(depth + 1);
    if (cursor_.TakeIf("-")) {
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal value, Factor(depth + 1));
      return value.Negated();
    }
    if (cursor_.TakeIf("(")) {
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal value, Sum(depth + 1));
      LUMBUNG_RETURN_IF_ERROR(cursor_.ExpectSymbol(")"));
      return value;
    }
    LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view number,
                             cursor_.Expect(TokenKind::kNumber, kNumberExpected));
    return NumberOf(number, cursor_.place());
  }

  absl::StatusOr<Decimal> Checked(absl::StatusOr<Decimal> result) const {
    if (!result.ok()) return At(cursor_.place(), result.status());
    return result;
  }

  TokenCursor& cursor_;
};

// One part of a cost that is an amount: `10`, `10 USD`, `USD`, `10 # 5 USD`, `# 5 USD`.
absl::Status ParseCostAmount(TokenCursor& cursor, CostSpec* cost) {
  if (AtNumber(cursor)) {
    LUMBUNG_ASSIGN_OR_RETURN(cost->per_unit, ParseNumber(cursor));
  }
  if (cursor.TakeIf("#")) {
    cost->has_total = true;
    if (AtNumber(cursor)) {
      LUMBUNG_ASSIGN_OR_RETURN(cost->total, ParseNumber(cursor));
    }
    LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view currency,
                             cursor.Expect(TokenKind::kCurrency, "a currency"));
    cost->currency = std::string(currency);
    return absl::OkStatus();
  }
  if (cursor.NextIs(TokenKind::kCurrency)) {
    cost->currency = std::string(cursor.Take().text);
  } else if (!cost->per_unit.has_value()) {
    return cursor.Unexpected("an amount, a date or a label");
  }
  return absl::OkStatus();
}

absl::Status Twice(const TokenCursor& cursor, absl::string_view what) {
  return RefusalAt(cursor.place(), "PARSE_ERROR", absl::StrCat("the cost has two ", what));
}

absl::Status ParseCostPart(TokenCursor& cursor, bool* has_amount, CostSpec* cost) {
  if (cursor.NextIs(TokenKind::kDate)) {
    if (cost->date.has_value()) return Twice(cursor, "dates");
    LUMBUNG_ASSIGN_OR_RETURN(cost->date, ParseDay(cursor.Take().text, cursor.place()));
    return absl::OkStatus();
  }
  if (cursor.NextIs(TokenKind::kString)) {
    if (!cost->label.empty()) return Twice(cursor, "labels");
    cost->label = Unescape(cursor.Take().text);
    return absl::OkStatus();
  }
  if (cursor.NextIs("*")) {
    return RefusalAt(cursor.place(), "UNSUPPORTED",
                     "merging lots (\"*\" in a cost) is not supported, nor is it by beancount");
  }
  if (*has_amount) return Twice(cursor, "amounts");
  *has_amount = true;
  return ParseCostAmount(cursor, cost);
}

}  // namespace

Token TokenCursor::Take() {
  const Token token = rest_.front();
  rest_.remove_prefix(1);
  return token;
}

bool TokenCursor::TakeIf(absl::string_view word) {
  if (!NextIs(word)) return false;
  rest_.remove_prefix(1);
  return true;
}

absl::StatusOr<absl::string_view> TokenCursor::Expect(TokenKind kind, absl::string_view expected) {
  if (!NextIs(kind)) return Unexpected(expected);
  return Take().text;
}

absl::Status TokenCursor::ExpectSymbol(absl::string_view symbol) {
  if (TakeIf(symbol)) return absl::OkStatus();
  return Unexpected(absl::StrCat("\"", symbol, "\""));
}

absl::Status TokenCursor::ExpectEnd() {
  if (AtEnd()) return absl::OkStatus();
  return Unexpected("the end of the line");
}

absl::Status TokenCursor::Unexpected(absl::string_view expected) const {
  std::string found = "the end of the line";
  if (!rest_.empty()) {
    found = absl::StrCat("\"", absl::Utf8SafeCEscape(Beginning(rest_.front().text, kQuotedLength)),
                         "\"");
  }
  return RefusalAt(place_, "PARSE_ERROR", absl::StrCat("found ", found, ", expected ", expected));
}

bool AtNumber(const TokenCursor& cursor) {
  return cursor.NextIs(TokenKind::kNumber) || cursor.NextIs("-") || cursor.NextIs("+") ||
         cursor.NextIs("(");
}

absl::StatusOr<Decimal> ParseNumber(TokenCursor& cursor) {
  return Expression(cursor).Sum(0);
}

absl::StatusOr<Amount> ParseIncompleteAmount(TokenCursor& cursor) {
  Amount amount;
  if (AtNumber(cursor)) {
    LUMBUNG_ASSIGN_OR_RETURN(amount.number, ParseNumber(cursor));
  }
  if (cursor.NextIs(TokenKind::kCurrency)) amount.currency = std::string(cursor.Take().text);
  return amount;
}

absl::StatusOr<CostSpec> ParseCostSpec(TokenCursor& cursor) {
  CostSpec cost;
  const bool in_total = cursor.Take().Is("{{");
  const absl::string_view closing = in_total ? "}}" : "}";
  bool has_amount = false;
  if (!cursor.NextIs(closing)) {
    do {
      LUMBUNG_RETURN_IF_ERROR(ParseCostPart(cursor, &has_amount, &cost));
    } while (cursor.TakeIf(","));
  }
  LUMBUNG_RETURN_IF_ERROR(cursor.ExpectSymbol(closing));
  if (!in_total || !has_amount) return cost;
  if (cost.has_total) {
    return RefusalAt(cursor.place(), "PARSE_ERROR",
                     "a cost per unit may not stand in {{ }}; write { # } instead");
  }
  cost.has_total = true;
  cost.total = std::exchange(cost.per_unit, Decimal());
  return cost;
}

absl::StatusOr<Day> ParseDay(absl::string_view text, const Place& place) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::ByAnyChar("-/"));
  int year = 0;
  int month = 0;
  int day = 0;
  const bool numbers = parts.size() == 3 && absl::SimpleAtoi(parts[0], &year) &&
                       absl::SimpleAtoi(parts[1], &month) && absl::SimpleAtoi(parts[2], &day);
  if (numbers && year >= 1 && year <= 9999) {
    const absl::CivilDay civil(year, month, day);
    if (civil.year() == year && civil.month() == month && civil.day() == day) {
      return static_cast<Day>(civil - absl::CivilDay());
    }
  }
  return RefusalAt(place, "INVALID_DATE", absl::StrCat("there is no day ", text));
}

absl::StatusOr<std::string> ParseMetadataValue(TokenCursor& cursor) {
  if (cursor.AtEnd()) return std::string();
  if (AtNumber(cursor)) {
    LUMBUNG_ASSIGN_OR_RETURN(const Amount amount, ParseIncompleteAmount(cursor));
    return absl::StrCat(amount.number->ToString(), amount.currency.empty() ? "" : " ",
                        amount.currency);
  }
  const bool known = cursor.NextIs(TokenKind::kString) || cursor.NextIs(TokenKind::kAccount) ||
                     cursor.NextIs(TokenKind::kDate) || cursor.NextIs(TokenKind::kCurrency) ||
                     cursor.NextIs(TokenKind::kTag) || cursor.NextIs("TRUE") ||
                     cursor.NextIs("FALSE") || cursor.NextIs("NULL");
  if (!known) return cursor.Unexpected("a value");
  const Token token = cursor.Take();
  if (token.kind == TokenKind::kString) return Unescape(token.text);
  if (token.kind == TokenKind::kTag) return absl::StrCat("#", token.text);
  return token.Is("NULL") ? std::string() : std::string(token.text);
}

absl::Status At(const Place& place, const absl::Status& status) {
  if (absl::StartsWith(status.message(), absl::StrCat(place.file, ":"))) return status;
  return RefusalAt(place, ReasonOf(status), status.message());
}

}  // namespace lumbung::import::beancount
