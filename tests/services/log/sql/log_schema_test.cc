// What the database refuses by itself, whatever the application does: gaps, repetitions, changes,
// and ways round row-level security.
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/services/log/store/log_fixture.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;
using ::testing::IsEmpty;

constexpr char kPrivilege[] = "42501";
constexpr char kImmutable[] = "LB010";
constexpr char kGap[] = "LB030";
constexpr char kNotTheNext[] = "LB031";
constexpr char kNotSealed[] = "LB032";
constexpr char kUnique[] = "23505";
constexpr char kCheck[] = "23514";

class LogSchemaTest : public LogTest {
 protected:
  LogSchemaTest() : app_(database_.app_uri()), owner_(database_.owner_uri()) {
    EXPECT_THAT(Post(book_, 3), IsOk());
    SealAll();
    EXPECT_THAT(Post(book_, 3), IsOk());
  }

  std::vector<std::string> Strings(const std::string& sql) {
    std::vector<std::string> found;
    pqxx::nontransaction session(owner_);
    for (const pqxx::row& row : session.exec(sql)) found.push_back(row[0].c_str());
    return found;
  }
  std::vector<std::string> Tables() {
    return Strings(
        "select relname from pg_class where relkind = 'r' "
        "and relnamespace = 'log'::regnamespace order by 1");
  }
  // The SQLSTATE that the statement is refused with in a transaction of the organization, or "".
  std::string SqlState(pqxx::connection& connection, const std::string& sql) {
    try {
      pqxx::work transaction(connection);
      transaction.exec0(
          absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization_), "'"));
      transaction.exec(sql);
      return "";
    } catch (const pqxx::insufficient_privilege&) {
      return kPrivilege;  // libpqxx 6 leaves its SQLSTATE out.
    } catch (const pqxx::unique_violation&) {
      return kUnique;
    } catch (const pqxx::check_violation&) {
      return kCheck;
    } catch (const pqxx::sql_error& error) {
      return error.sqlstate();
    }
  }
  std::string AsApp(const std::string& sql) { return SqlState(app_, sql); }
  std::string AsOwner(const std::string& sql) { return SqlState(owner_, sql); }

  // A statement that adds leaves for the entries, each with its true hash, at the indexes.
  std::string AddEntries(const std::vector<std::pair<int, int>>& index_and_entry) {
    std::vector<std::string> values;
    for (const auto& [index, entry] : index_and_entry) {
      values.push_back(absl::StrCat("(", index, ",", entry, ")"));
    }
    return absl::StrCat(
        "insert into log.leaf (organization_id, leaf_index, kind, book_id, subject_id, leaf_hash) "
        "select e.organization_id, n.i, 1, e.book_id, e.entry_id, e.leaf_hash "
        "from ledger.journal_entry e join (values ",
        absl::StrJoin(values, ","),
        ") as n (i, entry) on n.entry = e.entry_id where book_id = ", ToInteger(book_.book));
  }

  pqxx::connection app_;
  pqxx::connection owner_;
};

TEST_F(LogSchemaTest, EveryTableForcesRowLevelSecurity) {
  EXPECT_EQ(Tables().size(), 6u);
  EXPECT_THAT(Strings("select relname from pg_class where relkind in ('r', 'p') "
                      "and relnamespace = 'log'::regnamespace "
                      "and not (relrowsecurity and relforcerowsecurity)"),
              IsEmpty());
  EXPECT_EQ(Strings("select distinct tablename::text from pg_policies "
                    "where schemaname = 'log' and qual is not null "
                    "and with_check is not null and cmd = 'ALL' order by 1"),
            Tables());
}

TEST_F(LogSchemaTest, NothingReadsAroundIt) {
  EXPECT_THAT(Strings("select relname from pg_class where relkind in ('v', 'm') "
                      "and relnamespace = 'log'::regnamespace "
                      "union all select proname from pg_proc "
                      "where pronamespace = 'log'::regnamespace and prosecdef"),
              IsEmpty());
}

TEST_F(LogSchemaTest, EveryKeyStartsWithTheOrganization) {
  EXPECT_THAT(Strings("select i.indexrelid::regclass::text from pg_index i "
                      "join pg_class c on c.oid = i.indrelid "
                      "join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] "
                      "where c.relnamespace = 'log'::regnamespace "
                      "and a.attname <> 'organization_id'"),
              IsEmpty());
}

