// `lumbung verify` against the real server: a sound book holds, and whatever somebody with all
// power over the database changes breaks the promise that it should.
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <pqxx/connection>
#include <pqxx/nontransaction>

#include "absl/strings/str_cat.h"
#include "tests/services/host/cli/command_stage.h"

namespace lumbung::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using Json = nlohmann::json;

class VerifyCommandTest : public ::testing::Test {
 protected:
  VerifyCommandTest() {
    Do("sari", {"book", "create", "main", "--chart", "isak35-ngo"});
    Do("sari", {"fund", "create", "air", "Air Bersih", "--restriction", "purpose"});
    Post("2025-12-31", "1.1.21", "3.1.10", "10000000");
    Post("2026-02-01", "5.3.40", "1.1.21", "150000.50");
    Post("2026-03-01", "1.1.22", "4.1.10", "4000000");
    const std::string evidence = stage_.PathOf("nota.pdf");
    Do("agus", {"report", "print", "journal", "--year", "2026", "--file", evidence});
    Do("sari",
       {"voucher", "create", "--kind", "BKK", "--date", "2026-04-05", "--party", "PLN",
        "--description", "Listrik", "--cash-account", "1.1.21", "--debit", "5.3.40=150000"});
    Do("sari", {"voucher", "attach", "1", evidence});
    Do("sari", {"voucher", "submit", "1"});
    Do("budi", {"voucher", "approve", "1"});
    Do("made", {"period", "close", "2025-12", "--hard"});
    Do("made", {"period", "close", "2026-02", "--hard"});
  }

  std::string Do(const std::string& person, const std::vector<std::string>& arguments) {
    return stage_.Do(person, arguments);
  }
  void Post(const std::string& date, const std::string& debit, const std::string& credit,
            const std::string& amount) {
    Do("sari", {"entry", "post", "--date", date, "--description", "Uji", "--debit",
                absl::StrCat(debit, "=", amount), "--credit", absl::StrCat(credit, "=", amount)});
  }
  // As the superuser, with every trigger off: no rule of the database is in the way.
  void Tamper(const std::string& sql) {
    pqxx::connection connection(stage_.database().superuser_uri());
    pqxx::nontransaction session(connection);
    session.exec0("set session_replication_role = replica");
    session.exec(sql);
  }
  // Nothing is left for the sealer to do: what it added between a change and its undoing would be
  // undone as well.
  void AwaitQuiet() {
    pqxx::connection connection(stage_.database().superuser_uri());
    pqxx::nontransaction session(connection);
    while (
        session
            .exec1("select count(*) from identity.audit_event e "
                   "where e.organization_id is not null and not exists (select 1 from log.leaf l "
                   "where l.organization_id = e.organization_id and l.kind = 2 "
                   "and l.subject_id = e.event_id)")[0]
            .as<int>() > 0) {
    }
  }
  // The promises that do not hold.
  std::set<std::string> Broken() {
    const Outcome outcome = stage_.Run("agus", {"verify", "--output", "json"});
    std::set<std::string> broken;
    const Json answer = Json::parse(outcome.out);
    for (const Json& promise : answer["promises"]) {
      if (promise["finding_count"] == "0") continue;
      broken.insert(promise["promise"]);
      EXPECT_FALSE(promise["findings"].empty());
    }
    EXPECT_EQ(outcome.exit_code, broken.empty() ? 0 : 4) << outcome.err;
    return broken;
  }

  CommandStage stage_{{{"agus", identity::Role::kAuditor},
                       {"budi", identity::Role::kApprover},
                       {"made", identity::Role::kManager},
                       {"sari", identity::Role::kFinanceOfficer}}};
};

struct Attack {
  // What the change is kept in, so that it can be undone.
  std::string table;
  std::string sql;
  std::vector<std::string> breaks;
};

