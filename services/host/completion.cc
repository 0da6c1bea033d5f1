#include "services/host/completion.h"

#include <functional>
#include <vector>

#include <CLI/App.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace lumbung::host {
namespace {

// One command and what may follow it.
struct Node {
  std::string path;  // "" for the program itself, then "entry", "entry post".
  std::vector<std::pair<std::string, std::string>> commands;  // (name, description)
  std::vector<std::pair<std::string, std::string>> flags;     // ("--date", description)
};

void Collect(const CLI::App& app, const std::string& path, std::vector<Node>* nodes) {
  Node node;
  node.path = path;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_group().empty()) continue;
    node.commands.emplace_back(command->get_name(), command->get_description());
  }
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      node.flags.emplace_back("--" + name, option->get_description());
    }
  }
  nodes->push_back(node);
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_group().empty()) continue;
    Collect(*command, path.empty() ? command->get_name() : path + " " + command->get_name(), nodes);
  }
}

std::string Words(const std::vector<std::pair<std::string, std::string>>& items) {
  return absl::StrJoin(
      items, " ", [](std::string* out, const auto& item) { absl::StrAppend(out, item.first); });
}

// Both bash and zsh (through bashcompinit) run this.
std::string BashScript(const std::vector<Node>& nodes) {
  std::string script =
      "_lumbung() {\n"
      "  local word path=''\n"
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    case \"$word\" in -*) continue ;; esac\n"
      "    case \"${path:+$path }$word\" in\n";
  for (const Node& node : nodes) {
    if (!node.path.empty())
      absl::StrAppend(&script, "      '", node.path, "') path='", node.path, "' ;;\n");
  }
  absl::StrAppend(&script,
                  "    esac\n  done\n"
                  "  local current=\"${COMP_WORDS[COMP_CWORD]}\" words=''\n"
                  "  case \"$path\" in\n");
  for (const Node& node : nodes) {
    absl::StrAppend(&script, "    '", node.path, "') words='", Words(node.commands), " ",
                    Words(node.flags), "' ;;\n");
  }
  absl::StrAppend(&script,
                  "  esac\n"
                  "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                  "}\n"
                  "complete -o default -F _lumbung lumbung\n");
  return script;
}

std::string FishScript(const std::vector<Node>& nodes) {
  std::string script = "complete -c lumbung -f\n";
  for (const Node& node : nodes) {
    const std::string condition = node.path.empty()
                                      ? "__fish_use_subcommand"
                                      : absl::StrCat("__fish_seen_subcommand_from ",
                                                     node.path.substr(node.path.rfind(' ') + 1));
    const auto line = [&](const std::string& what, const std::string& description) {
      absl::StrAppend(&script, "complete -c lumbung -n '", condition, "' ", what, " -d '",
                      absl::StrReplaceAll(description, {{"'", "\\'"}}), "'\n");
    };
    for (const auto& [name, description] : node.commands) line("-a " + name, description);
    for (const auto& [flag, description] : node.flags) line("-l " + flag.substr(2), description);
  }
  return script;
}

}  // namespace

std::string CompletionScript(const CLI::App& app, const std::string& shell) {
  std::vector<Node> nodes;
  Collect(app, "", &nodes);
  if (shell == "fish") return FishScript(nodes);
  if (shell == "zsh") return "autoload -U +X bashcompinit && bashcompinit\n" + BashScript(nodes);
  return BashScript(nodes);
}

}  // namespace lumbung::host
