// What most store tests start from: a fresh database with one organization and one book in rupiah.
#ifndef LUMBUNG_TESTS_LEDGER_STORE_STORE_FIXTURE_H_
#define LUMBUNG_TESTS_LEDGER_STORE_STORE_FIXTURE_H_

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "ledger/store/book_reader.h"
#include "ledger/store/book_store.h"
#include "ledger/store/transaction.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::testing {

inline store::NewBook NewTestBook(const std::string& slug) {
  store::NewBook book;
  book.slug = slug;
  book.uid = NewTestUid();
  book.display_name = "Yayasan Contoh";
  book.functional_currency.code = "IDR";
  return book;
}

// "1.1" is a header, "1.1.01" a postable account below it.
inline store::NewAccount NewTestAccount(const std::string& key, AccountType type,
                                        const std::string& parent = "", bool postable = true) {
  store::NewAccount account;
  account.key = key;
  account.display_name = "Account " + key;
  account.type = type;
  account.parent = parent;
  account.postable = postable;
  return account;
}

class StoreTest : public ::testing::Test {
 protected:
  StoreTest() : organization_(database_.CreateOrganization("yayasan")) {
    book_ = CreateBook("main");
  }

  // Runs `body` in a database transaction of the organization.
  template <typename Body>
  auto Do(const Body& body) {
    return store::InTransaction(database_.pool(), {organization_}, body);
  }
  BookKey CreateBook(const std::string& slug) {
    const auto created = Do([&](store::TransactionScope& scope) {
      return store::CreateBook(scope, NewTestBook(slug));
    });
    EXPECT_THAT(created, IsOk());
    return created.ok() ? created->book.key : BookKey{};
  }
  BookContents Contents() {
    auto contents =
        Do([&](store::TransactionScope& scope) { return store::LoadBookContents(scope, book_); });
    EXPECT_THAT(contents, IsOk());
    return contents.ok() ? *std::move(contents) : BookContents{};
  }
  auto CreateAccounts(std::vector<store::NewAccount> accounts) {
    return Do([&](store::TransactionScope& scope) {
      return store::CreateAccounts(scope, book_, accounts);
    });
  }

  TestDatabase database_;
  OrganizationId organization_;
  BookKey book_;
};

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_LEDGER_STORE_STORE_FIXTURE_H_
