#include "tests/scenarios/commands.h"

namespace lumbung::scenarios {

Action FindAction(absl::string_view name) {
  for (const auto commands : {EntryCommands(), ClosingCommands(), BookCommands(), Statements()}) {
    for (const Command& command : commands) {
      if (command.name == name) return command.action;
    }
  }
  return nullptr;
}

}  // namespace lumbung::scenarios
