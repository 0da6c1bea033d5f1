// The calls with which administrators give systems their keys.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_API_KEY_HANDLERS_H_
#define LUMBUNG_SERVICES_IDENTITY_API_API_KEY_HANDLERS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "services/common/call_scope.h"
#include "services/identity/api/parts.h"
#include "services/identity/store/api_key_store.h"

namespace lumbung::identity {

class ApiKeyHandlers {
 public:
  explicit ApiKeyHandlers(Parts parts) : parts_(std::move(parts)) {}

  // Named like the calls; their reasons stand in identity_service.proto.
  absl::StatusOr<v1::CreateApiKeyResponse> CreateApiKey(CallScope& call,
                                                        const v1::CreateApiKeyRequest& request);
  absl::StatusOr<v1::ListApiKeysResponse> ListApiKeys(CallScope& call,
                                                      const v1::ListApiKeysRequest& request);
  absl::StatusOr<v1::ApiKey> RevokeApiKey(CallScope& call, const v1::RevokeApiKeyRequest& request);

 private:
  // The key that the request describes, but for its person and secret.
  absl::StatusOr<NewApiKeyRow> RowFromProto(const CallScope& call,
                                            const v1::CreateApiKeyRequest& request) const;

  const Parts parts_;
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_API_KEY_HANDLERS_H_
