// Key sets as a provider may publish them: at least one key that can be used, or a refusal.
#include <cstddef>
#include <cstdint>
#include <string>

#include "ledger/core/status.h"
#include "services/identity/domain/jwt.h"
#include "tests/fuzz/expect.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string json(reinterpret_cast<const char*>(data), size);
  const auto keys = lumbung::identity::JwkSet::Parse(json);
  if (keys.ok()) {
    FUZZ_EXPECT(keys->size() >= 1 && keys->size() <= lumbung::identity::kMaxJwksKeys);
  } else {
    FUZZ_EXPECT(lumbung::ReasonOf(keys.status()) == "INVALID_JWKS");
  }
  return 0;
}
