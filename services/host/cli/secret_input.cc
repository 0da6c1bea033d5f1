#include "services/host/cli/secret_input.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "services/host/cli/failure.h"

namespace lumbung::cli {

absl::StatusOr<std::string> ReadSecret(const Console& console, const SecretSource& source) {
  if (!source.file.empty()) {
    std::ifstream file(source.file);
    std::string line;
    if (!std::getline(file, line)) {
      return UsageError(source.flag, absl::StrCat("cannot read a line from ", source.file));
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
  }
  if (const auto value = console.variable(source.variable)) return *value;
  const auto ask = [&console](const char* question) {
    return console.ask_secret ? console.ask_secret(question) : std::nullopt;
  };
  const std::optional<std::string> answer = ask(source.question);
  if (!answer) {
    return UsageError(source.flag, absl::StrCat("there is no terminal to ask at; name a file, or "
                                                "set ",
                                                source.variable));
  }
  if (source.twice && ask("Again: ") != answer) {
    return UsageError(source.flag, "the two answers differ");
  }
  return *answer;
}

}  // namespace lumbung::cli
