// The rules of the house that a program can check. Each finding names the place and the remedy.
#ifndef LUMBUNG_TESTS_TIDY_RULES_H_
#define LUMBUNG_TESTS_TIDY_RULES_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "tests/tidy/source_tree.h"

namespace lumbung::tidy {

struct Finding {
  std::string path;
  int line;  // 0: the file as a whole.
  std::string remedy;
};
using Findings = std::vector<Finding>;

struct Rule {
  // What holds when there are no findings, as a test is named.
  const char* name;
  void (*check)(const SourceFile& file, const SourceTree& tree, Findings* findings);
};

// For GoogleTest's messages.
inline void PrintTo(const Rule& rule, std::ostream* out) {
  *out << rule.name;
}

absl::Span<const Rule> Rules();

}  // namespace lumbung::tidy

#endif  // LUMBUNG_TESTS_TIDY_RULES_H_
