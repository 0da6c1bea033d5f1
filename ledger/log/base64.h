// Base64 with one spelling: what is signed must not be written in two ways.
#ifndef LUMBUNG_LEDGER_LOG_BASE64_H_
#define LUMBUNG_LEDGER_LOG_BASE64_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "ledger/core/status.h"

namespace lumbung::log {

// The bytes of padded standard base64. INVALID_BASE64 for anything that encoding those bytes would
// not give again: spaces, missing padding, stray bits behind the last byte.
inline absl::StatusOr<std::string> DecodeBase64(absl::string_view text) {
  std::string bytes;
  if (!absl::Base64Unescape(text, &bytes) || absl::Base64Escape(bytes) != text) {
    return InvalidArgument("INVALID_BASE64", "", "this is not base64 in its one spelling");
  }
  return bytes;
}

}  // namespace lumbung::log

#endif  // LUMBUNG_LEDGER_LOG_BASE64_H_
