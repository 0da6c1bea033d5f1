// The API as an OpenAPI 3.1 document, for whoever calls it over HTTP and JSON: what the gateway
// serves, in the words of the protos' comments.
//
//   POST /package.Service/Method   unary calls, and server streams of enveloped JSON
//   GET  /package.Service/Method   unary calls without side effects
//
// Client streams are left out, as the gateway refuses them. The document is written at build time;
// embedded_openapi.h has it.
#ifndef LUMBUNG_SERVICES_GATEWAY_OPENAPI_H_
#define LUMBUNG_SERVICES_GATEWAY_OPENAPI_H_

#include <string>

#include <google/protobuf/descriptor.pb.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::gateway {

// `files` as protoc writes them with --include_imports and --include_source_info: each after those
// it imports. All services in them are described. InvalidArgument when the files do not fit
// together.
absl::StatusOr<std::string> OpenApiDocument(const google::protobuf::FileDescriptorSet& files,
                                            absl::string_view version);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_OPENAPI_H_
