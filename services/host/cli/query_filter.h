// The filters that balances, registers and reports have in common.
#ifndef LUMBUNG_SERVICES_HOST_CLI_QUERY_FILTER_H_
#define LUMBUNG_SERVICES_HOST_CLI_QUERY_FILTER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/host/cli/command_line.h"

namespace lumbung::cli {

struct QueryFilter {
  std::string fund;
  std::vector<std::string> dimensions;  // "grant=G1"
};

// --fund and --dimension.
void AddFilterOptions(CLI::App* command, QueryFilter& filter);

template <typename Request>
absl::Status ApplyFilter(const QueryFilter& filter, Request& request) {
  request.set_fund(filter.fund);
  for (const std::string& text : filter.dimensions) {
    LUMBUNG_ASSIGN_OR_RETURN(const auto pair, SplitPair("--dimension", text));
    (*request.mutable_dimensions())[pair.first] = pair.second;
  }
  return absl::OkStatus();
}

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_QUERY_FILTER_H_
