// Golden vectors: inputs, and the canonical bytes and hashes that follow from them. A file of
// vectors has one book and, for each vector, a name, the input, `canonical` (left out where it
// would be too long to read) and `hash`, both in hexadecimal. To add one, write its input and take
// what recompute.py prints for it. One that stands here never changes: it is what auditors hold.
#ifndef LUMBUNG_TESTS_GOLDENS_VECTORS_H_
#define LUMBUNG_TESTS_GOLDENS_VECTORS_H_

#include <map>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "absl/strings/string_view.h"
#include "ledger/core/book_snapshot.h"

namespace lumbung::goldens {

struct GoldenFile {
  std::unique_ptr<const BookSnapshot> book;
  nlohmann::json vectors;
};

// A test failure, and no vectors, when the file cannot be read.
GoldenFile ReadGoldenFile(const std::string& name);

// In hexadecimal.
struct Encoding {
  std::string canonical;
  std::string hash;
};

// What recompute.py makes of each vector of the file, by the vector's name. A test failure when
// the script fails.
std::map<std::string, Encoding> RecomputeInPython(const std::string& name);

// Fails unless the encoding is that of the vector, and that of the script.
void ExpectGolden(const nlohmann::json& vector, const Encoding& found,
                  const std::map<std::string, Encoding>& recomputed);

}  // namespace lumbung::goldens

#endif  // LUMBUNG_TESTS_GOLDENS_VECTORS_H_
