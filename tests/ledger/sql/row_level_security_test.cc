// What the database refuses by itself, whatever the application does: each known way round
// row-level security and round the immutability of what is posted.
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include "absl/strings/str_cat.h"
#include "ledger/store/account_store.h"
#include "tests/ledger/store/store_fixture.h"

namespace lumbung::testing {
namespace {

using ::testing::IsEmpty;

constexpr char kPrivilege[] = "42501";

class RowLevelSecurityTest : public StoreTest {
 protected:
  RowLevelSecurityTest() : app_(database_.app_uri()), owner_(database_.owner_uri()) {
    EXPECT_THAT(CreateAccounts({NewTestAccount("1.1", AccountType::kAsset)}), IsOk());
  }

  std::vector<std::string> Strings(pqxx::connection& connection, const std::string& sql) {
    std::vector<std::string> found;
    pqxx::nontransaction session(connection);
    for (const pqxx::row& row : session.exec(sql)) found.push_back(row[0].c_str());
    return found;
  }
  std::vector<std::string> Tables() {
    return Strings(owner_,
                   "select relname from pg_class where relkind = 'r' "
                   "and relnamespace = 'ledger'::regnamespace order by 1");
  }
  // The SQLSTATE that the statement is refused with in a transaction of `organization`, or "".
  std::string SqlState(pqxx::connection& connection, OrganizationId organization,
                       const std::string& sql) {
    try {
      pqxx::work transaction(connection);
      transaction.exec0(
          absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization), "'"));
      transaction.exec(sql);
      return "";
    } catch (const pqxx::insufficient_privilege&) {
      return kPrivilege;  // libpqxx 6 leaves its SQLSTATE out.
    } catch (const pqxx::sql_error& error) {
      return error.sqlstate();
    }
  }
  // The tables of which a session sees rows, as `session` sets it up.
  std::set<std::string> Visible(const std::function<void(pqxx::transaction_base&)>& session) {
    std::set<std::string> visible;
    pqxx::work transaction(app_);
    session(transaction);
    for (const std::string& table : tables_) {
      if (transaction.exec1("select count(*) from ledger." + table)[0].as<int>() > 0) {
        visible.insert(table);
      }
    }
    return visible;
  }
  static void Enter(pqxx::transaction_base& transaction, OrganizationId organization) {
    transaction.exec0(
        absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization), "'"));
  }

  pqxx::connection app_;
  pqxx::connection owner_;
  const std::vector<std::string> tables_ = Tables();
};

TEST_F(RowLevelSecurityTest, EveryTableForcesIt) {
  EXPECT_GT(tables_.size(), 20u);
  EXPECT_THAT(Strings(owner_,
                      "select relname from pg_class where relkind in ('r', 'p') "
                      "and relnamespace = 'ledger'::regnamespace "
                      "and not (relrowsecurity and relforcerowsecurity)"),
              IsEmpty());
}

TEST_F(RowLevelSecurityTest, EveryTableHasAPolicyForReadingAndWriting) {
  EXPECT_EQ(Strings(owner_,
                    "select distinct tablename::text from pg_policies "
                    "where schemaname = 'ledger' order by 1"),
            tables_);
  EXPECT_THAT(Strings(owner_,
                      "select tablename::text from pg_policies where schemaname = 'ledger' "
                      "and (qual is null or with_check is null or cmd <> 'ALL')"),
              IsEmpty());
}

TEST_F(RowLevelSecurityTest, NothingReadsAroundIt) {
  EXPECT_THAT(Strings(owner_,
                      "select relname from pg_class where relkind in ('v', 'm') "
                      "and relnamespace = 'ledger'::regnamespace"),
              IsEmpty());
  // A function with its owner's privileges must not be led astray by the caller's search path.
  EXPECT_THAT(Strings(owner_,
                      "select proname::text from pg_proc "
                      "where pronamespace = 'ledger'::regnamespace and prosecdef "
                      "and coalesce(array_to_string(proconfig, ','), '') "
                      "not like '%search_path=pg_catalog%'"),
              IsEmpty());
}

