#include "services/identity/domain/grant_scope.h"

#include <gtest/gtest.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung::identity {
namespace {

using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;

GrantScope Scope(const char* text) {
  return ParseGrantScope(text, "scope").value();
}

TEST(GrantScopeTest, ReadsWhatItWrites) {
  for (const char* text : {"", "books/main", "books/main/funds/G-1", "books/main/funds/a%2Fb%25",
                           "regions/32", "regions/32.04.05.2001"}) {
    EXPECT_EQ(ToString(Scope(text)), text);
  }
  EXPECT_EQ(Scope("books/main/funds/a%2Fb").fund, "a/b");
}

TEST(GrantScopeTest, RefusesWhatIsNoScope) {
  for (const char* text :
       {"main", "books", "books/", "books/Main", "books/main/", "books/main/funds",
        "books/main/funds/", "books/main/accounts/1", "regions/", "regions/3", "regions/32.",
        "regions/32..04", "regions/x", "regions/320.4", "/", "books/main/funds/a/b"}) {
    EXPECT_THAT(ParseGrantScope(text, "scope"), RefusesAt("INVALID_SCOPE", "scope")) << text;
  }
}

TEST(GrantScopeTest, CoversWhatIsInside) {
  struct Case {
    const char* outer;
    const char* inner;
    bool covers;
  };
  const Case cases[] = {
      {"", "", true},
      {"", "books/a", true},
      {"", "books/a/funds/f", true},
      {"books/a", "", false},
      {"books/a", "books/a", true},
      {"books/a", "books/b", false},
      {"books/a", "books/a/funds/f", true},
      {"books/a/funds/f", "books/a/funds/f", true},
      {"books/a/funds/f", "books/a/funds/g", false},
      {"books/a/funds/f", "books/b/funds/f", false},
      {"books/a/funds/f", "books/a", false},
      {"regions/32", "regions/32.04", true},
      {"regions/32.04", "regions/32", false},
      {"regions/32", "books/a", false},
      {"books/a", "regions/32", false},
      {"regions/32", "", false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Covers(Scope(c.outer), Scope(c.inner)), c.covers) << c.outer << " : " << c.inner;
  }
}

TEST(GrantScopeTest, RegionsAreCutAtDots) {
  EXPECT_TRUE(IsInRegion("32.04.05", "32.04"));
  EXPECT_TRUE(IsInRegion("32.04", "32.04"));
  EXPECT_FALSE(IsInRegion("32.041", "32.04"));
  EXPECT_FALSE(IsInRegion("32", "32.04"));
  EXPECT_FALSE(IsInRegion("", "32"));
  EXPECT_FALSE(IsInRegion("32", ""));
  EXPECT_THAT(ValidateRegion("32.04.05.2001", "region_code"), IsOk());
  EXPECT_THAT(ValidateRegion("Jawa Barat", "region_code"), Refuses("INVALID_REGION"));
}

}  // namespace
}  // namespace lumbung::identity
