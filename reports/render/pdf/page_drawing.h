// From laid out pages to PDF.
#ifndef LUMBUNG_REPORTS_RENDER_PDF_PAGE_DRAWING_H_
#define LUMBUNG_REPORTS_RENDER_PDF_PAGE_DRAWING_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "reports/model/document.h"
#include "reports/render/pdf/page_list.h"
#include "reports/render/pdf/page_text.h"

namespace lumbung::reports {

struct PdfProperties {
  std::string title;
  std::string author;
  absl::Time created;
};

// Draws every page with its footer and "page x of y". PDF_FAILED, or what the sink refuses.
absl::Status DrawPages(const PdfProperties& properties, const PageText& text, PageList& pages,
                       ByteSink& sink);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_PDF_PAGE_DRAWING_H_
