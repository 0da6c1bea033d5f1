#include "services/host/cli/request_id.h"

#include <array>
#include <cstdint>
#include <random>

#include "absl/strings/str_format.h"

namespace lumbung::cli {

std::string NewRequestId() {
  std::random_device device;
  std::array<std::uint32_t, 4> words = {};
  for (std::uint32_t& word : words) word = device();
  words[1] = (words[1] & 0xFFFF0FFFU) | 0x00004000U;  // Version 4: random.
  words[2] = (words[2] & 0x3FFFFFFFU) | 0x80000000U;  // The variant of RFC 4122.
  return absl::StrFormat("%08x-%04x-%04x-%04x-%04x%08x", words[0], words[1] >> 16,
                         words[1] & 0xFFFFU, words[2] >> 16, words[2] & 0xFFFFU, words[3]);
}

}  // namespace lumbung::cli
