#include "services/common/resource_names.h"

#include <gmock/gmock.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::RefusesAt;

TEST(ResourceNameTest, PutsCollectionsAndIdsByTurns) {
  EXPECT_EQ(ResourceName({{"books", "main"}}), "books/main");
  EXPECT_EQ(ResourceName({{"books", "main"}, {"accounts", "1.1.01"}}),
            "books/main/accounts/1.1.01");
}

TEST(ResourceNameTest, AnyIdSurvivesTheRoundTrip) {
  for (const char* id : {"1.1", "a/b", "50%", "%2F", "Aset:Kas & Bank", "ké", " ", "//"}) {
    const std::string name = ResourceName({{"books", "main"}, {"accounts", id}});
    const auto ids = ParseResourceName(name, {"books", "accounts"}, "name");
    ASSERT_THAT(ids, IsOk()) << name;
    EXPECT_THAT(*ids, ElementsAre("main", id));
  }
}

TEST(ResourceNameTest, RefusesWhatIsNoName) {
  for (const char* name :
       {"", "books", "books/", "books/main", "books/main/accounts", "books/main/accounts/",
        "books//accounts/1", "book/main/accounts/1", "books/main/accounts/1/2",
        "/books/main/accounts/1", "books/main/accounts/%", "books/main/accounts/%2",
        "books/main/accounts/%zz", "books/main/accounts/%00"}) {
    EXPECT_THAT(ParseResourceName(name, {"books", "accounts"}, "name"),
                RefusesAt("INVALID_NAME", "name"))
        << name;
  }
  EXPECT_THAT(ParseResourceName(std::string(5'000, 'x'), {"books"}, "parent"),
              RefusesAt("INVALID_NAME", "parent"));
}

}  // namespace
}  // namespace lumbung
