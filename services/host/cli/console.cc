#include "services/host/cli/console.h"

#include <cstdlib>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include "absl/strings/numbers.h"
#include "absl/time/clock.h"

namespace lumbung::cli {
namespace {

std::optional<std::string> EnvironmentVariable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

int TerminalWidth() {
  // Who exports COLUMNS means it.
  int columns = 0;
  if (const auto text = EnvironmentVariable("COLUMNS"); text && absl::SimpleAtoi(*text, &columns)) {
    if (columns > 0) return columns;
  }
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 0;
}

}  // namespace

Console ProcessConsole() {
  const bool out_is_terminal = isatty(STDOUT_FILENO) == 1;
  return Console{
      .in = std::cin,
      .out = std::cout,
      .err = std::cerr,
      .out_is_terminal = out_is_terminal,
      .err_is_terminal = isatty(STDERR_FILENO) == 1,
      .width = out_is_terminal ? TerminalWidth() : 0,
      .variable = EnvironmentVariable,
      .now = [] { return absl::Now(); },
      .sleep = [](absl::Duration duration) { absl::SleepFor(duration); },
  };
}

bool UsesColor(const Console& console) {
  return console.out_is_terminal && !console.variable("NO_COLOR").has_value() &&
         console.variable("TERM") != "dumb";
}

}  // namespace lumbung::cli
