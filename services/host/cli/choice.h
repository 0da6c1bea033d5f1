// Choices: a closed set of words that a flag accepts, with what each means and how it reads in a
// table.
#ifndef LUMBUNG_SERVICES_HOST_CLI_CHOICE_H_
#define LUMBUNG_SERVICES_HOST_CLI_CHOICE_H_

#include <cstddef>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "absl/strings/string_view.h"
#include "services/host/cli/text.h"

namespace lumbung::cli {

template <typename Value>
struct Choice {
  absl::string_view word;  // On the command line and in CSV.
  Value value;
  Label label = Label::kNone;  // In a table.
};

// Accepts one of `words` for an option and shows them in its help.
void RestrictToWords(CLI::Option* option, std::vector<std::string> words);

// A flag that sets `value`, which may be an enumeration or a std::optional of one.
template <typename Target, typename Value, std::size_t kSize>
CLI::Option* AddChoiceOption(CLI::App* command, const std::string& flag, Target& target,
                             const Choice<Value> (&choices)[kSize],
                             const std::string& description) {
  CLI::Option* const option = command->add_option_function<std::string>(
      flag,
      [&target, &choices](const std::string& word) {
        for (const Choice<Value>& choice : choices) {
          if (choice.word == word) target = choice.value;
        }
      },
      description);
  std::vector<std::string> words;
  for (const Choice<Value>& choice : choices) words.emplace_back(choice.word);
  RestrictToWords(option, std::move(words));
  return option;
}

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_CHOICE_H_