TEST_F(RowLevelSecurityTest, TheApplicationOwnsNothingAndIsNobodySpecial) {
  EXPECT_THAT(Strings(owner_,
                      "select relname from pg_class "
                      "where relowner = 'lumbung_app'::regrole "
                      "union all select proname from pg_proc "
                      "where proowner = 'lumbung_app'::regrole "
                      "union all select nspname from pg_namespace "
                      "where nspowner = 'lumbung_app'::regrole"),
              IsEmpty());
  EXPECT_THAT(Strings(owner_,
                      "select rolname from pg_roles "
                      "where rolname in ('lumbung_app', 'lumbung_owner') and "
                      "(rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)"),
              IsEmpty());
  EXPECT_EQ(SqlState(app_, organization_, "create table ledger.x (one integer)"), kPrivilege);
  EXPECT_EQ(SqlState(app_, organization_, "create table public.x (one integer)"), kPrivilege);
  EXPECT_EQ(SqlState(app_, organization_, "set role lumbung_owner"), kPrivilege);
  EXPECT_EQ(SqlState(app_, organization_, "alter table ledger.account disable row level security"),
            kPrivilege);
}

TEST_F(RowLevelSecurityTest, AnOrganizationSeesItself) {
  const std::set<std::string> visible =
      Visible([&](pqxx::transaction_base& session) { Enter(session, organization_); });
  EXPECT_TRUE(visible.count("organization") == 1 && visible.count("book") == 1 &&
              visible.count("account") == 1);
}

TEST_F(RowLevelSecurityTest, NoOrganizationSeesNothing) {
  EXPECT_THAT(Visible([](pqxx::transaction_base&) {}), IsEmpty());
}

// After a transaction that set it, the setting is '' and not null for the rest of the session.
TEST_F(RowLevelSecurityTest, ALeftoverSettingSeesNothing) {
  {
    pqxx::work transaction(app_);
    Enter(transaction, organization_);
    transaction.commit();
  }
  EXPECT_THAT(Visible([](pqxx::transaction_base&) {}), IsEmpty());
}

TEST_F(RowLevelSecurityTest, ASettingOutsideATransactionSeesNothing) {
  {
    pqxx::nontransaction session(app_);
    session.exec0(
        absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization_), "'"));
  }
  EXPECT_THAT(Visible([](pqxx::transaction_base&) {}), IsEmpty());
}

TEST_F(RowLevelSecurityTest, TheOwnerIsBoundAsWell) {
  pqxx::nontransaction session(owner_);
  for (const std::string& table : tables_) {
    EXPECT_EQ(session.exec1("select count(*) from ledger." + table)[0].as<int>(), 0) << table;
  }
}

TEST_F(RowLevelSecurityTest, TheRegistryShowsOrganizationsAndNothingElse) {
  EXPECT_EQ(Visible([](pqxx::transaction_base& session) {
              session.exec0("set local lumbung.registry = 'on'");
            }),
            std::set<std::string>{"organization"});
}

TEST_F(RowLevelSecurityTest, AnOrganizationSeesNothingOfAnother) {
  const OrganizationId other = database_.CreateOrganization("tetangga");
  EXPECT_EQ(Visible([&](pqxx::transaction_base& session) { Enter(session, other); }),
            std::set<std::string>{"organization"});
  pqxx::work transaction(app_);
  Enter(transaction, other);
  EXPECT_EQ(transaction.exec1("select slug from ledger.organization")[0].c_str(),
            std::string("tetangga"));
}

TEST_F(RowLevelSecurityTest, AnOrganizationWritesNothingOfAnother) {
  const OrganizationId other = database_.CreateOrganization("tetangga");
  const std::string mine = absl::StrCat(ToInteger(organization_));
  EXPECT_EQ(
      SqlState(app_, other,
               absl::StrCat("insert into ledger.fund (organization_id, book_id, fund_id, key, "
                            "display_name, restriction) values (",
                            mine, ", 1, 99, 'x', 'x', 1)")),
      kPrivilege);
  EXPECT_EQ(SqlState(app_, other,
                     absl::StrCat("insert into ledger.request_record (organization_id, method, "
                                  "request_id, body_hash, response) values (",
                                  mine, ", 'x', 'x', '', '')")),
            kPrivilege);
  pqxx::work transaction(app_);
  Enter(transaction, other);
  EXPECT_EQ(transaction.exec("update ledger.account set note = 'theirs'").affected_rows(), 0u);
  EXPECT_EQ(transaction.exec("update ledger.book_head set metadata_version = 0").affected_rows(),
            0u);
  EXPECT_EQ(transaction.exec("delete from ledger.account_dimension_rule").affected_rows(), 0u);
}

