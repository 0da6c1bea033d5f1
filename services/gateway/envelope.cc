#include "services/gateway/envelope.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/gateway/gzip.h"

namespace lumbung::gateway {
namespace {

constexpr std::size_t kPrefixBytes = 5;

}  // namespace

std::string Envelope(std::uint8_t flags, absl::string_view message) {
  const auto size = static_cast<std::uint32_t>(message.size());
  const char prefix[kPrefixBytes] = {static_cast<char>(flags), static_cast<char>(size >> 24),
                                     static_cast<char>(size >> 16), static_cast<char>(size >> 8),
                                     static_cast<char>(size)};
  return absl::StrCat(absl::string_view(prefix, kPrefixBytes), message);
}

absl::StatusOr<std::string> OpenEnvelope(absl::string_view body, bool is_gzip) {
  if (body.size() < kPrefixBytes) {
    return InvalidArgument(
        "MALFORMED_ENVELOPE", "",
        absl::StrCat("the body has ", body.size(),
                     " bytes; a stream's request is one message after five bytes of flags and "
                     "length"));
  }
  const auto byte = [body](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(body[i]));
  };
  const std::uint32_t flags = byte(0);
  const bool is_compressed = flags == kCompressedFlag && is_gzip;
  if (flags != 0 && !is_compressed) {
    return InvalidArgument(
        "MALFORMED_ENVELOPE", "",
        absl::StrCat("found the flags ", flags, "; a request has 0, or ", kCompressedFlag,
                     " where the header Connect-Content-Encoding is gzip"));
  }
  const std::uint32_t size = byte(1) << 24 | byte(2) << 16 | byte(3) << 8 | byte(4);
  body.remove_prefix(kPrefixBytes);
  if (size != body.size()) {
    return InvalidArgument("MALFORMED_ENVELOPE", "",
                           absl::StrCat("the envelope announces ", size, " bytes and ", body.size(),
                                        " follow; a stream's request is exactly one message"));
  }
  if (is_compressed) return Gunzip(body, kMaxMessageBytes);
  return std::string(body);
}

}  // namespace lumbung::gateway
