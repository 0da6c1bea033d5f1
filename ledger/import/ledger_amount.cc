#include "ledger/import/ledger_amount.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/text_lexer.h"

namespace lumbung::import {
namespace {

constexpr absl::string_view kNotInSymbols = "\t\n\r 0123456789!&()*+,-./:;<=>?@[]^{|}~";

absl::Status ParseError(absl::string_view found, absl::string_view message) {
  return InvalidArgument("PARSE_ERROR", "", absl::StrCat("found ", Describe(found), message));
}

absl::Status InvalidMarks(absl::string_view digits) {
  return InvalidArgument(
      "INVALID_AMOUNT", "",
      absl::StrCat("the marks of the number ", Describe(digits), " do not make sense together"));
}

// Digits, periods and commas, but no marks after the last digit.
absl::string_view TakeNumber(absl::string_view* rest) {
  const absl::string_view start = *rest;
  std::size_t size = std::min(start.find_first_not_of("0123456789.,"), start.size());
  while (size > 0 && !IsDigit(start[size - 1])) --size;
  rest->remove_prefix(size);
  return start.substr(0, size);
}

// Reads the marks of a number from right to left, as ledger does.
class Marks {
 public:
  Marks(absl::string_view digits, bool decimal_comma)
      : digits_(digits), decimal_comma_(decimal_comma) {}

  absl::Status Read() {
    int behind = 0;  // Digits right of the mark, since the decimal mark if there was one.
    for (std::size_t i = digits_.size(); i-- > 0;) {
      const char c = digits_[i];
      if (IsDigit(c)) {
        ++behind;
      } else if (c == (decimal_comma_ ? ',' : '.')) {
        if (decimal_mark_ != absl::string_view::npos || has_groups_) return InvalidMarks(digits_);
        decimal_mark_ = i;
        behind = 0;
      } else if (behind % 3 == 0) {
        has_groups_ = true;
      } else if (c == ',' && decimal_mark_ == absl::string_view::npos && !has_groups_) {
        decimal_comma_ = true;  // "1,25"
        decimal_mark_ = i;
        behind = 0;
      } else {
        return InvalidMarks(digits_);
      }
    }
    return absl::OkStatus();
  }

  std::size_t decimal_mark() const { return decimal_mark_; }
  bool decimal_comma() const { return decimal_comma_; }

 private:
  const absl::string_view digits_;
  bool decimal_comma_;
  bool has_groups_ = false;
  std::size_t decimal_mark_ = absl::string_view::npos;
};

absl::Status Interpret(absl::string_view number, bool negative,
                       const LedgerCommodities& commodities, LedgerAmount* result) {
  Marks marks(number, commodities.UsesDecimalComma(result->amount.commodity));
  LUMBUNG_RETURN_IF_ERROR(marks.Read());
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal quantity,
                           DecimalFromDigits(number, marks.decimal_mark(), 0));
  result->amount.quantity = negative ? quantity.Negated() : quantity;
  result->decimals = quantity.scale();
  result->decimal_comma = marks.decimal_comma();
  return absl::OkStatus();
}

// "-5 USD", "$-5", "- \"a b\" 5".
absl::StatusOr<LedgerAmount> TakeBareAmount(absl::string_view* rest,
                                            const LedgerCommodities& commodities) {
  const absl::string_view found = *rest;
  LedgerAmount result;
  bool negative = TakeChar(rest, '-');
  SkipSpaces(rest);
  const bool number_first = !rest->empty() && IsDigit(rest->front());
  absl::string_view number;
  if (number_first) {
    number = TakeNumber(rest);
    absl::string_view after = *rest;
    SkipSpaces(&after);
    LUMBUNG_ASSIGN_OR_RETURN(result.amount.commodity, TakeLedgerSymbol(&after));
    if (!result.amount.commodity.empty()) *rest = after;
  } else {
    LUMBUNG_ASSIGN_OR_RETURN(result.amount.commodity, TakeLedgerSymbol(rest));
    SkipSpaces(rest);
    if (TakeChar(rest, '-')) negative = !negative;
    number = TakeNumber(rest);
  }
  if (number.empty()) return ParseError(found, ", expected an amount");
  result.amount.commodity = std::string(commodities.Resolve(result.amount.commodity));
  LUMBUNG_RETURN_IF_ERROR(Interpret(number, negative, commodities, &result));
  return result;
}

// Takes the text up to `close`.
absl::StatusOr<absl::string_view> TakeUntil(absl::string_view* rest, char close) {
  const std::size_t end = rest->find(close);
  if (end == absl::string_view::npos) {
    return ParseError(*rest, absl::StrCat(", expected \"", std::string{close}, "\" after it"));
  }
  const absl::string_view inside = rest->substr(0, end);
  rest->remove_prefix(end + 1);
  return inside;
}

absl::Status TakeLotPrice(absl::string_view* rest, const LedgerCommodities& commodities,
                          LedgerAmount* result) {
  DraftPrice price;
  price.is_total = TakeChar(rest, '{');
  SkipSpaces(rest);
  TakeChar(rest, '=');
  LUMBUNG_ASSIGN_OR_RETURN(absl::string_view inside, TakeUntil(rest, '}'));
  if (price.is_total && !TakeChar(rest, '}')) return ParseError(*rest, ", expected \"}}\"");
  SkipSpaces(&inside);
  LUMBUNG_ASSIGN_OR_RETURN(LedgerAmount amount, TakeBareAmount(&inside, commodities));
  price.amount = std::move(amount.amount);
  absl::StrAppend(&result->lot, price.is_total ? "{{" : "{",
                  price.amount.quantity.Trimmed().ToString(), " ", price.amount.commodity,
                  price.is_total ? "}}" : "}");
  result->lot_price = std::move(price);
  return absl::OkStatus();
}

absl::Status TakeLot(absl::string_view* rest, const LedgerCommodities& commodities,
                     LedgerAmount* result) {
  while (true) {
    absl::string_view after = *rest;
    SkipSpaces(&after);
    if (absl::StartsWith(after, "((")) {
      return ParseError(after, ": an amount expression is not supported");
    }
    if (!result->lot_price.has_value() && TakeChar(&after, '{')) {
      LUMBUNG_RETURN_IF_ERROR(TakeLotPrice(&after, commodities, result));
    } else if (!result->has_lot_date && TakeChar(&after, '[')) {
      LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view date, TakeUntil(&after, ']'));
      result->has_lot_date = true;
      absl::StrAppend(&result->lot, "[", date, "]");
    } else if (!result->has_lot_note && !absl::StartsWith(after, "(@") && TakeChar(&after, '(')) {
      LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view note, TakeUntil(&after, ')'));
      result->has_lot_note = true;
      absl::StrAppend(&result->lot, "(", note, ")");
    } else {
      return absl::OkStatus();
    }
    *rest = after;
  }
}

}  // namespace

