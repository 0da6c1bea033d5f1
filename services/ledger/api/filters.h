// The conditions that requests have in common, from their words to the book's ids. Pure functions;
// `field` is the request's field that holds the value.
#ifndef LUMBUNG_SERVICES_LEDGER_API_FILTERS_H_
#define LUMBUNG_SERVICES_LEDGER_API_FILTERS_H_

#include <optional>
#include <string>

#include <google/protobuf/map.h>
#include <google/protobuf/timestamp.pb.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date_range.h"
#include "ledger/core/decimal.h"
#include "ledger/store/dimension_filter.h"
#include "services/common/field_values.h"

namespace lumbung::ledger::api {

using DimensionMap = google::protobuf::Map<std::string, std::string>;

struct DateField {
  const std::string& text;
  absl::string_view field;
};

// Open where the text is empty. INVALID_DATE; INVALID_FILTER when the range ends before it begins.
absl::StatusOr<DateRange> DatesFromText(DateField from, DateField to);

// INVALID_AMOUNT.
absl::StatusOr<Decimal> AmountFromText(const std::string& text, absl::string_view field);

// UNKNOWN_ACCOUNT.
absl::StatusOr<const Account*> AccountFromKey(const BookSnapshot& book, const std::string& key,
                                              absl::string_view field);

// UNKNOWN_CURRENCY.
absl::StatusOr<const Currency*> CurrencyFromCode(const BookSnapshot& book, const std::string& code,
                                                 absl::string_view field);

// UNKNOWN_FUND.
absl::StatusOr<const Fund*> FundFromKey(const BookSnapshot& book, const std::string& key,
                                        absl::string_view field);

// UNKNOWN_DIMENSION.
absl::StatusOr<const Dimension*> DimensionFromKey(const BookSnapshot& book, const std::string& key,
                                                  absl::string_view field);

// From the fields `fund` and `dimensions`. UNKNOWN_FUND, UNKNOWN_DIMENSION,
// UNKNOWN_DIMENSION_VALUE.
absl::StatusOr<store::DimensionFilter> DimensionsFromKeys(const BookSnapshot& book,
                                                          const std::string& fund,
                                                          const DimensionMap& dimensions);

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_FILTERS_H_
