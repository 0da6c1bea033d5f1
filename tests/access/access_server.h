// A whole server with a person for each role, and every method of its API: what tests of access ask
// with.
#ifndef LUMBUNG_TESTS_ACCESS_ACCESS_SERVER_H_
#define LUMBUNG_TESTS_ACCESS_ACCESS_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>

#include "absl/status/status.h"
#include "services/host/server.h"
#include "services/identity/domain/role_permissions.h"
#include "tests/support/test_database.h"

namespace lumbung::testing {

struct Method {
  std::string path;  // "/lumbung.ledger.v1.BooksService/CreateBook"
  std::string permission;
  const google::protobuf::MethodDescriptor* descriptor;
};

// From the descriptors of every service file of the project. A test failure when one is not linked
// into the test.
std::vector<Method> AllMethods();

class AccessServer {
 public:
  // People are called like their roles and belong to the organization "melati"; beside it there is
  // "mawar".
  AccessServer();

  // A session of its own for each call: some calls end sessions.
  std::string Token(identity::Role role);

  // Sends the message, a request in protobuf's binary form, and waits for the end, whatever kind of
  // method it is.
  absl::Status Ask(const std::string& path, const std::string& token,
                   const std::string& organization, const std::string& message = "");

  host::Server& server() { return *server_; }
  TestDatabase& database() { return database_; }
  OrganizationId melati() const { return melati_; }

 private:
  void AddPerson(identity::Role role);

  TestDatabase database_;
  std::unique_ptr<host::Server> server_;
  std::unique_ptr<grpc::GenericStub> stub_;
  OrganizationId melati_{};
};

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_ACCESS_ACCESS_SERVER_H_
