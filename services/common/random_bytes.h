// Randomness that nobody can foresee, for salts and secrets.
#ifndef LUMBUNG_SERVICES_COMMON_RANDOM_BYTES_H_
#define LUMBUNG_SERVICES_COMMON_RANDOM_BYTES_H_

#include <cstddef>

namespace lumbung {

// Fills the bytes. Ends the process when there is no randomness to be had: secrets would repeat,
// and there is no going on. Thread-safe.
void SecureRandomBytes(char* bytes, std::size_t count);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_RANDOM_BYTES_H_
