#include "services/log/sealer/key_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "services/common/random_bytes.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/temporary_folder.h"

namespace lumbung::log {
namespace {

namespace fs = std::filesystem;
using ::lumbung::testing::IsOk;
using ::lumbung::testing::Refuses;

class KeyFileTest : public ::testing::Test {
 protected:
  KeyFileTest() : keys_(folder_.path() + "/keys"), file_(keys_ + "/log.key") {}

  absl::StatusOr<KeyRing> Open() { return OpenKeyFile(keys_, SecureRandomBytes); }
  static mode_t ModeOf(const std::string& path) {
    struct stat status = {};
    EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777;
  }
  std::string Text() {
    std::ifstream stream(file_);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
  }
  void Write(const std::string& text) { std::ofstream(file_) << text; }

  testing::TemporaryFolder folder_;
  const std::string keys_;
  const std::string file_;
};

TEST_F(KeyFileTest, IsMadeOnceAndForItsOwnerAlone) {
  const auto made = Open();
  ASSERT_THAT(made, IsOk());
  ASSERT_EQ(made->size(), 1u);
  EXPECT_EQ(ModeOf(keys_), 0700u);
  EXPECT_EQ(ModeOf(file_), 0600u);
  EXPECT_EQ(Open()->at(0).public_key(), made->at(0).public_key());
  EXPECT_EQ(std::distance(fs::directory_iterator(keys_), fs::directory_iterator()), 1);
}

TEST_F(KeyFileTest, ARotationKeepsTheOldKeys) {
  const std::string first = Open()->at(0).public_key();
  ASSERT_THAT(RotateKey(keys_, SecureRandomBytes), IsOk());
  ASSERT_THAT(RotateKey(keys_, SecureRandomBytes), IsOk());
  const auto keys = Open();
  ASSERT_EQ(keys->size(), 3u);
  EXPECT_EQ(keys->at(0).public_key(), first);
  EXPECT_NE(keys->at(2).public_key(), keys->at(1).public_key());
  EXPECT_EQ(ModeOf(file_), 0600u);
}

TEST_F(KeyFileTest, RefusesAFileThatOthersRead) {
  ASSERT_THAT(Open(), IsOk());
  for (const mode_t mode : {0640, 0604, 0660}) {
    ASSERT_EQ(chmod(file_.c_str(), mode), 0);
    EXPECT_THAT(Open(), Refuses("KEY_FILE_OPEN"));
    EXPECT_THAT(RotateKey(keys_, SecureRandomBytes), Refuses("KEY_FILE_OPEN"));
  }
}

// A damaged file is never replaced by a new key: the log would have to start over.
TEST_F(KeyFileTest, RefusesADamagedFile) {
  ASSERT_THAT(Open(), IsOk());
  const std::string good = Text();
  for (const std::string& text : {std::string(), std::string("\n"), good.substr(1),
                                  good.substr(0, good.size() - 5), good + "x\n"}) {
    Write(text);
    EXPECT_THAT(Open(), Refuses("KEY_FILE_DAMAGED"));
    EXPECT_EQ(Text(), text);
  }
}

TEST_F(KeyFileTest, RefusesWhatIsNoFile) {
  fs::create_directories(file_);
  EXPECT_FALSE(Open().ok());
  fs::remove(file_);
  fs::create_symlink("/etc/hostname", file_);
  EXPECT_THAT(Open(), Refuses("KEY_FILE_UNREADABLE"));
}

TEST_F(KeyFileTest, AllWhoMakeItAtOnceHaveTheSame) {
  for (int round = 0; round < 20; ++round) {
    fs::remove_all(keys_);
    std::vector<std::string> found(4);
    std::vector<std::thread> threads;
    for (std::string& key : found) {
      threads.emplace_back([this, &key] {
        const auto keys = Open();
        if (keys.ok()) key = keys->at(0).public_key();
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(found, ::testing::Each(found[0]));
    EXPECT_FALSE(found[0].empty());
  }
}

}  // namespace
}  // namespace lumbung::log
