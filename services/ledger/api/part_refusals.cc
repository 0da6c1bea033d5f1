#include "services/ledger/api/part_refusals.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"

namespace lumbung::ledger::api {

absl::Status AtPart(const absl::Status& status, absl::string_view part, absl::string_view key) {
  const std::string field = FieldOf(status);
  absl::string_view of_part = field;
  if (!absl::ConsumePrefix(&of_part, "[0].")) return status;
  if (of_part == "key") of_part = key;
  return Refusal(status.code(), ReasonOf(status), absl::StrCat(part, ".", of_part),
                 status.message());
}

absl::Status NoSuchPart(absl::string_view what, absl::string_view id) {
  return NotFound("NOT_FOUND", "name", absl::StrCat("the book has no ", what, " \"", id, "\""));
}

}  // namespace lumbung::ledger::api
