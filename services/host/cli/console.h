// Console: everything a user command touches of the process it runs in (streams, terminal,
// environment and clock), so that a test can hand it another one.
#ifndef LUMBUNG_SERVICES_HOST_CLI_CONSOLE_H_
#define LUMBUNG_SERVICES_HOST_CLI_CONSOLE_H_

#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>

#include "absl/time/time.h"

namespace lumbung::cli {

struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  // Columns of the terminal that `out` shows on; 0 when there is no limit.
  int width = 0;
  // The value of an environment variable; nothing when it is unset or empty.
  std::function<std::optional<std::string>(const char* name)> variable;
  std::function<absl::Time()> now;
  std::function<void(absl::Duration)> sleep;
  // Asks at the terminal for what nobody is to see; nothing when there is no terminal to ask at.
  std::function<std::optional<std::string>(const std::string& question)> ask_secret = {};
};

// The console of this process.
Console ProcessConsole();

// Whether tables may use colour and bold face: on a terminal, unless NO_COLOR is set or TERM is
// "dumb".
bool UsesColor(const Console& console);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_CONSOLE_H_
