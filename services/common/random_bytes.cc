#include "services/common/random_bytes.h"

#include <cstdlib>

#include <openssl/rand.h>

namespace lumbung {

void SecureRandomBytes(char* bytes, std::size_t count) {
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes), static_cast<int>(count)) != 1) abort();
}

}  // namespace lumbung
