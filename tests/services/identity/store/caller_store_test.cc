#include "services/identity/store/caller_store.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/time.h"
#include "services/identity/domain/secrets.h"
#include "services/identity/store/api_key_store.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"
#include "services/identity/store/session_store.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Refuses;

// Noon of 2026-06-15, UTC.
const absl::Time kNow = absl::FromUnixSeconds(1'781'524'800);

class CallerStoreTest : public ::testing::Test {
 protected:
  CallerStoreTest()
      : melati_(database_.CreateOrganization("melati")),
        mawar_(database_.CreateOrganization("mawar")),
        siti_(AddPerson("siti", melati_)) {}

  template <typename Body>
  auto Do(OrganizationId organization, const Body& body) {
    return store::InTransaction(database_.pool(), {organization},
                                [&](store::TransactionScope& scope) {
                                  OpenPeople(scope);
                                  return body(scope);
                                });
  }
  StoredPerson AddPerson(const std::string& user_name, OrganizationId organization) {
    const auto person = Do(organization, [&](store::TransactionScope& scope) {
      return CreatePerson(scope, {user_name, "Siti", organization, false, "hash"}, kNow);
    });
    EXPECT_THAT(person, IsOk());
    return person.value_or(StoredPerson());
  }
  void Give(OrganizationId organization, Role role, const std::string& scope_text = "",
            std::optional<Date> from = {}, std::optional<Date> until = {}) {
    EXPECT_THAT(Do(organization,
                   [&](store::TransactionScope& scope) {
                     return CreateGrant(
                         scope, {siti_.person_id, role, scope_text, from, until, "admin"}, kNow);
                   }),
                IsOk());
  }
  std::string Session(absl::Time created = kNow) {
    const std::string token = "lbs_token";
    EXPECT_THAT(Do(OrganizationId{},
                   [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                     CreateSession(scope, {Sha256(token), siti_.account_id, created,
                                           created + kSessionLifetime, "", true});
                     return true;
                   }),
                IsOk());
    return token;
  }
  std::string Key(const std::vector<std::string>& roles, const std::string& scope_text = "",
                  const std::string& certificate = "", char letter = 'p') {
    const ApiKeyParts key{std::string(12, letter), std::string(43, 's')};
    EXPECT_THAT(AddKey(melati_, {key.prefix, Sha256(key.secret), siti_.person_id, "", roles,
                                 scope_text, "admin", kNow, kNow + absl::Hours(24), certificate}),
                IsOk());
    return ToString(key);
  }
  absl::Status AddKey(OrganizationId organization, const NewApiKeyRow& row) {
    return Do(organization,
              [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                const absl::Status status = CreateApiKey(scope, row);
                if (!status.ok()) return status;
                return true;
              })
        .status();
  }
  absl::StatusOr<AccessContext> FindShowing(const std::string& certificate,
                                            const std::string& token,
                                            const std::string& organization) {
    const auto found = Do(OrganizationId{}, [&](store::TransactionScope& scope) {
      return FindCaller(scope, {token, organization, "10.1.2.3", certificate}, kNow);
    });
    if (!found.ok()) return found.status();
    return found->access;
  }
  absl::StatusOr<AccessContext> Find(const std::string& token, const std::string& organization,
                                     absl::Time now = kNow) {
    const auto found = Do(OrganizationId{}, [&](store::TransactionScope& scope) {
      return FindCaller(scope, {token, organization, "10.1.2.3"}, now);
    });
    if (!found.ok()) return found.status();
    return found->access;
  }
  // "finance_officer main/", one a grant.
  std::vector<std::string> Grants(const std::string& token, const std::string& organization,
                                  absl::Time now = kNow) {
    const auto access = Find(token, organization, now);
    EXPECT_THAT(access, IsOk());
    std::vector<std::string> grants;
    if (!access.ok()) return grants;
    for (const Grant& grant : access->grants) {
      grants.push_back(grant.role + " " + grant.book + "/" + grant.fund);
    }
    return grants;
  }

  testing::TestDatabase database_;
  const OrganizationId melati_;
  const OrganizationId mawar_;
  const StoredPerson siti_;
};

TEST_F(CallerStoreTest, ASessionIsItsPersonWithTheRolesInTheOrganizationThatIsNamed) {
  Give(melati_, Role::kFinanceOfficer);
  Give(melati_, Role::kTreasurer, "books/main/funds/G1");
  Give(mawar_, Role::kAuditor);
  const std::string token = Session();
  const auto access = Find(token, "melati");
  ASSERT_THAT(access, IsOk());
  EXPECT_EQ(access->actor, "siti");
  EXPECT_EQ(access->person, siti_.person_id);
  EXPECT_EQ(access->organization_id, melati_);
  EXPECT_EQ(access->from_address, "10.1.2.3");
  EXPECT_THAT(access->memberships, ElementsAre("mawar", "melati"));
  EXPECT_THAT(Grants(token, "melati"), ElementsAre("finance_officer /", "treasurer main/G1"));
  EXPECT_THAT(Grants(token, "mawar"), ElementsAre("auditor /"));
}

TEST_F(CallerStoreTest, AForeignOrganizationAndOneThatIsNotThereLookAlike) {
  Give(melati_, Role::kFinanceOfficer);
  const std::string token = Session();
  const auto foreign = Find(token, "mawar");
  const auto absent = Find(token, "tulip");
  ASSERT_THAT(foreign, IsOk());
  ASSERT_THAT(absent, IsOk());
  EXPECT_THAT(foreign->grants, IsEmpty());
  EXPECT_THAT(absent->grants, IsEmpty());
  EXPECT_EQ(foreign->organization_id, absent->organization_id);
}

TEST_F(CallerStoreTest, GrantsHoldFromTheirFirstDayToTheirLast) {
  Give(melati_, Role::kAuditor, "", Date::Parse("2026-06-15").value(),
       Date::Parse("2026-06-16").value());
  const std::string token = Session(kNow - absl::Hours(13));
  const auto day = [&](int days) {
    // A session of its own lifetime does not matter here.
    EXPECT_THAT(Do(OrganizationId{},
                   [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                     const absl::Time now = kNow + absl::Hours(24 * days);
                     EndSession(scope, Sha256(token), now);
                     CreateSession(scope, {Sha256(absl::StrCat("day", days)), siti_.account_id, now,
                                           now + absl::Hours(1), "", true});
                     return true;
                   }),
                IsOk());
    return Grants(absl::StrCat("day", days), "melati", kNow + absl::Hours(24 * days));
  };
  EXPECT_THAT(day(-1), IsEmpty());
  EXPECT_THAT(day(0), ElementsAre("auditor /"));
  EXPECT_THAT(day(1), ElementsAre("auditor /"));
  EXPECT_THAT(day(2), IsEmpty());
}

TEST_F(CallerStoreTest, ARegionHoldsWhereTheOrganizationLiesInIt) {
  Give(melati_, Role::kSupervisor, "regions/32.04");
  const std::string token = Session();
  EXPECT_THAT(Grants(token, "melati"), IsEmpty());
  EXPECT_THAT(Do(melati_,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                   WriteSettings(scope, {false, "32.04.05.2001"});
                   return true;
                 }),
              IsOk());
  EXPECT_THAT(Grants(token, "melati"), ElementsAre("supervisor /"));
}

