#include "tests/support/test_database.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include <fcntl.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "ledger/core/key.h"
#include "ledger/store/migrations.h"
#include "ledger/store/organization_store.h"

namespace lumbung::testing {
namespace {

constexpr char kPrograms[] = "/usr/lib/postgresql/15/bin/";
constexpr char kTemplate[] = "lumbung_template";
constexpr char kLogFile[] = "/log";

// One PostgreSQL, started when first asked for and gone with this process, however that ends.
class Cluster {
 public:
  static Cluster& Get() {
    static Cluster cluster;
    return cluster;
  }

  std::string UriOf(absl::string_view role, absl::string_view database) const {
    return absl::StrCat("host=", folder_, " user=", role, " dbname=", database);
  }
  void Administer(const std::string& sql) const {
    pqxx::connection connection(UriOf("postgres", "postgres"));
    pqxx::nontransaction(connection).exec0(sql);
  }

 private:
  Cluster() {
    char folder[] = "/tmp/lumbung-test-XXXXXX";
    if (mkdtemp(folder) == nullptr) Die("cannot make a folder in /tmp");
    folder_ = folder;
    if (geteuid() == 0) {
      const passwd* account = getpwnam("postgres");
      if (account == nullptr) Die("there is no account postgres; is postgresql-15 installed?");
      if (chown(folder, account->pw_uid, account->pw_gid) != 0) Die("cannot chown the folder");
    }
    const std::string data = absl::StrCat(folder_, "/data");
    Run({absl::StrCat(kPrograms, "initdb"), "--pgdata", data, "--username=postgres", "--auth=trust",
         "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"});
    server_ =
        Start({absl::StrCat(kPrograms, "postgres"), "-D", data, "-k", folder_, "-c",
               "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
               "synchronous_commit=off", "-c", "max_connections=100", "-c", "shared_buffers=64MB"});
    AwaitServer();
    Administer("create role lumbung_owner login");
    Administer("create role lumbung_app login");
    Administer(absl::StrCat("create database ", kTemplate, " owner lumbung_owner"));
    const absl::Status migrated =
        store::MigrateUp(UriOf("lumbung_owner", kTemplate), [](absl::string_view) {});
    if (!migrated.ok()) Die(migrated.ToString());
  }

  ~Cluster() {
    kill(server_, SIGQUIT);
    waitpid(server_, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[noreturn]] void Die(absl::string_view what) const {
    std::cerr << "test database: " << what << "\n"
              << std::ifstream(absl::StrCat(folder_, kLogFile)).rdbuf() << std::endl;
    std::abort();
  }

  // As the account postgres when we are root, which PostgreSQL refuses to run as.
  pid_t Start(const std::vector<std::string>& command) const {
    std::vector<std::string> words = {"setpriv"};
    if (geteuid() == 0) {
      words.insert(words.end(), {"--reuid=postgres", "--regid=postgres", "--clear-groups"});
    }
    words.push_back("--pdeathsig=QUIT");
    words.insert(words.end(), command.begin(), command.end());
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const std::string log = absl::StrCat(folder_, kLogFile);
    const pid_t pid = fork();
    if (pid < 0) Die("cannot fork");
    if (pid == 0) {
      const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
      dup2(out, STDOUT_FILENO);
      dup2(out, STDERR_FILENO);
      execvp(arguments[0], arguments.data());
      _exit(127);
    }
    return pid;
  }

  void Run(const std::vector<std::string>& command) const {
    int state = 0;
    if (waitpid(Start(command), &state, 0) < 0 || state != 0) {
      Die(absl::StrCat("failed: ", absl::StrJoin(command, " ")));
    }
  }

  void AwaitServer() const {
    const absl::Time give_up = absl::Now() + absl::Seconds(60);
    while (true) {
      try {
        pqxx::connection connection(UriOf("postgres", "postgres"));
        return;
      } catch (const std::exception& error) {
        if (absl::Now() > give_up) Die(error.what());
      }
      if (waitpid(server_, nullptr, WNOHANG) != 0) Die("the server ended at once");
      absl::SleepFor(absl::Milliseconds(20));
    }
  }

  std::string folder_;
  pid_t server_ = 0;
};

int NextNumber() {
  static std::atomic<int> next{1};
  return next++;
}

}  // namespace

TestDatabase::TestDatabase() : name_(absl::StrCat("test_", NextNumber())) {
  Cluster::Get().Administer(
      absl::StrCat("create database ", name_, " template ", kTemplate, " owner lumbung_owner"));
  pool_ = std::make_unique<store::ConnectionPool>(store::ConnectionPool::Options{app_uri(), 8});
}

TestDatabase::~TestDatabase() = default;

std::string TestDatabase::UriOf(absl::string_view role) const {
  return Cluster::Get().UriOf(role, name_);
}

OrganizationId TestDatabase::CreateOrganization(absl::string_view slug) {
  const auto created = store::InTransaction(*pool_, {}, [&](store::TransactionScope& scope) {
    return store::CreateOrganization(scope, {std::string(slug), NewTestUid(), std::string(slug)});
  });
  if (!created.ok()) {
    std::cerr << "cannot create organization " << slug << ": " << created.status() << std::endl;
    std::abort();
  }
  return created->id;
}

std::string NewTestUid() {
  char bytes[16] = {};
  const int number = NextNumber();
  for (int i = 0; i < 4; ++i) bytes[15 - i] = static_cast<char>(number >> (8 * i));
  return RandomUid(bytes);
}

}  // namespace lumbung::testing
