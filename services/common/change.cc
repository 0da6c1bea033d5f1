#include "services/common/change.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/entry_validation.h"
#include "ledger/core/key.h"
#include "services/common/message_digest.h"

namespace lumbung {

absl::StatusOr<std::optional<store::RequestKey>> RequestKeyOf(
    const google::protobuf::Message& request, const std::string& request_id, bool validate_only) {
  if (request_id.empty()) return std::optional<store::RequestKey>();
  if (request_id.size() > kMaxRequestIdBytes || !ValidateKey(request_id, "").ok()) {
    return InvalidArgument(
        "INVALID_REQUEST_ID", "request_id",
        absl::StrCat("a request_id has 1 to ", kMaxRequestIdBytes,
                     " bytes, without control characters or blanks at its ends"));
  }
  if (validate_only) return std::optional<store::RequestKey>();
  return std::optional<store::RequestKey>(
      store::RequestKey{request.GetDescriptor()->full_name(), request_id,
                        MessageDigest(request, {"request_id", "validate_only"})});
}

absl::Status DamagedAnswer(const store::RequestKey& key) {
  return absl::InternalError(
      absl::StrCat("the stored answer to ", key.method, " ", key.request_id, " is damaged"));
}

}  // namespace lumbung