void LedgerCommodities::AddAlias(absl::string_view alias, absl::string_view commodity) {
  aliases_[std::string(alias)] = std::string(commodity);
}

absl::string_view LedgerCommodities::Resolve(absl::string_view symbol) const {
  if (aliases_.empty()) return symbol;
  const auto it = aliases_.find(symbol);
  return it == aliases_.end() ? symbol : absl::string_view(it->second);
}

LedgerCommodities::Commodity& LedgerCommodities::Find(absl::string_view commodity) {
  if (last_ != nullptr && *last_name_ == commodity) return *last_;
  const auto it = commodities_.try_emplace(std::string(commodity)).first;
  last_name_ = &it->first;
  last_ = &it->second;
  return *last_;
}

void LedgerCommodities::See(absl::string_view commodity, int decimals, bool decimal_comma) {
  if (commodity.empty()) return;
  Commodity& seen = Find(commodity);
  if (seen.fixed) return;
  seen.decimals = std::max(seen.decimals, decimals);
  seen.decimal_comma = seen.decimal_comma || decimal_comma;
}

void LedgerCommodities::Fix(absl::string_view commodity) {
  Find(commodity).fixed = true;
}

bool LedgerCommodities::UsesDecimalComma(absl::string_view commodity) const {
  if (last_ != nullptr && *last_name_ == commodity) return last_->decimal_comma;
  const auto it = commodities_.find(commodity);
  return it != commodities_.end() && it->second.decimal_comma;
}

std::optional<int> LedgerCommodities::DecimalsShown(absl::string_view commodity) const {
  if (commodity.empty()) return std::nullopt;
  const auto it = commodities_.find(commodity);
  return it == commodities_.end() ? 0 : it->second.decimals;
}

absl::StatusOr<std::string> TakeLedgerSymbol(absl::string_view* rest) {
  const absl::string_view found = *rest;
  if (TakeChar(rest, '"')) {
    const std::size_t close = rest->find('"');
    if (close == absl::string_view::npos) return ParseError(found, ", expected a closing quote");
    const absl::string_view symbol = rest->substr(0, close);
    rest->remove_prefix(close + 1);
    return std::string(symbol);
  }
  std::string symbol;
  while (!rest->empty() && kNotInSymbols.find(rest->front()) == absl::string_view::npos) {
    if (rest->front() == '\\') rest->remove_prefix(1);
    if (rest->empty()) return ParseError(found, ", expected a character after the backslash");
    symbol.push_back(rest->front());
    rest->remove_prefix(1);
  }
  return symbol;
}

absl::StatusOr<LedgerAmount> TakeLedgerAmount(absl::string_view* rest,
                                              const LedgerCommodities& commodities) {
  if (absl::StartsWith(*rest, "(")) {
    return ParseError(*rest,
                      ": an amount expression is not supported; write the amount it stands for");
  }
  LUMBUNG_ASSIGN_OR_RETURN(LedgerAmount amount, TakeBareAmount(rest, commodities));
  LUMBUNG_RETURN_IF_ERROR(TakeLot(rest, commodities, &amount));
  return amount;
}

}  // namespace lumbung::import
