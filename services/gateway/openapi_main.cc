// Writes the OpenAPI document of a set of descriptors: a step of the build.
#include <fstream>
#include <iostream>
#include <string>

#include <google/protobuf/descriptor.pb.h>

#include "services/gateway/openapi.h"

namespace {

int Fail(absl::string_view problem) {
  std::cerr << "error: " << problem << "\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return Fail("usage: lumbung_openapi_main DESCRIPTORS VERSION OUTPUT");
  std::ifstream input(argv[1], std::ios::binary);
  google::protobuf::FileDescriptorSet files;
  if (!files.ParseFromIstream(&input)) return Fail("the first argument is no set of descriptors");
  const auto document = lumbung::gateway::OpenApiDocument(files, argv[2]);
  if (!document.ok()) return Fail(document.status().message());
  std::ofstream output(argv[3], std::ios::binary);
  output << *document;
  output.close();
  return output ? 0 : Fail("the output cannot be written");
}
