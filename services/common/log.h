// The server's log: one JSON object a line on stderr, or short plain lines when a person is
// watching. No personal or financial payload goes in: names of methods, codes, durations,
// identifiers of calls.
//
// Writing never waits for stderr: a thread of its own does, and when it falls behind, the oldest
// lines are dropped. Until StartLog, and after StopLog, warnings and errors are written at once and
// nothing else.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_COMMON_LOG_H_
#define LUMBUNG_SERVICES_COMMON_LOG_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace lumbung {

enum class LogLevel { kDebug, kInfo, kWarning, kError };
enum class LogFormat { kJson, kConsole };

// Sets level and format for the whole process. Not to be called twice without StopLog between.
void StartLog(LogLevel level, LogFormat format);
// Writes what is still to be written.
void StopLog();

// Whether a line of this level would be written.
bool IsLogged(LogLevel level);

using LogFields = std::vector<std::pair<absl::string_view, std::string>>;
void Log(LogLevel level, absl::string_view message, const LogFields& fields = {});

inline void LogInfo(absl::string_view message, const LogFields& fields = {}) {
  Log(LogLevel::kInfo, message, fields);
}
inline void LogWarning(absl::string_view message, const LogFields& fields = {}) {
  Log(LogLevel::kWarning, message, fields);
}
inline void LogError(absl::string_view message, const LogFields& fields = {}) {
  Log(LogLevel::kError, message, fields);
}

// The text as a JSON string, quotes included. What is no UTF-8 becomes U+FFFD.
std::string JsonQuoted(absl::string_view text);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_LOG_H_
