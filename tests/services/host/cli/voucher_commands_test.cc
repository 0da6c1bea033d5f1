// The voucher commands against the real server: what several people do from their terminals, until
// a voucher is an entry.
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/common/random_bytes.h"
#include "services/host/cli/commands.h"
#include "services/host/server.h"
#include "services/identity/api/first_admin.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"
#include "tests/services/vouchers/domain/sample_files.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"

namespace lumbung::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string err;
};

class VoucherCommandsTest : public ::testing::Test {
 protected:
  VoucherCommandsTest() {
    host::ServerSettings settings;
    settings.db = database_.app_uri();
    settings.grpc_port = 0;
    settings.metrics_port = 0;
    settings.db_connections = 4;
    settings.log_level = "error";
    auto server = host::Server::Start(settings, folder_.path() + "/scratch");
    EXPECT_THAT(server, testing::IsOk());
    server_ = *std::move(server);
    organization_ = database_.CreateOrganization("yayasan");
    AddPerson("sari", identity::Role::kFinanceOfficer);
    AddPerson("budi", identity::Role::kApprover);
    AddPerson("tuti", identity::Role::kTreasurer);
    AddPerson("wati", identity::Role::kManager);
    Do("wati", {"book", "create", "main", "--chart", "isak35-ngo"});
  }

