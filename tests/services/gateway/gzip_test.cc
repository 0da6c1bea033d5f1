#include "services/gateway/gzip.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::gateway {
namespace {

using testing::Refuses;

TEST(GzipTest, GivesBackWhatWentIn) {
  for (const std::string& text :
       {std::string(), std::string("Kas"), std::string(300'000, 'x'), std::string("\0\xff", 2)}) {
    EXPECT_EQ(*Gunzip(Gzip(text), text.size()), text);
  }
}

TEST(GzipTest, StopsAtTheLimitHoweverSmallTheMessageCame) {
  const std::string bomb = Gzip(std::string(100 << 20, '\0'));
  EXPECT_LT(bomb.size(), 1u << 20);
  EXPECT_THAT(Gunzip(bomb, 1'000'000), Refuses("MESSAGE_TOO_LARGE"));
}

TEST(GzipTest, RefusesWhatIsDamaged) {
  const std::string whole = Gzip("Kas dan setara kas");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_THAT(Gunzip(whole.substr(0, size), 1'000), Refuses("MALFORMED_GZIP")) << size;
  }
  EXPECT_THAT(Gunzip(absl::StrCat(whole, "x"), 1'000), Refuses("MALFORMED_GZIP"));
  EXPECT_THAT(Gunzip(absl::StrCat(whole, whole), 1'000), Refuses("MALFORMED_GZIP"));
  EXPECT_THAT(Gunzip("{}", 1'000), Refuses("MALFORMED_GZIP"));
  // The check sum at the end.
  std::string changed = whole;
  changed[changed.size() - 6] ^= 1;
  EXPECT_THAT(Gunzip(changed, 1'000), Refuses("MALFORMED_GZIP"));
}

TEST(GzipTest, KnowsWhoTakesIt) {
  for (const char* text : {"gzip", "GZIP", "br, gzip", "gzip;q=0.5", "deflate,gzip ; q=1"}) {
    EXPECT_TRUE(TakesGzip(text)) << text;
  }
  for (const char* text : {"", "br", "xgzip", "gzip;q=0", "gzip; q=0.000", "*"}) {
    EXPECT_FALSE(TakesGzip(text)) << text;
  }
}

}  // namespace
}  // namespace lumbung::gateway
