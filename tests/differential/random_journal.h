// Random hledger journals that hledger accepts: every transaction balances, and all the syntax we
// claim to read comes up.
#ifndef LUMBUNG_TESTS_DIFFERENTIAL_RANDOM_JOURNAL_H_
#define LUMBUNG_TESTS_DIFFERENTIAL_RANDOM_JOURNAL_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace lumbung::import {

// How the amounts of one commodity are written.
struct CommodityLook {
  std::string symbol;
  bool left = false;
  bool spaced = false;
  char decimal_mark = '.';
  char group_mark = ',';
  int decimals = 2;
  // Whether a `commodity` directive says so; only then are groups of digits written.
  bool declared = true;
};

class RandomJournal {
 public:
  explicit RandomJournal(std::uint64_t seed) : random_(seed) {}

  // A journal of `transactions` transactions.
  std::string Write(int transactions);

 private:
  int Below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }
  bool Sometimes(int one_in) { return Below(one_in) == 0; }
  absl::string_view Pick(const std::vector<absl::string_view>& choices) {
    return choices[static_cast<std::size_t>(Below(static_cast<int>(choices.size())))];
  }
  const CommodityLook& PickCommodity();

  void WriteDirectives();
  void WriteTransaction();
  void WriteHeader();
  void WritePosting(absl::string_view amount);
  void WriteComments();
  // Bodies of transactions.
  void WritePlain();
  void WritePriced();
  void WriteConversion();
  void WriteAssignment();
  void WriteSeveralCommodities();

  std::string Account();
  // `units` are in the last decimal of the commodity.
  std::string Amount(std::int64_t units, const CommodityLook& look);
  std::int64_t Units();

  std::mt19937_64 random_;
  std::string out_;
  bool has_year_ = false;
  int parents_ = 0;
  int day_ = 0;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_TESTS_DIFFERENTIAL_RANDOM_JOURNAL_H_
