// Flags that say a period: a fiscal year, or two days.
#ifndef LUMBUNG_SERVICES_HOST_CLI_PERIOD_FLAGS_H_
#define LUMBUNG_SERVICES_HOST_CLI_PERIOD_FLAGS_H_

#include <string>

#include <CLI/CLI.hpp>

#include "absl/status/statusor.h"
#include "services/host/cli/invocation.h"

namespace lumbung::cli {

struct PeriodFlags {
  int year = 0;
  std::string from;
  std::string to;
};

// `--year`, `--from` and `--to`; `flags` outlives the command.
void AddPeriodOptions(CLI::App* command, PeriodFlags& flags);

// First and last day.
struct PeriodDates {
  std::string from;
  std::string to;
};

// Asks the server when the book's fiscal years begin. Usage errors, and those of the call.
absl::StatusOr<PeriodDates> PeriodFrom(Invocation& call, const PeriodFlags& flags);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_PERIOD_FLAGS_H_
