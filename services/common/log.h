// The server's log: one JSON object a line on stderr, or plain lines when a person is watching. No
// personal or financial payload goes in: names of methods, codes, durations, identifiers of calls.
#ifndef LUMBUNG_SERVICES_COMMON_LOG_H_
#define LUMBUNG_SERVICES_COMMON_LOG_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace lumbung::host {

enum class LogLevel { kDebug, kInfo, kWarning, kError };
enum class LogFormat { kJson, kPlain };

// Sets level and format for the whole process; call it first.
void ConfigureLog(LogLevel level, LogFormat format);

using LogFields = std::vector<std::pair<absl::string_view, std::string>>;

// Thread-safe.
void Log(LogLevel level, absl::string_view message, const LogFields& fields = {});

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_COMMON_LOG_H_
