// A folder that goes with the test that made it. Other accounts may pass through, for PostgreSQL
// runs under one of its own when the tests run as root.
#ifndef LUMBUNG_TESTS_SUPPORT_TEMPORARY_FOLDER_H_
#define LUMBUNG_TESTS_SUPPORT_TEMPORARY_FOLDER_H_

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include <sys/stat.h>

namespace lumbung::testing {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    char pattern[] = "/tmp/lumbung-test-XXXXXX";
    if (mkdtemp(pattern) == nullptr || chmod(pattern, 0755) != 0) std::abort();
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SUPPORT_TEMPORARY_FOLDER_H_
