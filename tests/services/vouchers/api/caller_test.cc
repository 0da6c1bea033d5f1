#include "services/vouchers/api/caller.h"

#include <string>

#include <gmock/gmock.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung::vouchers::api {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::Refuses;

CallScope CallBySari() {
  CallScope call;
  call.access.person = 7;
  call.access.actor = "sari";
  call.access.display_name = "Sari Dewi";
  return call;
}

TEST(CallerTest, IsThePersonWithTheRolesOfTheWholeBook) {
  CallScope call = CallBySari();
  call.access.grants = {{"treasurer", "", "", {}},
                        {"manager", "main", "", {}},
                        {"manager", "", "", {}},
                        {"auditor", "other", "", {}},
                        {"approver", "main", "usaid", {}}};
  call.access.adjuster = true;
  const auto sari = CallerOf(call, "main");
  ASSERT_THAT(sari, IsOk());
  EXPECT_EQ(sari->person.id, 7);
  EXPECT_EQ(sari->person.user_name, "sari");
  EXPECT_EQ(sari->person.display_name, "Sari Dewi");
  EXPECT_THAT(sari->roles, ElementsAre("treasurer", "manager"));
  EXPECT_TRUE(sari->adjuster);
}

TEST(CallerTest, WhoHasNoOtherNameIsShownByTheUserName) {
  CallScope call = CallBySari();
  call.access.display_name = "";
  EXPECT_EQ(CallerOf(call, "main")->person.display_name, "sari");
}

TEST(CallerTest, NobodyIsNoCaller) {
  EXPECT_THAT(CallerOf(CallScope(), "main"), Refuses("SIGN_IN_REQUIRED"));
}

}  // namespace
}  // namespace lumbung::vouchers::api