TEST_F(LogSchemaTest, NoOrganizationSeesAnything) {
  pqxx::nontransaction session(app_);
  for (const std::string& table : Tables()) {
    EXPECT_EQ(session.exec1("select count(*) from log." + table)[0].as<int>(), 0) << table;
  }
}

TEST_F(LogSchemaTest, AnOrganizationSeesAndWritesNothingOfAnother) {
  const std::int64_t own = ToInteger(organization_);
  organization_ = OrganizationId{own - 1};
  for (const std::string& table : Tables()) {
    EXPECT_EQ(Ask("select count(*) from log." + table), "0") << table;
  }
  EXPECT_EQ(AsApp(absl::StrCat("insert into log.head (organization_id, origin) values (", own + 7,
                               ", 'x')")),
            kPrivilege);
}

TEST_F(LogSchemaTest, NothingIsChangedOrRemoved) {
  for (const std::string& table : Tables()) {
    EXPECT_EQ(AsApp(absl::StrCat("truncate log.", table, " cascade")), kPrivilege) << table;
    EXPECT_EQ(AsApp("delete from log." + table), kPrivilege) << table;
    EXPECT_EQ(AsApp(absl::StrCat("update log.", table, " set organization_id = 0")), kPrivilege);
  }
  EXPECT_EQ(AsOwner("update log.leaf set subject_id = 9"), kImmutable);
  EXPECT_EQ(AsOwner("update log.leaf set leaf_hash = sha256('x')"), kImmutable);
  EXPECT_EQ(AsOwner("update log.checkpoint set note = 'x'"), kImmutable);
  EXPECT_EQ(AsOwner("update log.head set origin = 'x'"), kImmutable);
  for (const char* table : {"leaf", "checkpoint", "head"}) {
    EXPECT_EQ(AsOwner(absl::StrCat("delete from log.", table)), kImmutable) << table;
  }
  EXPECT_EQ(AsOwner("truncate log.leaf"), kImmutable);
  EXPECT_EQ(AsOwner("truncate log.subtree"), kImmutable);
}

// An event that claims an older transaction than its own would be passed by.
TEST_F(LogSchemaTest, TheApplicationSaysNothingOfItsTransactions) {
  const auto insert = [this](const std::string& column, const std::string& value) {
    return absl::StrCat(
        "insert into identity.audit_event (organization_id, user_name, display_name, "
        "from_address, method, action, resource, request_id, reason",
        column, ") values (", ToInteger(organization_), ", '', '', '', '', '', '', '', ''", value,
        ")");
  };
  EXPECT_EQ(AsApp(insert("", "")), "");
  EXPECT_EQ(AsApp(insert(", recorded_xid", ", '1'")), kPrivilege);
  EXPECT_EQ(AsApp(insert(", recorded_at", ", now()")), kPrivilege);
}

// The log has the key's record and three entries: indexes 0 to 3.
TEST_F(LogSchemaTest, LeavesHaveNoGap) {
  EXPECT_EQ(AsApp(AddEntries({{4, 4}})), "");
  EXPECT_EQ(AsApp(AddEntries({{4, 4}, {5, 5}, {6, 6}})), "");
  EXPECT_EQ(AsApp(AddEntries({{5, 4}})), kGap);
  EXPECT_EQ(AsApp(AddEntries({{4, 4}, {6, 5}})), kGap);
  EXPECT_EQ(AsApp(AddEntries({{3, 4}})), kUnique);
  EXPECT_EQ(AsApp(AddEntries({{-1, 4}})), kGap);
}

TEST_F(LogSchemaTest, EntriesAreInTheLogInTheirOrder) {
  EXPECT_EQ(AsApp(AddEntries({{4, 5}})), kNotTheNext);
  EXPECT_EQ(AsApp(AddEntries({{4, 5}, {5, 4}})), kNotTheNext);
  EXPECT_EQ(AsApp(AddEntries({{4, 4}, {5, 6}})), kNotTheNext);
  EXPECT_EQ(AsApp(AddEntries({{4, 3}})), kUnique);
}

