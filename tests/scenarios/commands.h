// What the commands of scenarios do: each is one call of the public API, or one for every row of
// its table.
#ifndef LUMBUNG_TESTS_SCENARIOS_COMMANDS_H_
#define LUMBUNG_TESTS_SCENARIOS_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tests/scenarios/scenario.h"
#include "tests/scenarios/session.h"

namespace lumbung::scenarios {

// The numbers of the entries that were posted, if any; or how the call was refused. An error that
// carries no reason means that the scenario itself is wrong, or that a statement does not hold.
using Numbers = std::vector<std::string>;
using Action = absl::StatusOr<Numbers> (*)(Session& session, const Step& step);

struct Command {
  absl::string_view name;
  Action action;
};

absl::Span<const Command> EntryCommands();
absl::Span<const Command> ClosingCommands();
absl::Span<const Command> BookCommands();
absl::Span<const Command> Statements();

// Null when there is none.
Action FindAction(absl::string_view name);

}  // namespace lumbung::scenarios

#endif  // LUMBUNG_TESTS_SCENARIOS_COMMANDS_H_
