#include "reports/render/pdf/pdf_writer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/display_text.h"
#include "ledger/core/status.h"
#include "reports/render/pdf/page_drawing.h"
#include "reports/render/words.h"

namespace lumbung::reports {
namespace {

constexpr double kPointsPerMillimetre = 72 / 25.4;
constexpr double kMargin = 18 * kPointsPerMillimetre;
constexpr double kFooterHeight = 12 * kPointsPerMillimetre;
constexpr double kIndent = 10;
constexpr double kColumnGap = 8;
constexpr double kMinLabelWidth = 150;
constexpr double kRowGap = 2.5;
constexpr double kThin = 0.5;

Face FaceOf(RowStyle style) {
  const bool is_bold = style == RowStyle::kHeading || style == RowStyle::kSubtotal ||
                       style == RowStyle::kTotal || style == RowStyle::kProblem;
  return is_bold ? Face::kBold : Face::kBody;
}

bool HasRules(RowStyle style) {
  return style == RowStyle::kSubtotal || style == RowStyle::kTotal;
}

// From a line's top to the baseline of its text.
double Ascent(Face face) {
  return PageText::LineHeight(face) * 0.8;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PdfWriter>> PdfWriter::Create(Options options, ByteSink* sink) {
  LUMBUNG_ASSIGN_OR_RETURN(std::unique_ptr<PageText> text, PageText::Create());
  LUMBUNG_ASSIGN_OR_RETURN(PageList pages, PageList::Create(options.scratch_dir));
  return std::unique_ptr<PdfWriter>(
      new PdfWriter(std::move(options), sink, std::move(text), std::move(pages)));
}

PdfWriter::PdfWriter(Options options, ByteSink* sink, std::unique_ptr<PageText> text,
                     PageList pages)
    : options_(std::move(options)), sink_(sink), text_(std::move(text)), pages_(std::move(pages)) {}

double PdfWriter::left() const {
  return kMargin;
}

double PdfWriter::right() const {
  return page_width_ - kMargin;
}

double PdfWriter::bottom() const {
  return page_height_ - kMargin - kFooterHeight;
}

void PdfWriter::ChoosePaper(const DocumentHead& head) {
  const double digit = text_->Width("0", Face::kBody);
  double taken = 0;
  std::size_t label = head.columns.size();
  column_width_.clear();
  for (std::size_t i = 0; i < head.columns.size(); ++i) {
    const bool is_label =
        head.columns[i].kind == ColumnKind::kLabel && label == head.columns.size();
    if (is_label) label = i;
    column_width_.push_back(is_label ? 0 : head.columns[i].width * digit);
    taken += column_width_.back() + (i > 0 ? kColumnGap : 0);
  }
  page_width_ = (options_.paper == Paper::kA4 ? 210 : 215) * kPointsPerMillimetre;
  page_height_ = (options_.paper == Paper::kA4 ? 297 : 330) * kPointsPerMillimetre;
  if (options_.landscape || right() - left() - taken < kMinLabelWidth) {
    std::swap(page_width_, page_height_);
  }
  const double room = right() - left();
  if (label < column_width_.size()) {
    // What is too wide even so gets narrower columns.
    if (room - taken < kMinLabelWidth) {
      const double gaps = kColumnGap * static_cast<double>(head.columns.size() - 1);
      const double shrink = std::max(room - kMinLabelWidth - gaps, 1.0) / (taken - gaps);
      taken = gaps;
      for (double& width : column_width_) {
        width *= shrink;
        taken += width;
      }
    }
    column_width_[label] = room - taken;
  }
  column_left_.clear();
  double x = left();
  for (const double width : column_width_) {
    column_left_.push_back(x);
    x += width + kColumnGap;
  }
}

absl::Status PdfWriter::Text(const std::string& text, Face face, double x, double y, Ink ink) {
  if (text.empty()) return absl::OkStatus();
  Mark mark;
  mark.kind = Mark::Kind::kText;
  mark.face = face;
  mark.ink = ink;
  mark.x = x;
  mark.y = y;
  mark.text = text;
  return pages_.Add(mark);
}

absl::Status PdfWriter::Line(double x, double y, double x2, double y2, double width) {
  Mark mark;
  mark.kind = Mark::Kind::kLine;
  mark.x = x;
  mark.y = y;
  mark.x2 = x2;
  mark.y2 = y2;
  mark.width = width;
  return pages_.Add(mark);
}

absl::Status PdfWriter::Centred(const std::string& text, Face face) {
  for (const std::string& line : text_->Wrap(Printable(text), face, right() - left())) {
    if (line.empty()) continue;
    const double x = (page_width_ - text_->Width(line, face)) / 2;
    LUMBUNG_RETURN_IF_ERROR(Text(line, face, x, y_ + Ascent(face)));
    y_ += PageText::LineHeight(face);
  }
  return absl::OkStatus();
}

absl::Status PdfWriter::Paragraph(const std::string& text, Face face, double x, double width,
                                  Ink ink) {
  for (const std::string& line : text_->Wrap(Printable(text), face, width)) {
    LUMBUNG_RETURN_IF_ERROR(Need(PageText::LineHeight(face)));
    LUMBUNG_RETURN_IF_ERROR(Text(line, face, x, y_ + Ascent(face), ink));
    y_ += PageText::LineHeight(face);
  }
  return absl::OkStatus();
}

absl::Status PdfWriter::NewPage() {
  Mark mark;
  mark.kind = Mark::Kind::kPage;
  mark.x2 = page_width_;
  mark.y2 = page_height_;
  mark.x = left();
  mark.y = bottom() + kFooterHeight;
  // The language first, then what the footer says.
  mark.text = absl::StrCat(head_.language == Language::kIndonesian ? "i" : "e",
                           Printable(absl::StrCat(head_.organization, " - ", head_.title)));
  y_ = kMargin;
  return pages_.Add(mark);
}

absl::Status PdfWriter::Begin(const DocumentHead& head) {
  head_ = head;
  is_in_table_ = true;
  if (title_.empty()) {
    title_ = Printable(head.title);
    author_ = Printable(head.organization);
  }
  ChoosePaper(head);
  LUMBUNG_RETURN_IF_ERROR(NewPage());
  Mark outline;
  outline.kind = Mark::Kind::kOutline;
  outline.text = Printable(head.title);
  LUMBUNG_RETURN_IF_ERROR(pages_.Add(outline));
  LUMBUNG_RETURN_IF_ERROR(Centred(head.organization, Face::kTitle));
  LUMBUNG_RETURN_IF_ERROR(Centred(head.title, Face::kTitle));
  LUMBUNG_RETURN_IF_ERROR(Centred(head.subtitle, Face::kBold));
  LUMBUNG_RETURN_IF_ERROR(Centred(head.unit, Face::kBody));
  for (const std::string& mark : head.marks) LUMBUNG_RETURN_IF_ERROR(Centred(mark, Face::kBody));
  y_ += 8;
  return TableHead();
}

absl::Status PdfWriter::TableHead() {
  const double height = PageText::LineHeight(Face::kBold);
  LUMBUNG_RETURN_IF_ERROR(Line(left(), y_, right(), y_, kThin));
  std::vector<std::vector<std::string>> titles;
  std::size_t lines = 1;
  for (std::size_t i = 0; i < head_.columns.size(); ++i) {
    titles.emplace_back();
    for (const absl::string_view part : absl::StrSplit(head_.columns[i].title, '\n')) {
      for (std::string& line : text_->Wrap(Printable(part), Face::kBold, column_width_[i])) {
        titles.back().push_back(std::move(line));
      }
    }
    lines = std::max(lines, titles.back().size());
  }
  for (std::size_t i = 0; i < titles.size(); ++i) {
    // At the foot of the row.
    double baseline =
        y_ + kRowGap + Ascent(Face::kBold) + height * static_cast<double>(lines - titles[i].size());
    for (const std::string& line : titles[i]) {
      const double width = text_->Width(line, Face::kBold);
      const bool is_amount = head_.columns[i].kind == ColumnKind::kAmount;
      const double x = is_amount ? column_left_[i] + column_width_[i] - width : column_left_[i];
      LUMBUNG_RETURN_IF_ERROR(Text(line, Face::kBold, x, baseline));
      baseline += height;
    }
  }
  y_ += 2 * kRowGap + height * static_cast<double>(lines);
  LUMBUNG_RETURN_IF_ERROR(Line(left(), y_, right(), y_, kThin));
  y_ += kRowGap;
  return absl::OkStatus();
}

absl::Status PdfWriter::Need(double height) {
  if (y_ + height <= bottom()) return absl::OkStatus();
  LUMBUNG_RETURN_IF_ERROR(NewPage());
  for (const std::string& mark : head_.marks) LUMBUNG_RETURN_IF_ERROR(Centred(mark, Face::kSmall));
  return is_in_table_ ? TableHead() : absl::OkStatus();
}

absl::Status PdfWriter::Add(const DocumentRow& row) {
  LaidRow laid{row, {}, 0};
  const Face face = FaceOf(row.style);
  if (row.style == RowStyle::kParagraph) {
    const std::string text = row.cells.empty() ? "" : CellText(row.cells[0], {}, options_.amounts);
    laid.label = text_->Wrap(Printable(text), face, right() - left());
  } else {
    for (std::size_t i = 0; i < row.cells.size() && i < head_.columns.size(); ++i) {
      if (head_.columns[i].kind != ColumnKind::kLabel || !laid.label.empty()) continue;
      std::string text = Printable(CellText(row.cells[i], head_.columns[i], options_.amounts));
      if (row.style == RowStyle::kProblem) {
        text = absl::StrCat(kProblemTitle.In(head_.language), ": ", text);
      }
      laid.label = text_->Wrap(text, face, column_width_[i] - row.indent * kIndent);
    }
  }
  const double lines = static_cast<double>(std::max<std::size_t>(laid.label.size(), 1));
  laid.height = lines * PageText::LineHeight(face) + (HasRules(row.style) ? 3 : 1) * kRowGap;
  waiting_.push_back(std::move(laid));
  // A heading goes with what it introduces; more of them than a page holds go alone.
  constexpr std::size_t kMostTogether = 8;
  if (row.style == RowStyle::kHeading && waiting_.size() < kMostTogether) return absl::OkStatus();
  return Flush();
}

absl::Status PdfWriter::Flush() {
  double height = 0;
  for (const LaidRow& laid : waiting_) height += laid.height;
  LUMBUNG_RETURN_IF_ERROR(Need(height));
  for (const LaidRow& laid : waiting_) LUMBUNG_RETURN_IF_ERROR(Place(laid));
  waiting_.clear();
  return absl::OkStatus();
}

absl::Status PdfWriter::Place(const LaidRow& laid) {
  const DocumentRow& row = laid.row;
  const Face face = FaceOf(row.style);
  const Ink ink = row.style == RowStyle::kProblem ? Ink::kRed : Ink::kBlack;
  const double height = PageText::LineHeight(face);
  if (!row.outline.empty()) {
    Mark outline;
    outline.kind = Mark::Kind::kOutline;
    // Below the document's own.
    outline.width = 1;
    outline.text = Printable(row.outline);
    LUMBUNG_RETURN_IF_ERROR(pages_.Add(outline));
  }
  if (HasRules(row.style)) {
    LUMBUNG_RETURN_IF_ERROR(Rules(y_, false));
    y_ += kRowGap;
  }
  double baseline = y_ + Ascent(face);
  double label_x = left();
  for (std::size_t i = 0; i < head_.columns.size(); ++i) {
    if (head_.columns[i].kind == ColumnKind::kLabel && row.style != RowStyle::kParagraph) {
      label_x = column_left_[i] + row.indent * kIndent;
      break;
    }
  }
  for (std::size_t line = 0; line < laid.label.size(); ++line) {
    LUMBUNG_RETURN_IF_ERROR(Text(laid.label[line], face, label_x, baseline, ink));
    if (line + 1 < laid.label.size()) baseline += height;
  }
  bool has_label = false;
  for (std::size_t i = 0; i < row.cells.size() && i < head_.columns.size(); ++i) {
    if (row.style == RowStyle::kParagraph) break;
    if (head_.columns[i].kind == ColumnKind::kLabel && !std::exchange(has_label, true)) continue;
    LUMBUNG_RETURN_IF_ERROR(PlaceAmount(row.cells[i], i, face, ink, baseline));
  }
  y_ = baseline - Ascent(face) + height + kRowGap;
  if (row.style == RowStyle::kTotal) LUMBUNG_RETURN_IF_ERROR(Rules(y_ - kRowGap / 2, true));
  if (HasRules(row.style)) y_ += kRowGap;
  return absl::OkStatus();
}

absl::Status PdfWriter::PlaceAmount(const DocumentCell& cell, std::size_t column, Face face,
                                    Ink ink, double baseline) {
  const DocumentColumn& definition = head_.columns[column];
  const std::string text = Printable(CellText(cell, definition, options_.amounts));
  if (text.empty()) return absl::OkStatus();
  const double width = column_width_[column];
  if (definition.kind != ColumnKind::kAmount) {
    return Text(text_->Fit(text, face, width), face, column_left_[column], baseline, ink);
  }
  // The closing parenthesis stands outside, so that digits stand below digits.
  const double hanging =
      options_.amounts.parentheses && text.back() != ')' ? text_->Width(")", face) : 0;
  // Never cut: a figure that is too wide for its column grows to the left.
  const double x = column_left_[column] + width - hanging - text_->Width(text, face);
  return Text(text, face, x, baseline, ink);
}

absl::Status PdfWriter::Rules(double y, bool is_double) {
  for (std::size_t i = 0; i < head_.columns.size(); ++i) {
    if (head_.columns[i].kind != ColumnKind::kAmount) continue;
    const double from = column_left_[i] + column_width_[i] * 0.1;
    const double to = column_left_[i] + column_width_[i];
    LUMBUNG_RETURN_IF_ERROR(Line(from, y, to, y, kThin));
    if (is_double) LUMBUNG_RETURN_IF_ERROR(Line(from, y + 1.8, to, y + 1.8, kThin));
  }
  return absl::OkStatus();
}

absl::Status PdfWriter::Finish() {
  return DrawPages({title_, author_, options_.created}, *text_, pages_, *sink_);
}

}  // namespace lumbung::reports
