#include "services/common/field_values.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

// Timestamps of protobuf: years 1 to 9999.
constexpr std::int64_t kFirstSecond = -62'135'596'800;
constexpr std::int64_t kLastSecond = 253'402'300'799;

}  // namespace

absl::StatusOr<Date> DateFromText(const std::string& text, absl::string_view field) {
  absl::StatusOr<Date> date = Date::Parse(text);
  if (!date.ok()) return InvalidArgument("INVALID_DATE", field, date.status().message());
  return date;
}

absl::StatusOr<absl::Time> TimeFromProto(const google::protobuf::Timestamp& timestamp,
                                         absl::string_view field) {
  if (timestamp.seconds() < kFirstSecond || timestamp.seconds() > kLastSecond ||
      timestamp.nanos() < 0 || timestamp.nanos() > 999'999'999) {
    return InvalidArgument("INVALID_FILTER", field,
                           "a timestamp is between the years 1 and 9999, with 0 to 999999999 "
                           "nanoseconds");
  }
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

}  // namespace lumbung
