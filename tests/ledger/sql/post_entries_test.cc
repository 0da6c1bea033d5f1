// ledger.post_entries, called with what the application would never send: the database must refuse
// by itself, with the SQLSTATE that names the violation, and leave nothing behind.
#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/result>
#include <pqxx/transaction>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/store/book_parts_store.h"
#include "tests/ledger/store/store_fixture.h"

namespace lumbung::testing {
namespace {

struct Line {
  int entry;
  std::string account;
  std::string amount;
  std::string functional = "";  // The amount when empty.
  int set = 1;
  std::string fund = "umum";
  std::string currency = "IDR";
  std::string date = "2026-03-15";
};

struct Entry {
  int number;
  std::string date = "2026-03-15";
  bool adjuster = false;
  std::string request_id = "";  // By the number when empty.
};

struct Batch {
  std::vector<Entry> entries;
  std::vector<Line> lines;
  std::int64_t last_entry = 0;
  bool bulk = false;
  // The book has no dimension set when its first batch arrives.
  bool new_sets = true;
};

class PostEntriesTest : public StoreTest {
 protected:
  PostEntriesTest() : app_(database_.app_uri()), owner_(database_.owner_uri()) {
    std::vector<store::NewAccount> accounts = {
        NewTestAccount("1", AccountType::kAsset, "", false),
        NewTestAccount("cash", AccountType::kAsset, "1"),
        NewTestAccount("closed", AccountType::kAsset, "1"),
        NewTestAccount("gifts", AccountType::kIncome),
    };
    accounts[2].closed = true;
    EXPECT_THAT(CreateAccounts(accounts), IsOk());
    EXPECT_THAT(Do([&](store::TransactionScope& scope) {
                  return store::CreateFunds(scope, book_, {{"hibah", ""}});
                }),
                IsOk());
    EXPECT_THAT(Do([&](store::TransactionScope& scope) {
                  return store::CreateCurrencies(scope, book_, {{"USD", {}, false, ""}});
                }),
                IsOk());
    snapshot_ = std::make_unique<BookSnapshot>(Contents());
  }

  // A balanced entry of the 15th of March: gifts in cash.
  static Batch Good() { return {{{1}}, {{1, "cash", "100.00"}, {1, "gifts", "-100.00"}}}; }

  template <typename Items, typename Part>
  static std::string Array(const Items& items, const char* type, const Part& part) {
    std::vector<std::string> values;
    for (const auto& item : items) values.push_back(absl::StrCat("'", part(item), "'"));
    return absl::StrCat("array[", absl::StrJoin(values, ","), "]::", type, "[]");
  }
  int AccountNumber(const std::string& key) {
    const Account* account = snapshot_->FindAccount(key);
    return account == nullptr ? 9'999 : ToInteger(account->id);
  }
  int FundNumber(const std::string& key) {
    const Fund* fund = snapshot_->FindFund(key);
    return fund == nullptr ? 9'999 : ToInteger(fund->id);
  }
  int CurrencyNumber(const std::string& code) {
    const Currency* currency = snapshot_->FindCurrency(code);
    return currency == nullptr ? 9'999 : ToInteger(currency->id);
  }

