// The reference folder: facts and cases that tests compare with, kept beside the project and never
// copied into it. It is looked for where LUMBUNG_SHARED_DIR says, in the environment first, then as
// the build was configured. A test that needs a file and does not find it fails and says so.
#ifndef LUMBUNG_TESTS_SUPPORT_SHARED_FOLDER_H_
#define LUMBUNG_TESTS_SUPPORT_SHARED_FOLDER_H_

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace lumbung::testing {

inline std::string SharedPath(const std::string& relative_path) {
  const char* folder = std::getenv("LUMBUNG_SHARED_DIR");
  return std::string(folder != nullptr ? folder : LUMBUNG_DEFAULT_SHARED_DIR) + "/" + relative_path;
}

// The bytes of a file of the reference folder; a test failure and "" when it cannot be read.
inline std::string ReadSharedFile(const std::string& relative_path) {
  const std::string path = SharedPath(relative_path);
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) {
    ADD_FAILURE() << "this test compares with " << path
                  << ", which cannot be read; set LUMBUNG_SHARED_DIR to the reference folder";
    return "";
  }
  return bytes.str();
}

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SUPPORT_SHARED_FOLDER_H_
