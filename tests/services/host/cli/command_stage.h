// A real server on a database of its own, with an organization and people who type commands.
#ifndef LUMBUNG_TESTS_SERVICES_HOST_CLI_COMMAND_STAGE_H_
#define LUMBUNG_TESTS_SERVICES_HOST_CLI_COMMAND_STAGE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "services/host/server.h"
#include "services/identity/domain/role_permissions.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"

namespace lumbung::cli {

struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string err;
};

class CommandStage {
 public:
  // The organization is `yayasan`.
  explicit CommandStage(const std::map<std::string, identity::Role>& people);

  // Starts the server, again when it runs. It has a key, and seals.
  void StartServer();
  void StopServer() { server_ = nullptr; }

  // Runs `lumbung ARGUMENTS...` as a person, with a home of theirs.
  Outcome Run(const std::string& person, std::vector<std::string> arguments,
              const std::string& language = "en");
  // What a command that must succeed writes.
  std::string Do(const std::string& person, const std::vector<std::string>& arguments,
                 const std::string& language = "en");
  // What one that must fail says.
  std::string Refused(const std::string& person, const std::vector<std::string>& arguments,
                      int exit_code = 1);

  // A path in a folder that is gone when the stage is.
  std::string PathOf(const std::string& name) const;
  std::string keys_dir() const { return PathOf("keys"); }
  testing::TestDatabase& database() { return database_; }

 private:
  void AddPerson(const std::string& user_name, identity::Role role);

  testing::TemporaryFolder folder_;
  testing::TestDatabase database_;
  OrganizationId organization_{};
  std::unique_ptr<host::Server> server_;
  std::map<std::string, std::string> tokens_;
};

// What a file holds.
std::string ContentOf(const std::string& path);

}  // namespace lumbung::cli

#endif  // LUMBUNG_TESTS_SERVICES_HOST_CLI_COMMAND_STAGE_H_
