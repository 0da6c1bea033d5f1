// Slips as PDF: one, two or four to a page, with lines to cut along. A slip that is longer than its
// part of the page goes on in the next part, under the same head; nothing is left out.
#ifndef LUMBUNG_REPORTS_SLIPS_SLIP_WRITER_H_
#define LUMBUNG_REPORTS_SLIPS_SLIP_WRITER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "reports/model/document.h"
#include "reports/render/pdf/page_list.h"
#include "reports/render/pdf/page_text.h"
#include "reports/render/pdf/pdf_writer.h"
#include "reports/slips/slip.h"

namespace lumbung::reports {

class SlipWriter {
 public:
  struct Options {
    Paper paper = Paper::kA4;
    // 1, 2 or 4.
    int per_page = 1;
    Language language = Language::kIndonesian;
    // What the file is called and whose it is.
    std::string title;
    std::string organization;
    // Written in the file as the time it was made.
    absl::Time created;
    // Where pages wait until all are laid out.
    std::string scratch_dir;
  };

  // FONT_MISSING, TEMPORARY_FILE_FAILED.
  static absl::StatusOr<std::unique_ptr<SlipWriter>> Create(const Options& options);

  absl::Status Add(const Slip& slip);
  // Once, after the last slip. PDF_FAILED, or what the sink refuses.
  absl::Status Finish(ByteSink& sink);

 private:
  SlipWriter(const Options& options, std::unique_ptr<PageText> text, PageList pages);

  // The next part of a page, and a page when the last one is full.
  absl::Status NextPart();
  // What every part of a slip begins with.
  absl::Status Head(const Slip& slip, bool goes_on);
  absl::Status Facts(const Slip& slip);
  absl::Status TableHead(const Slip& slip);
  absl::Status TableRow(const SlipLine& line, Face face);
  absl::Status Table(const Slip& slip, double foot_height);
  absl::Status Foot(const Slip& slip);
  absl::Status Signatures(const Slip& slip);
  absl::Status Fact(const SlipFact& fact, Face face);
  // Heights of what is to come.
  double FactHeight(const SlipFact& fact, Face face) const;
  double RowHeight(const SlipLine& line, Face face) const;
  double FootHeight(const Slip& slip) const;
  double SignatureHeight(const Slip& slip) const;

  absl::Status Text(const std::string& text, Face face, double x, double y, Ink ink = Ink::kBlack);
  absl::Status TextRight(const std::string& text, Face face, double x, double y);
  absl::Status Line(double x, double y, double x2, double y2, double width);
  double width() const { return right_ - left_; }
  double amount_width() const;
  double code_width() const;

  const Options options_;
  const std::unique_ptr<PageText> text_;
  PageList pages_;
  double page_width_ = 0;
  double page_height_ = 0;
  // Of the part of the page that is being written: without its margins.
  int part_ = 0;
  double left_ = 0;
  double right_ = 0;
  double top_ = 0;
  double bottom_ = 0;
  // Where the next line begins.
  double y_ = 0;
};

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_SLIPS_SLIP_WRITER_H_