TEST_F(LogSchemaTest, ALeafIsWhatItIsCalled) {
  const auto leaf = [this](int kind, int book, const char* subject, const char* hash,
                           const char* content, const char* salt) {
    return absl::StrCat("insert into log.leaf values (", ToInteger(organization_), ", 4, ", kind,
                        ", ", book, ", ", subject, ", ", hash, ", ", content, ", ", salt, ")");
  };
  const char* const k32 = "sha256('x')";
  const char* const kOfX = "sha256('\\x00'::bytea || 'x'::bytea)";
  EXPECT_EQ(AsApp(leaf(3, 0, "2", kOfX, "'x'", "null")), "");
  EXPECT_EQ(AsApp(leaf(2, 0, "2", kOfX, "'x'", "'salt'")), "");
  EXPECT_EQ(AsApp(leaf(3, 0, "2", k32, "'x'", "null")), kCheck);
  EXPECT_EQ(AsApp(leaf(3, 0, "2", k32, "null", "null")), kCheck);
  EXPECT_EQ(AsApp(leaf(3, 1, "2", kOfX, "'x'", "null")), kCheck);
  EXPECT_EQ(AsApp(leaf(2, 0, "2", kOfX, "'x'", "null")), kCheck);
  EXPECT_EQ(AsApp(leaf(4, 0, "2", kOfX, "'x'", "null")), kCheck);
  EXPECT_EQ(AsApp(leaf(1, 0, "4", k32, "null", "null")), kCheck);
  // Another hash than the entry's, an entry that is not there, a book that is not there.
  EXPECT_EQ(AsApp(leaf(1, 1, "4", k32, "null", "null")), kNotTheNext);
  EXPECT_EQ(AsApp(leaf(1, 1, "99", k32, "null", "null")), kNotTheNext);
  EXPECT_EQ(AsApp(leaf(1, 7, "1", k32, "null", "null")), kNotTheNext);
}

TEST_F(LogSchemaTest, ACheckpointCoversTheWholeLog) {
  const auto checkpoint = [this](int size) {
    return absl::StrCat("insert into log.checkpoint values (", ToInteger(organization_), ", ", size,
                        ", sha256('x'), 'note', now())");
  };
  EXPECT_EQ(AsApp(checkpoint(3)), kGap);
  EXPECT_EQ(AsApp(checkpoint(5)), kGap);
  EXPECT_EQ(AsApp(checkpoint(4)), kUnique);
  EXPECT_EQ(AsApp(AddEntries({{4, 4}}) + "; " + checkpoint(5)), "");
}

// Entries 4 to 6 are not in the log yet.
TEST_F(LogSchemaTest, AHardCloseNamesACheckpointThatCoversTheBook) {
  const std::string book =
      absl::StrCat(ToInteger(organization_), ", ", ToInteger(book_.book), ", date '2026-03-01'");
  const std::string close =
      absl::StrCat("select ledger.hard_close(", book, ", now(), sha256('x'))");
  const auto seal = [&book](int size) {
    return absl::StrCat(
        "insert into log.period_seal (organization_id, book_id, month, size) "
        "values (",
        book, ", ", size, ")");
  };
  const std::string commit = "; set constraints all immediate";
  EXPECT_EQ(AsApp(close + commit), kNotSealed);
  EXPECT_EQ(AsOwner(close + commit), kNotSealed);
  EXPECT_EQ(AsApp(seal(4)), kNotSealed);
  EXPECT_EQ(AsApp(close + ";" + seal(4)), kNotSealed);
  SealAll();
  EXPECT_EQ(AsApp(close + ";" + seal(4)), kNotSealed);
  EXPECT_EQ(AsApp(close + ";" + seal(7) + commit), "");
  EXPECT_EQ(AsApp(close + ";" + seal(7) + ";" + seal(7)), kUnique);
  EXPECT_EQ(AsApp(close + ";" + seal(7) + "; update log.period_seal set size = 4"), kPrivilege);
  EXPECT_EQ(
      AsOwner(absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization_), "';",
                           close, ";", seal(7), "; update log.period_seal set size = 4")),
      kImmutable);
}

}  // namespace
}  // namespace lumbung::log
