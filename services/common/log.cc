#include "services/common/log.h"

#include <memory>

#include <nlohmann/json.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace lumbung::host {
namespace {

struct Output {
  std::shared_ptr<spdlog::logger> logger = spdlog::stderr_logger_mt("lumbung");
  LogFormat format = LogFormat::kJson;
};

Output& TheOutput() {
  static Output* output = [] {
    auto* made = new Output;
    made->logger->set_pattern("%v");
    return made;
  }();
  return *output;
}

spdlog::level::level_enum LevelOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

const char* NameOf(LogLevel level) {
  constexpr const char* kNames[] = {"debug", "info", "warning", "error"};
  return kNames[static_cast<int>(level)];
}

}  // namespace

void ConfigureLog(LogLevel level, LogFormat format) {
  TheOutput().logger->set_level(LevelOf(level));
  TheOutput().format = format;
}

void Log(LogLevel level, absl::string_view message, const LogFields& fields) {
  Output& output = TheOutput();
  if (!output.logger->should_log(LevelOf(level))) return;
  const std::string now =
      absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone());
  std::string line;
  if (output.format == LogFormat::kJson) {
    nlohmann::ordered_json object;
    object["time"] = now;
    object["level"] = NameOf(level);
    object["message"] = std::string(message);
    for (const auto& [key, value] : fields) object[std::string(key)] = value;
    line = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  } else {
    line = absl::StrCat(now, " ", message);
    for (const auto& [key, value] : fields) absl::StrAppend(&line, " ", key, "=", value);
  }
  output.logger->log(LevelOf(level), "{}", line);
}

}  // namespace lumbung::host
