// A refusal that has more than one reason: the first one decides code, reason and message, and all
// of them travel along, each with its place in the file.
#ifndef LUMBUNG_SERVICES_LEDGER_TRANSFER_PROBLEMS_H_
#define LUMBUNG_SERVICES_LEDGER_TRANSFER_PROBLEMS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace lumbung::transfer {

inline constexpr std::size_t kMaxProblems = 100;

// Gathers problems; keeps the first kMaxProblems and counts all.
class ProblemList {
 public:
  // The message says the place, as in "a.journal:12: no rate ...".
  void Add(const absl::Status& problem);
  // Counts problems like the last one whose messages nobody kept.
  void CountMore(std::int64_t problems) { count_ += problems; }

  bool empty() const { return count_ == 0; }
  bool full() const { return lines_.size() == kMaxProblems; }
  // OK when there are none.
  absl::Status ToStatus() const;

 private:
  absl::Status first_;
  std::vector<std::string> lines_;
  std::int64_t count_ = 0;
};

// Every problem behind a refusal; its own message when it has but one.
std::vector<std::string> ProblemsOf(const absl::Status& status);

// The "file:line" that a message starts with, or "".
std::string PlaceOf(absl::string_view message);

}  // namespace lumbung::transfer

#endif  // LUMBUNG_SERVICES_LEDGER_TRANSFER_PROBLEMS_H_
