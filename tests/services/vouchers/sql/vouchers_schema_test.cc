// What the database refuses by itself, whatever the application does: ways round row-level
// security, and ways round the trail of approval.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include "absl/strings/str_cat.h"
#include "tests/services/vouchers/api/voucher_fixture.h"

namespace lumbung::vouchers::api {
namespace {

using ::testing::IsEmpty;
using testing::IsOk;

constexpr char kPrivilege[] = "42501";
constexpr char kImmutable[] = "LB010";
constexpr char kState[] = "LB020";

class VouchersSchemaTest : public VoucherTest {
 protected:
  VouchersSchemaTest() : app_(database_.app_uri()), owner_(database_.owner_uri()) {}

  std::vector<std::string> Strings(const std::string& sql) {
    std::vector<std::string> found;
    pqxx::nontransaction session(owner_);
    for (const pqxx::row& row : session.exec(sql)) found.push_back(row[0].c_str());
    return found;
  }
  std::vector<std::string> Tables() {
    return Strings(
        "select relname from pg_class where relkind = 'r' "
        "and relnamespace = 'vouchers'::regnamespace order by 1");
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
    } catch (const pqxx::sql_error& error) {
      return error.sqlstate();
    }
  }
  std::string AsApp(const std::string& sql) { return SqlState(app_, sql); }
  std::string AsOwner(const std::string& sql) { return SqlState(owner_, sql); }
  // The voucher's next version with these changes.
  static std::string Set(const std::string& changes) {
    return absl::StrCat("update vouchers.voucher set version = version + 1, ", changes);
  }

