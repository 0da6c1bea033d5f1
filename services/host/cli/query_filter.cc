#include "services/host/cli/query_filter.h"

namespace lumbung::cli {

void AddFilterOptions(CLI::App* command, QueryFilter& filter) {
  command->add_option("--fund", filter.fund, "Only this fund")->type_name("FUND");
  command->add_option("--dimension", filter.dimensions, "Only this dimension value (repeatable)")
      ->allow_extra_args(false)
      ->type_name("DIMENSION=VALUE");
}

}  // namespace lumbung::cli
