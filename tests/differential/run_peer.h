// Running another program and reading what it prints.
#ifndef LUMBUNG_TESTS_DIFFERENTIAL_RUN_PEER_H_
#define LUMBUNG_TESTS_DIFFERENTIAL_RUN_PEER_H_

#include <array>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace lumbung::import {

// The standard output of a shell command; a test failure when it does not succeed.
inline std::string RunPeer(const std::string& command) {
  std::FILE* const pipe = popen(command.c_str(), "r");
  std::string output;
  std::array<char, 65536> chunk;
  for (std::size_t n = 0; (n = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;) {
    output.append(chunk.data(), n);
  }
  EXPECT_EQ(pclose(pipe), 0) << "this test compares with another program; `" << command
                             << "` failed. Debian's packages are hledger, beancount and "
                                "python3-beancount.";
  return output;
}

// A folder for the files of one test, removed with all it holds.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              ("lumbung-" + name + "-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Writes a file and returns its path.
  std::string Write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_TESTS_DIFFERENTIAL_RUN_PEER_H_
