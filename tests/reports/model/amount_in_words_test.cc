// Amounts in words, and read back by a reader that shares nothing with the writer.
#include "reports/model/amount_in_words.h"

#include <cstdint>
#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace lumbung::reports {
namespace {

struct Case {
  const char* amount;
  const char* currency;
  const char* id;
  const char* en;
};

class AmountInWordsTest : public ::testing::TestWithParam<Case> {};

TEST_P(AmountInWordsTest, SaysIt) {
  const Decimal amount = *Decimal::Parse(GetParam().amount);
  EXPECT_EQ(AmountInWords(amount, GetParam().currency, Language::kIndonesian), GetParam().id);
  EXPECT_EQ(AmountInWords(amount, GetParam().currency, Language::kEnglish), GetParam().en);
}

INSTANTIATE_TEST_SUITE_P(
    Table, AmountInWordsTest,
    ::testing::Values(
        Case{"0", "IDR", "nol rupiah", "zero rupiah"},
        Case{"1", "IDR", "satu rupiah", "one rupiah"},
        Case{"10", "IDR", "sepuluh rupiah", "ten rupiah"},
        Case{"11", "IDR", "sebelas rupiah", "eleven rupiah"},
        Case{"12", "IDR", "dua belas rupiah", "twelve rupiah"},
        Case{"21", "IDR", "dua puluh satu rupiah", "twenty-one rupiah"},
        Case{"100", "IDR", "seratus rupiah", "one hundred rupiah"},
        Case{"110", "IDR", "seratus sepuluh rupiah", "one hundred ten rupiah"},
        Case{"999", "IDR", "sembilan ratus sembilan puluh sembilan rupiah",
             "nine hundred ninety-nine rupiah"},
        Case{"1000", "IDR", "seribu rupiah", "one thousand rupiah"},
        Case{"1001000", "IDR", "satu juta seribu rupiah", "one million one thousand rupiah"},
        Case{"2000", "IDR", "dua ribu rupiah", "two thousand rupiah"},
        Case{"11000", "IDR", "sebelas ribu rupiah", "eleven thousand rupiah"},
        Case{"101000", "IDR", "seratus satu ribu rupiah", "one hundred one thousand rupiah"},
        Case{"1000000", "IDR", "satu juta rupiah", "one million rupiah"},
        Case{"1250000.50", "IDR", "satu juta dua ratus lima puluh ribu rupiah lima puluh sen",
             "one million two hundred fifty thousand rupiah and fifty sen"},
        Case{"0.05", "IDR", "nol rupiah lima sen", "zero rupiah and five sen"},
        Case{"17749134542.00", "IDR",
             "tujuh belas miliar tujuh ratus empat puluh sembilan juta seratus tiga puluh empat "
             "ribu lima ratus empat puluh dua rupiah",
             "seventeen billion seven hundred forty-nine million one hundred thirty-four thousand "
             "five hundred forty-two rupiah"},
        Case{"1200.5", "USD", "seribu dua ratus dolar Amerika Serikat lima puluh sen",
             "one thousand two hundred US dollars and fifty cents"},
        Case{"15000", "JPY", "lima belas ribu yen", "fifteen thousand yen"},
        Case{"15.5", "JPY", "lima belas koma lima yen", "fifteen point five yen"},
        Case{"3.125", "IDR", "tiga koma satu dua lima rupiah", "three point one two five rupiah"},
        Case{"2.05", "XAU", "dua koma nol lima XAU", "two point zero five XAU"},
        Case{"-7", "IDR", "minus tujuh rupiah", "minus seven rupiah"},
        Case{"1000000000000000000000000000", "IDR", "satu oktiliun rupiah",
             "one octillion rupiah"}));

// A reader of Indonesian number words.
std::int64_t Read(const std::string& words) {
  static const std::map<std::string, std::int64_t> kDigits = {
      {"nol", 0},  {"satu", 1}, {"dua", 2},   {"tiga", 3},    {"empat", 4},
      {"lima", 5}, {"enam", 6}, {"tujuh", 7}, {"delapan", 8}, {"sembilan", 9}};
  static const std::map<std::string, std::int64_t> kPowers = {{"ribu", 1'000},
                                                              {"juta", 1'000'000},
                                                              {"miliar", 1'000'000'000},
                                                              {"triliun", 1'000'000'000'000}};
  std::int64_t total = 0;
  std::int64_t group = 0;
  std::int64_t digit = 0;
  for (absl::string_view word : absl::StrSplit(words, ' ')) {
    // "se" is one.
    if (word == "sepuluh" || word == "sebelas" || word == "seratus" || word == "seribu") {
      word.remove_prefix(2);
      digit = 1;
    }
    const std::string rest(word);
    if (kDigits.count(rest) > 0) {
      digit = kDigits.at(rest);
    } else if (rest == "puluh") {
      group += digit * 10;
      digit = 0;
    } else if (rest == "belas") {
      group += digit + 10;
      digit = 0;
    } else if (rest == "ratus") {
      group += digit * 100;
      digit = 0;
    } else {
      total += (group + digit) * kPowers.at(rest);
      group = digit = 0;
    }
  }
  return total + group + digit;
}

TEST(AmountInWordsPropertyTest, IsReadBackAsTheSameNumber) {
  const std::uint64_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    // Of every length.
    const std::uint64_t number = (random() % 1'000'000'000'000'000) >> random() % 50;
    const Decimal amount = Decimal::FromInteger(static_cast<std::int64_t>(number));
    const std::string words = NumberInWords(amount, Language::kIndonesian);
    ASSERT_EQ(Read(words), static_cast<std::int64_t>(number)) << words;
  }
}

}  // namespace
}  // namespace lumbung::reports
