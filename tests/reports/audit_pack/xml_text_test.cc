#include "reports/audit_pack/xml_text.h"

#include <string>

#include <gtest/gtest.h>

namespace lumbung::reports {
namespace {

TEST(XmlTextTest, KeepsWhatXmlCanCarry) {
  EXPECT_EQ(XmlText("Beban listrik & air <2026> \xF0\x9F\x8C\xBE", 100),
            "Beban listrik & air <2026> \xF0\x9F\x8C\xBE");
  EXPECT_EQ(XmlText("a\tb\nc", 100), "a\tb\nc");
}

TEST(XmlTextTest, ReplacesWhatItCannot) {
  EXPECT_EQ(XmlText(std::string("a\0b\x01\x1B[2J", 8), 100), "a\uFFFDb\uFFFD\uFFFD[2J");
  EXPECT_EQ(XmlText("\xEF\xBF\xBE", 100), "\uFFFD");
  EXPECT_EQ(XmlText("\xC3(", 100), "\uFFFD(");
}

TEST(XmlTextTest, CountsCharactersAndCutsNone) {
  EXPECT_EQ(XmlText("\xC3\xA9\xC3\xA9\xC3\xA9", 2), "\xC3\xA9\xC3\xA9");
  EXPECT_EQ(XmlText("abc", 0), "");
}

}  // namespace
}  // namespace lumbung::reports
