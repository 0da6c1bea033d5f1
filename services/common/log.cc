#include "services/common/log.h"

#include <algorithm>
#include <atomic>
#include <memory>

#include <nlohmann/json.hpp>
#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/formatter.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"

namespace lumbung {
namespace {

constexpr std::size_t kLinesWaiting = 4'096;

spdlog::level::level_enum SpdlogLevel(LogLevel level) {
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

absl::string_view NameOf(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::debug:
      return "debug";
    case spdlog::level::info:
      return "info";
    case spdlog::level::warn:
      return "warning";
    default:
      return "error";
  }
}

// Puts time and level before what RenderFields made of the rest.
class LineFormatter final : public spdlog::formatter {
 public:
  explicit LineFormatter(LogFormat format) : format_(format) {}

  void format(const spdlog::details::log_msg& line, spdlog::memory_buf_t& output) override {
    const absl::Time time = absl::FromChrono(line.time);
    const absl::string_view rest(line.payload.data(), line.payload.size());
    std::string text;
    if (format_ == LogFormat::kJson) {
      text = absl::StrCat("{\"time\":\"",
                          absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone()),
                          "\",\"level\":\"", NameOf(line.level), "\",", rest, "}\n");
    } else {
      text = absl::StrCat(absl::FormatTime("%H:%M:%E3S", time, absl::LocalTimeZone()), " ",
                          NameOf(line.level), ": ", rest, "\n");
    }
    output.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<LineFormatter>(format_);
  }

 private:
  const LogFormat format_;
};

struct Output {
  LogFormat format = LogFormat::kConsole;
  std::shared_ptr<spdlog::details::thread_pool> writer;
  std::shared_ptr<spdlog::logger> logger;
};

std::shared_ptr<const Output> NewOutput(LogLevel level, LogFormat format, bool in_background) {
  auto output = std::make_shared<Output>();
  output->format = format;
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  if (in_background) {
    output->writer = std::make_shared<spdlog::details::thread_pool>(kLinesWaiting, 1);
    output->logger = std::make_shared<spdlog::async_logger>(
        "lumbung", std::move(sink), output->writer, spdlog::async_overflow_policy::overrun_oldest);
  } else {
    output->logger = std::make_shared<spdlog::logger>("lumbung", std::move(sink));
  }
  output->logger->set_formatter(std::make_unique<LineFormatter>(format));
  output->logger->set_level(SpdlogLevel(level));
  return output;
}

std::shared_ptr<const Output> QuietOutput() {
  return NewOutput(LogLevel::kWarning, LogFormat::kConsole, false);
}

// The one log of the process.
std::shared_ptr<const Output>& Current() {
  static auto* const current = new std::shared_ptr<const Output>(QuietOutput());
  return *current;
}

std::string RenderFields(LogFormat format, absl::string_view message, const LogFields& fields) {
  std::string text;
  if (format == LogFormat::kJson) {
    text = absl::StrCat("\"message\":", JsonQuoted(message));
    for (const auto& [key, value] : fields) {
      absl::StrAppend(&text, ",", JsonQuoted(key), ":", JsonQuoted(value));
    }
    return text;
  }
  text = std::string(message);
  for (const auto& [key, value] : fields) absl::StrAppend(&text, " ", key, "=", value);
  // One event, one line.
  return absl::StrReplaceAll(text, {{"\n", "\n    "}});
}

}  // namespace

void StartLog(LogLevel level, LogFormat format) {
  std::atomic_store(&Current(), NewOutput(level, format, true));
}

void StopLog() {
  // The writer ends, having written everything, when the last one to use it lets go.
  std::atomic_store(&Current(), QuietOutput());
}

bool IsLogged(LogLevel level) {
  return std::atomic_load(&Current())->logger->should_log(SpdlogLevel(level));
}

void Log(LogLevel level, absl::string_view message, const LogFields& fields) {
  const std::shared_ptr<const Output> output = std::atomic_load(&Current());
  if (!output->logger->should_log(SpdlogLevel(level))) return;
  const std::string text = RenderFields(output->format, message, fields);
  output->logger->log(SpdlogLevel(level), spdlog::string_view_t(text.data(), text.size()));
}

std::string JsonQuoted(absl::string_view text) {
  const auto is_plain = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
  };
  if (std::all_of(text.begin(), text.end(), is_plain)) return absl::StrCat("\"", text, "\"");
  return nlohmann::json(std::string(text))
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace lumbung