  std::string Call(const Batch& batch) {
    const auto entries = [&](const char* type, const auto& part) {
      return Array(batch.entries, type, part);
    };
    const auto lines = [&](const char* type, const auto& part) {
      return Array(batch.lines, type, part);
    };
    const std::string sets =
        batch.new_sets ? absl::StrCat("p_set_fund => array[", FundNumber("umum"), ",",
                                      FundNumber("hibah"), "], p_set_members => array['{}','{}'], ")
                       : "p_set_fund => '{}', p_set_members => '{}', ";
    int line = 0;
    return absl::StrCat(
        "select ledger.post_entries(p_organization_id => ", ToInteger(organization_),
        ", p_book_id => ", ToInteger(book_.book), ", p_metadata_version => ",
        snapshot_->metadata_version(), ", p_last_entry_id => ", batch.last_entry,
        ", p_last_dimension_set_id => ", batch.new_sets ? 0 : 2,
        ", p_recorded_at => clock_timestamp(), p_bulk => ", batch.bulk ? "true" : "false", ", ",
        sets, "p_series => ",
        entries("integer",
                [&](const Entry&) { return ToInteger(snapshot_->FindSeries("JU")->id); }),
        ", p_fiscal_year => ", entries("smallint", [](const Entry&) { return 2026; }),
        ", p_number => ", entries("bigint", [](const Entry& e) { return e.number; }),
        ", p_effective_date => ", entries("date", [](const Entry& e) { return e.date; }),
        ", p_kind => ", entries("smallint", [](const Entry&) { return 1; }), ", p_description => ",
        entries("text", [](const Entry&) { return "gift"; }), ", p_reference => ",
        entries("text", [](const Entry&) { return ""; }), ", p_source => ",
        entries("text", [](const Entry&) { return "test"; }), ", p_tags => ",
        entries("text", [](const Entry&) { return "{}"; }), ", p_request_id => ",
        entries("text",
                [](const Entry& e) {
                  return e.request_id.empty() ? absl::StrCat("r-", e.number) : e.request_id;
                }),
        ", p_request_hash => ", entries("bytea", [](const Entry&) { return "hash"; }),
        ", p_reverses => array_fill(null::bigint, array[", batch.entries.size(), "])",
        ", p_salt => ", entries("bytea", [](const Entry&) { return "salt"; }), ", p_canonical => ",
        entries("bytea", [](const Entry&) { return "canonical"; }), ", p_leaf_hash => ",
        entries("bytea", [](const Entry&) { return "leaf"; }), ", p_adjuster => ",
        entries("boolean", [](const Entry& e) { return e.adjuster ? "t" : "f"; }),
        ", p_ordinal => ", lines("integer", [](const Line& l) { return l.entry; }), ", p_line => ",
        lines("smallint", [&](const Line&) { return ++line; }), ", p_account => ",
        lines("integer", [&](const Line& l) { return AccountNumber(l.account); }), ", p_set => ",
        lines("integer", [](const Line& l) { return l.set; }), ", p_fund => ",
        lines("integer", [&](const Line& l) { return FundNumber(l.fund); }), ", p_currency => ",
        lines("integer", [&](const Line& l) { return CurrencyNumber(l.currency); }),
        ", p_amount => ", lines("numeric", [](const Line& l) { return l.amount; }),
        ", p_functional_currency => ",
        lines("integer", [&](const Line&) { return CurrencyNumber("IDR"); }),
        ", p_functional_amount => ",
        lines("numeric",
              [](const Line& l) { return l.functional.empty() ? l.amount : l.functional; }),
        ", p_line_date => ", lines("date", [](const Line& l) { return l.date; }), ", p_memo => ",
        lines("text", [](const Line&) { return ""; }), ")");
  }

  // "posted" or "stale", or the SQLSTATE of the refusal.
  std::string Post(const Batch& batch) { return Run(app_, Call(batch)); }

  // The first value of the answer, or the SQLSTATE of the refusal. Commits.
  std::string Run(pqxx::connection& connection, const std::string& sql) {
    try {
      pqxx::work transaction(connection);
      transaction.exec0(
          absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization_), "'"));
      const pqxx::result rows = transaction.exec(sql);
      transaction.commit();
      return rows.empty() ? "" : rows[0][0].c_str();
    } catch (const pqxx::sql_error& error) {
      return error.sqlstate();
    }
  }
  std::string Run(const std::string& sql) { return Run(app_, sql); }

  // Everything a post writes, in a few words.
  std::string Written() {
    return Run(
        "select format('%s entries, %s postings, %s balances, last %s', "
        "(select count(*) from ledger.journal_entry), "
        "(select count(*) from ledger.posting), "
        "(select count(*) from ledger.balance_month), "
        "(select last_entry_id from ledger.book_head))");
  }
  std::string Balance(const std::string& account) {
    return Run(absl::StrCat("select ledger.balance_at(", ToInteger(organization_), ", ",
                            ToInteger(book_.book), ", ", AccountNumber(account), ", true, ",
                            CurrencyNumber("IDR"), ", null, '2026-12-31')"));
  }

  pqxx::connection app_;
  pqxx::connection owner_;
  std::unique_ptr<BookSnapshot> snapshot_;
};

TEST_F(PostEntriesTest, PostsABalancedEntry) {
  EXPECT_EQ(Post(Good()), "posted");
  EXPECT_EQ(Written(), "1 entries, 2 postings, 2 balances, last 1");
  EXPECT_EQ(Balance("cash"), "100.00");
  EXPECT_EQ(Balance("1"), "100.00");
  EXPECT_EQ(Balance("gifts"), "-100.00");
}

struct Violation {
  const char* what;
  std::function<void(Batch&)> change;
  const char* sqlstate;
};

