#include "ledger/core/status.h"

#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace lumbung {
namespace {

constexpr absl::string_view kReasonUrl = "lumbung/reason";
constexpr absl::string_view kFieldUrl = "lumbung/field";

std::string PayloadOf(const absl::Status& status, absl::string_view url) {
  const auto payload = status.GetPayload(url);
  return payload.has_value() ? std::string(*payload) : std::string();
}

}  // namespace

absl::Status Refusal(absl::StatusCode code, absl::string_view reason, absl::string_view field,
                     absl::string_view message) {
  absl::Status status(code, message);
  status.SetPayload(kReasonUrl, absl::Cord(reason));
  if (!field.empty()) status.SetPayload(kFieldUrl, absl::Cord(field));
  return status;
}

absl::Status InvalidArgument(absl::string_view reason, absl::string_view field,
                             absl::string_view message) {
  return Refusal(absl::StatusCode::kInvalidArgument, reason, field, message);
}

absl::Status FailedPrecondition(absl::string_view reason, absl::string_view field,
                                absl::string_view message) {
  return Refusal(absl::StatusCode::kFailedPrecondition, reason, field, message);
}

absl::Status NotFound(absl::string_view reason, absl::string_view field,
                      absl::string_view message) {
  return Refusal(absl::StatusCode::kNotFound, reason, field, message);
}

std::string ReasonOf(const absl::Status& status) {
  return PayloadOf(status, kReasonUrl);
}

std::string FieldOf(const absl::Status& status) {
  return PayloadOf(status, kFieldUrl);
}

absl::Status PrefixField(absl::Status status, absl::string_view prefix) {
  if (ReasonOf(status).empty()) return status;
  const std::string field = FieldOf(status);
  // A refusal of the whole message becomes one of the field that holds it: no dot is left dangling.
  if (field.empty()) prefix = absl::StripSuffix(prefix, ".");
  status.SetPayload(kFieldUrl, absl::Cord(absl::StrCat(prefix, field)));
  return status;
}

}  // namespace lumbung
