#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "ledger/import/readers.h"
#include "tests/fuzz/journal_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  lumbung::testing::CheckJournalReader(
      lumbung::import::ReadBeancount, absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
