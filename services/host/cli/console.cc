#include "services/host/cli/console.h"

#include <cstdlib>
#include <iostream>
#include <utility>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
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

// On the terminal itself, for the standard streams may lead elsewhere. The echo comes back whatever
// happens, unless the process is killed.
std::optional<std::string> AskAtTerminal(const std::string& question) {
  const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) return std::nullopt;
  termios before = {};
  std::optional<std::string> answer;
  if (tcgetattr(terminal, &before) == 0) {
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(terminal, TCSAFLUSH, &silent);
    if (write(terminal, question.data(), question.size()) >= 0) {
      std::string typed;
      for (char c = 0; read(terminal, &c, 1) == 1 && c != '\n';) typed += c;
      answer = std::move(typed);
    }
    tcsetattr(terminal, TCSAFLUSH, &before);
    if (write(terminal, "\n", 1) < 0) answer = std::nullopt;
  }
  close(terminal);
  return answer;
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
      .ask_secret = AskAtTerminal,
  };
}

bool UsesColor(const Console& console) {
  return console.out_is_terminal && !console.variable("NO_COLOR").has_value() &&
         console.variable("TERM") != "dumb";
}

}  // namespace lumbung::cli
