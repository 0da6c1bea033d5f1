#include "ledger/export/percent_code.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace lumbung::ledger_export {
namespace {

TEST(PercentCodeTest, LeavesWhatMayStand) {
  const PercentRules rules{";", "(", false};
  for (const char* text : {"50% off", "a b", "Ünïcode", "%4", "%zz", "x(y)"}) {
    EXPECT_EQ(PercentEncode(text, rules), text);
  }
}

TEST(PercentCodeTest, WritesTheRestAsBytes) {
  const PercentRules rules{";", "(", false};
  EXPECT_EQ(PercentEncode("a;b", rules), "a%3Bb");
  EXPECT_EQ(PercentEncode("(a)", rules), "%28a)");
  EXPECT_EQ(PercentEncode("%41", rules), "%2541");
  EXPECT_EQ(PercentEncode(" a  b ", rules), "%20a %20b%20");
  EXPECT_EQ(PercentEncode("a\nb\tc", rules), "a%0Ab%09c");
  EXPECT_EQ(PercentEncode("a\xC2\xA0z", rules), "a%C2%A0z");  // A no-break space.
}

RC_GTEST_PROP(PercentCodeTest, ReadsBackWhatItWrites, (const std::string& text)) {
  const PercentRules rules{";\"", "(*", false};
  RC_ASSERT(PercentDecode(PercentEncode(text, rules)) == text);
}

}  // namespace
}  // namespace lumbung::ledger_export
