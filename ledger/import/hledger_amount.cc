#include "ledger/import/hledger_amount.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/text_lexer.h"

namespace lumbung::import {
namespace {

constexpr absl::string_view kNotInSymbols = "0123456789-+.@*;\t\n \"{}=";

constexpr bool IsDecimalMark(char c) {
  return c == '.' || c == ',';
}

// A number before it is decided what its marks mean.
struct RawNumber {
  absl::string_view text;
  std::size_t decimal_mark = absl::string_view::npos;
  // The only mark, which is either a decimal mark or between groups.
  std::size_t ambiguous_mark = absl::string_view::npos;
  bool has_groups = false;
  int exponent = 0;
};

absl::Status InvalidAmount(absl::string_view message) {
  return InvalidArgument("INVALID_AMOUNT", "", message);
}

bool TakeSign(absl::string_view* rest) {
  const bool negative = TakeChar(rest, '-');
  if (negative || TakeChar(rest, '+')) SkipSpaces(rest);
  return negative;
}

// Takes `mark` only when a digit follows it.
bool TakeGroupMark(absl::string_view* rest, char mark) {
  if (rest->size() < 2 || rest->front() != mark || !IsDigit((*rest)[1])) return false;
  rest->remove_prefix(1);
  return true;
}

// "e5", "E-2". Leaves `rest` when it is something else, such as the symbol "EUR".
absl::Status TakeExponent(absl::string_view* rest, RawNumber* number) {
  absl::string_view after = *rest;
  if (!TakeChar(&after, 'e') && !TakeChar(&after, 'E')) return absl::OkStatus();
  const bool negative = TakeSign(&after);
  const absl::string_view digits = TakeDigits(&after);
  if (digits.empty()) return absl::OkStatus();
  if (number->has_groups) {
    return InvalidAmount(
        absl::StrCat("the number ", Describe(*rest), " has both digit groups and an exponent"));
  }
  if (digits.size() > 4 || !absl::SimpleAtoi(digits, &number->exponent)) {
    return InvalidAmount(absl::StrCat("the exponent of ", Describe(*rest), " is too large"));
  }
  if (negative) number->exponent = -number->exponent;
  *rest = after;
  return absl::OkStatus();
}

absl::StatusOr<RawNumber> TakeRawNumber(absl::string_view* rest) {
  const absl::string_view start = *rest;
  const auto position = [&] { return start.size() - rest->size(); };
  RawNumber number;
  const bool has_integer = !TakeDigits(rest).empty();
  const char mark = rest->empty() ? '\0' : rest->front();
  if (!has_integer) {
    number.decimal_mark = 0;
    if (!IsDecimalMark(mark) || !TakeGroupMark(rest, mark)) {
      return InvalidArgument("PARSE_ERROR", "",
                             absl::StrCat("found ", Describe(start), ", expected an amount"));
    }
    TakeDigits(rest);
  } else if ((IsDecimalMark(mark) || mark == ' ') && TakeGroupMark(rest, mark)) {
    number.has_groups = true;
    const std::size_t first_mark = position() - 1;
    int groups = 1;
    do {
      TakeDigits(rest);
      ++groups;
    } while (TakeGroupMark(rest, mark));
    if (!rest->empty() && IsDecimalMark(rest->front()) && rest->front() != mark) {
      number.decimal_mark = position();
      rest->remove_prefix(1);
      TakeDigits(rest);
    } else if (groups == 2 && mark != ' ') {
      number.ambiguous_mark = first_mark;
    }
  } else if (IsDecimalMark(mark)) {
    number.decimal_mark = position();
    rest->remove_prefix(1);
  }
  number.text = start.substr(0, position());
  const bool mark_follows = !rest->empty() && IsDecimalMark(rest->front());
  const bool digits_follow = rest->size() > 1 && rest->front() == ' ' && IsDigit((*rest)[1]);
  if (mark_follows || digits_follow) {
    return InvalidAmount(
        absl::StrCat("the marks of the number ", Describe(start), " do not make sense together"));
  }
  LUMBUNG_RETURN_IF_ERROR(TakeExponent(rest, &number));
  return number;
}

// What something said the decimal mark of a commodity's numbers is.
std::optional<char> ExpectedMark(absl::string_view commodity, const HledgerNumberRules& rules,
                                 const HledgerCommodities& commodities) {
  if (rules.decimal_mark.has_value()) return rules.decimal_mark;
  const HledgerStyle* const declared = commodities.Declared(commodity);
  if (declared != nullptr) return declared->decimal_mark;
  if (rules.default_commodity.has_value()) return rules.default_commodity->style.decimal_mark;
  return std::nullopt;
}

// Fills in quantity and style of the amount, whose commodity is known.
absl::Status Interpret(RawNumber number, bool negative, const HledgerNumberRules& rules,
                       const HledgerCommodities& commodities, HledgerAmount* result) {
  if (number.ambiguous_mark != absl::string_view::npos) {
    const std::optional<char> expected = ExpectedMark(result->amount.commodity, rules, commodities);
    const char mark = number.text[number.ambiguous_mark];
    if (expected.value_or(mark) == mark) number.decimal_mark = number.ambiguous_mark;
  }
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal quantity,
                           DecimalFromDigits(number.text, number.decimal_mark, number.exponent));
  result->amount.quantity = negative ? quantity.Negated() : quantity;
  result->style.decimals = quantity.scale();
  if (number.decimal_mark != absl::string_view::npos) {
    result->style.decimal_mark = number.text[number.decimal_mark];
  }
  return absl::OkStatus();
}

bool StartsSymbol(absl::string_view rest) {
  return !rest.empty() &&
         (rest.front() == '"' || kNotInSymbols.find(rest.front()) == absl::string_view::npos);
}

}  // namespace

