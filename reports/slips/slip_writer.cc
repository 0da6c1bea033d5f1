#include "reports/slips/slip_writer.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/display_text.h"
#include "ledger/core/status.h"
#include "reports/render/pdf/page_drawing.h"

namespace lumbung::reports {
namespace {

constexpr double kMillimetre = 72 / 25.4;
constexpr double kFooter = 10 * kMillimetre;
constexpr double kLineGap = 2.5;
constexpr double kColumnGap = 8;
constexpr double kHairline = 0.4;
constexpr double kSignatureRoom = 34;
constexpr double kStampWidth = 22 * kMillimetre;
// Names of signers stand under each other when a column would be narrower.
constexpr double kNarrowestSignature = 70;
constexpr double kWidestSignature = 190;

const Label kGoesOn = {"lanjutan", "continued"};

// From a line's top to the baseline of its text.
double Rise(Face face) {
  return PageText::LineHeight(face) * 0.8;
}

double MarginOf(int per_page) {
  return (per_page == 1 ? 18 : per_page == 2 ? 14 : 8) * kMillimetre;
}

bool HasTable(const Slip& slip) {
  return !slip.lines.empty();
}

}  // namespace

absl::StatusOr<std::unique_ptr<SlipWriter>> SlipWriter::Create(const Options& options) {
  LUMBUNG_ASSIGN_OR_RETURN(std::unique_ptr<PageText> text, PageText::Create());
  LUMBUNG_ASSIGN_OR_RETURN(PageList pages, PageList::Create(options.scratch_dir));
  return std::unique_ptr<SlipWriter>(new SlipWriter(options, std::move(text), std::move(pages)));
}

SlipWriter::SlipWriter(const Options& options, std::unique_ptr<PageText> text, PageList pages)
    : options_(options),
      text_(std::move(text)),
      pages_(std::move(pages)),
      page_width_((options.paper == Paper::kA4 ? 210 : 215) * kMillimetre),
      page_height_((options.paper == Paper::kA4 ? 297 : 330) * kMillimetre),
      // The first slip begins a page.
      part_(options.per_page) {}

absl::Status SlipWriter::Text(const std::string& text, Face face, double x, double y, Ink ink) {
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

absl::Status SlipWriter::TextRight(const std::string& text, Face face, double x, double y) {
  return Text(text, face, x - text_->Width(text, face), y);
}

absl::Status SlipWriter::Line(double x, double y, double x2, double y2, double width) {
  Mark mark;
  mark.kind = Mark::Kind::kLine;
  mark.x = x;
  mark.y = y;
  mark.x2 = x2;
  mark.y2 = y2;
  mark.width = width;
  return pages_.Add(mark);
}

absl::Status SlipWriter::NextPart() {
  ++part_;
  const double bottom = page_height_ - kFooter;
  if (part_ >= options_.per_page) {
    part_ = 0;
    Mark page;
    page.kind = Mark::Kind::kPage;
    page.x = 10 * kMillimetre;
    page.y = bottom + 4 * kMillimetre;
    page.x2 = page_width_;
    page.y2 = page_height_;
    page.text = absl::StrCat(options_.language == Language::kIndonesian ? "i" : "e",
                             Printable(absl::StrCat(options_.organization, " - ", options_.title)));
    LUMBUNG_RETURN_IF_ERROR(pages_.Add(page));
    if (options_.per_page >= 2) {
      LUMBUNG_RETURN_IF_ERROR(Line(0, bottom / 2, page_width_, bottom / 2, kHairline));
    }
    if (options_.per_page == 4) {
      LUMBUNG_RETURN_IF_ERROR(Line(page_width_ / 2, 0, page_width_ / 2, bottom, kHairline));
    }
  }
  const int columns = options_.per_page == 4 ? 2 : 1;
  const int rows = options_.per_page == 1 ? 1 : 2;
  const double part_width = page_width_ / columns;
  const double part_height = bottom / rows;
  const double margin = MarginOf(options_.per_page);
  left_ = part_width * (part_ % columns) + margin;
  right_ = part_width * (part_ % columns + 1) - margin;
  top_ = part_height * (part_ / columns) + margin;
  bottom_ = part_height * (part_ / columns + 1) - std::min(margin, 8 * kMillimetre);
  y_ = top_;
  return absl::OkStatus();
}

absl::Status SlipWriter::Head(const Slip& slip, bool goes_on) {
  const std::string number = Printable(slip.number);
  const std::string date = Printable(slip.date);
  const double right_room =
      std::max(text_->Width(number, Face::kBold), text_->Width(date, Face::kBody)) + kColumnGap;
  const double room = std::max(width() - right_room, width() / 2);
  LUMBUNG_RETURN_IF_ERROR(TextRight(number, Face::kBold, right_, y_ + Rise(Face::kTitle)));
  LUMBUNG_RETURN_IF_ERROR(TextRight(date, Face::kBody, right_,
                                    y_ + PageText::LineHeight(Face::kTitle) + Rise(Face::kTitle)));
  std::string title = slip.title;
  if (goes_on) absl::StrAppend(&title, " (", kGoesOn.In(slip.language), ")");
  for (const std::string& text : {slip.organization, title}) {
    for (const std::string& line : text_->Wrap(Printable(text), Face::kTitle, room)) {
      LUMBUNG_RETURN_IF_ERROR(Text(line, Face::kTitle, left_, y_ + Rise(Face::kTitle)));
      y_ += PageText::LineHeight(Face::kTitle);
    }
  }
  for (const std::string& mark : slip.marks) {
    for (const std::string& line : text_->Wrap(Printable(mark), Face::kBold, width())) {
      LUMBUNG_RETURN_IF_ERROR(Text(line, Face::kBold, left_, y_ + Rise(Face::kBold), Ink::kRed));
      y_ += PageText::LineHeight(Face::kBold);
    }
  }
  y_ += kLineGap;
  LUMBUNG_RETURN_IF_ERROR(Line(left_, y_, right_, y_, 1));
  y_ += 2 * kLineGap;
  return absl::OkStatus();
}

// Titles of facts stand in a column of a third at most, their texts beside them.
absl::Status SlipWriter::Fact(const SlipFact& fact, Face face) {
  const double title_width = std::min(95.0, width() / 3);
  const double height = PageText::LineHeight(face);
  const std::string title = text_->Fit(Printable(fact.title), Face::kBody, title_width - 8);
  LUMBUNG_RETURN_IF_ERROR(Text(title, Face::kBody, left_, y_ + Rise(face)));
  LUMBUNG_RETURN_IF_ERROR(Text(":", Face::kBody, left_ + title_width - 6, y_ + Rise(face)));
  for (const std::string& line : text_->Wrap(Printable(fact.text), face, width() - title_width)) {
    LUMBUNG_RETURN_IF_ERROR(Text(line, face, left_ + title_width, y_ + Rise(face)));
    y_ += height;
  }
  y_ += kLineGap / 2;
  return absl::OkStatus();
}

double SlipWriter::FactHeight(const SlipFact& fact, Face face) const {
  const double title_width = std::min(95.0, width() / 3);
  const std::size_t lines = text_->Wrap(Printable(fact.text), face, width() - title_width).size();
  return static_cast<double>(lines) * PageText::LineHeight(face) + kLineGap / 2;
}

absl::Status SlipWriter::Facts(const Slip& slip) {
  for (const SlipFact& fact : slip.facts) {
    if (y_ + FactHeight(fact, Face::kBody) > bottom_) {
      LUMBUNG_RETURN_IF_ERROR(NextPart());
      LUMBUNG_RETURN_IF_ERROR(Head(slip, true));
    }
    LUMBUNG_RETURN_IF_ERROR(Fact(fact, Face::kBody));
  }
  y_ += kLineGap;
  return absl::OkStatus();
}

double SlipWriter::amount_width() const {
  return text_->Width(options_.per_page == 4 ? "1.000.000.000" : "1.000.000.000.000,00",
                      Face::kBody);
}

double SlipWriter::code_width() const {
  return text_->Width("1.1.01.001", Face::kBody);
}

absl::Status SlipWriter::TableHead(const Slip& slip) {
  const bool id = slip.language == Language::kIndonesian;
  LUMBUNG_RETURN_IF_ERROR(Line(left_, y_, right_, y_, kHairline));
  y_ += kLineGap / 2;
  LUMBUNG_RETURN_IF_ERROR(
      TableRow({id ? "Kode" : "Code", id ? "Akun" : "Account", "Debit", id ? "Kredit" : "Credit"},
               Face::kBold));
  LUMBUNG_RETURN_IF_ERROR(Line(left_, y_, right_, y_, kHairline));
  y_ += kLineGap / 2;
  return absl::OkStatus();
}

double SlipWriter::RowHeight(const SlipLine& line, Face face) const {
  const double room = width() - code_width() - 2 * amount_width() - 3 * kColumnGap;
  return static_cast<double>(text_->Wrap(Printable(line.text), face, room).size()) *
             PageText::LineHeight(face) +
         kLineGap / 2;
}

absl::Status SlipWriter::TableRow(const SlipLine& line, Face face) {
  const double room = width() - code_width() - 2 * amount_width() - 3 * kColumnGap;
  const std::string code = text_->Fit(Printable(line.code), face, code_width() + kColumnGap - 2);
  LUMBUNG_RETURN_IF_ERROR(Text(code, face, left_, y_ + Rise(face)));
  // Amounts are never cut: one that is too wide grows to the left.
  LUMBUNG_RETURN_IF_ERROR(TextRight(Printable(line.debit), face,
                                    right_ - amount_width() - kColumnGap, y_ + Rise(face)));
  LUMBUNG_RETURN_IF_ERROR(TextRight(Printable(line.credit), face, right_, y_ + Rise(face)));
  for (const std::string& text : text_->Wrap(Printable(line.text), face, room)) {
    LUMBUNG_RETURN_IF_ERROR(Text(text, face, left_ + code_width() + kColumnGap, y_ + Rise(face)));
    y_ += PageText::LineHeight(face);
  }
  y_ += kLineGap / 2;
  return absl::OkStatus();
}

// The last row stands on one part with the foot.
absl::Status SlipWriter::Table(const Slip& slip, double foot_height) {
  LUMBUNG_RETURN_IF_ERROR(TableHead(slip));
  for (std::size_t i = 0; i < slip.lines.size(); ++i) {
    const SlipLine& line = slip.lines[i];
    const bool is_last = i + 1 == slip.lines.size();
    const double needed = RowHeight(line, Face::kBody) +
                          (is_last ? RowHeight(slip.total, Face::kBold) + foot_height : 0);
    if (y_ + needed > bottom_) {
      LUMBUNG_RETURN_IF_ERROR(NextPart());
      LUMBUNG_RETURN_IF_ERROR(Head(slip, true));
      LUMBUNG_RETURN_IF_ERROR(TableHead(slip));
    }
    LUMBUNG_RETURN_IF_ERROR(TableRow(line, Face::kBody));
  }
  LUMBUNG_RETURN_IF_ERROR(Line(left_, y_, right_, y_, kHairline));
  y_ += kLineGap / 2;
  LUMBUNG_RETURN_IF_ERROR(TableRow(slip.total, Face::kBold));
  LUMBUNG_RETURN_IF_ERROR(Line(left_, y_, right_, y_, kHairline));
  y_ += 2 * kLineGap;
  return absl::OkStatus();
}

double SlipWriter::SignatureHeight(const Slip& slip) const {
  if (slip.signatures.empty()) return 0;
  const double height = PageText::LineHeight(Face::kBody) + kSignatureRoom +
                        PageText::LineHeight(Face::kBody) + PageText::LineHeight(Face::kSmall);
  const auto per_row = std::clamp<std::size_t>(
      static_cast<std::size_t>(width() / kNarrowestSignature), 1, slip.signatures.size());
  const std::size_t rows = (slip.signatures.size() + per_row - 1) / per_row;
  return static_cast<double>(rows) * (height + kLineGap);
}

double SlipWriter::FootHeight(const Slip& slip) const {
  double height = slip.in_words.text.empty() ? 0 : FactHeight(slip.in_words, Face::kBold);
  if (!slip.amount.empty()) height += PageText::LineHeight(Face::kTitle) + 4 * kLineGap;
  height += SignatureHeight(slip) + 4 * kLineGap;
  const std::size_t lines = text_->Wrap(Printable(slip.provenance), Face::kSmall, width()).size();
  return height + static_cast<double>(lines) * PageText::LineHeight(Face::kSmall);
}

absl::Status SlipWriter::Signatures(const Slip& slip) {
  const auto per_row = std::clamp<std::size_t>(
      static_cast<std::size_t>(width() / kNarrowestSignature), 1, slip.signatures.size());
  const double column = std::min(width() / static_cast<double>(per_row), kWidestSignature);
  const double room = column - kColumnGap;
  // Who signs alone signs on the right, as on a letter.
  const double from = slip.signatures.size() == 1 ? right_ - room : left_;
  const double line = PageText::LineHeight(Face::kBody);
  for (std::size_t i = 0; i < slip.signatures.size(); ++i) {
    const SlipSignature& signature = slip.signatures[i];
    if (i > 0 && i % per_row == 0) {
      y_ += 2 * line + kSignatureRoom + PageText::LineHeight(Face::kSmall) + kLineGap;
    }
    const double x = from + column * static_cast<double>(i % per_row);
    LUMBUNG_RETURN_IF_ERROR(Text(text_->Fit(Printable(signature.role), Face::kBody, room),
                                 Face::kBody, x, y_ + Rise(Face::kBody)));
    if (i == 0 && !slip.stamp.empty()) {
      const double top = y_ + line + 2;
      const double bottom = top + kSignatureRoom - 4;
      const double right = x + std::min(kStampWidth, room);
      for (const double edge : {top, bottom}) {
        LUMBUNG_RETURN_IF_ERROR(Line(x, edge, right, edge, kHairline));
      }
      for (const double edge : {x, right}) {
        LUMBUNG_RETURN_IF_ERROR(Line(edge, top, edge, bottom, kHairline));
      }
      LUMBUNG_RETURN_IF_ERROR(Text(text_->Fit(Printable(slip.stamp), Face::kSmall, right - x - 4),
                                   Face::kSmall, x + 3, top + Rise(Face::kSmall) + 2, Ink::kGrey));
    }
    const double name_y = y_ + line + kSignatureRoom;
    LUMBUNG_RETURN_IF_ERROR(Text(text_->Fit(Printable(signature.name), Face::kBody, room),
                                 Face::kBody, x, name_y + Rise(Face::kBody)));
    LUMBUNG_RETURN_IF_ERROR(Line(x, name_y + line, x + room, name_y + line, kHairline));
    LUMBUNG_RETURN_IF_ERROR(Text(text_->Fit(Printable(signature.note), Face::kSmall, room),
                                 Face::kSmall, x, name_y + line + Rise(Face::kSmall) + 1,
                                 Ink::kGrey));
  }
  y_ += 2 * line + kSignatureRoom + PageText::LineHeight(Face::kSmall) + 2 * kLineGap;
  return absl::OkStatus();
}

absl::Status SlipWriter::Foot(const Slip& slip) {
  if (!slip.in_words.text.empty()) LUMBUNG_RETURN_IF_ERROR(Fact(slip.in_words, Face::kBold));
  if (!slip.amount.empty()) {
    const std::string amount = Printable(slip.amount);
    const double height = PageText::LineHeight(Face::kTitle) + 2 * kLineGap;
    y_ += kLineGap;
    const double right = left_ + text_->Width(amount, Face::kTitle) + 16;
    for (const double edge : {y_, y_ + height}) {
      LUMBUNG_RETURN_IF_ERROR(Line(left_, edge, right, edge, 1));
    }
    LUMBUNG_RETURN_IF_ERROR(
        Text(amount, Face::kTitle, left_ + 8, y_ + kLineGap + Rise(Face::kTitle)));
    y_ += height + kLineGap;
  }
  y_ += kLineGap;
  if (!slip.signatures.empty()) LUMBUNG_RETURN_IF_ERROR(Signatures(slip));
  for (const std::string& line : text_->Wrap(Printable(slip.provenance), Face::kSmall, width())) {
    LUMBUNG_RETURN_IF_ERROR(Text(line, Face::kSmall, left_, y_ + Rise(Face::kSmall), Ink::kGrey));
    y_ += PageText::LineHeight(Face::kSmall);
  }
  return absl::OkStatus();
}

absl::Status SlipWriter::Add(const Slip& slip) {
  LUMBUNG_RETURN_IF_ERROR(NextPart());
  Mark outline;
  outline.kind = Mark::Kind::kOutline;
  outline.text = Printable(absl::StrCat(slip.title, " ", slip.number));
  LUMBUNG_RETURN_IF_ERROR(pages_.Add(outline));
  LUMBUNG_RETURN_IF_ERROR(Head(slip, false));
  LUMBUNG_RETURN_IF_ERROR(Facts(slip));
  const double foot_height = FootHeight(slip);
  if (HasTable(slip)) {
    LUMBUNG_RETURN_IF_ERROR(Table(slip, foot_height));
  } else if (y_ + foot_height > bottom_) {
    LUMBUNG_RETURN_IF_ERROR(NextPart());
    LUMBUNG_RETURN_IF_ERROR(Head(slip, true));
  }
  return Foot(slip);
}

absl::Status SlipWriter::Finish(ByteSink& sink) {
  return DrawPages({Printable(options_.title), Printable(options_.organization), options_.created},
                   *text_, pages_, sink);
}

}  // namespace lumbung::reports
