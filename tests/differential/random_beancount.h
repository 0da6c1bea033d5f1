// Random beancount journals, small and full of corners: lots of all kinds, prices, missing numbers
// and currencies, pads, tolerances, arithmetic. Some are valid, some are not.
#ifndef LUMBUNG_TESTS_DIFFERENTIAL_RANDOM_BEANCOUNT_H_
#define LUMBUNG_TESTS_DIFFERENTIAL_RANDOM_BEANCOUNT_H_

#include <cstdint>
#include <string>

namespace lumbung::import {

// The same seed gives the same text.
std::string RandomBeancountJournal(std::uint64_t seed);

}  // namespace lumbung::import

#endif  // LUMBUNG_TESTS_DIFFERENTIAL_RANDOM_BEANCOUNT_H_
