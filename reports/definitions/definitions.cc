#include "reports/definitions/definitions.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"
#include "reports/definitions/embedded_definitions.h"

namespace lumbung::reports {
namespace {

// A file that is part of the binary and does not load is a programming error: tests load every one.
std::vector<StatementDefinition> LoadEmbeddedDefinitions() {
  std::vector<StatementDefinition> definitions;
  for (const EmbeddedDefinition& file : EmbeddedDefinitions()) {
    absl::StatusOr<StatementDefinition> parsed = ParseDefinition(file.file, file.text);
    if (!parsed.ok()) {
      std::fprintf(stderr, "statement definition: %s\n", parsed.status().ToString().c_str());
      std::abort();
    }
    definitions.push_back(*std::move(parsed));
  }
  std::sort(definitions.begin(), definitions.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return definitions;
}

}  // namespace

absl::Span<const StatementDefinition> Definitions() {
  static const auto* const definitions =
      new std::vector<StatementDefinition>(LoadEmbeddedDefinitions());
  return *definitions;
}

absl::StatusOr<const StatementDefinition*> FindDefinition(absl::string_view id) {
  for (const StatementDefinition& definition : Definitions()) {
    if (definition.id == id) return &definition;
  }
  return NotFound(
      "UNKNOWN_STATEMENT", "statement",
      absl::StrCat("there is no statement \"", absl::CHexEscape(id.substr(0, 80)), "\"; there are ",
                   absl::StrJoin(Definitions(), ", ", [](std::string* out, const auto& definition) {
                     out->append(definition.id);
                   })));
}

}  // namespace lumbung::reports
