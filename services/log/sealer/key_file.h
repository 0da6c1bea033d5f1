// The file of the log's private keys, one a line, the newest last. It is outside of the database:
// whoever can change the database cannot sign what they made of it.
#ifndef LUMBUNG_SERVICES_LOG_SEALER_KEY_FILE_H_
#define LUMBUNG_SERVICES_LOG_SEALER_KEY_FILE_H_

#include <cstddef>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/log/store/seal_batch.h"

namespace lumbung::log {

using RandomBytes = std::function<void(char* bytes, std::size_t count)>;

// The keys in `folder`/log.key; makes folder (0700) and file (0600) with one new key when there is
// none. Two processes that make it at once have the same key afterwards. KEY_FILE_UNREADABLE,
// KEY_FILE_OPEN when anybody but its owner may read it, KEY_FILE_DAMAGED.
absl::StatusOr<KeyRing> OpenKeyFile(const std::string& folder, const RandomBytes& random_bytes);

// Adds a new key, which every log takes over with its next batch. Refusals as above.
absl::Status RotateKey(const std::string& folder, const RandomBytes& random_bytes);

}  // namespace lumbung::log

#endif  // LUMBUNG_SERVICES_LOG_SEALER_KEY_FILE_H_
