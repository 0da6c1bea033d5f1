#include "ledger/core/user_number.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

struct Convention {
  NumberLocale locale;
  absl::string_view name;
  char group;  // 0 when digits are never grouped.
  char decimal;
};

constexpr Convention kIndonesian = {NumberLocale::kIndonesian, "id-ID", '.', ','};
constexpr Convention kEnglish = {NumberLocale::kEnglish, "en-US", ',', '.'};
constexpr Convention kPlain = {NumberLocale::kPlain, "plain notation", 0, '.'};

const Convention& ConventionOf(NumberLocale locale) {
  switch (locale) {
    case NumberLocale::kIndonesian:
      return kIndonesian;
    case NumberLocale::kEnglish:
      return kEnglish;
    case NumberLocale::kPlain:
      break;
  }
  return kPlain;
}

// The convention a number may have been written in by mistake. Plain notation has no such twin: who
// chose it writes for a program.
const Convention* OtherConvention(const Convention& own) {
  switch (own.locale) {
    case NumberLocale::kIndonesian:
      return &kEnglish;
    case NumberLocale::kEnglish:
      return &kIndonesian;
    case NumberLocale::kPlain:
      break;
  }
  return nullptr;
}

struct Reading {
  std::string plain;  // What Decimal::Parse reads.
  bool grouped = false;
};

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

// "1.234.567" with its separators taken out, or nothing when a group is incomplete.
std::optional<std::string> Ungroup(absl::string_view integer, char group) {
  const std::size_t first = integer.find(group);
  if (first == 0 || first > 3 || integer.front() == '0') return std::nullopt;
  std::string digits(integer.substr(0, first));
  for (integer.remove_prefix(first); !integer.empty(); integer.remove_prefix(4)) {
    if (integer.size() < 4 || integer.front() != group) return std::nullopt;
    absl::StrAppend(&digits, integer.substr(1, 3));
  }
  return digits;
}

// Reads digits and separators, strictly, as one convention writes them.
std::optional<Reading> ReadAs(absl::string_view text, const Convention& convention) {
  Reading reading;
  const std::size_t decimal = text.find(convention.decimal);
  const absl::string_view integer = text.substr(0, decimal);
  reading.grouped = convention.group != 0 && absl::StrContains(integer, convention.group);
  if (reading.grouped) {
    std::optional<std::string> digits = Ungroup(integer, convention.group);
    if (!digits) return std::nullopt;
    reading.plain = *std::move(digits);
  } else {
    reading.plain = std::string(integer);
  }
  if (!AllDigits(reading.plain)) return std::nullopt;
  if (decimal == absl::string_view::npos) return reading;
  const absl::string_view fraction = text.substr(decimal + 1);
  if (!AllDigits(fraction)) return std::nullopt;
  absl::StrAppend(&reading.plain, ".", fraction);
  return reading;
}

constexpr absl::string_view kBlanks[] = {" ", "\t", "\r", "\n", "\u00A0", "\u202F"};
constexpr absl::string_view kMinusSigns[] = {"-", "\u2212"};
constexpr absl::string_view kDashes[] = {"-", "\u2013", "\u2014", "\u2212"};

absl::string_view TrimBlanks(absl::string_view text) {
  const auto trim_one = [&text] {
    return std::any_of(std::begin(kBlanks), std::end(kBlanks), [&text](absl::string_view blank) {
      return absl::ConsumePrefix(&text, blank) || absl::ConsumeSuffix(&text, blank);
    });
  };
  while (trim_one()) {
  }
  return text;
}

// Takes a minus or a pair of parentheses off `text`; false when there is neither.
bool TakeSign(absl::string_view* text) {
  for (const absl::string_view minus : kMinusSigns) {
    if (absl::ConsumePrefix(text, minus)) return true;
  }
  if (!absl::StartsWith(*text, "(") || !absl::EndsWith(*text, ")")) return false;
  *text = TrimBlanks(text->substr(1, text->size() - 2));
  return true;
}

void TakeCurrency(absl::string_view* text, absl::string_view symbol) {
  if (symbol.empty()) return;
  if (absl::StartsWithIgnoreCase(*text, symbol)) {
    text->remove_prefix(symbol.size());
    if (absl::ascii_isalpha(static_cast<unsigned char>(symbol.back()))) {
      absl::ConsumePrefix(text, ".");
    }
  } else if (absl::EndsWithIgnoreCase(*text, symbol)) {
    text->remove_suffix(symbol.size());
  } else {
    return;
  }
  *text = TrimBlanks(*text);
}

