// What the database refuses by itself of the identity schema, whatever the application does: each
// known way round row-level security, and round the immutability of the audit trail.
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/identity/store/api_key_store.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"
#include "services/identity/store/session_store.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::identity {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kPrivilege[] = "42501";
const std::set<std::string> kPeople = {"person", "account",       "session",
                                       "totp",   "recovery_code", "sign_in_attempt"};

class IdentityRowLevelSecurityTest : public ::testing::Test {
 protected:
  IdentityRowLevelSecurityTest()
      : own_(database_.CreateOrganization("melati")),
        other_(database_.CreateOrganization("mawar")),
        app_(database_.app_uri()),
        owner_(database_.owner_uri()) {
    Fill(own_, "siti");
    Fill(other_, "budi");
  }

  // A row in every table.
  void Fill(OrganizationId organization, const std::string& user_name) {
    const absl::Time now = absl::Now();
    EXPECT_TRUE(store::RunInTransaction(
                    database_.pool(), {organization},
                    [&](store::TransactionScope& scope) -> absl::Status {
                      OpenPeople(scope);
                      const auto person = CreatePerson(
                          scope, {user_name, user_name, organization, false, "hash"}, now);
                      if (!person.ok()) return person.status();
                      const std::int64_t account = person->account_id;
                      CreateSession(scope, {std::string(32, user_name[0]), account, now,
                                            now + absl::Hours(1), "", false});
                      BeginTotp(scope, account, "secret");
                      ConfirmTotp(scope, account, 1, {"code"}, now);
                      RecordAttempt(scope, user_name, "", false, now);
                      EXPECT_THAT(CreateApiKey(scope, {absl::StrCat("prefix-", user_name),
                                                       std::string(32, 'k'),
                                                       person->person_id,
                                                       "",
                                                       {"donor"},
                                                       "",
                                                       user_name,
                                                       now,
                                                       now + absl::Hours(1),
                                                       ""}),
                                  testing::IsOk());
                      audit::Event event;
                      event.user_name = user_name;
                      audit::Record(scope, event);
                      people_.push_back(person->person_id);
                      return FoundOrganization(scope, person->person_id, user_name, {}, now);
                    })
                    .ok());
  }

  std::vector<std::string> Strings(pqxx::connection& connection, const std::string& sql) {
    std::vector<std::string> found;
    pqxx::nontransaction session(connection);
    for (const pqxx::row& row : session.exec(sql)) found.push_back(row[0].c_str());
    return found;
  }
  // Every table but the epoch, which says nothing of anybody.
  std::vector<std::string> Tables() {
    return Strings(owner_,
                   "select relname from pg_class where relkind = 'r' "
                   "and relnamespace = 'identity'::regnamespace and relname <> 'identity_epoch' "
                   "order by 1");
  }
  using Session = std::function<void(pqxx::transaction_base&)>;
  static Session Set(const std::string& name, const std::string& value) {
    return [=](pqxx::transaction_base& transaction) {
      transaction.exec0(absl::StrCat("set local lumbung.", name, " = '", value, "'"));
    };
  }
  Session In(OrganizationId organization) {
    return Set("organization_id", absl::StrCat(ToInteger(organization)));
  }
  std::set<std::string> Visible(const Session& session) {
    std::set<std::string> visible;
    pqxx::work transaction(app_);
    session(transaction);
    for (const std::string& table : Tables()) {
      if (transaction.exec1("select count(*) from identity." + table)[0].as<int>() > 0) {
        visible.insert(table);
      }
    }
    return visible;
  }
  std::string SqlState(pqxx::connection& connection, const Session& session,
                       const std::string& sql) {
    try {
      pqxx::work transaction(connection);
      session(transaction);
      transaction.exec(sql);
      return "";
    } catch (const pqxx::insufficient_privilege&) {
      return kPrivilege;  // libpqxx 6 leaves its SQLSTATE out.
    } catch (const pqxx::sql_error& error) {
      return error.sqlstate();
    }
  }

  testing::TestDatabase database_;
  std::vector<std::int64_t> people_;
  const OrganizationId own_;
  const OrganizationId other_;
  pqxx::connection app_;
  pqxx::connection owner_;
};

