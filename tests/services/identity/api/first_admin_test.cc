#include "services/identity/api/first_admin.h"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "services/common/random_bytes.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::identity {
namespace {

using testing::IsOk;
using testing::Refuses;

TEST(FirstAdminTest, IsMadeOnce) {
  testing::TestDatabase database;
  const auto first = EnsureFirstAdmin(database.pool(), SecureRandomBytes, absl::Now());
  ASSERT_THAT(first, IsOk());
  ASSERT_TRUE(first->has_value());
  EXPECT_EQ((*first)->size(), 23u);
  const auto second = EnsureFirstAdmin(database.pool(), SecureRandomBytes, absl::Now());
  ASSERT_THAT(second, IsOk());
  EXPECT_FALSE(second->has_value());
}

TEST(FirstAdminTest, IsMadeOnceByServersThatStartTogether) {
  testing::TestDatabase database;
  std::vector<int> made(4);
  std::vector<std::thread> servers;
  for (int& one : made) {
    servers.emplace_back([&database, &one] {
      const auto password = EnsureFirstAdmin(database.pool(), SecureRandomBytes, absl::Now());
      one = password.ok() ? static_cast<int>(password->has_value()) : 100;
    });
  }
  for (std::thread& server : servers) server.join();
  EXPECT_EQ(made[0] + made[1] + made[2] + made[3], 1);
}

TEST(FirstAdminTest, TheServerActsForPeopleItKnows) {
  testing::TestDatabase database;
  const auto open = [&database](absl::string_view user_name) {
    return OpenServerSession(database.pool(), user_name, absl::Minutes(1), SecureRandomBytes,
                             absl::Now());
  };
  EXPECT_THAT(open(kFirstAdmin), Refuses("PERSON_NOT_FOUND"));
  EXPECT_THAT(ResetFirstAdmin(database.pool(), SecureRandomBytes, absl::Now()),
              Refuses("PERSON_NOT_FOUND"));
  ASSERT_THAT(EnsureFirstAdmin(database.pool(), SecureRandomBytes, absl::Now()), IsOk());
  EXPECT_THAT(open(kFirstAdmin), IsOk());
  EXPECT_THAT(ResetFirstAdmin(database.pool(), SecureRandomBytes, absl::Now()), IsOk());
}

}  // namespace
}  // namespace lumbung::identity
