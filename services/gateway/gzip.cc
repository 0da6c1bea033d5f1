#include "services/gateway/gzip.h"

#include <new>
#include <utility>

#include <zlib.h>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"

namespace lumbung::gateway {
namespace {

// zlib's way to say "with gzip's header, the largest window".
constexpr int kGzipWindowBits = 15 + 16;
constexpr int kMemoryLevel = 8;
constexpr std::size_t kPieceBytes = 64 * 1'024;

z_const Bytef* Input(absl::string_view bytes) {
  // The library reads it only, whatever its type says.
  return reinterpret_cast<z_const Bytef*>(const_cast<char*>(bytes.data()));
}

absl::Status Malformed(absl::string_view problem) {
  return InvalidArgument("MALFORMED_GZIP", "", absl::StrCat("the message is no gzip: ", problem));
}

}  // namespace

bool TakesGzip(absl::string_view accepted) {
  for (const absl::string_view part : absl::StrSplit(accepted, ',')) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(part, absl::MaxSplits(';', 1));
    if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(pair.first), "gzip")) continue;
    // A weight of nothing means no.
    const absl::string_view weight = absl::StripAsciiWhitespace(pair.second);
    return weight != "q=0" && weight != "q=0.0" && weight != "q=0.00" && weight != "q=0.000";
  }
  return false;
}

std::string Gzip(absl::string_view bytes) {
  z_stream stream = {};
  // Fails for lack of memory only, and then nothing else would work either.
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindowBits, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  const absl::Cleanup end = [&stream] { deflateEnd(&stream); };
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = Input(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  return out;
}

absl::StatusOr<std::string> Gunzip(absl::string_view compressed, std::size_t limit) {
  z_stream stream = {};
  if (inflateInit2(&stream, kGzipWindowBits) != Z_OK) throw std::bad_alloc();
  const absl::Cleanup end = [&stream] { inflateEnd(&stream); };
  stream.next_in = Input(compressed);
  stream.avail_in = static_cast<uInt>(compressed.size());
  std::string out;
  std::string piece(kPieceBytes, '\0');
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    const int result = inflate(&stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) {
      return Malformed(result == Z_BUF_ERROR ? "it ends too early" : "its bytes are damaged");
    }
    out.append(piece, 0, piece.size() - stream.avail_out);
    if (out.size() > limit) {
      return Refusal(absl::StatusCode::kResourceExhausted, "MESSAGE_TOO_LARGE", "",
                     absl::StrCat("the message has more than ", limit, " bytes uncompressed"));
    }
    if (result == Z_STREAM_END) break;
  }
  if (stream.avail_in != 0) return Malformed("something follows it");
  return out;
}

}  // namespace lumbung::gateway
