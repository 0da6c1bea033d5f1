#include "ledger/store/organization_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::testing {
namespace {

using store::InTransaction;
using store::TransactionScope;

class OrganizationStoreTest : public ::testing::Test {
 protected:
  auto Create(const std::string& slug, const std::string& name = "") {
    return InTransaction(database_.pool(), {}, [&](TransactionScope& scope) {
      return store::CreateOrganization(scope, {slug, NewTestUid(), name});
    });
  }
  auto Find(const std::string& slug) {
    return InTransaction(database_.pool(), {}, [&](TransactionScope& scope) {
      return store::FindOrganization(scope, slug);
    });
  }
  std::vector<std::string> List(const std::string& after, int limit) {
    const auto listed = InTransaction(database_.pool(), {}, [&](TransactionScope& scope) {
      return store::ListOrganizations(scope, after, limit);
    });
    std::vector<std::string> slugs;
    for (const store::Organization& organization : *listed) slugs.push_back(organization.slug);
    return slugs;
  }

  TestDatabase database_;
};

TEST_F(OrganizationStoreTest, FindsWhatItCreated) {
  const auto created = Create("bumdes-maju", "BUM Desa Maju");
  ASSERT_THAT(created, IsOk());
  const auto found = Find("bumdes-maju");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->id, created->id);
  EXPECT_EQ(found->uid, created->uid);
  EXPECT_EQ(found->uid.size(), 36u);
  EXPECT_EQ(found->display_name, "BUM Desa Maju");
  EXPECT_EQ(found->created_at, created->created_at);
}

TEST_F(OrganizationStoreTest, RefusesWhatIsNoSlug) {
  for (const char* slug : {"", "-a", "A", "a b", "a/b", "é"}) {
    EXPECT_THAT(Create(slug), RefusesAt("INVALID_ID", "organization_id")) << slug;
  }
  EXPECT_THAT(Create(std::string(64, 'a')), RefusesAt("INVALID_ID", "organization_id"));
  EXPECT_THAT(Create(std::string(63, 'a')), IsOk());
}

TEST_F(OrganizationStoreTest, RefusesNamesThatCannotBeStored) {
  EXPECT_THAT(Create("a", std::string(256, 'x')), RefusesAt("TEXT_TOO_LONG", "display_name"));
  EXPECT_THAT(Create("a", "two\nlines"), RefusesAt("INVALID_TEXT", "display_name"));
  EXPECT_THAT(Create("a", "\xff"), RefusesAt("INVALID_TEXT", "display_name"));
  EXPECT_THAT(Create("a", std::string("x\0y", 3)), RefusesAt("INVALID_TEXT", "display_name"));
}

TEST_F(OrganizationStoreTest, RefusesTheSameSlugTwice) {
  ASSERT_THAT(Create("yayasan"), IsOk());
  EXPECT_THAT(Create("yayasan"), RefusesAt("ALREADY_EXISTS", "organization_id"));
}

TEST_F(OrganizationStoreTest, SaysThatThereIsNone) {
  EXPECT_THAT(Find("nobody"), Refuses("ORGANIZATION_NOT_FOUND"));
}

TEST_F(OrganizationStoreTest, ListsInPagesBySlug) {
  for (const char* slug : {"c", "a", "b"}) ASSERT_THAT(Create(slug), IsOk());
  EXPECT_THAT(List("", 2), ::testing::ElementsAre("a", "b"));
  EXPECT_THAT(List("b", 2), ::testing::ElementsAre("c"));
}

}  // namespace
}  // namespace lumbung::testing
