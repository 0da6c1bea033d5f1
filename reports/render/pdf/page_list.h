// Pages as they will be drawn: strokes and texts at their places, kept in a temporary file.
//
// "Page 3 of 1,000" can only be drawn once the last row is known, and cairo cannot go back to a
// page it has finished. So pages are laid out as rows come and drawn when all are there; the file
// keeps memory constant whatever the number of pages.
#ifndef LUMBUNG_REPORTS_RENDER_PDF_PAGE_LIST_H_
#define LUMBUNG_REPORTS_RENDER_PDF_PAGE_LIST_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::reports {

// The fonts of a page, by what they are for.
enum class Face : std::uint8_t { kBody, kBold, kTitle, kSmall, kMono };
enum class Ink : std::uint8_t { kBlack, kGrey, kRed };

// Lengths are points from the upper left corner; texts stand on their baseline.
struct Mark {
  enum class Kind : std::uint8_t { kPage, kText, kLine, kOutline, kSquares, kEnd };
  Kind kind = Kind::kEnd;
  Face face = Face::kBody;
  Ink ink = Ink::kBlack;
  double x = 0;
  double y = 0;
  // Of a page: its size. Of a line: where it ends. Of squares: how many in a row, and how large.
  double x2 = 0;
  double y2 = 0;
  // Of a line.
  double width = 0;
  // Of a page: what its footer says. Of squares: one byte each, row by row.
  std::string text;
};

class PageList {
 public:
  // A file in the folder that nobody else can open. TEMPORARY_FILE_FAILED.
  static absl::StatusOr<PageList> Create(const std::string& folder);

  absl::Status Add(const Mark& mark);
  int pages() const { return pages_; }

  // From the first mark; Next gives kEnd after the last one.
  absl::Status Rewind();
  absl::StatusOr<Mark> Next();

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  explicit PageList(std::FILE* file) : file_(file) {}

  std::unique_ptr<std::FILE, Closer> file_;
  int pages_ = 0;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_PDF_PAGE_LIST_H_
