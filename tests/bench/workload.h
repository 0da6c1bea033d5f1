// The same entries for the server and for the floor: three postings, dated within one month.
#ifndef LUMBUNG_TESTS_BENCH_WORKLOAD_H_
#define LUMBUNG_TESTS_BENCH_WORKLOAD_H_

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "tests/bench/stack.h"

namespace lumbung::bench {

struct WorkLine {
  int account = 0;
  const char* amount = "";
};

// `hot`: every entry touches account 1, the cash box. Otherwise accounts are spread evenly.
inline std::array<WorkLine, 3> WorkLines(int index, bool hot) {
  const int spread = index * 7919;
  return {{{hot ? 1 : 1 + spread % kAccounts, "1250000.00"},
           {2 + (spread / 3) % (kAccounts - 1), "-1000000.00"},
           {2 + (spread / 7) % (kAccounts - 1), "-250000.00"}}};
}

inline std::string WorkDate(int index) {
  return absl::StrFormat("2026-01-%02d", 1 + index % 28);
}

inline double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace lumbung::bench

#endif  // LUMBUNG_TESTS_BENCH_WORKLOAD_H_
