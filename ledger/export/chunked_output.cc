#include "ledger/export/chunked_output.h"

#include <cstddef>

#include "absl/strings/string_view.h"
#include "ledger/core/status.h"

namespace lumbung::ledger_export {

absl::Status ChunkedOutput::Flush() {
  std::size_t sent = 0;
  for (; text_.size() - sent >= kChunkBytes; sent += kChunkBytes) {
    LUMBUNG_RETURN_IF_ERROR(sink_(absl::string_view(text_).substr(sent, kChunkBytes)));
  }
  text_.erase(0, sent);
  return absl::OkStatus();
}

absl::Status ChunkedOutput::Finish() {
  LUMBUNG_RETURN_IF_ERROR(Flush());
  if (text_.empty()) return absl::OkStatus();
  const absl::Status status = sink_(text_);
  text_.clear();
  return status;
}

}  // namespace lumbung::ledger_export