// Takes the ",-" that Indonesian price tags put in the place of cents. A number with cents has
// none.
void TakePriceTagEnding(absl::string_view* text) {
  absl::string_view rest = *text;
  for (const absl::string_view ending : {",--", ",-", ",\u2013", ",\u2014"}) {
    if (absl::ConsumeSuffix(&rest, ending)) {
      if (!absl::StrContains(rest, ',')) *text = rest;
      return;
    }
  }
}

absl::Status Refused(absl::string_view text, absl::string_view why) {
  return InvalidArgument("INVALID_AMOUNT", "",
                         absl::StrCat("\"", absl::Utf8SafeCHexEscape(text), "\" ", why));
}

std::string WrittenFor(absl::string_view plain, NumberLocale locale) {
  const absl::StatusOr<Decimal> value = Decimal::Parse(plain);
  return value.ok() ? FormatForLocale(*value, locale) : std::string(plain);
}

// Reads the bare number that is left once sign and currency are gone.
absl::StatusOr<Decimal> ReadBare(absl::string_view text, absl::string_view bare,
                                 const Convention& own) {
  const Convention* const other = OtherConvention(own);
  const std::optional<Reading> reading = ReadAs(bare, own);
  const std::optional<Reading> foreign = other ? ReadAs(bare, *other) : std::nullopt;

  if (!reading && !foreign) {
    const Decimal example = *Decimal::Parse("1234567.89");
    return Refused(text, absl::StrCat("is not a number in ", own.name, "; write it like ",
                                      FormatForLocale(example, own.locale)));
  }
  if (!reading) {
    return Refused(text,
                   absl::StrCat("is not a number in ", own.name, "; it reads as ", foreign->plain,
                                " in ", other->name, ". If that is meant, write ",
                                WrittenFor(foreign->plain, own.locale)));
  }
  // A complete group of the reader's own convention is taken at its word. What is left in doubt is
  // a lone decimal separator before three digits: "1,500" from an Indonesian hand may be 1.5 or
  // 1500.
  if (foreign && foreign->grouped) {
    return Refused(text,
                   absl::StrCat("is ambiguous: it reads as ", reading->plain, " in ", own.name,
                                " and as ", foreign->plain, " in ", other->name, ". Write ", bare,
                                "0 or ", WrittenFor(foreign->plain, own.locale)));
  }
  return Decimal::Parse(reading->plain);
}

}  // namespace

NumberLocale NumberLocaleFromTag(absl::string_view tag) {
  const std::string language = absl::AsciiStrToLower(tag.substr(0, tag.find_first_of("-_.@")));
  if (language == "id") return NumberLocale::kIndonesian;
  if (language == "plain" || language == "c" || language == "posix") return NumberLocale::kPlain;
  return NumberLocale::kEnglish;
}

absl::StatusOr<Decimal> ParseUserNumber(absl::string_view text, const UserNumberOptions& options) {
  if (text.size() > Decimal::kMaxTextLength) {
    return Refused(text.substr(0, 16), absl::StrCat("... is too long for a number; at most ",
                                                    Decimal::kMaxTextLength, " bytes are allowed"));
  }
  const Convention& convention = ConventionOf(options.locale);
  absl::string_view bare = TrimBlanks(text);

  absl::string_view without_currency = bare;
  TakeCurrency(&without_currency, options.currency_symbol);
  if (std::count(std::begin(kDashes), std::end(kDashes), without_currency) > 0) {
    if (options.dash_is_zero) return Decimal();
    return Refused(text, "is only a dash; a number is expected, 0 for nothing");
  }

  // The sign may stand on either side of the currency: "-Rp 5", "Rp -5", "(Rp 5)", "Rp (5)".
  bool negative = TakeSign(&bare);
  TakeCurrency(&bare, options.currency_symbol);
  if (!negative) negative = TakeSign(&bare);
  if (negative && !options.allow_negative) {
    return Refused(text, "is negative; a number without a sign is expected here");
  }
  if (convention.locale == NumberLocale::kIndonesian) TakePriceTagEnding(&bare);

  LUMBUNG_ASSIGN_OR_RETURN(const Decimal magnitude, ReadBare(text, bare, convention));
  return negative ? magnitude.Negated() : magnitude;
}

std::string FormatForLocale(const Decimal& value, NumberLocale locale) {
  const Convention& convention = ConventionOf(locale);
  std::string text = value.ToString();
  if (convention.group == 0) return text;
  const std::size_t point = text.find('.');
  if (point != std::string::npos) text[point] = convention.decimal;
  const std::size_t first_digit = value.IsNegative() ? 1 : 0;
  for (std::size_t end = std::min(point, text.size()); end > first_digit + 3;) {
    end -= 3;
    text.insert(end, 1, convention.group);
  }
  return text;
}

}  // namespace lumbung