void HledgerCommodities::Declare(absl::string_view commodity,
                                 const std::optional<HledgerStyle>& style) {
  Find(commodity).declared = style;
}

void HledgerCommodities::See(absl::string_view commodity, int decimals) {
  std::optional<int>& most = Find(commodity).most_decimals;
  most = std::max(most.value_or(0), decimals);
}

HledgerCommodities::Commodity& HledgerCommodities::Find(absl::string_view commodity) {
  if (last_ != nullptr && *last_name_ == commodity) return *last_;
  const auto it = commodities_.try_emplace(std::string(commodity)).first;
  last_name_ = &it->first;
  last_ = &it->second;
  return *last_;
}

const HledgerStyle* HledgerCommodities::Declared(absl::string_view commodity) const {
  const auto it = commodities_.find(commodity);
  if (it == commodities_.end() || !it->second.declared.has_value()) return nullptr;
  return &*it->second.declared;
}

std::optional<int> HledgerCommodities::DecimalsShown(absl::string_view commodity,
                                                     const HledgerNumberRules& rules) const {
  const HledgerStyle* const declared = Declared(commodity);
  if (declared != nullptr) return declared->decimals;
  const std::optional<HledgerDefaultCommodity>& by_default = rules.default_commodity;
  if (by_default.has_value() && by_default->commodity == commodity)
    return by_default->style.decimals;
  const auto it = commodities_.find(commodity);
  return it == commodities_.end() ? std::nullopt : it->second.most_decimals;
}

absl::StatusOr<std::string> TakeHledgerSymbol(absl::string_view* rest) {
  const absl::string_view found = *rest;
  if (TakeChar(rest, '"')) {
    const std::size_t close = rest->find('"');
    const absl::string_view symbol = rest->substr(0, close);
    if (close != absl::string_view::npos && close > 0 &&
        symbol.find(';') == absl::string_view::npos) {
      rest->remove_prefix(close + 1);
      return std::string(symbol);
    }
  } else {
    const std::size_t size = std::min(rest->find_first_of(kNotInSymbols), rest->size());
    const absl::string_view symbol = rest->substr(0, size);
    rest->remove_prefix(size);
    if (!symbol.empty()) return std::string(symbol);
  }
  return InvalidArgument("PARSE_ERROR", "",
                         absl::StrCat("found ", Describe(found),
                                      ", expected a commodity symbol such as $ or \"XY1\""));
}

absl::StatusOr<HledgerAmount> TakeHledgerAmount(absl::string_view* rest,
                                                const HledgerNumberRules& rules,
                                                const HledgerCommodities& commodities) {
  const absl::string_view found = *rest;
  if (!rest->empty() && rest->front() == '(') {
    return InvalidArgument("PARSE_ERROR", "",
                           absl::StrCat("found ", Describe(found),
                                        ": an amount expression is not supported; write the amount "
                                        "it stands for"));
  }
  HledgerAmount result;
  bool negative = TakeSign(rest);
  if (StartsSymbol(*rest)) {
    LUMBUNG_ASSIGN_OR_RETURN(result.amount.commodity, TakeHledgerSymbol(rest));
    SkipSpaces(rest);
    if (TakeSign(rest)) negative = !negative;
    LUMBUNG_ASSIGN_OR_RETURN(const RawNumber number, TakeRawNumber(rest));
    LUMBUNG_RETURN_IF_ERROR(Interpret(number, negative, rules, commodities, &result));
    return result;
  }
  LUMBUNG_ASSIGN_OR_RETURN(const RawNumber number, TakeRawNumber(rest));
  absl::string_view after = *rest;
  SkipSpaces(&after);
  const bool has_symbol = StartsSymbol(after);
  if (has_symbol) {
    LUMBUNG_ASSIGN_OR_RETURN(result.amount.commodity, TakeHledgerSymbol(&after));
    *rest = after;
  }
  LUMBUNG_RETURN_IF_ERROR(Interpret(number, negative, rules, commodities, &result));
  if (!has_symbol && rules.default_commodity.has_value()) {
    result.took_default_commodity = true;
    result.amount.commodity = rules.default_commodity->commodity;
    result.style.decimals =
        std::max(result.style.decimals, rules.default_commodity->style.decimals);
  }
  return result;
}

bool StartsHledgerPrice(absl::string_view rest) {
  return absl::StartsWith(rest, "@") || absl::StartsWith(rest, "(@");
}

absl::StatusOr<DraftPrice> TakeHledgerPrice(absl::string_view* rest,
                                            const HledgerNumberRules& rules,
                                            const HledgerCommodities& commodities) {
  const absl::string_view found = *rest;
  DraftPrice price;
  const bool parenthesised = TakeChar(rest, '(');
  TakeChar(rest, '@');
  price.is_total = TakeChar(rest, '@');
  if (parenthesised && !TakeChar(rest, ')')) {
    return InvalidArgument(
        "PARSE_ERROR", "",
        absl::StrCat("found ", Describe(found), ", expected \"(@)\" or \"(@@)\""));
  }
  SkipSpaces(rest);
  LUMBUNG_ASSIGN_OR_RETURN(HledgerAmount amount, TakeHledgerAmount(rest, rules, commodities));
  price.amount = std::move(amount.amount);
  return price;
}

}  // namespace lumbung::import