TEST_F(PostEntriesTest, RefusesEveryViolationAndLeavesNothingBehind) {
  const Violation violations[] = {
      {"unknown account", [](Batch& b) { b.lines[0].account = "nowhere"; }, "LB001"},
      {"unknown dimension set", [](Batch& b) { b.lines[0].set = 3; }, "LB001"},
      {"dimension set of another fund", [](Batch& b) { b.lines[0].set = 2; }, "LB001"},
      {"unknown currency", [](Batch& b) { b.lines[0].currency = "XXX"; }, "LB001"},
      {"header", [](Batch& b) { b.lines[0].account = "1"; }, "LB002"},
      {"closed account", [](Batch& b) { b.lines[0].account = "closed"; }, "LB003"},
      {"too fine",
       [](Batch& b) {
         b.lines[0].amount = "100.001";
         b.lines[1].amount = "-100.001";
       },
       "LB004"},
      {"functional amount too fine",
       [](Batch& b) {
         b.lines[0] = {1, "cash", "10.00", "100.001", 1, "umum", "USD"};
         b.lines[1] = {1, "gifts", "-10.00", "-100.001", 1, "umum", "USD"};
       },
       "LB004"},
      {"line of another day", [](Batch& b) { b.lines[1].date = "2026-03-16"; }, "LB004"},
      {"rupiah worth other rupiah",
       [](Batch& b) {
         b.lines[0].functional = "99.00";
         b.lines[1].functional = "-99.00";
       },
       "LB004"},
      {"unbalanced", [](Batch& b) { b.lines[1].amount = "-99.99"; }, "LB005"},
      {"balanced in total, not per fund",
       [](Batch& b) {
         b.lines[1].fund = "hibah";
         b.lines[1].set = 2;
       },
       "LB005"},
      {"balanced in dollars, not in rupiah",
       [](Batch& b) {
         b.lines[0] = {1, "cash", "10.00", "160000.00", 1, "umum", "USD"};
         b.lines[1] = {1, "gifts", "-10.00", "-160000.01", 1, "umum", "USD"};
       },
       "LB005"},
      {"balanced over two entries",
       [](Batch& b) {
         b.entries.push_back({2});
         b.lines = {{1, "cash", "100.00"},
                    {1, "gifts", "-90.00"},
                    {2, "cash", "90.00"},
                    {2, "gifts", "-100.00"}};
       },
       "LB005"},
      {"one posting",
       [](Batch& b) {
         b.lines = {{1, "cash", "0.00"}};
       },
       "LB006"},
      {"no posting at all", [](Batch& b) { b.entries.push_back({2}); }, "LB006"},
      {"number left out", [](Batch& b) { b.entries[0].number = 2; }, "LB011"},
      {"number given twice",
       [](Batch& b) {
         b.entries.push_back({1, "2026-03-15", false, "other"});
         b.lines.push_back({2, "cash", "1.00"});
         b.lines.push_back({2, "gifts", "-1.00"});
       },
       "LB011"},
  };
  for (const Violation& violation : violations) {
    Batch batch = Good();
    violation.change(batch);
    EXPECT_EQ(Post(batch), violation.sqlstate) << violation.what;
  }
  EXPECT_EQ(Written(), "0 entries, 0 postings, 0 balances, last 0");
}

TEST_F(PostEntriesTest, WritesNothingWhenTheBookHasMovedOn) {
  ASSERT_EQ(Post(Good()), "posted");
  EXPECT_EQ(Post(Good()), "stale");
  Batch next = Good();
  next.entries[0].number = 2;
  next.last_entry = 1;
  next.new_sets = false;
  EXPECT_THAT(CreateAccounts({NewTestAccount("new", AccountType::kAsset)}), IsOk());
  EXPECT_EQ(Post(next), "stale");
  EXPECT_EQ(Written(), "1 entries, 2 postings, 2 balances, last 1");
}

TEST_F(PostEntriesTest, TakesARequestIdOnce) {
  ASSERT_EQ(Post(Good()), "posted");
  Batch again = Good();
  again.last_entry = 1;
  again.new_sets = false;
  again.entries[0] = {2, "2026-03-15", false, "r-1"};
  EXPECT_EQ(Post(again), "23505");
}

TEST_F(PostEntriesTest, RefusesHardClosedPeriods) {
  ASSERT_EQ(Run(absl::StrCat("select ledger.hard_close(", ToInteger(organization_), ", ",
                             ToInteger(book_.book), ", '2026-03-01', clock_timestamp(), 'hash')")),
            "");
  snapshot_ = std::make_unique<BookSnapshot>(Contents());
  EXPECT_EQ(Post(Good()), "LB007");
  Batch adjusted = Good();
  adjusted.entries[0].adjuster = true;
  EXPECT_EQ(Post(adjusted), "LB007");
  Batch earlier = Good();
  earlier.entries[0].date = earlier.lines[0].date = earlier.lines[1].date = "2025-12-31";
  EXPECT_EQ(Post(earlier), "LB007");
  Batch later = Good();
  later.entries[0].date = later.lines[0].date = later.lines[1].date = "2026-04-01";
  EXPECT_EQ(Post(later), "posted");
}

