#include "services/common/access.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Refuses;

constexpr absl::string_view kReads[] = {"balance.read", "book.read"};
constexpr absl::string_view kWrites[] = {"journal.post"};

RequestTarget In(const std::string& book, const std::string& fund = "") {
  return {.book = book, .fund = fund};
}

AccessContext Somebody(std::vector<Grant> grants) {
  AccessContext access;
  access.organization = "melati";
  access.grants = std::move(grants);
  return access;
}

TEST(AccessTest, AGrantOfTheWholeOrganizationHoldsEverywhereInIt) {
  const AccessContext access = Somebody({{"reader", "", "", kReads}});
  EXPECT_TRUE(Allows(access, "balance.read", In("main")));
  EXPECT_TRUE(Allows(access, "balance.read", In("")));
  EXPECT_FALSE(Allows(access, "journal.post", In("main")));
  EXPECT_FALSE(Allows(access, "", In("main")));
}

TEST(AccessTest, AGrantOfABookHoldsThereAlone) {
  const AccessContext access = Somebody({{"reader", "main", "", kReads}});
  EXPECT_TRUE(Allows(access, "balance.read", In("main")));
  EXPECT_TRUE(Allows(access, "balance.read", In("main", "G1")));
  EXPECT_FALSE(Allows(access, "balance.read", In("other")));
  EXPECT_FALSE(Allows(access, "balance.read", In("")));
}

TEST(AccessTest, AGrantOfAFundHoldsWhereTheRequestAsksForThatFundOnly) {
  const AccessContext access = Somebody({{"donor", "main", "G1", kReads}});
  EXPECT_TRUE(Allows(access, "balance.read", In("main", "G1")));
  EXPECT_FALSE(Allows(access, "balance.read", In("main", "G2")));
  EXPECT_FALSE(Allows(access, "balance.read", In("main")));
  EXPECT_FALSE(Allows(access, "balance.read", In("other", "G1")));
  // The chart and the currencies are needed to read any figure.
  EXPECT_TRUE(Allows(access, "book.read", In("main")));
  EXPECT_FALSE(Allows(access, "book.read", In("other")));
}

TEST(AccessTest, GrantsAddUp) {
  const AccessContext access =
      Somebody({{"reader", "", "", kReads}, {"writer", "main", "", kWrites}});
  EXPECT_TRUE(Allows(access, "journal.post", In("main")));
  EXPECT_FALSE(Allows(access, "journal.post", In("other")));
  EXPECT_TRUE(Allows(access, "balance.read", In("other")));
  // While a stream has not said what it is about, somewhere is enough.
  EXPECT_TRUE(Allows(access, "journal.post", std::nullopt));
}

TEST(AccessTest, AnotherOrganizationIsNeverTheCallsBusiness) {
  const AccessContext access = Somebody({{"reader", "", "", kReads}});
  EXPECT_TRUE(Allows(access, "book.read", RequestTarget{.organization = "melati"}));
  EXPECT_FALSE(Allows(access, "book.read", RequestTarget{.organization = "mawar"}));
}

TEST(AccessTest, ADenialNamesPermissionAndRoles) {
  const absl::Status denial = Denial(Somebody({}), "journal.post", {"finance_officer", "manager"});
  EXPECT_THAT(denial, Refuses("PERMISSION_DENIED"));
  EXPECT_EQ(denial.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(std::string(denial.message()), HasSubstr("journal.post"));
  EXPECT_THAT(std::string(denial.message()), HasSubstr("finance_officer, manager"));
  EXPECT_THAT(std::string(denial.message()), Not(HasSubstr("melati")));
}

TEST(AccessTest, ADenialNamesThePlacesWhereThePermissionHolds) {
  const absl::Status denial =
      Denial(Somebody({{"donor", "main", "G1", kReads}}), "balance.read", {"donor"});
  EXPECT_THAT(std::string(denial.message()), HasSubstr("donor of books/main/funds/G1"));
}

TEST(AccessTest, WhoNamesNoOrganizationIsAskedForOne) {
  const AccessContext access;
  EXPECT_THAT(Denial(access, "book.read", {"auditor"}), Refuses("ORGANIZATION_REQUIRED"));
  EXPECT_THAT(Denial(access, "person.manage", {"organization_admin", "platform_operator"}),
              Refuses("ORGANIZATION_REQUIRED"));
  EXPECT_THAT(Denial(access, "organization.create", {"platform_operator"}),
              Refuses("PERMISSION_DENIED"));
  EXPECT_THAT(Denial(access, "", {}), Refuses("PERMISSION_DENIED"));
}

}  // namespace
}  // namespace lumbung