TEST_F(RowLevelSecurityTest, TheKeysOfAnotherOrganizationAreNoUse) {
  const OrganizationId other = database_.CreateOrganization("tetangga");
  const auto as_other = [&](const auto& body) {
    return store::InTransaction(database_.pool(), {other}, body);
  };
  EXPECT_THAT(as_other([&](store::TransactionScope& scope) {
                return store::LoadBookContents(scope, book_);
              }),
              Refuses("BOOK_NOT_FOUND"));
  EXPECT_THAT(as_other([&](store::TransactionScope& scope) {
                return store::CreateAccounts(scope, book_,
                                             {NewTestAccount("9", AccountType::kAsset)});
              }),
              Refuses("BOOK_NOT_FOUND"));
  EXPECT_THAT(
      as_other([&](store::TransactionScope& scope) { return store::FindBook(scope, "main"); }),
      Refuses("BOOK_NOT_FOUND"));
}

TEST_F(RowLevelSecurityTest, TheApplicationTruncatesNothing) {
  for (const std::string& table : tables_) {
    EXPECT_EQ(SqlState(app_, organization_, absl::StrCat("truncate ledger.", table, " cascade")),
              kPrivilege)
        << table;
  }
}

TEST_F(RowLevelSecurityTest, TheApplicationDeletesNothingButDimensionRules) {
  for (const std::string& table : tables_) {
    const std::string expected = table == "account_dimension_rule" ? "" : kPrivilege;
    EXPECT_EQ(SqlState(app_, organization_, "delete from ledger." + table), expected) << table;
  }
}

TEST_F(RowLevelSecurityTest, OnlyTheFunctionsWriteWhatIsPosted) {
  for (const char* table : {"journal_entry", "posting", "balance_month", "account_turnover",
                            "turnover_fold", "period_balance", "series_counter", "dimension_set"}) {
    EXPECT_EQ(SqlState(app_, organization_,
                       absl::StrCat("insert into ledger.", table,
                                    " (organization_id, book_id) "
                                    "values (",
                                    ToInteger(organization_), ", 1)")),
              kPrivilege)
        << table;
    EXPECT_EQ(SqlState(app_, organization_,
                       absl::StrCat("update ledger.", table, " set book_id = book_id")),
              kPrivilege)
        << table;
  }
  EXPECT_EQ(SqlState(app_, organization_, "update ledger.book_head set last_entry_id = 0"),
            kPrivilege);
  EXPECT_EQ(SqlState(app_, organization_,
                     "update ledger.book_head set hard_closed_through = '-infinity'"),
            kPrivilege);
  EXPECT_EQ(SqlState(app_, organization_, "update ledger.period set trial_balance_hash = ''"),
            kPrivilege);
}

TEST_F(RowLevelSecurityTest, NobodyElseMayCallTheFunctions) {
  EXPECT_THAT(Strings(owner_,
                      "select proname::text from pg_proc "
                      "where pronamespace = 'ledger'::regnamespace "
                      "and has_function_privilege('public', oid, 'execute') "
                      "and prorettype <> 'trigger'::regtype"),
              IsEmpty());
}

// What lets the schema be spread over machines by organization, and keeps constraints from telling
// one organization about another.
TEST_F(RowLevelSecurityTest, EveryKeyStartsWithTheOrganization) {
  EXPECT_THAT(Strings(owner_,
                      "select i.indexrelid::regclass::text from pg_index i "
                      "join pg_class c on c.oid = i.indrelid "
                      "join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] "
                      "where c.relnamespace = 'ledger'::regnamespace "
                      "and c.relname <> 'organization' and a.attname <> 'organization_id'"),
              IsEmpty());
  EXPECT_THAT(Strings(owner_,
                      "select k.conname::text from pg_constraint k "
                      "join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] "
                      "where k.contype = 'f' and k.connamespace = 'ledger'::regnamespace "
                      "and a.attname <> 'organization_id'"),
              IsEmpty());
}

TEST_F(RowLevelSecurityTest, NoConnectionKeepsTheOrganizationOfItsLastUse) {
  const auto count = [&](OrganizationId organization) {
    return store::InTransaction(
        database_.pool(), {organization},
        [&](store::TransactionScope& scope) { return store::ListBooks(scope, "", 10); });
  };
  EXPECT_EQ(count(organization_)->size(), 1u);
  EXPECT_EQ(count(OrganizationId{})->size(), 0u);
}

}  // namespace
}  // namespace lumbung::testing
