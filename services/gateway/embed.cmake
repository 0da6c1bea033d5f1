# Writes a .cc file that holds the OpenAPI document.
#   cmake -DINPUT=... -DOUTPUT=... -P embed.cmake
file(READ "${INPUT}" text)
file(WRITE "${OUTPUT}.new"
"// Generated from proto.
#include \"services/gateway/embedded_openapi.h\"
namespace lumbung::gateway {
absl::string_view OpenApiJson() { return R\"lumbung(${text})lumbung\"; }
}  // namespace lumbung::gateway
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
