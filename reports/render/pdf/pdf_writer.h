// Documents on paper: PDF with embedded fonts, the head of the table on every page, "page x of y",
// and the same bytes for the same input.
#ifndef LUMBUNG_REPORTS_RENDER_PDF_PDF_WRITER_H_
#define LUMBUNG_REPORTS_RENDER_PDF_PDF_WRITER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "reports/model/amount_text.h"
#include "reports/model/document.h"
#include "reports/render/pdf/page_list.h"
#include "reports/render/pdf/page_text.h"

namespace lumbung::reports {

enum class Paper { kA4, kF4 };

class PdfWriter final : public DocumentWriter {
 public:
  struct Options {
    Paper paper = Paper::kA4;
    // Otherwise upright, and only documents that are too wide for that lie on their side.
    bool landscape = false;
    AmountStyle amounts;
    // Written in the file as the time it was made.
    absl::Time created;
    // Where pages wait until all are laid out.
    std::string scratch_dir;
  };

  // The sink outlives it. FONT_MISSING, TEMPORARY_FILE_FAILED.
  static absl::StatusOr<std::unique_ptr<PdfWriter>> Create(Options options, ByteSink* sink);

  absl::Status Begin(const DocumentHead& head) override;
  absl::Status Add(const DocumentRow& row) override;
  absl::Status End(const DocumentFoot& foot) override;
  absl::Status Finish() override;

 private:
  // A row cut to lines, before its place is known.
  struct LaidRow {
    DocumentRow row;
    std::vector<std::string> label;
    double height = 0;
  };

  PdfWriter(Options options, ByteSink* sink, std::unique_ptr<PageText> text, PageList pages);

  void ChoosePaper(const DocumentHead& head);
  absl::Status NewPage();
  absl::Status TableHead();
  absl::Status Place(const LaidRow& laid);
  absl::Status PlaceAmount(const DocumentCell& cell, std::size_t column, Face face, Ink ink,
                           double baseline);
  absl::Status Rules(double y, bool is_double);
  // Begins a page unless so much fits on this one.
  absl::Status Need(double height);
  // Rows that wait for the one that they introduce.
  absl::Status Flush();

  absl::Status Text(const std::string& text, Face face, double x, double y, Ink ink = Ink::kBlack);
  absl::Status Centred(const std::string& text, Face face);
  absl::Status Paragraph(const std::string& text, Face face, double x, double width,
                         Ink ink = Ink::kBlack);
  absl::Status Line(double x, double y, double x2, double y2, double width);
  absl::Status Checks(const DocumentFoot& foot);
  absl::Status Signatures(const DocumentFoot& foot);
  absl::Status Provenance(const DocumentFoot& foot);
  double left() const;
  double right() const;
  double bottom() const;

  const Options options_;
  ByteSink* const sink_;
  const std::unique_ptr<PageText> text_;
  PageList pages_;
  // Of the document that is being written.
  DocumentHead head_;
  double page_width_ = 0;
  double page_height_ = 0;
  std::vector<double> column_left_;
  std::vector<double> column_width_;
  // Pages have the table's head until the foot begins.
  bool is_in_table_ = true;
  // Where the next line begins.
  double y_ = 0;
  std::vector<LaidRow> waiting_;
  // Of the file.
  std::string title_;
  std::string author_;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_RENDER_PDF_PDF_WRITER_H_
