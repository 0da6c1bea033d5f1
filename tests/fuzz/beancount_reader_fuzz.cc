// The beancount reader, given anything.
#include <cstddef>
#include <cstdint>
#include <string>

#include "ledger/import/readers.h"
#include "tests/fuzz/checking_sink.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using lumbung::import::CheckingSink;
  using lumbung::import::FuzzFile;
  const FuzzFile file(std::string(reinterpret_cast<const char*>(data), size));
  CheckingSink sink;
  CheckingSink::CheckRefusal(lumbung::import::ReadBeancount(file, FuzzFile::kName, sink));
  return 0;
}
