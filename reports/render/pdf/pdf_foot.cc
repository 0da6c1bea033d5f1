// What stands below a document's table: checks, notes, signatures, and where the figures come from.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/display_text.h"
#include "ledger/core/status.h"
#include "reports/render/pdf/pdf_writer.h"
#include "reports/render/pdf/qr_squares.h"
#include "reports/render/words.h"

namespace lumbung::reports {
namespace {

constexpr double kFootGap = 10;
// Room to sign in.
constexpr double kSignatureRoom = 40;
constexpr double kQrSide = 58;
// The blank border that readers of QR codes need.
constexpr double kQrGap = 8;

double FootAscent(Face face) {
  return PageText::LineHeight(face) * 0.8;
}

}  // namespace

absl::Status PdfWriter::End(const DocumentFoot& foot) {
  LUMBUNG_RETURN_IF_ERROR(Flush());
  is_in_table_ = false;
  y_ += kFootGap;
  LUMBUNG_RETURN_IF_ERROR(Checks(foot));
  for (const std::string& note : foot.notes) {
    LUMBUNG_RETURN_IF_ERROR(Paragraph(note, Face::kBody, left(), right() - left()));
  }
  LUMBUNG_RETURN_IF_ERROR(Signatures(foot));
  return Provenance(foot);
}

absl::Status PdfWriter::Checks(const DocumentFoot& foot) {
  if (foot.checks.empty()) return absl::OkStatus();
  int scale = 0;
  for (const DocumentColumn& column : head_.columns) {
    if (column.kind == ColumnKind::kAmount) scale = column.scale;
  }
  const bool all_hold = std::all_of(foot.checks.begin(), foot.checks.end(),
                                    [](const DocumentCheck& check) { return check.Holds(); });
  LUMBUNG_RETURN_IF_ERROR(Need(2 * PageText::LineHeight(Face::kSmall)));
  // Small where all is well; what is not is seen.
  const Face face = all_hold ? Face::kSmall : Face::kBody;
  for (const DocumentCheck& check : foot.checks) {
    const std::string found =
        check.Holds() ? std::string(VerdictWord(head_.language, true))
                      : absl::StrCat(VerdictWord(head_.language, false), " (",
                                     AmountText(check.left, scale, options_.amounts), " / ",
                                     AmountText(check.right, scale, options_.amounts), ")");
    LUMBUNG_RETURN_IF_ERROR(
        Paragraph(absl::StrCat(kChecksTitle.In(head_.language), ": ", check.label, ": ", found),
                  check.Holds() ? face : Face::kBold, left(), right() - left(),
                  check.Holds() ? Ink::kBlack : Ink::kRed));
  }
  y_ += kFootGap;
  return absl::OkStatus();
}

absl::Status PdfWriter::Signatures(const DocumentFoot& foot) {
  const double line = PageText::LineHeight(Face::kBody);
  const double height = (foot.place_and_date.empty() ? 0 : 1.5 * line) +
                        (foot.signatures.empty() ? 0 : 3 * line + kSignatureRoom);
  if (height == 0) return absl::OkStatus();
  // In one piece: nobody signs half a block.
  LUMBUNG_RETURN_IF_ERROR(Need(height));
  if (!foot.place_and_date.empty()) {
    const std::string text = Printable(foot.place_and_date);
    const double x = right() - text_->Width(text, Face::kBody);
    LUMBUNG_RETURN_IF_ERROR(Text(text, Face::kBody, x, y_ + FootAscent(Face::kBody)));
    y_ += 1.5 * line;
  }
  if (foot.signatures.empty()) return absl::OkStatus();
  const double width = (right() - left()) / static_cast<double>(foot.signatures.size());
  for (std::size_t i = 0; i < foot.signatures.size(); ++i) {
    const DocumentSignature& signature = foot.signatures[i];
    const double middle = left() + width * (static_cast<double>(i) + 0.5);
    const auto put = [&](const std::string& text, Face face, double y) {
      const std::string fitting = text_->Fit(Printable(text), face, width - 10);
      return Text(fitting, face, middle - text_->Width(fitting, face) / 2, y + FootAscent(face));
    };
    LUMBUNG_RETURN_IF_ERROR(put(signature.role, Face::kBody, y_));
    const double name_y = y_ + line + kSignatureRoom;
    LUMBUNG_RETURN_IF_ERROR(put(signature.name, Face::kBold, name_y));
    const double half = std::min(width * 0.4, 70.0);
    LUMBUNG_RETURN_IF_ERROR(Line(middle - half, name_y + line, middle + half, name_y + line, 0.5));
    LUMBUNG_RETURN_IF_ERROR(put(signature.position, Face::kBody, name_y + line));
  }
  y_ += 3 * line + kSignatureRoom + kFootGap;
  return absl::OkStatus();
}

absl::Status PdfWriter::Provenance(const DocumentFoot& foot) {
  const double small = PageText::LineHeight(Face::kSmall);
  double room = right() - left();
  double after = 0;
  if (!foot.checkpoint.empty()) {
    LUMBUNG_RETURN_IF_ERROR(Need(kQrSide + kQrGap));
    LUMBUNG_ASSIGN_OR_RETURN(const QrSquares qr, MakeQrSquares(foot.checkpoint));
    Mark mark;
    mark.kind = Mark::Kind::kSquares;
    mark.x = right() - kQrSide;
    mark.y = y_;
    mark.x2 = qr.per_side;
    mark.y2 = kQrSide;
    mark.text = qr.squares;
    LUMBUNG_RETURN_IF_ERROR(pages_.Add(mark));
    room -= kQrSide + kQrGap;
    after = y_ + kQrSide + kQrGap;
  } else {
    LUMBUNG_RETURN_IF_ERROR(Need(small * static_cast<double>(foot.provenance.size())));
  }
  for (const std::string& text : foot.provenance) {
    LUMBUNG_RETURN_IF_ERROR(Paragraph(text, Face::kSmall, left(), room, Ink::kGrey));
  }
  if (foot.checkpoint.empty()) return absl::OkStatus();
  LUMBUNG_RETURN_IF_ERROR(Paragraph(absl::StrCat(kSealedIn.In(head_.language), ":"), Face::kSmall,
                                    left(), room, Ink::kGrey));
  for (const absl::string_view line : absl::StrSplit(foot.checkpoint, '\n', absl::SkipEmpty())) {
    LUMBUNG_RETURN_IF_ERROR(Paragraph(std::string(line), Face::kMono, left(), room, Ink::kGrey));
  }
  y_ = std::max(y_, after);
  return absl::OkStatus();
}

}  // namespace lumbung::reports
