// What a book promises, and what breaks it.
#ifndef LUMBUNG_SERVICES_REPORTING_VERIFICATION_PROMISE_H_
#define LUMBUNG_SERVICES_REPORTING_VERIFICATION_PROMISE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "reports/model/label.h"

namespace lumbung::reporting {

struct Finding {
  // "books/utama/entries/17".
  std::string place;
  reports::Label label;
};

struct CheckedPromise {
  // Of the findings that are kept.
  static constexpr std::size_t kMaxFindings = 20;

  std::string promise;
  reports::Label label;
  // How many things were looked at.
  std::int64_t checked = 0;
  std::int64_t finding_count = 0;
  std::vector<Finding> findings;

  bool Holds() const { return finding_count == 0; }
  void Find(std::string place, reports::Label what) {
    ++finding_count;
    if (findings.size() < kMaxFindings) findings.push_back({std::move(place), std::move(what)});
  }
};

using PromiseVisitor = std::function<absl::Status(const CheckedPromise&)>;

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_VERIFICATION_PROMISE_H_
