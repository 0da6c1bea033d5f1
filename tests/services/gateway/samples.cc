#include "tests/services/gateway/samples.h"

#include <fstream>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace lumbung::gateway {

google::protobuf::FileDescriptorSet ReadSample(const std::string& name) {
  std::ifstream input(absl::StrCat(LUMBUNG_SAMPLES_DIR, "/", name, ".descriptors"),
                      std::ios::binary);
  google::protobuf::FileDescriptorSet files;
  EXPECT_TRUE(files.ParseFromIstream(&input)) << name;
  return files;
}

}  // namespace lumbung::gateway
