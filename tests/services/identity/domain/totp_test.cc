#include "services/identity/domain/totp.h"

#include <string>

#include <gtest/gtest.h>

namespace lumbung::identity {
namespace {

constexpr absl::string_view kSecret = "12345678901234567890";

absl::Time At(std::int64_t seconds) {
  return absl::FromUnixSeconds(seconds);
}

// RFC 6238, appendix B, cut to six digits.
TEST(TotpTest, AgreesWithTheStandard) {
  const std::pair<std::int64_t, const char*> vectors[] = {{59, "287082"},
                                                          {1'111'111'109, "081804"},
                                                          {1'111'111'111, "050471"},
                                                          {1'234'567'890, "005924"},
                                                          {2'000'000'000, "279037"},
                                                          {20'000'000'000, "353130"}};
  for (const auto& [seconds, code] : vectors) {
    EXPECT_EQ(TotpCode(kSecret, TotpStep(At(seconds))), code) << seconds;
  }
}

TEST(TotpTest, TakesTheCodeOfOneStepEitherWay) {
  const absl::Time now = At(1'234'567'890);
  const std::int64_t step = TotpStep(now);
  for (std::int64_t offset = -3; offset <= 3; ++offset) {
    const auto match = MatchTotp(kSecret, TotpCode(kSecret, step + offset), now, 0);
    EXPECT_EQ(match.has_value(), offset >= -1 && offset <= 1) << offset;
    if (match) {
      EXPECT_EQ(*match, step + offset);
    }
  }
}

TEST(TotpTest, TakesEachStepOnce) {
  const absl::Time now = At(1'234'567'890);
  const std::int64_t step = TotpStep(now);
  const std::string code = TotpCode(kSecret, step);
  EXPECT_EQ(MatchTotp(kSecret, code, now, step - 1), step);
  EXPECT_EQ(MatchTotp(kSecret, code, now, step), std::nullopt);
  // Nor an earlier one once a later one was used.
  EXPECT_EQ(MatchTotp(kSecret, TotpCode(kSecret, step - 1), now, step), std::nullopt);
  EXPECT_EQ(MatchTotp(kSecret, TotpCode(kSecret, step + 1), now, step), step + 1);
}

TEST(TotpTest, TakesNothingThatIsNotACode) {
  const absl::Time now = At(59);
  for (const char* code : {"", "28708", "2870820", "287083", "28708a", " 287082"}) {
    EXPECT_EQ(MatchTotp(kSecret, code, now, 0), std::nullopt) << code;
  }
}

// RFC 4648, section 10, without the padding.
TEST(TotpTest, WritesSecretsInBase32) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "MY"},
                                                         {"fo", "MZXQ"},
                                                         {"foo", "MZXW6"},
                                                         {"foob", "MZXW6YQ"},
                                                         {"fooba", "MZXW6YTB"},
                                                         {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : vectors) EXPECT_EQ(Base32(bytes), text);
}

TEST(TotpTest, WritesTheUriThatAppsRead) {
  EXPECT_EQ(TotpUri("siti@desa.id", "foobar"),
            "otpauth://totp/Lumbung:siti%40desa.id?secret=MZXW6YTBOI&issuer=Lumbung");
}

}  // namespace
}  // namespace lumbung::identity
