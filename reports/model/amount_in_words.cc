#include "reports/model/amount_in_words.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace lumbung::reports {
namespace {

constexpr const char* kDigits[][2] = {{"nol", "zero"},     {"satu", "one"},    {"dua", "two"},
                                      {"tiga", "three"},   {"empat", "four"},  {"lima", "five"},
                                      {"enam", "six"},     {"tujuh", "seven"}, {"delapan", "eight"},
                                      {"sembilan", "nine"}};
constexpr const char* kTeens[] = {"ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                  "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr const char* kTens[] = {"",      "",      "twenty",  "thirty", "forty",
                                 "fifty", "sixty", "seventy", "eighty", "ninety"};
// Powers of a thousand, from the first. 10^38 is beyond every Decimal.
constexpr const char* kPowers[][2] = {
    {"", ""},
    {"ribu", "thousand"},
    {"juta", "million"},
    {"miliar", "billion"},
    {"triliun", "trillion"},
    {"kuadriliun", "quadrillion"},
    {"kuintiliun", "quintillion"},
    {"sekstiliun", "sextillion"},
    {"septiliun", "septillion"},
    {"oktiliun", "octillion"},
    {"noniliun", "nonillion"},
    {"desiliun", "decillion"},
    {"undesiliun", "undecillion"},
};

struct CurrencyNames {
  absl::string_view code;
  const char* whole[2];
  // A hundredth; empty when there is no such coin.
  const char* hundredth[2];
};
// Currencies that donors and villages use.
constexpr CurrencyNames kCurrencies[] = {
    {"IDR", {"rupiah", "rupiah"}, {"sen", "sen"}},
    {"USD", {"dolar Amerika Serikat", "US dollars"}, {"sen", "cents"}},
    {"EUR", {"euro", "euros"}, {"sen", "cents"}},
    {"GBP", {"pound sterling", "pounds sterling"}, {"penny", "pence"}},
    {"AUD", {"dolar Australia", "Australian dollars"}, {"sen", "cents"}},
    {"SGD", {"dolar Singapura", "Singapore dollars"}, {"sen", "cents"}},
    {"NZD", {"dolar Selandia Baru", "New Zealand dollars"}, {"sen", "cents"}},
    {"CAD", {"dolar Kanada", "Canadian dollars"}, {"sen", "cents"}},
    {"CHF", {"franc Swiss", "Swiss francs"}, {"rappen", "rappen"}},
    {"MYR", {"ringgit", "ringgit"}, {"sen", "sen"}},
    {"JPY", {"yen", "yen"}, {"", ""}},
};

const char* Word(const char* const (&pair)[2], Language language) {
  return pair[language == Language::kIndonesian ? 0 : 1];
}

using WordList = std::vector<std::string>;

void AddIndonesian(int hundreds, WordList* words) {
  const auto add_digit = [words](int digit) { words->push_back(kDigits[digit][0]); };
  if (hundreds >= 200) add_digit(hundreds / 100);
  if (hundreds >= 100) words->push_back(hundreds < 200 ? "seratus" : "ratus");
  const int rest = hundreds % 100;
  if (rest == 10 || rest == 11) {
    words->push_back(rest == 10 ? "sepuluh" : "sebelas");
    return;
  }
  if (rest >= 20) {
    add_digit(rest / 10);
    words->push_back("puluh");
  }
  if (rest % 10 != 0) add_digit(rest % 10);
  if (rest > 10 && rest < 20) words->push_back("belas");
}

void AddEnglish(int hundreds, WordList* words) {
  if (hundreds >= 100) {
    words->push_back(kDigits[hundreds / 100][1]);
    words->push_back("hundred");
  }
  const int rest = hundreds % 100;
  if (rest >= 10 && rest < 20) {
    words->push_back(kTeens[rest - 10]);
    return;
  }
  std::string word = kTens[rest / 10];
  if (rest % 10 != 0) absl::StrAppend(&word, word.empty() ? "" : "-", kDigits[rest % 10][1]);
  if (!word.empty()) words->push_back(std::move(word));
}

std::string WholeInWords(int128 number, Language language) {
  std::vector<int> groups;
  for (; number != 0; number /= 1000) groups.push_back(static_cast<int>(number % 1000));
  WordList words;
  for (std::size_t power = groups.size(); power-- > 0;) {
    if (groups[power] == 0) continue;
    if (language == Language::kIndonesian && power == 1 && groups[power] == 1) {
      words.push_back("seribu");
      continue;
    }
    language == Language::kIndonesian ? AddIndonesian(groups[power], &words)
                                      : AddEnglish(groups[power], &words);
    if (power > 0) words.push_back(Word(kPowers[power], language));
  }
  return words.empty() ? Word(kDigits[0], language) : absl::StrJoin(words, " ");
}

int128 PowerOfTen(int exponent) {
  int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

const CurrencyNames* FindNames(absl::string_view code) {
  const auto* const found =
      std::find_if(std::begin(kCurrencies), std::end(kCurrencies),
                   [code](const CurrencyNames& names) { return names.code == code; });
  return found == std::end(kCurrencies) ? nullptr : found;
}

}  // namespace

std::string NumberInWords(const Decimal& whole, Language language) {
  const Decimal number = whole.Abs().Trimmed();
  return WholeInWords(number.units() / PowerOfTen(number.scale()), language);
}

std::string AmountInWords(const Decimal& amount, absl::string_view currency, Language language) {
  const Decimal exact = amount.Abs().Trimmed();
  const int128 power = PowerOfTen(exact.scale());
  const int128 whole = exact.units() / power;
  const int128 fraction = exact.units() % power;
  const CurrencyNames* const names = FindNames(currency);
  const std::string name = names == nullptr ? std::string(currency) : Word(names->whole, language);
  std::string words =
      absl::StrCat(amount.IsNegative() ? "minus " : "", WholeInWords(whole, language));
  if (fraction == 0) return absl::StrCat(words, " ", name);
  if (names != nullptr && exact.scale() <= 2 && *names->hundredth[0] != '\0') {
    return absl::StrCat(words, " ", name, language == Language::kEnglish ? " and " : " ",
                        WholeInWords(fraction * PowerOfTen(2 - exact.scale()), language), " ",
                        Word(names->hundredth, language));
  }
  absl::StrAppend(&words, language == Language::kIndonesian ? " koma" : " point");
  for (int place = exact.scale() - 1; place >= 0; --place) {
    const int digit = static_cast<int>(fraction / PowerOfTen(place) % 10);
    absl::StrAppend(&words, " ", Word(kDigits[digit], language));
  }
  return absl::StrCat(words, " ", name);
}

}  // namespace lumbung::reports
