// The OpenAPI document of the API as it was when the binary was built.
#ifndef LUMBUNG_SERVICES_GATEWAY_EMBEDDED_OPENAPI_H_
#define LUMBUNG_SERVICES_GATEWAY_EMBEDDED_OPENAPI_H_

#include "absl/strings/string_view.h"

namespace lumbung::gateway {

// What OpenApiDocument says of the protos. Defined in a file that embed.cmake writes.
absl::string_view OpenApiJson();

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_EMBEDDED_OPENAPI_H_
