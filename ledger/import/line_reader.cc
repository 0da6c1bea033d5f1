#include "ledger/import/line_reader.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"

namespace lumbung::import {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;
// After a jump less is read, because another jump may follow.
constexpr std::size_t kChunkBytesAfterSeek = std::size_t{4} << 10;
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Most lines are plain ASCII; eight bytes at a time tell that sooner than decoding does.
bool IsAscii(absl::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  for (; end - p >= 8; p += 8) {
    std::uint64_t word;
    std::memcpy(&word, p, sizeof(word));
    if ((word & 0x8080808080808080u) != 0) return false;
  }
  for (; p < end; ++p) {
    if ((static_cast<unsigned char>(*p) & 0x80u) != 0) return false;
  }
  return true;
}

}  // namespace

absl::Status RefusalAt(const Place& place, absl::string_view reason, absl::string_view message) {
  return InvalidArgument(reason, "", absl::StrCat(place.ToString(), ": ", message));
}

LineReader::LineReader(std::unique_ptr<std::istream> input, std::string file)
    : input_(std::move(input)), file_(std::move(file)), chunk_bytes_(kChunkBytes) {}

absl::StatusOr<bool> LineReader::Next() {
  if (unread_) {
    unread_ = false;
    return true;
  }
  const void* newline = nullptr;
  std::size_t searched = 0;
  while (true) {
    const char* const start = buffer_.data() + begin_;
    newline = std::memchr(start + searched, '\n', end_ - begin_ - searched);
    if (newline != nullptr) break;
    searched = end_ - begin_;
    if (searched > kMaxLineBytes || !Fill()) break;
  }
  const char* const start = buffer_.data() + begin_;
  const std::size_t size =
      newline == nullptr ? end_ - begin_
                         : static_cast<std::size_t>(static_cast<const char*>(newline) - start);
  if (newline == nullptr && size == 0) {
    if (!input_->bad()) return false;
    return RefusalAt(place(), "PARSE_ERROR", "the file cannot be read to its end");
  }
  line_offset_ = buffer_offset_ + static_cast<std::int64_t>(begin_);
  begin_ += size + (newline == nullptr ? 0 : 1);
  ++line_number_;
  line_ = absl::string_view(start, size);
  if (line_number_ == 1 && absl::StartsWith(line_, kByteOrderMark)) {
    line_.remove_prefix(kByteOrderMark.size());
  }
  line_ = absl::StripSuffix(line_, "\r");
  LUMBUNG_RETURN_IF_ERROR(CheckLine());
  return true;
}

absl::Status LineReader::SeekTo(std::int64_t offset, int line_number) {
  const std::int64_t ahead = offset - buffer_offset_;
  if (ahead >= 0 && ahead <= static_cast<std::int64_t>(end_)) {
    begin_ = static_cast<std::size_t>(ahead);
  } else {
    input_->clear();
    if (!input_->seekg(offset)) {
      return RefusalAt(place(), "PARSE_ERROR", "the file cannot be read a second time");
    }
    begin_ = 0;
    end_ = 0;
    buffer_offset_ = offset;
    chunk_bytes_ = kChunkBytesAfterSeek;
  }
  line_number_ = line_number - 1;
  unread_ = false;
  return absl::OkStatus();
}

bool LineReader::Fill() {
  if (!input_->good()) return false;
  if (begin_ > 0) {
    std::memmove(&buffer_[0], buffer_.data() + begin_, end_ - begin_);
    buffer_offset_ += static_cast<std::int64_t>(begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() < end_ + chunk_bytes_) buffer_.resize(end_ + chunk_bytes_);
  input_->read(&buffer_[end_], static_cast<std::streamsize>(chunk_bytes_));
  chunk_bytes_ = std::min(2 * chunk_bytes_, kChunkBytes);
  end_ += static_cast<std::size_t>(input_->gcount());
  return input_->gcount() > 0;
}

absl::Status LineReader::CheckLine() const {
  if (line_.size() > kMaxLineBytes) {
    return RefusalAt(place(), "LINE_TOO_LONG",
                     absl::StrCat("a line may have at most ", kMaxLineBytes, " bytes"));
  }
  if (std::memchr(line_.data(), '\0', line_.size()) != nullptr) {
    return RefusalAt(place(), "PARSE_ERROR", "found a NUL byte, expected text");
  }
  if (!IsAscii(line_) && !IsValidUtf8(line_)) {
    return RefusalAt(place(), "PARSE_ERROR",
                     "the line is not valid UTF-8; save the file as UTF-8 and try again");
  }
  return absl::OkStatus();
}

}  // namespace lumbung::import
