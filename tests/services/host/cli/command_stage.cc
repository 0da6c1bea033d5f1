#include "tests/services/host/cli/command_stage.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <utility>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/store/transaction.h"
#include "services/common/random_bytes.h"
#include "services/host/cli/commands.h"
#include "services/identity/api/first_admin.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::cli {

CommandStage::CommandStage(const std::map<std::string, identity::Role>& people) {
  StartServer();
  organization_ = database_.CreateOrganization("yayasan");
  for (const auto& [user_name, role] : people) AddPerson(user_name, role);
}

void CommandStage::StartServer() {
  server_ = nullptr;
  host::ServerSettings settings;
  settings.db = database_.app_uri();
  settings.keys_dir = keys_dir();
  settings.grpc_port = 0;
  settings.metrics_port = 0;
  settings.db_connections = 4;
  auto server = host::Server::Start(settings, PathOf("scratch"));
  ASSERT_THAT(server, testing::IsOk());
  server_ = *std::move(server);
}

void CommandStage::AddPerson(const std::string& user_name, identity::Role role) {
  EXPECT_THAT(store::RunInTransaction(
                  database_.pool(), {organization_},
                  [&](store::TransactionScope& scope) -> absl::Status {
                    identity::OpenPeople(scope);
                    const auto person = identity::CreatePerson(
                        scope, {user_name, "", organization_, false, "hash"}, absl::Now());
                    if (!person.ok()) return person.status();
                    return identity::CreateGrant(
                               scope, {person->person_id, role, "", {}, {}, "test"}, absl::Now())
                        .status();
                  }),
              testing::IsOk());
  const auto token = identity::OpenServerSession(database_.pool(), user_name, absl::Hours(1),
                                                 SecureRandomBytes, absl::Now());
  EXPECT_THAT(token, testing::IsOk());
  tokens_[user_name] = token.value_or("");
}

Outcome CommandStage::Run(const std::string& person, std::vector<std::string> arguments,
                          const std::string& language) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const std::map<std::string, std::string> variables = {
      {"LUMBUNG_SERVER", server_->address()},
      {"LUMBUNG_TOKEN", tokens_[person]},
      {"XDG_CONFIG_HOME", PathOf(absl::StrCat("home-", person))}};
  Console console{.in = in,
                  .out = out,
                  .err = err,
                  .variable = [&](const char* name) -> std::optional<std::string> {
                    const auto found = variables.find(name);
                    if (found == variables.end()) return std::nullopt;
                    return found->second;
                  },
                  .now = absl::Now,
                  .sleep = absl::SleepFor};
  Client client{console};
  CLI::App app("Lumbung", "lumbung");
  app.require_subcommand(1);
  AddUserCommands(app, client);
  arguments.insert(arguments.begin(), "lumbung");
  if (std::count(arguments.begin(), arguments.end(), "--lang") == 0) {
    arguments.insert(arguments.end(), {"--lang", language});
  }
  std::vector<const char*> words;
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  const ExitCode code = RunCommandLine(app, static_cast<int>(words.size()), words.data(), client);
  return {static_cast<int>(code), out.str(), err.str()};
}

std::string CommandStage::Do(const std::string& person, const std::vector<std::string>& arguments,
                             const std::string& language) {
  const Outcome outcome = Run(person, arguments, language);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return outcome.out;
}

std::string CommandStage::Refused(const std::string& person,
                                  const std::vector<std::string>& arguments, int exit_code) {
  const Outcome outcome = Run(person, arguments);
  EXPECT_EQ(outcome.exit_code, exit_code) << outcome.out << outcome.err;
  return outcome.err;
}

std::string CommandStage::PathOf(const std::string& name) const {
  return absl::StrCat(folder_.path(), "/", name);
}

std::string ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace lumbung::cli
