// Number series and their counters. A number is taken inside the database transaction that uses it:
// when that is rolled back, so is the counter, and no gap remains.
#ifndef LUMBUNG_SERVICES_VOUCHERS_STORE_NUMBER_STORE_H_
#define LUMBUNG_SERVICES_VOUCHERS_STORE_NUMBER_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/vouchers/domain/number_pattern.h"
#include "services/vouchers/domain/voucher.h"

namespace lumbung::vouchers {

struct NumberSeries {
  std::string key;
  std::string pattern;
  NumberReset reset = NumberReset::kYearly;
};

// Where the ids of vouchers come from; no series has this key.
inline constexpr char kVoucherIdSeries[] = "";

// The number after the last one of the series in the period; others wait for the outcome.
std::int64_t NextNumber(store::TransactionScope& scope, BookKey book, const std::string& series,
                        int period);

// The series that the content names, or that of its kind, whose key is the kind's code and which
// exists with kDefaultPattern before anybody changes it. UNKNOWN_SERIES at `series`.
absl::StatusOr<NumberSeries> FindSeries(store::TransactionScope& scope, BookKey book,
                                        const VoucherContent& content);

// All of them, those of the kinds included, by key.
std::vector<NumberSeries> ListSeries(store::TransactionScope& scope, BookKey book);

// Creates or changes a series. INVALID_ID, INVALID_PATTERN, SERIES_IN_USE when it would start anew
// at other times and has given numbers.
absl::Status SaveSeries(store::TransactionScope& scope, BookKey book, const NumberSeries& series);

// What a series has given in one of its periods, counted: what tells gaps and repetitions.
struct NumberRun {
  std::string series;
  int period = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t count = 0;
  // Told apart.
  std::int64_t distinct = 0;
};
// Of all vouchers of the book, by series and period.
std::vector<NumberRun> ReadNumberRuns(store::TransactionScope& scope, BookKey book);

// Whether a voucher has this number.
bool IsNumberTaken(store::TransactionScope& scope, BookKey book, const std::string& number);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_STORE_NUMBER_STORE_H_