TEST_F(IdentityRowLevelSecurityTest, EveryTableForcesItAndHasAPolicyForReadingAndWriting) {
  EXPECT_GE(Tables().size(), 10u);
  EXPECT_THAT(Strings(owner_,
                      "select relname from pg_class where relkind in ('r', 'p') "
                      "and relnamespace = 'identity'::regnamespace and relname <> 'identity_epoch' "
                      "and not (relrowsecurity and relforcerowsecurity)"),
              IsEmpty());
  EXPECT_EQ(Strings(owner_,
                    "select distinct tablename::text from pg_policies "
                    "where schemaname = 'identity' and cmd = 'ALL' and qual is not null "
                    "and with_check is not null order by 1"),
            Tables());
  // What opens more than that opens it for reading alone.
  EXPECT_THAT(Strings(owner_,
                      "select policyname::text from pg_policies where schemaname = 'identity' "
                      "and cmd <> 'ALL' and cmd <> 'SELECT'"),
              IsEmpty());
}

TEST_F(IdentityRowLevelSecurityTest, NothingReadsAroundIt) {
  EXPECT_THAT(Strings(owner_,
                      "select relname from pg_class where relkind in ('v', 'm') "
                      "and relnamespace = 'identity'::regnamespace"),
              IsEmpty());
  EXPECT_THAT(Strings(owner_,
                      "select proname::text from pg_proc "
                      "where pronamespace = 'identity'::regnamespace and prosecdef"),
              IsEmpty());
  EXPECT_THAT(Strings(owner_,
                      "select relname from pg_class where relkind = 'S' "
                      "and relnamespace = 'identity'::regnamespace "
                      "and (has_sequence_privilege('lumbung_app', oid, 'select') or "
                      "has_sequence_privilege('lumbung_app', oid, 'usage') or "
                      "has_sequence_privilege('lumbung_app', oid, 'update'))"),
              IsEmpty());
}

TEST_F(IdentityRowLevelSecurityTest, EveryKeyOfATenantsTableStartsWithTheOrganization) {
  EXPECT_THAT(Strings(owner_,
                      "select c.relname from pg_index i "
                      "join pg_class c on c.oid = i.indexrelid "
                      "join pg_attribute t on t.attrelid = i.indrelid "
                      "  and t.attname = 'organization_id' "
                      "where c.relnamespace = 'identity'::regnamespace and i.indisunique "
                      "and i.indkey[0] <> t.attnum"),
              IsEmpty());
}

TEST_F(IdentityRowLevelSecurityTest, NoSettingSeesNothing) {
  EXPECT_THAT(Visible([](pqxx::transaction_base&) {}), IsEmpty());
  EXPECT_THAT(Visible(In(OrganizationId{})), IsEmpty());
  EXPECT_THAT(Visible(Set("registry", "on")), IsEmpty());
  EXPECT_THAT(Visible(Set("person_id", absl::StrCat(people_[0]))), IsEmpty());
  EXPECT_THAT(Visible(Set("api_key", "prefix-siti")), IsEmpty());
}

TEST_F(IdentityRowLevelSecurityTest, ALeftoverSettingSeesNothing) {
  {
    pqxx::work transaction(app_);
    Set("identity", "on")(transaction);
    In(own_)(transaction);
    transaction.commit();
  }
  EXPECT_THAT(Visible([](pqxx::transaction_base&) {}), IsEmpty());
}

TEST_F(IdentityRowLevelSecurityTest, AnOrganizationSeesNoPeopleByItself) {
  EXPECT_THAT(Visible(In(own_)),
              UnorderedElementsAre("organization_setting", "role_grant", "api_key", "audit_event"));
}

TEST_F(IdentityRowLevelSecurityTest, SigningInSeesNoTenant) {
  EXPECT_EQ(Visible(Set("identity", "on")), kPeople);
}

TEST_F(IdentityRowLevelSecurityTest, APersonsGrantsAndAPresentedKeyAreSeenAlone) {
  pqxx::work transaction(app_);
  Set("identity", "on")(transaction);
  Set("person_id", absl::StrCat(people_[0]))(transaction);
  Set("api_key", "prefix-budi")(transaction);
  EXPECT_EQ(transaction.exec1("select array_agg(person_id)::text from identity.role_grant")[0]
                .as<std::string>(),
            absl::StrCat("{", people_[0], "}"));
  EXPECT_EQ(transaction.exec1("select array_agg(prefix)::text from identity.api_key")[0]
                .as<std::string>(),
            "{prefix-budi}");
}

