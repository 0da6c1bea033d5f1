#include "services/identity/api/people_handlers.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "tests/services/identity/api/identity_fixture.h"

namespace lumbung::identity {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;

class PeopleTest : public IdentityTest {
 protected:
  absl::Status Disable(const std::string& user_name, bool disabled = true) {
    CallScope call = Call(admin_);
    v1::UpdatePersonRequest request;
    request.mutable_person()->set_name("people/" + user_name);
    request.mutable_person()->set_disabled(disabled);
    request.add_update_paths("disabled");
    return people_.UpdatePerson(call, request).status();
  }
  std::vector<std::string> Listed() {
    CallScope call = Call(admin_);
    std::vector<std::string> names;
    v1::ListPeopleRequest request;
    request.set_page_size(2);
    do {
      const auto page = people_.ListPeople(call, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      for (const v1::Person& person : page->people()) names.push_back(person.user_name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
};

TEST_F(PeopleTest, PeopleAreListedWhereTheyAreKeptOrHaveARole) {
  for (const char* name : {"siti", "budi", "agus"}) AddPerson(name);
  // The administrator belongs to the platform and has a role here.
  EXPECT_THAT(Listed(), ElementsAre("admin", "agus", "budi", "siti"));
}

TEST_F(PeopleTest, ANameIsTakenOnce) {
  AddPerson("siti");
  CallScope call = Call(admin_);
  v1::CreatePersonRequest request;
  request.set_user_name("siti");
  EXPECT_THAT(people_.CreatePerson(call, request), RefusesAt("ALREADY_EXISTS", "user_name"));
  request.set_user_name("Siti");
  EXPECT_THAT(people_.CreatePerson(call, request), RefusesAt("INVALID_USER_NAME", "user_name"));
}

TEST_F(PeopleTest, WhoeverHasNoPasswordSignsInWithNone) {
  CallScope call = Call(admin_);
  v1::CreatePersonRequest request;
  request.set_user_name("donor-system");
  request.set_without_password(true);
  const auto response = people_.CreatePerson(call, request);
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->one_time_password(), "");
  EXPECT_FALSE(response->person().can_sign_in());
  EXPECT_THAT(SignIn("donor-system", ""), Refuses("SIGN_IN_FAILED"));
}

TEST_F(PeopleTest, ADisabledPersonIsSignedOutAndStaysOut) {
  const std::string token = Session("siti");
  EXPECT_THAT(Disable("siti"), IsOk());
  EXPECT_THAT(authenticator_.Authenticate({token, "melati", ""}, absl::InfiniteFuture()),
              Refuses("CREDENTIALS_REVOKED"));
  EXPECT_THAT(SignIn("siti", kPassword), Refuses("SIGN_IN_FAILED"));
  EXPECT_THAT(Disable("siti", false), IsOk());
  EXPECT_THAT(SignIn("siti", kPassword), IsOk());
}

TEST_F(PeopleTest, OthersPeopleAreAsIfTheyWereNotThere) {
  // The administrator is kept by the platform.
  EXPECT_THAT(Disable("admin"), RefusesAt("PERSON_NOT_FOUND", "person.name"));
  EXPECT_THAT(Disable("nobody"), RefusesAt("PERSON_NOT_FOUND", "person.name"));
  CallScope call = Call(admin_);
  v1::ResetPasswordRequest reset;
  reset.set_name("people/admin");
  EXPECT_THAT(people_.ResetPassword(call, reset), RefusesAt("PERSON_NOT_FOUND", "name"));
}

TEST_F(PeopleTest, NobodyDisablesThemselves) {
  const std::string token = Session("siti");
  ASSERT_THAT(Give("siti", "organization_admin"), IsOk());
  CallScope call = Call(token);
  v1::UpdatePersonRequest request;
  request.mutable_person()->set_name("people/siti");
  request.mutable_person()->set_disabled(true);
  request.add_update_paths("disabled");
  EXPECT_THAT(people_.UpdatePerson(call, request), Refuses("OWN_ACCOUNT"));
}

TEST_F(PeopleTest, AnUpdateNamesWhatItChanges) {
  AddPerson("siti");
  CallScope call = Call(admin_);
  v1::UpdatePersonRequest request;
  request.mutable_person()->set_name("people/siti");
  EXPECT_THAT(people_.UpdatePerson(call, request), Refuses("EMPTY_UPDATE"));
  request.add_update_paths("platform_operator");
  EXPECT_THAT(people_.UpdatePerson(call, request), Refuses("UNKNOWN_FIELD"));
  request.set_update_paths(0, "display_name");
  request.mutable_person()->set_display_name("Siti Rahayu");
  const auto updated = people_.UpdatePerson(call, request);
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->display_name(), "Siti Rahayu");
}

}  // namespace
}  // namespace lumbung::identity
