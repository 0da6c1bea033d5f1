// Values as the API writes them, read from a request's fields.
#ifndef LUMBUNG_SERVICES_COMMON_FIELD_VALUES_H_
#define LUMBUNG_SERVICES_COMMON_FIELD_VALUES_H_

#include <string>

#include <google/protobuf/timestamp.pb.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"

namespace lumbung {

// INVALID_DATE.
absl::StatusOr<Date> DateFromText(const std::string& text, absl::string_view field);

// INVALID_FILTER when it is no valid timestamp.
absl::StatusOr<absl::Time> TimeFromProto(const google::protobuf::Timestamp& timestamp,
                                         absl::string_view field);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_FIELD_VALUES_H_
