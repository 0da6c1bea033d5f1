#include "ledger/store/account_store.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/etag.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/transactional_posting.h"
#include "tests/ledger/store/store_fixture.h"

namespace lumbung::testing {
namespace {

using store::AccountChanges;
using store::NewAccount;
using store::TransactionScope;

class AccountStoreTest : public StoreTest {
 protected:
  AccountStoreTest() {
    EXPECT_THAT(CreateAccounts({
                    NewTestAccount("1", AccountType::kAsset, "", false),
                    NewTestAccount("1.1", AccountType::kAsset, "1"),
                    NewTestAccount("1.2", AccountType::kAsset, "1"),
                    NewTestAccount("7", AccountType::kExpense, "", false),
                }),
                IsOk());
  }
  auto Update(const std::string& key, const AccountChanges& changes, const std::string& etag = "") {
    return Do([&](TransactionScope& scope) {
      return store::UpdateAccount(scope, book_, key, etag, changes);
    });
  }
  Account Find(const std::string& key) { return *BookSnapshot(Contents()).FindAccount(key); }
};

TEST_F(AccountStoreTest, ReadsBackWhatWasCreated) {
  NewAccount account = NewTestAccount("1.9", AccountType::kAsset, "1");
  account.code = "1.9.0";
  account.display_name = "Accumulated depreciation";
  account.display_name_id = "Akumulasi penyusutan";
  account.contra = true;
  account.closed = true;
  account.note = "since 2020,\n\"see\" {note} \\ NULL";
  const auto created = CreateAccounts({account});
  ASSERT_THAT(created, IsOk());
  const Account read = Find("1.9");
  EXPECT_EQ(store::EtagOf(read), store::EtagOf(created->front()));
  EXPECT_EQ(read.id, created->front().id);
  EXPECT_EQ(read.code, "1.9.0");
  EXPECT_EQ(read.display_name_id, "Akumulasi penyusutan");
  EXPECT_TRUE(read.contra);
  EXPECT_TRUE(read.closed);
  EXPECT_EQ(read.note, account.note);
}

TEST_F(AccountStoreTest, CreatesThousandsAtOnce) {
  std::vector<NewAccount> accounts;
  for (int i = 0; i < 5'000; ++i) {
    accounts.push_back(NewTestAccount(absl::StrCat("imported:", i), AccountType::kAsset,
                                      i == 0 ? "1" : absl::StrCat("imported:", i / 10), false));
  }
  ASSERT_THAT(CreateAccounts(accounts), IsOk());
  EXPECT_EQ(Contents().accounts.size(), 5'004u);
}

struct Refused {
  const char* what;
  NewAccount account;
  const char* reason;
  const char* field;
};

NewAccount Changed(NewAccount account, void (*change)(NewAccount&)) {
  change(account);
  return account;
}

TEST_F(AccountStoreTest, RefusesAccountsThatCannotBe) {
  const NewAccount good = NewTestAccount("1.3", AccountType::kAsset, "1");
  const Refused cases[] = {
      {"no key", Changed(good, [](auto& a) { a.key = ""; }), "INVALID_ID", "[1].key"},
      {"control character", Changed(good, [](auto& a) { a.key = "a\tb"; }), "INVALID_ID",
       "[1].key"},
      {"long key", Changed(good, [](auto& a) { a.key.assign(256, 'x'); }), "INVALID_ID", "[1].key"},
      {"long name", Changed(good, [](auto& a) { a.display_name.assign(256, 'x'); }),
       "TEXT_TOO_LONG", "[1].display_name"},
      {"long note", Changed(good, [](auto& a) { a.note.assign(4'097, 'x'); }), "TEXT_TOO_LONG",
       "[1].note"},
      {"key of the book", Changed(good, [](auto& a) { a.key = "1.1"; }), "ALREADY_EXISTS",
       "[1].key"},
      {"key of its neighbour", Changed(good, [](auto& a) { a.key = "1.5"; }), "ALREADY_EXISTS",
       "[1].key"},
      {"unknown parent", Changed(good, [](auto& a) { a.parent = "9"; }), "UNKNOWN_PARENT",
       "[1].parent"},
      {"its own parent", Changed(good, [](auto& a) { a.parent = a.key; }), "UNKNOWN_PARENT",
       "[1].parent"},
      {"liability below asset", Changed(good, [](auto& a) { a.type = AccountType::kLiability; }),
       "TYPE_MISMATCH", "[1].type"},
      {"unknown dimension",
       Changed(good,
               [](auto& a) {
                 a.rules = {{"x", {}}};
               }),
       "UNKNOWN_DIMENSION", "[1].dimension_rules[0].dimension"},
      {"code of a postable account", Changed(good, [](auto& a) { a.code = "1.2"; }),
       "DUPLICATE_CODE", "[1].code"},
  };
  for (const Refused& refused : cases) {
    const auto created =
        CreateAccounts({NewTestAccount("1.5", AccountType::kAsset, "1"), refused.account});
    EXPECT_THAT(created, RefusesAt(refused.reason, refused.field)) << refused.what;
  }
  EXPECT_EQ(Contents().accounts.size(), 4u);
}

TEST_F(AccountStoreTest, HeadersMayShareACode) {
  NewAccount header = NewTestAccount("1.1 header", AccountType::kAsset, "1", false);
  header.code = "1.1";
  EXPECT_THAT(CreateAccounts({header}), IsOk());
}

TEST_F(AccountStoreTest, IncomeAndExpenseMayStandBelowEachOther) {
  EXPECT_THAT(CreateAccounts({NewTestAccount("7.1", AccountType::kIncome, "7")}), IsOk());
  EXPECT_THAT(CreateAccounts({NewTestAccount("7.2", AccountType::kNetAsset, "7")}),
              RefusesAt("TYPE_MISMATCH", "[0].type"));
}

TEST_F(AccountStoreTest, ChangesOnlyWhatIsGiven) {
  AccountChanges changes;
  changes.display_name = "Kas kecil";
  ASSERT_THAT(Update("1.1", changes), IsOk());
  const Account account = Find("1.1");
  EXPECT_EQ(account.display_name, "Kas kecil");
  EXPECT_EQ(account.code, "1.1");
  EXPECT_EQ(account.parent, Find("1").id);
  EXPECT_TRUE(account.postable);
}

TEST_F(AccountStoreTest, RefusesAChangeOfWhatOthersChangedMeanwhile) {
  const std::string seen = store::EtagOf(Find("1.1"));
  AccountChanges changes;
  changes.note = "mine";
  const auto first = Update("1.1", changes, seen);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Update("1.1", changes, seen), RefusesAt("ETAG_MISMATCH", "etag"));
  EXPECT_THAT(Update("1.1", changes, store::EtagOf(*first)), IsOk());
}

TEST_F(AccountStoreTest, ReplacesDimensionRules) {
  ASSERT_THAT(Do([&](TransactionScope& scope) {
                return store::CreateDimensions(scope, book_, {{"grant", ""}, {"unit", ""}});
              }),
              IsOk());
  AccountChanges changes;
  changes.rules = {{"unit", DimensionRequirement::kForbidden},
                   {"grant", DimensionRequirement::kRequired}};
  const auto updated = Update("1.1", changes);
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(Find("1.1").rules.size(), 2u);
  EXPECT_EQ(store::EtagOf(Find("1.1")), store::EtagOf(*updated));
  changes.rules = {{"grant", DimensionRequirement::kRequired},
                   {"grant", DimensionRequirement::kForbidden}};
  EXPECT_THAT(Update("1.1", changes), RefusesAt("DUPLICATE_RULE", "dimension_rules[1].dimension"));
  changes.rules = std::vector<store::NewDimensionRule>();
  ASSERT_THAT(Update("1.1", changes), IsOk());
  EXPECT_TRUE(Find("1.1").rules.empty());
}

TEST_F(AccountStoreTest, RefusesChangesThatBreakTheTree) {
  ASSERT_THAT(CreateAccounts({NewTestAccount("1.3", AccountType::kAsset, "1", false),
                              NewTestAccount("1.3.1", AccountType::kAsset, "1.3")}),
              IsOk());
  AccountChanges changes;
  changes.parent = "1.3.1";
  EXPECT_THAT(Update("1.3", changes), RefusesAt("PARENT_CYCLE", "parent"));
  changes.parent = "1.3";
  EXPECT_THAT(Update("1.3", changes), RefusesAt("PARENT_CYCLE", "parent"));
  changes.parent = "9";
  EXPECT_THAT(Update("1.3", changes), RefusesAt("UNKNOWN_PARENT", "parent"));
  changes.parent = "7";
  EXPECT_THAT(Update("1.3", changes), RefusesAt("TYPE_MISMATCH", "type"));
  changes = {};
  changes.type = AccountType::kLiability;
  EXPECT_THAT(Update("1.3", changes), RefusesAt("TYPE_MISMATCH", "type"));
  EXPECT_THAT(Update("1", changes), RefusesAt("TYPE_MISMATCH", "type"));
  changes = {};
  changes.code = "1.2";
  EXPECT_THAT(Update("1.1", changes), RefusesAt("DUPLICATE_CODE", "code"));
  EXPECT_THAT(Update("9", {}), RefusesAt("NOT_FOUND", "name"));
}

// An account with postings, below the header "1" whose balance is asserted to be 100.
class AccountInUseTest : public AccountStoreTest {
 protected:
  AccountInUseTest() {
    EXPECT_THAT(CreateAccounts({NewTestAccount("4", AccountType::kIncome)}), IsOk());
    EXPECT_THAT(Do([&](TransactionScope& scope) { return Post(scope); }), IsOk());
  }

  absl::StatusOr<std::vector<PostedEntry>> Post(TransactionScope& scope) {
    store::TransactionalPoster::Options options;
    options.now = absl::FromUnixSeconds(1'780'000'000);
    options.random_bytes = [](char* bytes, std::size_t count) { std::fill_n(bytes, count, 'r'); };
    LUMBUNG_ASSIGN_OR_RETURN(store::TransactionalPoster poster,
                             store::TransactionalPoster::Open(scope, book_, options));
    EntryDraft draft;
    draft.effective_date = *Date::Parse("2026-03-15");
    draft.request_id = "r-1";
    const Decimal amount = *Decimal::Parse("100.00");
    draft.postings = {{"1.1", amount, "IDR", {}, "", {}, ""},
                      {"4", amount.Negated(), "IDR", {}, "", {}, ""}};
    return poster.Post({draft}, {});
  }
};

TEST_F(AccountInUseTest, KeepsWhatPostingsRestOn) {
  AccountChanges changes;
  changes.parent = "";
  EXPECT_THAT(Update("1.1", changes), RefusesAt("ACCOUNT_IN_USE", "parent"));
  changes = {};
  changes.postable = false;
  EXPECT_THAT(Update("1.1", changes), RefusesAt("ACCOUNT_IN_USE", "postable"));
  changes = {};
  changes.contra = true;
  EXPECT_THAT(Update("1.1", changes), RefusesAt("ACCOUNT_IN_USE", "contra"));
  changes = {};
  changes.type = AccountType::kExpense;
  EXPECT_THAT(Update("4", changes), RefusesAt("ACCOUNT_IN_USE", "type"));
}

TEST_F(AccountInUseTest, StillChangesItsNameAndCloses) {
  AccountChanges changes;
  changes.code = "1.1.0";
  changes.display_name = "Kas lama";
  changes.closed = true;
  changes.postable = true;  // As it is.
  ASSERT_THAT(Update("1.1", changes), IsOk());
  EXPECT_TRUE(Find("1.1").closed);
}

TEST_F(AccountInUseTest, AHeaderDoesNotMoveAwayFromAnAssertedBalance) {
  ASSERT_THAT(CreateAccounts({NewTestAccount("0", AccountType::kAsset, "", false)}), IsOk());
  AccountChanges below_zero;
  below_zero.parent = "0";
  ASSERT_THAT(Update("1", below_zero), IsOk());
  const store::Statement assert_balance = {
      "assert_balance",
      "insert into ledger.balance_assertion (organization_id, book_id, assertion_id, account_id, "
      "include_descendants, date, currency_id, expected, source) "
      "values ($1, $2, 1, $3, true, '2026-12-31', $4, 100, 'test')"};
  ASSERT_THAT(store::RunInTransaction(database_.pool(), {organization_},
                                      [&](TransactionScope& scope) {
                                        scope.Execute(
                                            assert_balance, ToInteger(organization_),
                                            ToInteger(book_.book), ToInteger(Find("0").id),
                                            ToInteger(Contents().book.functional_currency));
                                        return absl::OkStatus();
                                      }),
              IsOk());
  AccountChanges to_the_top;
  to_the_top.parent = "";
  EXPECT_THAT(Update("1", to_the_top), Refuses("ASSERTION_FAILED"));
}

TEST_F(AccountStoreTest, MovesToTheTop) {
  AccountChanges changes;
  changes.parent = "";
  ASSERT_THAT(Update("1.1", changes), IsOk());
  EXPECT_EQ(Find("1.1").parent, std::nullopt);
}

}  // namespace
}  // namespace lumbung::testing
