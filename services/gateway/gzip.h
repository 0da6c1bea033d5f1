// Messages in gzip, as clients and browsers send and take them.
#ifndef LUMBUNG_SERVICES_GATEWAY_GZIP_H_
#define LUMBUNG_SERVICES_GATEWAY_GZIP_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::gateway {

// What a message may have, however small it came.
inline constexpr std::size_t kMaxMessageBytes = 8 << 20;
// Smaller answers are not worth the work.
inline constexpr std::size_t kWorthCompressing = 1'024;

// Whether the value of an Accept-Encoding header allows gzip.
bool TakesGzip(absl::string_view accepted);

std::string Gzip(absl::string_view bytes);

// MESSAGE_TOO_LARGE when more than `limit` bytes come out, found before they are all there;
// MALFORMED_GZIP when it is no gzip, is cut short, or something follows it.
absl::StatusOr<std::string> Gunzip(absl::string_view compressed, std::size_t limit);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_GZIP_H_
