// Text on pages: how wide it is, how it breaks into lines, and drawing it.
//
// Latin text, which is nearly all of a ledger, is set glyph by glyph from a table of widths; only
// what needs shaping or another font goes through Pango. Setting every cell through Pango takes
// many times as long.
#ifndef LUMBUNG_REPORTS_RENDER_PDF_PAGE_TEXT_H_
#define LUMBUNG_REPORTS_RENDER_PDF_PAGE_TEXT_H_

#include <array>
#include <memory>
#include <string>
#include <vector>

#include <cairo.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "reports/render/pdf/page_list.h"

namespace lumbung::reports {

class PageText {
 public:
  // FONT_MISSING when the fonts that documents are set in are not installed.
  static absl::StatusOr<std::unique_ptr<PageText>> Create();
  ~PageText();
  PageText(const PageText&) = delete;
  PageText& operator=(const PageText&) = delete;

  // Points from one baseline to the next.
  static double LineHeight(Face face);

  // Of one line.
  double Width(absl::string_view text, Face face) const;
  // Breaks at blanks; a word that is wider than a line is broken anywhere.
  std::vector<std::string> Wrap(absl::string_view text, Face face, double width) const;
  // Ends with an ellipsis when it does not fit.
  std::string Fit(const std::string& text, Face face, double width) const;

  void Draw(cairo_t* page, absl::string_view text, Face face, double x, double y) const;

 private:
  struct FaceTable;

  PageText();
  bool IsLatin(absl::string_view text) const;

  static constexpr int kFaces = 5;
  std::array<std::unique_ptr<FaceTable>, kFaces> faces_;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_PDF_PAGE_TEXT_H_