  pqxx::connection app_;
  pqxx::connection owner_;
};

TEST_F(VouchersSchemaTest, EveryTableForcesRowLevelSecurity) {
  EXPECT_GT(Tables().size(), 10u);
  EXPECT_THAT(Strings("select relname from pg_class where relkind in ('r', 'p') "
                      "and relnamespace = 'vouchers'::regnamespace "
                      "and not (relrowsecurity and relforcerowsecurity)"),
              IsEmpty());
  EXPECT_EQ(Strings("select distinct tablename::text from pg_policies "
                    "where schemaname = 'vouchers' and qual is not null "
                    "and with_check is not null and cmd = 'ALL' order by 1"),
            Tables());
}

TEST_F(VouchersSchemaTest, NothingReadsAroundIt) {
  EXPECT_THAT(Strings("select relname from pg_class where relkind in ('v', 'm') "
                      "and relnamespace = 'vouchers'::regnamespace "
                      "union all select proname from pg_proc "
                      "where pronamespace = 'vouchers'::regnamespace and prosecdef"),
              IsEmpty());
}

TEST_F(VouchersSchemaTest, EveryKeyStartsWithTheOrganization) {
  EXPECT_THAT(Strings("select i.indexrelid::regclass::text from pg_index i "
                      "join pg_class c on c.oid = i.indrelid "
                      "join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] "
                      "where c.relnamespace = 'vouchers'::regnamespace "
                      "and a.attname <> 'organization_id'"),
              IsEmpty());
  EXPECT_THAT(Strings("select k.conname::text from pg_constraint k "
                      "join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] "
                      "where k.contype = 'f' and k.connamespace = 'vouchers'::regnamespace "
                      "and a.attname <> 'organization_id'"),
              IsEmpty());
}

TEST_F(VouchersSchemaTest, NoOrganizationSeesAnything) {
  Posted(Payment());
  ASSERT_THAT(AddPolicy("all", "", "manager"), IsOk());
  pqxx::nontransaction session(app_);
  for (const std::string& table : Tables()) {
    EXPECT_EQ(session.exec1("select count(*) from vouchers." + table)[0].as<int>(), 0) << table;
  }
}

TEST_F(VouchersSchemaTest, AnOrganizationWritesNothingOfAnother) {
  const v1::Voucher voucher = Submitted(Payment());
  organization_ = OrganizationId{ToInteger(organization_) - 1};
  EXPECT_EQ(Ask("select count(*) from vouchers.voucher"), "0");
  EXPECT_EQ(AsApp(absl::StrCat("insert into vouchers.counter values (",
                               ToInteger(organization_) + 1, ", 1, 'x', 0, 1)")),
            kPrivilege);
}

TEST_F(VouchersSchemaTest, TheApplicationDeletesNothingButAttachments) {
  for (const std::string& table : Tables()) {
    EXPECT_EQ(AsApp(absl::StrCat("truncate vouchers.", table, " cascade")), kPrivilege) << table;
    EXPECT_EQ(AsApp("delete from vouchers." + table), table == "attachment" ? "" : kPrivilege)
        << table;
  }
}

TEST_F(VouchersSchemaTest, WhatIsRecordedNeverChanges) {
  Posted(Payment());
  for (const char* table : {"voucher_event", "approval", "blob", "blob_chunk", "attachment"}) {
    EXPECT_EQ(AsApp(absl::StrCat("update vouchers.", table, " set organization_id = 0")),
              kPrivilege)
        << table;
  }
  for (const char* table : {"voucher_event", "approval"}) {
    EXPECT_EQ(AsOwner(absl::StrCat("update vouchers.", table, " set person = 9")), kImmutable);
    EXPECT_EQ(AsOwner(absl::StrCat("delete from vouchers.", table)), kImmutable);
  }
  EXPECT_EQ(AsOwner("delete from vouchers.voucher"), kImmutable);
}

TEST_F(VouchersSchemaTest, APostedVoucherNeverChanges) {
  Posted(Payment());
  for (const char* change : {"party = 'x'", "state = 1", "reason = 'x'", "amount = 1",
                             "postings = '[]'", "number_sequence = 7"}) {
    EXPECT_EQ(AsApp(Set(change)), kImmutable) << change;
    EXPECT_EQ(AsOwner(Set(change)), kImmutable) << change;
  }
  ASSERT_THAT(Cancel("Sari", *Create("Sari", Payment())), IsOk());
  EXPECT_EQ(AsApp(absl::StrCat(Set("state = 1"), " where state = 6")), kImmutable);
}

TEST_F(VouchersSchemaTest, OnlyDraftsChangeTheirContent) {
  Submitted(Payment());
  EXPECT_EQ(AsApp(Set("party = 'x'")), kState);
  EXPECT_EQ(AsApp(Set("content_hash = sha256('x')")), kState);
  EXPECT_EQ(AsApp(Set("state = 1, party = 'x'")), kState);
  EXPECT_EQ(AsOwner(Set("maker_person = 9")), kState);
  EXPECT_EQ(AsApp("update vouchers.voucher set reason = 'x'"), kState);
}

// INV-023, once more: no move to approved without somebody else's approval of this very content.
TEST_F(VouchersSchemaTest, NothingIsApprovedByItsMakerAlone) {
  Submitted(Payment());
  const std::string approve = Set("state = 3");
  EXPECT_EQ(AsApp(approve), kState);
  const std::int64_t maker = people_["Sari"];
  const std::int64_t other = people_["Budi"];
  const auto approval = [&](std::int64_t person, const char* hash, int round, bool self) {
    return absl::StrCat(
        "insert into vouchers.approval (organization_id, book_id, voucher_id, round, person, "
        "person_user, person_name, roles, self_approval, content_hash, comment) select "
        "organization_id, "
        "book_id, voucher_id, ",
        round, ", ", person, ", 'x', 'x', '{}', ", self ? "true" : "false", ", ", hash,
        ", '' from vouchers.voucher; ");
  };
  EXPECT_EQ(AsApp(approval(maker, "content_hash", 1, false) + approve), kState);
  EXPECT_EQ(AsApp(approval(maker, "content_hash", 1, true) + approve), kState);
  EXPECT_EQ(AsApp(approval(other, "sha256('x')", 1, false) + approve), kState);
  EXPECT_EQ(AsApp(approval(other, "content_hash", 0, false) + approve), kState);
  EXPECT_EQ(AsApp(approval(other, "content_hash", 1, false) + approve), "");
  EXPECT_EQ(
      AsApp(approval(maker, "content_hash", 1, true) + Set("state = 3, self_approved = true")), "");
  EXPECT_EQ(AsApp(Set("state = 4")), kState);
}

TEST_F(VouchersSchemaTest, NumbersAreGivenOneAfterTheOther) {
  Posted(Payment());
  EXPECT_EQ(AsApp("update vouchers.counter set last_number = last_number + 2"), "LB011");
  EXPECT_EQ(AsApp("update vouchers.counter set last_number = 0"), "LB011");
}

TEST_F(VouchersSchemaTest, NobodyAppointsThemselves) {
  EXPECT_EQ(AsApp(absl::StrCat("insert into vouchers.deputy values (", ToInteger(organization_),
                               ", 1, 'x', 4, 'wati', 'Wati', 2, 'budi', 'Budi', 'manager', "
                               "'2026-01-01', '2026-01-31', '', 2, 'budi', 'Budi')")),
            "23514");
}

}  // namespace
}  // namespace lumbung::vouchers::api
