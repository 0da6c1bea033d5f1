// The one source of chance of a run: the same seed gives the same run on every machine.
#ifndef LUMBUNG_TESTS_AUDITOR_RANDOM_SOURCE_H_
#define LUMBUNG_TESTS_AUDITOR_RANDOM_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>

namespace lumbung::auditor {

class RandomSource {
 public:
  explicit RandomSource(std::uint32_t seed) : engine_(seed) {}

  // In [0, count). The distributions of the standard library differ between libraries.
  int Below(int count) {
    return static_cast<int>(engine_() % static_cast<std::mt19937::result_type>(count));
  }
  // Both ends included.
  int Between(int low, int high) { return low + Below(high - low + 1); }
  bool OneIn(int count) { return Below(count) == 0; }
  bool Percent(int chance) { return Below(100) < chance; }

  template <typename Container>
  const auto& Pick(const Container& from) {
    return *std::next(std::begin(from), Below(static_cast<int>(std::size(from))));
  }

 private:
  std::mt19937 engine_;
};

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_RANDOM_SOURCE_H_
