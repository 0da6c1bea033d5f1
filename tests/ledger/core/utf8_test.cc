#include "ledger/core/utf8.h"

#include <string>

#include <gtest/gtest.h>

namespace lumbung {
namespace {

TEST(Utf8Test, TakesOneCodePointAtATime) {
  absl::string_view rest = "aé€🌾";
  EXPECT_EQ(TakeCodePoint(&rest), U'a');
  EXPECT_EQ(TakeCodePoint(&rest), U'é');
  EXPECT_EQ(TakeCodePoint(&rest), U'€');
  EXPECT_EQ(TakeCodePoint(&rest), U'🌾');
  EXPECT_TRUE(rest.empty());
}

TEST(Utf8Test, AcceptsTheEndsOfEachLength) {
  const std::string nul(1, '\0');
  for (const std::string& text :
       {nul, std::string("\x7f"), std::string("\xc2\x80"), std::string("\xdf\xbf"),
        std::string("\xe0\xa0\x80"), std::string("\xed\x9f\xbf"), std::string("\xee\x80\x80"),
        std::string("\xef\xbf\xbf"), std::string("\xf0\x90\x80\x80"),
        std::string("\xf4\x8f\xbf\xbf")}) {
    EXPECT_TRUE(IsValidUtf8(text));
  }
  EXPECT_TRUE(IsValidUtf8(""));
}

TEST(Utf8Test, RefusesWhatOnlyLooksLikeIt) {
  struct {
    const char* bytes;
    const char* why;
  } const cases[] = {
      {"\x80", "a continuation byte alone"},
      {"\xff", "a byte that never occurs"},
      {"\xc3", "cut short"},
      {"\xe2\x82", "cut short"},
      {"\xf0\x9f\x8c", "cut short"},
      {"\xc3(", "a lead without its continuation"},
      {"\xc0\x80", "an overlong NUL"},
      {"\xc1\xbf", "an overlong DEL"},
      {"\xe0\x9f\xbf", "an overlong form of three"},
      {"\xf0\x8f\xbf\xbf", "an overlong form of four"},
      {"\xed\xa0\x80", "a surrogate"},
      {"\xed\xbf\xbf", "a surrogate"},
      {"\xf4\x90\x80\x80", "above U+10FFFF"},
      {"\xf8\x88\x80\x80\x80", "five bytes"},
  };
  for (const auto& c : cases) {
    absl::string_view rest = c.bytes;
    EXPECT_EQ(TakeCodePoint(&rest), std::nullopt) << c.why;
    EXPECT_EQ(rest, c.bytes) << "nothing is taken when nothing is read";
    EXPECT_FALSE(IsValidUtf8(std::string("ok ") + c.bytes)) << c.why;
  }
}

TEST(Utf8Test, ShortensWithoutCuttingACharacter) {
  EXPECT_EQ(Beginning("desa", 4), "desa");
  EXPECT_EQ(Beginning("desa", 3), "des");
  EXPECT_EQ(Beginning("a\u20ac", 4), "a\u20ac");
  EXPECT_EQ(Beginning("a\u20ac", 3), "a");
  EXPECT_EQ(Beginning("\u20ac", 2), "");
}

TEST(Utf8Test, TellsControlsAndBlanks) {
  EXPECT_TRUE(IsControl(U'\n'));
  EXPECT_TRUE(IsControl(U'\x7f'));
  EXPECT_TRUE(IsControl(U'\x9f'));
  EXPECT_FALSE(IsControl(U'\xa0'));
  EXPECT_TRUE(IsBlank(U' '));
  EXPECT_TRUE(IsBlank(U'\xa0'));
  EXPECT_TRUE(IsBlank(U'\u2009'));
  EXPECT_FALSE(IsBlank(U'a'));
}

}  // namespace
}  // namespace lumbung
