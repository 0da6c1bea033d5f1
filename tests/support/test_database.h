// A real PostgreSQL for tests: one throw-away cluster per test executable, on a private unix
// socket, and in it a fresh, migrated database for every test.
#ifndef LUMBUNG_TESTS_SUPPORT_TEST_DATABASE_H_
#define LUMBUNG_TESTS_SUPPORT_TEST_DATABASE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/transaction.h"

namespace lumbung::testing {

// Aborts the test executable with a clear message when PostgreSQL cannot be started.
class TestDatabase {
 public:
  TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  // Leaves the database to the end of the cluster: dropping it would cost a checkpoint.
  ~TestDatabase();

  // As the application, as the owner of the schema, and as superuser.
  std::string app_uri() const { return UriOf("lumbung_app"); }
  std::string owner_uri() const { return UriOf("lumbung_owner"); }
  std::string superuser_uri() const { return UriOf("postgres"); }

  // Connections of the application.
  store::ConnectionPool& pool() { return *pool_; }

  // Creates an organization and returns its id.
  OrganizationId CreateOrganization(absl::string_view slug);

 private:
  std::string UriOf(absl::string_view role) const;

  std::string name_;
  std::unique_ptr<store::ConnectionPool> pool_;
};

// A UUID that differs with every call.
std::string NewTestUid();

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SUPPORT_TEST_DATABASE_H_