TEST_F(IdentityRowLevelSecurityTest, OneOrganizationNeitherSeesNorTouchesAnother) {
  pqxx::work transaction(app_);
  In(own_)(transaction);
  for (const char* table : {"organization_setting", "role_grant", "api_key", "audit_event"}) {
    EXPECT_EQ(transaction
                  .exec1(absl::StrCat("select count(*) from identity.", table,
                                      " where organization_id = ", ToInteger(other_)))[0]
                  .as<int>(),
              0)
        << table;
  }
  EXPECT_EQ(transaction
                .exec(absl::StrCat("update identity.role_grant set revoked_by = 'x', "
                                   "revoked_at = now() where organization_id = ",
                                   ToInteger(other_)))
                .affected_rows(),
            0u);
}

TEST_F(IdentityRowLevelSecurityTest, NothingIsWrittenForAnother) {
  const std::string grant = absl::StrCat(
      "insert into identity.role_grant (organization_id, person_id, role, scope, starts_on, "
      "ends_on, granted_by, granted_at) values (",
      ToInteger(other_), ", ", people_[0],
      ", 'organization_admin', '', '-infinity', 'infinity', '', now())");
  EXPECT_EQ(SqlState(app_, In(own_), grant), kPrivilege);
  // Nor does seeing one's own grants everywhere let one write any.
  EXPECT_EQ(SqlState(
                app_,
                [&](pqxx::transaction_base& transaction) {
                  Set("identity", "on")(transaction);
                  Set("person_id", absl::StrCat(people_[0]))(transaction);
                },
                grant),
            kPrivilege);
  const std::string event =
      "insert into identity.audit_event (organization_id, user_name, display_name, from_address, "
      "method, action, resource, request_id, reason) values ($, '', '', '', '', '', '', '', '')";
  const auto event_of = [&event](std::int64_t organization) {
    std::string sql = event;
    return sql.replace(sql.find('$'), 1, absl::StrCat(organization));
  };
  EXPECT_EQ(SqlState(app_, In(own_), event_of(ToInteger(own_))), "");
  EXPECT_EQ(SqlState(app_, In(own_), event_of(ToInteger(other_))), kPrivilege);
  EXPECT_EQ(SqlState(app_, In(own_), event_of(0)), kPrivilege);
}

TEST_F(IdentityRowLevelSecurityTest, TheTrailNeverChanges) {
  for (pqxx::connection* connection : {&app_, &owner_}) {
    const std::string expected = connection == &app_ ? kPrivilege : "LB010";
    EXPECT_EQ(SqlState(*connection, In(own_), "update identity.audit_event set reason = ''"),
              expected);
    EXPECT_EQ(SqlState(*connection, In(own_), "delete from identity.audit_event"), expected);
    EXPECT_EQ(SqlState(*connection, In(own_), "truncate identity.audit_event"), expected);
  }
}

TEST_F(IdentityRowLevelSecurityTest, TheApplicationEmptiesNothing) {
  for (const std::string& table : Tables()) {
    EXPECT_EQ(SqlState(app_, Set("identity", "on"), "truncate identity." + table + " cascade"),
              kPrivilege)
        << table;
  }
  for (const char* table : {"person", "account", "session", "role_grant", "api_key"}) {
    EXPECT_EQ(SqlState(app_, Set("identity", "on"), absl::StrCat("delete from identity.", table)),
              kPrivilege)
        << table;
  }
}

TEST_F(IdentityRowLevelSecurityTest, NobodyRaisesThemselves) {
  const Session open = Set("identity", "on");
  EXPECT_EQ(SqlState(app_, open, "update identity.person set platform_operator = true"),
            kPrivilege);
  EXPECT_EQ(SqlState(app_, open, "update identity.account set person_id = 1"), kPrivilege);
  EXPECT_EQ(SqlState(app_, In(own_), "update identity.role_grant set role = 'auditor'"),
            kPrivilege);
  EXPECT_EQ(SqlState(app_, In(own_), "update identity.api_key set expires_at = now()"), kPrivilege);
  EXPECT_EQ(SqlState(app_, open, "alter table identity.person disable row level security"),
            kPrivilege);
}

}  // namespace
}  // namespace lumbung::identity
