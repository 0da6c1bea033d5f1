#include "services/host/completion.h"

#include <string>
#include <utility>
#include <vector>

#include <CLI/App.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace lumbung::host {
namespace {

// Something that can be typed, and what it is for.
struct Word {
  std::string text;
  std::string description;
};

enum class ValueKind { kNone, kWords, kFile, kText };

struct OptionWord {
  Word word;  // "--date"
  ValueKind value = ValueKind::kNone;
  std::vector<std::string> words;  // For kWords.
};

// A place on the command line: a command, and what may follow it.
struct Place {
  std::string path;  // "" for the program itself, then "entry", "entry post".
  std::vector<Word> words;
  std::vector<OptionWord> options;
};

// "table|csv|json" stands for these words, DIR and FILE for files, everything else for itself.
ValueKind KindOf(const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) return ValueKind::kNone;
  const std::string type = option.get_type_name();
  if (absl::StrContains(type, "|")) return ValueKind::kWords;
  if (absl::StrContains(type, "DIR") || absl::StrContains(type, "FILE")) return ValueKind::kFile;
  return ValueKind::kText;
}

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

void Collect(const CLI::App& app, const std::string& path, std::vector<Place>* places) {
  Place place;
  place.path = path;
  const auto commands =
      app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
  for (const CLI::App* const command : commands) {
    place.words.push_back({command->get_name(), FirstLine(command->get_description())});
  }
  for (const CLI::Option* const option : app.get_options()) {
    const ValueKind kind = KindOf(*option);
    std::vector<std::string> words;
    if (kind == ValueKind::kWords) words = absl::StrSplit(option->get_type_name(), '|');
    const std::string description = FirstLine(option->get_description());
    if (option->get_positional()) {
      for (const std::string& word : words) place.words.push_back({word, description});
    }
    for (const std::string& name : option->get_lnames()) {
      place.options.push_back({{"--" + name, description}, kind, words});
    }
  }
  places->push_back(std::move(place));
  for (const CLI::App* const command : commands) {
    Collect(*command, absl::StrCat(path, path.empty() ? "" : " ", command->get_name()), places);
  }
}

// In single quotes, as bash and zsh want it.
std::string Quoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

// ---- bash ----

constexpr char kBashBody[] = R"(
_lumbung() {
  local word place='' option='' values='' current=${COMP_WORDS[COMP_CWORD]}
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == '=' ]] && continue
    if [[ -n $option ]]; then option=''; continue; fi
    case $word in
      -*) if _lumbung_values "$place" "$word" > /dev/null; then option=$word; fi ;;
      *) if _lumbung_words "${place:+$place }$word" > /dev/null; then
           place="${place:+$place }$word"
         fi ;;
    esac
  done
  [[ $current == '=' ]] && current=''
  if [[ -z $option ]]; then
    values=$(_lumbung_words "$place")
  else
    values=$(_lumbung_values "$place" "$option")
  fi
  case $values in
    '<file>') COMPREPLY=($(compgen -f -- "$current")) ;;
    '<text>') COMPREPLY=() ;;
    *) COMPREPLY=($(compgen -W "$values" -- "$current")) ;;
  esac
}
complete -o filenames -o bashdefault -F _lumbung lumbung
)";

std::string BashValues(const OptionWord& option) {
  switch (option.value) {
    case ValueKind::kWords:
      return absl::StrJoin(option.words, " ");
    case ValueKind::kFile:
      return "<file>";
    default:
      return "<text>";
  }
}

std::string BashScript(const std::vector<Place>& places) {
  std::string words;
  std::string values;
  for (const Place& place : places) {
    std::vector<std::string> all;
    for (const Word& word : place.words) all.push_back(word.text);
    for (const OptionWord& option : place.options) {
      all.push_back(option.word.text);
      if (option.value == ValueKind::kNone) continue;
      absl::StrAppend(&values, "    ", Quoted(place.path + " " + option.word.text), ") echo ",
                      Quoted(BashValues(option)), " ;;\n");
    }
    absl::StrAppend(&words, "    ", Quoted(place.path), ") echo ", Quoted(absl::StrJoin(all, " ")),
                    " ;;\n");
  }
  return absl::StrCat("# Completion for bash, made by `lumbung completion bash`.\n\n",
                      "# What may follow a command; fails when there is no such command.\n",
                      "_lumbung_words() {\n  case $1 in\n", words,
                      "    *) return 1 ;;\n  esac\n}\n\n",
                      "# What the value of an option may be; fails when it takes none.\n",
                      "_lumbung_values() {\n  case \"$1 $2\" in\n", values,
                      "    *) return 1 ;;\n  esac\n}\n", kBashBody);
}

// ---- zsh ----

