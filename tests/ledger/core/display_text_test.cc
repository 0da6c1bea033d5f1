#include "ledger/core/display_text.h"

#include <string>

#include <gtest/gtest.h>

namespace lumbung {
namespace {

TEST(DisplayText, MeasuresTerminalColumns) {
  const struct {
    const char* text;
    int width;
  } cases[] = {
      {"", 0},           {"Kas", 3},      {"Rp 1.250,00", 11}, {"café", 4},
      {"cafe\u0301", 4}, {"現金", 4},     {"ｶﾅ", 2},           {"🌾 padi", 7},
      {"日本 yen", 8},   {"a\u200Bb", 2}, {"€5", 2},
  };
  for (const auto& c : cases) EXPECT_EQ(DisplayWidth(c.text), c.width) << c.text;
}

TEST(DisplayText, TruncatesWithoutHalvingACharacter) {
  const struct {
    const char* text;
    int columns;
    const char* shown;
  } cases[] = {
      {"Salaries", 8, "Salaries"}, {"Salaries", 7, "Salari…"},         {"Salaries", 1, "…"},
      {"現金預金", 8, "現金預金"}, {"現金預金", 7, "現金預…"},         {"現金預金", 6, "現金…"},
      {"Salaries", 0, ""},         {"cafe\u0301 x", 5, "cafe\u0301…"},
  };
  for (const auto& c : cases) EXPECT_EQ(Truncate(c.text, c.columns), c.shown) << c.text;
}

TEST(DisplayText, KeepsControlSequencesFromTheTerminal) {
  EXPECT_EQ(Printable("pay\x1b[31m now\n"), "pay [31m now ");
  EXPECT_EQ(Printable("tab\there"), "tab here");
  EXPECT_EQ(Printable("right\u202Eleft"), "right\uFFFDleft");
  EXPECT_EQ(Printable("\xff\xfe"), "\uFFFD\uFFFD");
  EXPECT_EQ(Printable("gaji Januari – ½"), "gaji Januari – ½");
}

}  // namespace
}  // namespace lumbung
