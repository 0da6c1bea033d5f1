// How refusals of a book's parts name the request's own fields.
#ifndef LUMBUNG_SERVICES_LEDGER_API_PART_REFUSALS_H_
#define LUMBUNG_SERVICES_LEDGER_API_PART_REFUSALS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace lumbung::ledger::api {

// A refusal of the only part in a list, at the request's own field: with `key` "fund_id", the
// store's `[0].key` is `fund.fund_id`.
absl::Status AtPart(const absl::Status& status, absl::string_view part, absl::string_view key);

// NOT_FOUND at `name`.
absl::Status NoSuchPart(absl::string_view what, absl::string_view id);

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_PART_REFUSALS_H_
