// How messages follow each other in a Connect stream: a byte of flags, four bytes of length in
// network order, the message.
#ifndef LUMBUNG_SERVICES_GATEWAY_ENVELOPE_H_
#define LUMBUNG_SERVICES_GATEWAY_ENVELOPE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::gateway {

inline constexpr std::uint8_t kCompressedFlag = 1;
inline constexpr std::uint8_t kEndOfStreamFlag = 2;

// `message` is shorter than 4 GiB.
std::string Envelope(std::uint8_t flags, absl::string_view message);

// The message of a request body, which is one envelope and nothing else. A compressed one is
// unpacked when the stream was announced to be in gzip. MALFORMED_ENVELOPE, MALFORMED_GZIP,
// MESSAGE_TOO_LARGE.
absl::StatusOr<std::string> OpenEnvelope(absl::string_view body, bool is_gzip);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_ENVELOPE_H_
