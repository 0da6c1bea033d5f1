#include "services/common/access.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::IsOk;
using testing::Refuses;

TEST(AccessTest, ReadsOrganizationActorAndRoles) {
  const auto access = AccessFromMetadata({{"lumbung-organization", "yayasan-contoh"},
                                          {"lumbung-actor", "sri"},
                                          {"lumbung-roles", "viewer, adjuster"},
                                          {"user-agent", std::string(1'000, 'x')}});
  ASSERT_THAT(access, IsOk());
  EXPECT_EQ(access->organization, "yayasan-contoh");
  EXPECT_EQ(access->actor, "sri");
  EXPECT_TRUE(access->adjuster);
}

TEST(AccessTest, GrantsNothingThatWasNotAskedFor) {
  const auto access = AccessFromMetadata({{"lumbung-roles", "adjusters,not-adjuster"}});
  ASSERT_THAT(access, IsOk());
  EXPECT_FALSE(access->adjuster);
}

TEST(AccessTest, RefusesOverlongMetadata) {
  EXPECT_THAT(AccessFromMetadata({{"lumbung-actor", std::string(256, 'x')}}),
              Refuses("INVALID_METADATA"));
}

}  // namespace
}  // namespace lumbung