constexpr char kZshBody[] = R"(
_lumbung() {
  local word place='' option='' values=''
  local -a commands options
  for word in "${(@)words[2,CURRENT-1]}"; do
    if [[ -n $option ]]; then option=''; continue; fi
    case $word in
      -*=*) ;;
      -*) if _lumbung_values "$place" "$word"; then option=$word; fi ;;
      *) if _lumbung_place "${place:+$place }$word"; then place="${place:+$place }$word"; fi ;;
    esac
  done
  if [[ -n $option ]]; then
    _lumbung_values "$place" "$option"
    case $values in
      '<file>') _files ;;
      '<text>') ;;
      *) compadd -- ${=values} ;;
    esac
  else
    _lumbung_place "$place"
    _describe command commands
    _describe option options
    (( $#commands )) || _files
  fi
}
compdef _lumbung lumbung
)";

// "name:description"
std::string ZshWord(const Word& word) {
  return Quoted(absl::StrCat(absl::StrReplaceAll(word.text, {{":", "\\:"}}), ":",
                             absl::StrReplaceAll(word.description, {{":", "\\:"}})));
}

std::string ZshScript(const std::vector<Place>& places) {
  std::string words;
  std::string values;
  for (const Place& place : places) {
    std::vector<std::string> commands;
    std::vector<std::string> options;
    for (const Word& word : place.words) commands.push_back(ZshWord(word));
    for (const OptionWord& option : place.options) {
      options.push_back(ZshWord(option.word));
      if (option.value == ValueKind::kNone) continue;
      absl::StrAppend(&values, "    ", Quoted(place.path + " " + option.word.text),
                      ") values=", Quoted(BashValues(option)), " ;;\n");
    }
    absl::StrAppend(&words, "    ", Quoted(place.path), ")\n      commands=(",
                    absl::StrJoin(commands, " "), ")\n      options=(", absl::StrJoin(options, " "),
                    ") ;;\n");
  }
  return absl::StrCat(
      "#compdef lumbung\n# Completion for zsh, made by `lumbung completion zsh`.\n\n",
      "# Sets what may follow a command; fails when there is no such command.\n",
      "_lumbung_place() {\n  case $1 in\n", words, "    *) return 1 ;;\n  esac\n}\n\n",
      "# Sets what the value of an option may be; fails when it takes none.\n",
      "_lumbung_values() {\n  case \"$1 $2\" in\n", values, "    *) return 1 ;;\n  esac\n}\n",
      kZshBody);
}

// ---- fish ----

constexpr char kFishBody[] = R"(
# Whether the cursor is right behind this command.
function __lumbung_at
    set -l place ''
    set -l option ''
    for word in (commandline -opc)[2..-1]
        if test -n "$option"
            set option ''
            continue
        end
        switch $word
            case '-*=*'
            case '-*'
                contains -- "$place $word" $__lumbung_options_with_value; and set option $word
            case '*'
                set -l next (string trim -- "$place $word")
                contains -- $next $__lumbung_places; and set place $next
        end
    end
    test "$place" = "$argv[1]"
end

complete -c lumbung -f
)";

std::string FishQuoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}), "'");
}

std::string FishOption(const OptionWord& option) {
  const std::string flag = absl::StrCat("-l ", option.word.text.substr(2));
  switch (option.value) {
    case ValueKind::kWords:
      return absl::StrCat(flag, " -x -a ", FishQuoted(absl::StrJoin(option.words, " ")));
    case ValueKind::kFile:
      return absl::StrCat(flag, " -r -F");
    case ValueKind::kText:
      return absl::StrCat(flag, " -x");
    case ValueKind::kNone:
      break;
  }
  return flag;
}

std::string FishScript(const std::vector<Place>& places) {
  std::vector<std::string> paths;
  std::vector<std::string> with_value;
  std::string lines;
  for (const Place& place : places) {
    const auto add = [&](const std::string& what, const std::string& description) {
      absl::StrAppend(&lines, "complete -c lumbung -n ",
                      FishQuoted(absl::StrCat("__lumbung_at ", FishQuoted(place.path))), " ", what,
                      " -d ", FishQuoted(description), "\n");
    };
    paths.push_back(FishQuoted(place.path));
    for (const Word& word : place.words) add("-a " + word.text, word.description);
    for (const OptionWord& option : place.options) {
      add(FishOption(option), option.word.description);
      if (option.value == ValueKind::kNone) continue;
      with_value.push_back(FishQuoted(place.path + " " + option.word.text));
    }
  }
  return absl::StrCat("# Completion for fish, made by `lumbung completion fish`.\n\n",
                      "set -g __lumbung_places ", absl::StrJoin(paths, " "), "\n",
                      "set -g __lumbung_options_with_value ", absl::StrJoin(with_value, " "), "\n",
                      kFishBody, lines);
}

}  // namespace

std::string CompletionScript(const CLI::App& app, const std::string& shell) {
  std::vector<Place> places;
  Collect(app, "", &places);
  if (shell == "fish") return FishScript(places);
  if (shell == "zsh") return ZshScript(places);
  return BashScript(places);
}

}  // namespace lumbung::host
