#include "services/identity/store/audit_trail.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "services/identity/store/people_store.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;

class AuditTrailTest : public ::testing::Test {
 protected:
  AuditTrailTest() : organization_(database_.CreateOrganization("melati")) {}

  // Writes an event and returns what became of the transaction.
  absl::Status Write(OrganizationId organization, const Event& event, bool commit = true) {
    return store::RunInTransaction(database_.pool(), {organization},
                                   [&](store::TransactionScope& scope) {
                                     identity::OpenPeople(scope);
                                     Record(scope, event);
                                     return commit ? absl::OkStatus() : absl::AbortedError("no");
                                   });
  }
  std::vector<std::string> Resources(const Filter& filter, std::int64_t before = 0,
                                     int limit = 100) {
    std::vector<std::string> resources;
    for (const StoredEvent& stored : Events(organization_, filter, before, limit)) {
      resources.push_back(stored.event.resource);
    }
    return resources;
  }
  std::vector<StoredEvent> Events(OrganizationId organization, const Filter& filter,
                                  std::int64_t before = 0, int limit = 100) {
    const auto events = store::InTransaction(
        database_.pool(), {organization, store::Access::kReadOnly},
        [&](store::TransactionScope& scope) -> absl::StatusOr<std::vector<StoredEvent>> {
          identity::OpenPeople(scope);
          return List(scope, filter, before, limit);
        });
    EXPECT_THAT(events, IsOk());
    return events.value_or(std::vector<StoredEvent>());
  }
  static Event Of(const std::string& user, const std::string& method, const std::string& resource,
                  const std::string& reason = "") {
    Event event;
    event.user_name = user;
    event.method = method;
    event.resource = resource;
    event.reason = reason;
    return event;
  }

  testing::TestDatabase database_;
  const OrganizationId organization_;
};

TEST_F(AuditTrailTest, KeepsWhatItIsTold) {
  CallScope call;
  call.access.person = 7;
  call.access.actor = "siti";
  call.access.display_name = "Siti Rahayu";
  call.access.from_address = "10.1.2.3";
  call.method = "lumbung.identity.v1.IdentityService/GrantRole";
  call.call_id = "abc-1";
  Event event = EventOf(call, "people/budi");
  event.before = R"({"role":""})";
  event.after = R"({"role":"auditor"})";
  ASSERT_THAT(Write(organization_, event), IsOk());

  const std::vector<StoredEvent> events = Events(organization_, {});
  ASSERT_EQ(events.size(), 1u);
  const Event& kept = events[0].event;
  EXPECT_EQ(kept.person, 7);
  EXPECT_EQ(kept.user_name, "siti");
  EXPECT_EQ(kept.display_name, "Siti Rahayu");
  EXPECT_EQ(kept.from_address, "10.1.2.3");
  EXPECT_EQ(kept.method, "lumbung.identity.v1.IdentityService/GrantRole");
  EXPECT_EQ(kept.action, "grant_role");
  EXPECT_EQ(kept.resource, "people/budi");
  EXPECT_EQ(kept.before, R"({"role": ""})");
  EXPECT_EQ(kept.after, R"({"role": "auditor"})");
  EXPECT_EQ(kept.request_id, "abc-1");
  EXPECT_LT(absl::AbsDuration(events[0].recorded_at - absl::Now()), absl::Minutes(1));
}

TEST_F(AuditTrailTest, GoesWithItsTransaction) {
  EXPECT_FALSE(Write(organization_, Of("siti", "x/Y", "a"), /*commit=*/false).ok());
  EXPECT_THAT(Resources({}), IsEmpty());
}

TEST_F(AuditTrailTest, OrganizationsAndThePlatformHaveTheirOwn) {
  const OrganizationId other = database_.CreateOrganization("mawar");
  ASSERT_THAT(Write(organization_, Of("siti", "x/Y", "own")), IsOk());
  ASSERT_THAT(Write(other, Of("budi", "x/Y", "others")), IsOk());
  ASSERT_THAT(Write(OrganizationId{}, Of("admin", "x/Y", "platform")), IsOk());
  EXPECT_THAT(Resources({}), ElementsAre("own"));
  ASSERT_EQ(Events(OrganizationId{}, {}).size(), 1u);
  EXPECT_EQ(Events(OrganizationId{}, {})[0].event.resource, "platform");
}

TEST_F(AuditTrailTest, FiltersCombine) {
  const std::string post = "lumbung.ledger.v1.LedgerService/CreateJournalEntry";
  for (const Event& event :
       {Of("siti", post, "books/main/1"), Of("siti", post, "books/main/2", "PERMISSION_DENIED"),
        Of("budi", post, "books/other/3"),
        Of("budi", "a.B/RepeatCreateJournalEntry", "people/x")}) {
    ASSERT_THAT(Write(organization_, event), IsOk());
  }
  EXPECT_THAT(Resources({}),
              ElementsAre("people/x", "books/other/3", "books/main/2", "books/main/1"));
  EXPECT_THAT(Resources({.user_name = "siti"}), ElementsAre("books/main/2", "books/main/1"));
  EXPECT_THAT(Resources({.method = "CreateJournalEntry"}),
              ElementsAre("books/other/3", "books/main/2", "books/main/1"));
  EXPECT_THAT(Resources({.method = post, .resource = "books/main"}),
              ElementsAre("books/main/2", "books/main/1"));
  EXPECT_THAT(Resources({.only_refused = true}), ElementsAre("books/main/2"));
  EXPECT_THAT(Resources({.user_name = "siti' or '1'='1"}), IsEmpty());
  EXPECT_THAT(Resources({.resource = "%"}), IsEmpty());
  EXPECT_THAT(Resources({.from = absl::Now() + absl::Hours(1)}), IsEmpty());
  EXPECT_THAT(Resources({.to = absl::Now() - absl::Hours(1)}), IsEmpty());
}

TEST_F(AuditTrailTest, PagesGoOnWhereTheLastOneEnded) {
  for (const char* resource : {"1", "2", "3", "4", "5"}) {
    ASSERT_THAT(Write(organization_, Of("siti", "x/Y", resource)), IsOk());
  }
  const std::vector<StoredEvent> first = Events(organization_, {}, 0, 2);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_THAT(Resources({}, first.back().event_id, 2), ElementsAre("3", "2"));
}

}  // namespace
}  // namespace lumbung::audit
