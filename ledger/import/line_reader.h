// Lines of an uploaded text file, one at a time, in constant memory. Every text format is read
// through this class, so that the limits on untrusted input stand in one place.
//
// A line ends at "\n" or "\r\n", which are not part of it; a byte order mark at the start of the
// file is dropped. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_LINE_READER_H_
#define LUMBUNG_LEDGER_IMPORT_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

inline constexpr std::size_t kMaxLineBytes = std::size_t{1} << 20;

// A refusal that names its place: "books.journal:12: found ..., expected ...".
absl::Status RefusalAt(const Place& place, absl::string_view reason, absl::string_view message);

class LineReader {
 public:
  // `file` is the name used in places and messages.
  LineReader(std::unique_ptr<std::istream> input, std::string file);

  // Moves to the next line. False at the end of the file. LINE_TOO_LONG; PARSE_ERROR for a NUL
  // byte, for text that is not UTF-8, and for a file that cannot be read to its end.
  absl::StatusOr<bool> Next();
  // Makes the next call of Next() return the current line again.
  void Unread() { unread_ = true; }

  // The current line; valid until the next call of Next().
  absl::string_view line() const { return line_; }
  int line_number() const { return line_number_; }
  // Where the current line starts, in bytes from the start of the file.
  std::int64_t line_offset() const { return line_offset_; }
  // Makes the next call of Next() return the line that starts at `offset` and has this number; both
  // were read off an earlier visit. Free of cost when that line is the next one anyway. PARSE_ERROR
  // when the input cannot seek.
  absl::Status SeekTo(std::int64_t offset, int line_number);

  const std::string& file() const { return file_; }
  Place place() const { return Place{file_, line_number_}; }

 private:
  // Puts more input behind what is not yet consumed. False when there is no more.
  bool Fill();
  absl::Status CheckLine() const;

  std::unique_ptr<std::istream> input_;
  std::string file_;
  std::string buffer_;
  std::size_t begin_ = 0;  // The unconsumed part of `buffer_` is [begin_, end_).
  std::size_t end_ = 0;
  std::int64_t buffer_offset_ = 0;  // Where the first byte of `buffer_` stands in the file.
  std::int64_t line_offset_ = 0;
  std::size_t chunk_bytes_;
  absl::string_view line_;
  int line_number_ = 0;
  bool unread_ = false;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_LINE_READER_H_