TEST_F(PostEntriesTest, AHardClosedPeriodNeverReopens) {
  ASSERT_EQ(Run(absl::StrCat("select ledger.hard_close(", ToInteger(organization_), ", ",
                             ToInteger(book_.book), ", '2026-03-01', clock_timestamp(), 'hash')")),
            "");
  EXPECT_EQ(Run("update ledger.period set state = 1"), "LB012");
  EXPECT_EQ(Run(owner_, "update ledger.period set state = 2, trial_balance_hash = null"), "LB012");
  EXPECT_EQ(Run(owner_, "delete from ledger.period"), "LB012");
  EXPECT_EQ(Run(owner_, "update ledger.book_head set hard_closed_through = '2026-02-28'"), "LB012");
}

TEST_F(PostEntriesTest, LetsAdjustersIntoSoftClosedPeriods) {
  ASSERT_EQ(Run(absl::StrCat("insert into ledger.period (organization_id, book_id, month, state) "
                             "values (",
                             ToInteger(organization_), ", ", ToInteger(book_.book),
                             ", '2026-03-01', 2)")),
            "");
  ASSERT_EQ(Run("update ledger.book_head set soft_closed_through = '2026-03-31'"), "");
  EXPECT_EQ(Post(Good()), "LB008");
  Batch adjusted = Good();
  adjusted.entries[0].adjuster = true;
  EXPECT_EQ(Post(adjusted), "posted");
}

TEST_F(PostEntriesTest, RefusesToFalsifyAnAssertedBalance) {
  ASSERT_EQ(
      Run(absl::StrCat(
          "insert into ledger.balance_assertion (organization_id, book_id, assertion_id, "
          "account_id, include_descendants, date, currency_id, expected, source) values (",
          ToInteger(organization_), ", ", ToInteger(book_.book), ", 1, ", AccountNumber("cash"),
          ", false, '2026-03-31', ", CurrencyNumber("IDR"), ", 100, 'test')")),
      "");
  ASSERT_EQ(Run("update ledger.book_head set last_assertion_date = '2026-03-31'"), "");
  Batch wrong = Good();
  wrong.lines[0].amount = "90.00";
  wrong.lines[1].amount = "-90.00";
  EXPECT_EQ(Post(wrong), "LB009");
  EXPECT_EQ(Post(Good()), "posted");
}

TEST_F(PostEntriesTest, PostedRowsNeverChangeEvenForTheOwner) {
  ASSERT_EQ(Post(Good()), "posted");
  for (const char* table : {"journal_entry", "posting"}) {
    const std::string name = absl::StrCat("ledger.", table);
    EXPECT_EQ(Run(owner_, "update " + name + " set effective_date = effective_date"), "LB010");
    EXPECT_EQ(Run(owner_, "delete from " + name), "LB010");
    // With what refers to it; alone, PostgreSQL itself refuses.
    EXPECT_EQ(Run(owner_, "truncate " + name + " cascade"), "LB010");
  }
  EXPECT_EQ(Written(), "1 entries, 2 postings, 2 balances, last 1");
}

TEST_F(PostEntriesTest, ABulkLoadAddsItsBalancesAtTheEnd) {
  Batch bulk = Good();
  bulk.bulk = true;
  ASSERT_EQ(Post(bulk), "posted");
  EXPECT_EQ(Written(), "1 entries, 2 postings, 0 balances, last 1");
  Batch ordinary = Good();
  ordinary.last_entry = 1;
  ordinary.new_sets = false;
  ordinary.entries[0].number = 2;
  EXPECT_EQ(Post(ordinary), "stale");
  ASSERT_EQ(Run(absl::StrCat("select ledger.finish_bulk(", ToInteger(organization_), ", ",
                             ToInteger(book_.book), ")")),
            "");
  EXPECT_EQ(Balance("cash"), "100.00");
  EXPECT_EQ(Post(ordinary), "posted");
  EXPECT_EQ(Balance("cash"), "200.00");
}

TEST_F(PostEntriesTest, FoldsTurnoverOnce) {
  ASSERT_EQ(Post(Good()), "posted");
  const std::string fold = absl::StrCat("select ledger.fold_turnover(", ToInteger(organization_),
                                        ", ", ToInteger(book_.book), ")");
  EXPECT_EQ(Run(fold), "1");
  EXPECT_EQ(Run(fold), "1");
  EXPECT_EQ(Run("select string_agg(grain::text || ' ' || start_date || ' ' || debit - credit, ', ' "
                "order by grain, account_id) from ledger.account_turnover"),
            "d 2026-03-15 100.00, d 2026-03-15 -100.00, m 2026-03-01 100.00, "
            "m 2026-03-01 -100.00");
}

}  // namespace
}  // namespace lumbung::testing