TEST_F(VerifyCommandTest, EveryChangeBreaksAPromise) {
  AwaitQuiet();
  ASSERT_THAT(Broken(), IsEmpty());
  const std::vector<Attack> attacks = {
      {"ledger.posting",
       "update ledger.posting set memo = 'lain' where entry_id = 1",
       {"entry-bytes"}},
      {"ledger.posting",
       "update ledger.posting set amount = amount * 2, functional_amount = functional_amount * 2 "
       "where entry_id = 4",
       {"balances", "entry-bytes", "voucher-entries"}},
      {"ledger.posting",
       "update ledger.posting set functional_amount = functional_amount + 1 "
       "where entry_id = 1 and line = 1",
       {"balances", "closed-months", "entry-balance", "entry-bytes"}},
      {"ledger.posting",
       "update ledger.posting set effective_date = '2026-03-02' where entry_id = 3",
       {"balances"}},
      {"ledger.journal_entry",
       "update ledger.journal_entry set description = 'Lain' where entry_id = 2",
       {"entry-bytes"}},
      {"ledger.journal_entry",
       "update ledger.journal_entry set canonical = canonical || '\\x00' where entry_id = 2",
       {"entry-bytes"}},
      {"ledger.journal_entry",
       "update ledger.journal_entry set canonical = canonical || '\\x00', "
       "leaf_hash = sha256('\\x00' || canonical || '\\x00') where entry_id = 2",
       {"entry-bytes", "log-contents"}},
      {"ledger.journal_entry",
       "update ledger.journal_entry set number = 9 where entry_id = 3",
       {"entry-bytes", "entry-order"}},
      {"ledger.balance_month", "update ledger.balance_month set debit = debit + 1", {"balances"}},
      {"ledger.balance_month",
       "delete from ledger.balance_month where month = '2026-03-01'",
       {"balances"}},
      {"ledger.period_balance",
       "update ledger.period_balance set credit = credit + 1",
       {"closed-months"}},
      {"ledger.period",
       "update ledger.period set trial_balance_hash = sha256('x')",
       {"closed-months"}},
      {"log.period_seal", "update log.period_seal set size = 2", {"sealed-months"}},
      {"log.leaf",
       "update log.leaf set leaf_hash = sha256('x') where kind = 1 and subject_id = 2",
       {"log-contents", "log-tree"}},
      {"log.leaf", "delete from log.leaf where leaf_index = 3", {"log-tree"}},
      {"log.checkpoint", "update log.checkpoint set root = sha256('x')", {"log-tree"}},
      {"log.checkpoint",
       "update log.checkpoint set note = replace(note, chr(10) || chr(10), "
       "chr(10) || 'x' || chr(10) || chr(10))",
       {"log-tree"}},
      {"identity.audit_event",
       "update identity.audit_event set user_name = 'lain' where event_id = "
       "(select min(subject_id) from log.leaf where kind = 2)",
       {"log-contents"}},
      {"identity.audit_event",
       "delete from identity.audit_event where event_id = "
       "(select max(subject_id) from log.leaf where kind = 2)",
       {"log-contents"}},
      {"vouchers.voucher", "update vouchers.voucher set party = 'Lain'", {"voucher-contents"}},
      {"vouchers.approval",
       "update vouchers.approval set content_hash = sha256('x')",
       {"voucher-contents"}},
      {"vouchers.voucher", "update vouchers.voucher set entry_id = 1", {"voucher-entries"}},
      {"vouchers.voucher", "update vouchers.voucher set number_sequence = 4", {"voucher-entries"}},
  };
  for (const Attack& attack : attacks) {
    SCOPED_TRACE(attack.sql);
    Tamper(absl::StrCat("create table public.kept as select * from ", attack.table));
    Tamper(attack.sql);
    EXPECT_THAT(Broken(), ElementsAreArray(attack.breaks));
    Tamper(
        absl::StrCat("delete from ", attack.table, "; insert into ", attack.table,
                     " overriding system value select * from public.kept; drop table public.kept"));
  }
  ASSERT_THAT(Broken(), IsEmpty());
}

TEST_F(VerifyCommandTest, NamesWhatWasChangedInTheReadersLanguage) {
  Tamper("update vouchers.blob_chunk set data = 'x'");
  Tamper("update ledger.posting set memo = 'lain' where entry_id in (1, 2)");
  const Outcome outcome = stage_.Run("agus", {"verify"}, "id");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(
      outcome.out,
      AllOf(HasSubstr("books/main/entries/1: isinya bukan lagi yang dibukukan"),
            HasSubstr("books/main/entries/2: "), HasSubstr("books/main/vouchers/1/attachments/"),
            HasSubstr("nota.pdf"), HasSubstr("DILANGGAR"), HasSubstr("terpenuhi")));
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("BOOK_DAMAGED"), HasSubstr("2 janji")));
  EXPECT_THAT(stage_.Run("agus", {"verify", "--output", "csv"}).out,
              HasSubstr("entry-bytes,4,2,broken"));
}

TEST_F(VerifyCommandTest, IsForThoseWhoMayTakeAPack) {
  EXPECT_THAT(stage_.Refused("sari", {"verify"}), StartsWith("error: PERMISSION_DENIED"));
  EXPECT_THAT(stage_.Refused("agus", {"verify", "--book", "apa"}),
              StartsWith("error: BOOK_NOT_FOUND"));
}

}  // namespace
}  // namespace lumbung::cli