TEST_F(CallerStoreTest, SessionsEndByTimeAndByIdleness) {
  const std::string token = Session();
  EXPECT_THAT(Find(token, "", kNow + absl::Minutes(14)), IsOk());
  // The use before has been noted.
  EXPECT_THAT(Find(token, "", kNow + absl::Minutes(28)), IsOk());
  EXPECT_THAT(Find(token, "", kNow + absl::Minutes(44)), Refuses("SESSION_EXPIRED"));
  for (int minutes = 28; minutes < 12 * 60; minutes += 10) {
    ASSERT_THAT(Find(token, "", kNow + absl::Minutes(minutes)), IsOk());
  }
  EXPECT_THAT(Find(token, "", kNow + kSessionLifetime), Refuses("SESSION_EXPIRED"));
}

TEST_F(CallerStoreTest, NobodysTokenIsNobody) {
  Session();
  for (const std::string token :
       {"", "lbs_other", "lbk_", "lbk_pppppppppppp_sssssssssssssssssssssssssssssssssssssssssss"}) {
    EXPECT_THAT(Find(token, "melati"), Refuses("SIGN_IN_REQUIRED")) << token;
  }
}

TEST_F(CallerStoreTest, AKeyHasThoseOfItsPersonsRolesThatItWasGiven) {
  Give(melati_, Role::kFinanceOfficer);
  Give(melati_, Role::kDonor, "books/main/funds/G1");
  Give(mawar_, Role::kDonor);
  const std::string key = Key({"donor"});
  EXPECT_THAT(Grants(key, "melati"), ElementsAre("donor main/G1"));
  // Its organization need not be named; another one is none of its business.
  EXPECT_THAT(Grants(key, ""), ElementsAre("donor main/G1"));
  EXPECT_THAT(Grants(key, "mawar"), IsEmpty());
  EXPECT_EQ(Find(key, "")->account, "apiKeys/pppppppppppp");
  EXPECT_THAT(Find(key, "", kNow + absl::Hours(24)), Refuses("SESSION_EXPIRED"));
}