  void AddPerson(const std::string& user_name, identity::Role role) {
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

  // Runs `lumbung ARGUMENTS...` as a person.
  Outcome Run(const std::string& person, std::vector<std::string> arguments,
              const std::string& language = "en") {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const std::map<std::string, std::string> variables = {{"LUMBUNG_SERVER", server_->address()},
                                                          {"LUMBUNG_TOKEN", tokens_[person]}};
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
    arguments.insert(arguments.end(), {"--lang", language});
    std::vector<const char*> words;
    for (const std::string& argument : arguments) words.push_back(argument.c_str());
    const ExitCode code = RunCommandLine(app, static_cast<int>(words.size()), words.data(), client);
    return {static_cast<int>(code), out.str(), err.str()};
  }
  // What a command that must succeed writes.
  std::string Do(const std::string& person, const std::vector<std::string>& arguments,
                 const std::string& language = "en") {
    const Outcome outcome = Run(person, arguments, language);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  }
  std::string Refused(const std::string& person, const std::vector<std::string>& arguments) {
    const Outcome outcome = Run(person, arguments);
    EXPECT_EQ(outcome.exit_code, 1) << outcome.out << outcome.err;
    return outcome.err;
  }
  void CreatePayment() {
    Do("sari", {"voucher", "create", "--kind", "BKK", "--date", "2026-09-05", "--party", "PLN",
                "--description", "Listrik September", "--cash-account", "1.1.11", "--debit",
                "5.3.40=150000"});
  }

  testing::TemporaryFolder folder_;
  testing::TestDatabase database_;
  std::unique_ptr<host::Server> server_;
  OrganizationId organization_{};
  std::map<std::string, std::string> tokens_;
};

TEST_F(VoucherCommandsTest, FromDraftToEntry) {
  CreatePayment();
  EXPECT_THAT(Do("sari", {"voucher", "submit", "1"}), HasSubstr("State          submitted"));
  EXPECT_THAT(Refused("sari", {"voucher", "approve", "1"}),
              HasSubstr("PERMISSION_DENIED: \"voucher.approve\" is needed"));
  EXPECT_THAT(Do("budi", {"voucher", "list", "--mine", "--output", "csv"}), HasSubstr("\n1,2026"));
  EXPECT_THAT(Do("sari", {"voucher", "list", "--mine", "--output", "csv"}),
              Not(HasSubstr("\n1,2026")));
  EXPECT_THAT(Do("sari", {"voucher", "list", "--waiting", "--output", "csv"}),
              HasSubstr("\n1,2026"));
  const std::string posted = Do("budi", {"voucher", "approve", "1", "--comment", "Sesuai"});
  EXPECT_THAT(posted, AllOf(HasSubstr("BKK.0001/IX/2026"), HasSubstr("books/main/entries/1"),
                            HasSubstr("Approved by    budi"), HasSubstr("150000")));
  EXPECT_THAT(Do("sari", {"voucher", "show", "BKK.0001/IX/2026"}, "id"),
              AllOf(HasSubstr("BKK (kas keluar)"), HasSubstr("dibukukan"),
                    HasSubstr("Disetujui oleh    budi")));
  EXPECT_THAT(Do("sari", {"entry", "list", "--output", "csv"}), HasSubstr("BKK.0001/IX/2026"));
  EXPECT_THAT(
      Do("sari", {"voucher", "history", "1", "--output", "csv"}),
      AllOf(HasSubstr(",submit,sari,submitted,"),
            HasSubstr(",approve-finally,budi,approved,Sesuai,"), HasSubstr(",post,budi,posted,")));
}

TEST_F(VoucherCommandsTest, TheCashAccountTakesTheOtherSide) {
  CreatePayment();
  EXPECT_THAT(Do("sari", {"voucher", "show", "1", "--output", "json"}),
              AllOf(HasSubstr("\"amount\": \"150000\""), HasSubstr("\"amount\": \"-150000\"")));
  EXPECT_THAT(Do("sari", {"voucher", "update", "1", "--debit", "5.3.40=90000", "--party", "PDAM",
                          "--output", "json"}),
              AllOf(HasSubstr("\"amount\": \"-90000\""), HasSubstr("\"party\": \"PDAM\""),
                    HasSubstr("\"description\": \"Listrik September\"")));
}

TEST_F(VoucherCommandsTest, GoesBackIsRejectedAndCancelled) {
  CreatePayment();
  Do("sari", {"voucher", "submit", "1"});
  EXPECT_THAT(Do("budi", {"voucher", "reject", "1", "--reason", "Nota kurang"}),
              AllOf(HasSubstr("rejected"), HasSubstr("Nota kurang")));
  EXPECT_THAT(Do("sari", {"voucher", "revise", "1"}), HasSubstr("State          draft"));
  EXPECT_THAT(Do("sari", {"voucher", "cancel", "1", "--reason", "Ganda"}), HasSubstr("cancelled"));
  EXPECT_EQ(Run("sari", {"voucher", "cancel", "1"}).exit_code, 2);
}

TEST_F(VoucherCommandsTest, ApprovesWhatWasSeenAndHolds) {
  CreatePayment();
  Do("sari", {"voucher", "submit", "1"});
  EXPECT_THAT(Refused("budi", {"voucher", "approve", "1", "--content-hash", "00"}),
              HasSubstr("CONTENT_CHANGED"));
  EXPECT_THAT(Do("budi", {"voucher", "approve", "1", "--hold"}),
              HasSubstr("State          approved"));
  EXPECT_THAT(Do("tuti", {"voucher", "post", "1"}), HasSubstr("BKK.0001/IX/2026"));
}

TEST_F(VoucherCommandsTest, EvidenceGoesInAndOut) {
  CreatePayment();
  const std::string nota = folder_.path() + "/nota.pdf";
  const std::string content = vouchers::SamplePdf().insert(9, std::string(700'000, '%'));
  std::ofstream(nota, std::ios::binary) << content;
  EXPECT_THAT(Do("sari", {"voucher", "attach", "1", nota}), HasSubstr("application/pdf"));
  const std::string back = folder_.path() + "/back.pdf";
  Do("budi", {"voucher", "download", "1/1", "--to", back});
  std::ostringstream read;
  read << std::ifstream(back, std::ios::binary).rdbuf();
  EXPECT_TRUE(read.str() == content);
  std::ofstream(nota, std::ios::binary) << "MZ";
  EXPECT_THAT(Refused("sari", {"voucher", "attach", "1", nota}), HasSubstr("ATTACHMENT_TYPE"));
  EXPECT_THAT(Do("sari", {"voucher", "detach", "1/1"}), Not(HasSubstr("nota.pdf")));
}

TEST_F(VoucherCommandsTest, WhatIsLaidDownIsListed) {
  Do("wati", {"voucher", "policy", "create", "kecil", "--limit", "1000000", "--role", "approver",
              "--from", "2026-01-01"});
  Do("wati", {"voucher", "policy", "create", "besar", "--role", "treasurer", "--second-role",
              "manager", "--from", "2026-01-01", "--kind", "BBK"});
  EXPECT_THAT(Do("sari", {"voucher", "policy", "list", "--output", "csv"}),
              AllOf(HasSubstr("kecil,everything,1000000,approver,2026-01-01,\r\n"),
                    HasSubstr("besar,BBK,,treasurer + manager,2026-01-01,\r\n")));
  EXPECT_THAT(Do("wati", {"voucher", "policy", "end", "kecil", "--date", "2026-12-31"}),
              HasSubstr("2026-12-31"));
  Do("wati", {"voucher", "deputy", "create", "cuti", "--deputy", "budi", "--instead-of", "wati",
              "--role", "manager", "--from", "2026-09-01", "--to", "2026-09-14"});
  EXPECT_THAT(Do("sari", {"voucher", "deputy", "list", "--output", "csv"}),
              HasSubstr("cuti,budi,wati,manager,2026-09-01,2026-09-14,\r\n"));
  EXPECT_THAT(Do("wati", {"voucher", "deputy", "end", "cuti", "--date", "2026-09-10"}),
              HasSubstr("2026-09-10"));
  Do("wati", {"voucher", "series", "save", "PC", "PC-{seq:3}/{year}"});
  EXPECT_THAT(Do("sari", {"voucher", "series", "list", "--output", "csv"}),
              HasSubstr("PC,PC-{seq:3}/{year},yearly\r\n"));
}

TEST_F(VoucherCommandsTest, RecurringVouchersAreWrittenWhenDue) {
  CreatePayment();
  Do("sari", {"voucher", "template", "create", "listrik", "Listrik kantor", "--voucher", "1",
              "--every", "monthly", "--from", "2026-10-05", "--until", "2027-09-30"});
  EXPECT_THAT(Do("sari", {"voucher", "template", "list", "--output", "csv"}),
              HasSubstr("listrik,Listrik kantor,BKK,PLN,monthly,2026-10-05,2027-09-30,false\r\n"));
  EXPECT_THAT(Do("sari", {"voucher", "due", "--date", "2026-11-30", "--output", "csv"}),
              AllOf(HasSubstr("\n2,2026-10-05,"), HasSubstr("\n3,2026-11-05,")));
  EXPECT_THAT(Do("sari", {"voucher", "template", "use", "listrik", "--date", "2026-12-01"}),
              HasSubstr("Listrik September"));
  EXPECT_THAT(Do("sari", {"voucher", "template", "close", "listrik"}), HasSubstr("yes"));
  EXPECT_THAT(Refused("sari", {"voucher", "template", "close", "nothing"}),
              HasSubstr("TEMPLATE_NOT_FOUND"));
}

TEST_F(VoucherCommandsTest, EveryCommandHasAnExample) {
  for (const char* command :
       {"create", "update", "show", "history", "list", "submit", "approve", "post", "reject",
        "revise", "cancel", "attach", "download", "detach", "due"}) {
    EXPECT_THAT(Do("sari", {"voucher", command, "--help"}),
                HasSubstr(absl::StrCat("lumbung voucher ", command)));
  }
}

}  // namespace
}  // namespace lumbung::cli
