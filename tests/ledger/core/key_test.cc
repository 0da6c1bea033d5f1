#include "ledger/core/key.h"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::IsOk;
using testing::RefusesAt;

TEST(KeyTest, AcceptsWhatPeopleCallThings) {
  for (const char* key : {"1", "1.1.01", "Aset:Kas & Bank", "a/b", "50%", "é", "現金", "x y"}) {
    EXPECT_THAT(ValidateKey(key, "key"), IsOk()) << key;
  }
  EXPECT_THAT(ValidateKey(std::string(255, 'x'), "key"), IsOk());
}

TEST(KeyTest, RefusesWhatCannotBeToldApartOrStored) {
  for (const std::string& key :
       {std::string(), std::string(256, 'x'), std::string(" a"), std::string("a "),
        std::string("\u00a0a"), std::string("a\tb"), std::string("a\nb"), std::string("a\0b", 3),
        std::string("\x7f"), std::string("\u0085"), std::string("\xff"), std::string("\xc0\xaf")}) {
    EXPECT_THAT(ValidateKey(key, "account.account_id"),
                RefusesAt("INVALID_ID", "account.account_id"))
        << key;
  }
}

TEST(SlugTest, IsLowerCaseWithDigitsAndHyphens) {
  for (const char* slug : {"a", "0", "yayasan-contoh-2026", "a-"}) {
    EXPECT_THAT(ValidateSlug(slug, "book_id"), IsOk()) << slug;
  }
  for (const char* slug : {"", "-a", "A", "a_b", "a b", "a.b", "é"}) {
    EXPECT_THAT(ValidateSlug(slug, "book_id"), RefusesAt("INVALID_ID", "book_id")) << slug;
  }
  EXPECT_THAT(ValidateSlug(std::string(63, 'a'), "book_id"), IsOk());
  EXPECT_THAT(ValidateSlug(std::string(64, 'a'), "book_id"), RefusesAt("INVALID_ID", "book_id"));
}

TEST(NameTest, MayBeEmptyAndHasNoLineBreaks) {
  EXPECT_THAT(ValidateName("", "name"), IsOk());
  EXPECT_THAT(ValidateName(std::string(255, 'x'), "name"), IsOk());
  EXPECT_THAT(ValidateName(std::string(256, 'x'), "name"), RefusesAt("TEXT_TOO_LONG", "name"));
  EXPECT_THAT(ValidateName("a\nb", "name"), RefusesAt("INVALID_TEXT", "name"));
  EXPECT_THAT(ValidateName("\xff", "name"), RefusesAt("INVALID_TEXT", "name"));
}

TEST(NoteTest, MayHaveLineBreaks) {
  EXPECT_THAT(ValidateNote("first\r\n\tsecond", "note"), IsOk());
  EXPECT_THAT(ValidateNote(std::string("a\0b", 3), "note"), RefusesAt("INVALID_TEXT", "note"));
  EXPECT_THAT(ValidateNote(std::string(4'097, 'x'), "note"), RefusesAt("TEXT_TOO_LONG", "note"));
}

TEST(RandomUidTest, IsAVersion4Uuid) {
  const char zeros[16] = {};
  EXPECT_EQ(RandomUid(zeros), "00000000-0000-4000-8000-000000000000");
  char ones[16];
  std::fill_n(ones, 16, '\xff');
  EXPECT_EQ(RandomUid(ones), "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

}  // namespace
}  // namespace lumbung
