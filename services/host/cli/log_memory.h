// What this user remembers of logs, and the key they sign with as a witness: files of their own.
// A log is remembered by server and organization, as the user names them, and not by what the
// server says of itself.
#ifndef LUMBUNG_SERVICES_HOST_CLI_LOG_MEMORY_H_
#define LUMBUNG_SERVICES_HOST_CLI_LOG_MEMORY_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/log/followed_log.h"
#include "ledger/log/signing_key.h"
#include "services/host/cli/console.h"

namespace lumbung::cli {

// ${XDG_CONFIG_HOME:-~/.config}/lumbung/logs/127.0.0.1_7080_yayasan; empty without a home.
std::string LogMemoryPath(const Console& console, absl::string_view server,
                          absl::string_view organization);
// Beside it: witness.key.
std::string WitnessKeyPath(const Console& console);

// Nothing when there is no file. FOLLOWED_LOG_MALFORMED.
absl::StatusOr<std::optional<log::FollowedLog>> ReadLogMemory(const std::string& path);
// NOT_SAVED.
absl::Status WriteLogMemory(const std::string& path, const log::FollowedLog& followed);

// Made, and readable by nobody else, when there is none. NOT_SAVED, INVALID_KEY.
absl::StatusOr<log::SigningKey> OpenWitnessKey(const std::string& path);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_LOG_MEMORY_H_
