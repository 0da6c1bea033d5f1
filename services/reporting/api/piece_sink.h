// From a renderer, which writes as it likes, to a stream of pieces.
#ifndef LUMBUNG_SERVICES_REPORTING_API_PIECE_SINK_H_
#define LUMBUNG_SERVICES_REPORTING_API_PIECE_SINK_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "reports/model/document.h"
#include "services/common/stream_reactors.h"

namespace lumbung::reporting::api {

// `Response` has bytes `piece`. Send goes after the last Write.
template <typename Response>
class PieceSink final : public reports::ByteSink {
 public:
  // Outlives the sink.
  explicit PieceSink(StreamWriter<Response>* writer) : writer_(writer) {}

  absl::Status Write(absl::string_view bytes) override {
    piece_.append(bytes.data(), bytes.size());
    return piece_.size() < kPieceBytes ? absl::OkStatus() : Send();
  }

  absl::Status Send() {
    if (piece_.empty()) return absl::OkStatus();
    Response response;
    response.set_piece(std::move(piece_));
    piece_.clear();
    if (writer_->Write(std::move(response))) return absl::OkStatus();
    return absl::CancelledError("the client has gone");
  }

 private:
  static constexpr std::size_t kPieceBytes = 64 << 10;
  StreamWriter<Response>* const writer_;
  std::string piece_;
};

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_PIECE_SINK_H_