TEST_F(CallerStoreTest, AKeysScopeNarrowsAndNeverWidens) {
  Give(melati_, Role::kDonor, "books/main");
  Give(melati_, Role::kAuditor, "books/other");
  EXPECT_THAT(Grants(Key({"donor", "auditor"}, "books/main/funds/G1"), "melati"),
              ElementsAre("donor main/G1"));
}

TEST_F(CallerStoreTest, ABoundKeyNeedsItsCertificateAndTheCertificateNeedsNoKey) {
  const std::string own(64, 'a');
  const std::string other(64, 'b');
  Give(melati_, Role::kAuditor);
  const std::string key = Key({"auditor"}, "", own);
  EXPECT_THAT(FindShowing(own, key, "melati"), IsOk());
  EXPECT_THAT(FindShowing("", key, "melati"), Refuses("CERTIFICATE_REQUIRED"));
  EXPECT_THAT(FindShowing(other, key, "melati"), Refuses("CERTIFICATE_REQUIRED"));
  for (const char* organization : {"melati", ""}) {
    const auto by_certificate = FindShowing(own, "", organization);
    ASSERT_THAT(by_certificate, IsOk());
    EXPECT_EQ(by_certificate->account, "apiKeys/pppppppppppp");
    EXPECT_EQ(by_certificate->grants.size(), 1u);
  }
  EXPECT_THAT(FindShowing(other, "", "melati"), Refuses("SIGN_IN_REQUIRED"));
  EXPECT_THAT(FindShowing(own, "", "mawar"), Refuses("SIGN_IN_REQUIRED"));
  // A session is nobody's but who signed in, whatever certificate is shown beside it.
  EXPECT_EQ(FindShowing(own, Session(), "melati")->account, "siti");
}

TEST_F(CallerStoreTest, ACertificateStandsForOneKeyOfAnOrganization) {
  const std::string own(64, 'a');
  Key({"auditor"}, "", own);
  const NewApiKeyRow second{
      std::string(12, 'q'),   Sha256("x"), siti_.person_id, "", {"auditor"}, "", "admin", kNow,
      kNow + absl::Hours(24), own};
  EXPECT_THAT(AddKey(melati_, second), Refuses("CERTIFICATE_TAKEN"));
  // What another organization has is not to be told from the answer.
  EXPECT_THAT(AddKey(mawar_, second), IsOk());
  EXPECT_THAT(FindShowing(own, "", ""), Refuses("SIGN_IN_REQUIRED"));
}

TEST_F(CallerStoreTest, WhatIsRevokedIsGone) {
  Give(melati_, Role::kDonor);
  const std::string key = Key({"donor"});
  const std::string token = Session();
  EXPECT_THAT(Do(melati_,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                   RevokeApiKey(scope, std::string(12, 'p'), kNow);
                   EndSession(scope, Sha256(token), kNow);
                   return true;
                 }),
              IsOk());
  EXPECT_THAT(Find(key, "melati"), Refuses("CREDENTIALS_REVOKED"));
  EXPECT_THAT(Find(token, "melati"), Refuses("CREDENTIALS_REVOKED"));
}

TEST_F(CallerStoreTest, ADisabledPersonIsNobodyWhateverTheyShow) {
  Give(melati_, Role::kDonor);
  const std::string key = Key({"donor"});
  const std::string token = Session();
  StoredPerson disabled = siti_;
  disabled.disabled = true;
  EXPECT_THAT(Do(melati_,
                 [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                   UpdatePerson(scope, disabled);
                   return true;
                 }),
              IsOk());
  EXPECT_THAT(Find(key, "melati"), Refuses("CREDENTIALS_REVOKED"));
  EXPECT_THAT(Find(token, "melati"), Refuses("CREDENTIALS_REVOKED"));
}

TEST_F(CallerStoreTest, APlatformOperatorActsForThePlatformOrForAnOrganizationNeverForBoth) {
  Do(OrganizationId{}, [&](store::TransactionScope& scope) {
    return CreatePerson(scope, {"root", "Root", OrganizationId{}, true, "hash"}, kNow);
  }).value();
  const std::string token = "lbs_root";
  EXPECT_THAT(Do(OrganizationId{},
                 [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                   const StoredPerson root = FindPerson(scope, "root", "").value();
                   CreateSession(scope, {Sha256(token), root.account_id, kNow,
                                         kNow + absl::Hours(1), "", true});
                   return true;
                 }),
              IsOk());
  EXPECT_THAT(Grants(token, ""), ElementsAre("platform_operator /"));
  EXPECT_THAT(Grants(token, "melati"), IsEmpty());
}

}  // namespace
}  // namespace lumbung::identity
