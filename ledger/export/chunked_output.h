// Text on its way to a ChunkSink: gathered until a chunk is full. Not thread-safe.
#ifndef LUMBUNG_LEDGER_EXPORT_CHUNKED_OUTPUT_H_
#define LUMBUNG_LEDGER_EXPORT_CHUNKED_OUTPUT_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "ledger/export/export_writer.h"

namespace lumbung::ledger_export {

class ChunkedOutput {
 public:
  explicit ChunkedOutput(ChunkSink sink) : sink_(std::move(sink)) {}

  template <typename... Parts>
  void Write(const Parts&... parts) {
    absl::StrAppend(&text_, parts...);
  }
  std::string* text() { return &text_; }

  // Hands over the chunks that are full; call it after each part, so that the text stays small.
  absl::Status Flush();
  // Hands over everything.
  absl::Status Finish();

 private:
  ChunkSink sink_;
  std::string text_;
};

}  // namespace lumbung::ledger_export

#endif  // LUMBUNG_LEDGER_EXPORT_CHUNKED_OUTPUT_H_
