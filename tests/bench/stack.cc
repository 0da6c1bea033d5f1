#include "tests/bench/stack.h"

#include <iostream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/core/status.h"
#include "ledger/store/book_store.h"
#include "ledger/store/migrations.h"
#include "ledger/store/organization_store.h"
#include "services/common/random_bytes.h"
#include "services/identity/api/first_admin.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"

namespace lumbung::bench {
namespace {

constexpr char kOrganization[] = "bench";

std::string Uid(int n) {
  return absl::StrFormat("00000000-0000-4000-8000-%012d", n);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Stack>> Stack::Start(const std::string& dir) {
  auto stack = std::make_unique<Stack>();
  LUMBUNG_ASSIGN_OR_RETURN(
      stack->postgres_,
      host::EmbeddedPostgres::Start(
          {dir, [](absl::string_view) {}, {"shared_buffers = 1GB", "max_connections = 100"}}));
  LUMBUNG_RETURN_IF_ERROR(store::MigrateUp(stack->postgres_->OwnerUri(), [](absl::string_view) {}));
  host::ServerSettings settings;
  settings.db = stack->postgres_->AppUri();
  settings.grpc_port = 0;
  settings.metrics_port = 0;
  settings.gateway_port = 0;
  LUMBUNG_ASSIGN_OR_RETURN(stack->server_, host::Server::Start(settings, dir + "/scratch"));
  stack->pool_ =
      std::make_unique<store::ConnectionPool>(store::ConnectionPool::Options{settings.db, 2});
  LUMBUNG_ASSIGN_OR_RETURN(
      const store::Organization organization,
      store::InTransaction(*stack->pool_, {}, [](store::TransactionScope& scope) {
        return store::CreateOrganization(scope, {kOrganization, Uid(1), "Bench"});
      }));
  stack->organization_ = organization.id;
  LUMBUNG_RETURN_IF_ERROR(stack->SignIn());
  return stack;
}

absl::Status Stack::SignIn() {
  const absl::Time now = absl::Now();
  LUMBUNG_RETURN_IF_ERROR(server_->EnsureFirstAdmin().status());
  LUMBUNG_RETURN_IF_ERROR(
      store::RunInTransaction(*pool_, {organization_}, [&](store::TransactionScope& scope) {
        identity::OpenPeople(scope);
        absl::StatusOr<identity::StoredPerson> admin =
            identity::FindPerson(scope, identity::kFirstAdmin, "");
        if (!admin.ok()) return admin.status();
        identity::NewGrant grant;
        grant.person_id = admin->person_id;
        grant.role = identity::Role::kFinanceOfficer;
        return identity::CreateGrant(scope, grant, now).status();
      }));
  LUMBUNG_ASSIGN_OR_RETURN(
      token_, identity::OpenServerSession(*pool_, identity::kFirstAdmin, absl::Hours(12),
                                          SecureRandomBytes, now));
  return absl::OkStatus();
}

absl::Status Stack::CreateBook(const std::string& slug) {
  static int next_uid = 100;
  store::NewBook book;
  book.slug = slug;
  book.uid = Uid(next_uid++);
  book.display_name = slug;
  book.functional_currency.code = "IDR";
  for (int i = 1; i <= kAccounts; ++i) {
    store::NewAccount account;
    account.key = absl::StrCat(i);
    account.display_name = absl::StrCat("Account ", i);
    account.type = AccountType::kAsset;
    book.accounts.push_back(account);
  }
  return store::InTransaction(
             *pool_, {organization_},
             [&](store::TransactionScope& scope) { return store::CreateBook(scope, book); })
      .status();
}

}  // namespace lumbung::bench
