// The binary as the people of an organization use it, each from a terminal of their own.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/services/vouchers/domain/sample_files.h"
#include "tests/support/running_lumbung.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::host {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RunningLumbung;

constexpr char kPassword[] = "lesung padi di lumbung";

class MainTest : public ::testing::Test {
 protected:
  MainTest()
      : server_(testing::UpWords(folder_.path() + "/data"), folder_.path() + "/up"),
        first_password_(server_.WordBehind("one-time password  ")),
        address_(server_.WordBehind("API        ")) {
    SignIn("admin", first_password_);
    Do("admin", {"organization", "create", "yayasan"});
  }
  ~MainTest() override { unsetenv("XDG_CONFIG_HOME"); }

  // The exit code and everything that is written.
  std::pair<int, std::string> Run(const std::string& person, std::vector<std::string> words) {
    setenv("XDG_CONFIG_HOME", absl::StrCat(folder_.path(), "/home-", person).c_str(), 1);
    words.insert(words.end(), {"--server", address_, "--lang", "en"});
    RunningLumbung command(words, absl::StrCat(folder_.path(), "/command-", ++commands_));
    const int code = command.Wait();
    return {code, command.Output()};
  }
  std::string Do(const std::string& person, const std::vector<std::string>& words) {
    const auto [code, output] = Run(person, words);
    EXPECT_EQ(code, 0) << output;
    return output;
  }
  std::string Refused(const std::string& person, const std::vector<std::string>& words) {
    const auto [code, output] = Run(person, words);
    EXPECT_EQ(code, 1) << output;
    return output;
  }
  std::string File(const std::string& name, const std::string& content) {
    const std::string path = absl::StrCat(folder_.path(), "/", name);
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  void SignIn(const std::string& person, const std::string& one_time) {
    Do(person, {"login", "--user", person, "--password-file", File("first", one_time),
                "--new-password-file", File("chosen", kPassword)});
  }
  // Somebody new, who has signed in.
  void AddPerson(const std::string& person, const std::string& role) {
    const std::string made = Do("admin", {"user", "create", person});
    const std::string before = "shown this once: ";
    const std::size_t at = made.find(before) + before.size();
    SignIn(person, made.substr(at, made.find('\n', at) - at));
    Do("admin", {"role", "grant", person, role});
  }

  const testing::TemporaryFolder folder_;
  RunningLumbung server_;
  const std::string first_password_;
  const std::string address_;
  int commands_ = 0;
};

TEST_F(MainTest, APaymentNeedsSomebodyElsesWord) {
  AddPerson("sari", "finance_officer");
  AddPerson("budi", "approver");
  AddPerson("agus", "auditor");
  Do("sari", {"book", "create", "main", "--chart", "isak35-ngo"});
  Do("sari", {"voucher", "create", "--kind", "BKK", "--date", "2026-09-05", "--party", "PLN",
              "--description", "Listrik September", "--cash-account", "1.1.11", "--debit",
              "5.3.40=150000"});
  const std::string nota = vouchers::SamplePdf();
  Do("sari", {"voucher", "attach", "1", File("nota.pdf", nota)});
  EXPECT_THAT(Do("sari", {"voucher", "submit", "1"}), HasSubstr("Waits for      approver"));

  EXPECT_THAT(Refused("sari", {"voucher", "approve", "1"}), HasSubstr("PERMISSION_DENIED"));
  EXPECT_THAT(Refused("agus", {"voucher", "reject", "1", "--reason", "Tidak"}),
              HasSubstr("PERMISSION_DENIED"));
  EXPECT_THAT(Do("budi", {"voucher", "list", "--mine"}), HasSubstr("Listrik September"));
  EXPECT_THAT(Do("budi", {"voucher", "approve", "1"}),
              AllOf(HasSubstr("BKK.0001/IX/2026"), HasSubstr("books/main/entries/1"),
                    HasSubstr("Approved by    budi")));

  EXPECT_THAT(Do("agus", {"entry", "list", "--output", "csv"}), HasSubstr("BKK.0001/IX/2026"));
  const std::string saved = folder_.path() + "/saved.pdf";
  Do("agus", {"voucher", "download", "BKK.0001/IX/2026/1", "--to", saved});
  EXPECT_EQ(std::filesystem::file_size(saved), nota.size());
  EXPECT_THAT(
      Do("agus", {"audit-trail", "list", "--resource", "books/main/vouchers", "--output", "csv"}),
      AllOf(
          HasSubstr(",budi,127.0.0.1,approve_voucher,books/main/vouchers/1,\r\n"),
          HasSubstr(",sari,127.0.0.1,approve_voucher,books/main/vouchers/1,PERMISSION_DENIED\r\n"),
          HasSubstr(",agus,127.0.0.1,reject_voucher,books/main/vouchers/1,PERMISSION_DENIED\r\n"),
          HasSubstr(",sari,127.0.0.1,submit_voucher,books/main/vouchers/1,\r\n"),
          HasSubstr(",sari,127.0.0.1,create_voucher,books/main/vouchers/1,\r\n")));
}

// Whoever may approve does not approve their own: not by the role, but by the person.
TEST_F(MainTest, AManagerApprovesNothingOfTheirOwn) {
  AddPerson("wati", "manager");
  AddPerson("agus", "auditor");
  Do("wati", {"book", "create", "main", "--chart", "isak35-ngo"});
  Do("wati", {"voucher", "create", "--kind", "BM", "--date", "2026-09-30", "--description",
              "Penyusutan", "--debit", "5.3.40=500000", "--credit", "1.1.11=500000"});
  Do("wati", {"voucher", "submit", "1"});
  EXPECT_THAT(Refused("wati", {"voucher", "approve", "1"}), HasSubstr("SELF_APPROVAL"));
  EXPECT_THAT(Do("agus", {"audit-trail", "list", "--refused", "--output", "csv"}),
              HasSubstr(",wati,127.0.0.1,approve_voucher,books/main/vouchers/1,SELF_APPROVAL\r\n"));
  EXPECT_THAT(Do("wati", {"voucher", "list", "--mine"}), Not(HasSubstr("Penyusutan")));

  Do("admin", {"organization", "settings", "--small", "on"});
  EXPECT_THAT(Do("wati", {"voucher", "approve", "1"}),
              AllOf(HasSubstr("BM.0001/IX/2026"), HasSubstr("Approved by    wati (")));
}

}  // namespace
}  // namespace lumbung::host
