#include "reports/render/tables/text_writer.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/display_text.h"
#include "ledger/core/utf8.h"
#include "reports/render/tables/row_words.h"
#include "reports/render/words.h"

namespace lumbung::reports {
namespace {

constexpr int kColumnGap = 2;
constexpr int kIndentStep = 2;
constexpr int kMinimalLabelWidth = 16;

std::string Padding(int columns) {
  return std::string(static_cast<std::size_t>(std::max(columns, 0)), ' ');
}

// The beginning of a printable text that fits, at least one character.
absl::string_view Fitting(absl::string_view text, int width) {
  absl::string_view rest = text;
  std::size_t kept = 0;
  while (!rest.empty()) {
    if (!TakeCodePoint(&rest)) rest.remove_prefix(1);
    const std::size_t taken = text.size() - rest.size();
    if (kept > 0 && DisplayWidth(text.substr(0, taken)) > width) break;
    kept = taken;
  }
  return text.substr(0, kept);
}

// Broken between words, and inside those that are longer than a line.
std::vector<std::string> Wrapped(absl::string_view text, int width) {
  std::vector<std::string> lines;
  const std::string printable = Printable(text);
  std::string line;
  for (absl::string_view word : absl::StrSplit(printable, ' ', absl::SkipEmpty())) {
    if (!line.empty() && DisplayWidth(line) + 1 + DisplayWidth(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    while (line.empty() && DisplayWidth(word) > width) {
      const absl::string_view part = Fitting(word, width);
      lines.emplace_back(part);
      word.remove_prefix(part.size());
    }
    if (!word.empty()) absl::StrAppend(&line, line.empty() ? "" : " ", word);
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

class TextWriter final : public DocumentWriter {
 public:
  TextWriter(ByteSink& sink, const TextWriterOptions& options) : sink_(sink), options_(options) {}

  absl::Status Begin(const DocumentHead& head) override {
    head_ = head;
    SizeColumns();
    std::string out = first_document_ ? "" : "\n\n";
    first_document_ = false;
    for (const std::string& text : {head.organization, head.title, head.subtitle, head.unit}) {
      AppendCentred(&out, text);
    }
    for (const std::string& mark : head.marks) AppendCentred(&out, absl::StrCat("* ", mark, " *"));
    absl::StrAppend(&out, "\n");
    std::vector<std::vector<std::string>> titles;
    for (std::size_t i = 0; i < head.columns.size(); ++i) {
      titles.push_back(Wrapped(head.columns[i].title, widths_[i]));
    }
    AppendLines(&out, titles, true);
    AppendRule(&out, '-', false);
    return sink_.Write(out);
  }

  absl::Status Add(const DocumentRow& row) override {
    LUMBUNG_RETURN_IF_ERROR(CheckCells(head_, row));
    std::string out;
    if (row.style == RowStyle::kParagraph) {
      const auto* text = row.cells.empty() ? nullptr : std::get_if<std::string>(&row.cells[0]);
      if (text != nullptr) AppendParagraph(&out, row.indent * kIndentStep, *text);
      return sink_.Write(out);
    }
    const bool total = row.style == RowStyle::kTotal;
    if (total || row.style == RowStyle::kSubtotal) AppendRule(&out, '-', true);
    std::vector<std::vector<std::string>> cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i) cells.push_back(CellLines(row, i));
    AppendLines(&out, cells, false);
    if (total) AppendRule(&out, '=', true);
    return sink_.Write(out);
  }

  absl::Status End(const DocumentFoot& foot) override {
    std::string out;
    if (!foot.checks.empty()) absl::StrAppend(&out, "\n");
    for (const DocumentCheck& check : foot.checks) AppendCheck(&out, check);
    AppendBlock(&out, foot.notes);
    AppendBlock(&out, {foot.place_and_date});
    for (const DocumentSignature& signature : foot.signatures) {
      AppendBlock(&out, {absl::StrCat(signature.role, ":"), signature.name, signature.position});
    }
    AppendBlock(&out, foot.provenance);
    // A checkpoint is checked by machines: its lines stay as they are.
    std::vector<std::string> lines = absl::StrSplit(foot.checkpoint, '\n');
    if (!foot.checkpoint.empty()) absl::StrAppend(&out, "\n");
    if (lines.back().empty()) lines.pop_back();
    for (const std::string& line : lines) absl::StrAppend(&out, Printable(line), "\n");
    return sink_.Write(out);
  }

  absl::Status Finish() override { return absl::OkStatus(); }

 private:
  void SizeColumns() {
    widths_.clear();
    label_ = -1;
    int taken = 0;
    for (const DocumentColumn& column : head_.columns) {
      const int index = static_cast<int>(widths_.size());
      if (label_ < 0 && column.kind == ColumnKind::kLabel) label_ = index;
      widths_.push_back(std::max(column.width, 1));
      taken += (index == label_ ? 0 : widths_.back()) + (index == 0 ? 0 : kColumnGap);
    }
    if (label_ >= 0) {
      widths_[static_cast<std::size_t>(label_)] =
          std::max(options_.width - taken, kMinimalLabelWidth);
      taken += widths_[static_cast<std::size_t>(label_)];
    }
    total_width_ = taken;
  }

  bool IsAmount(std::size_t column) const {
    return head_.columns[column].kind == ColumnKind::kAmount;
  }

  std::string AmountText(const Decimal& amount, int scale) const {
    // What is finer than the column says is shown whole rather than rounded.
    const absl::StatusOr<Decimal> scaled = amount.WithScale(scale);
    const Decimal& value = scaled.ok() ? *scaled : amount;
    if (options_.negative == NegativeStyle::kMinus) return FormatForLocale(value, options_.locale);
    const std::string digits = FormatForLocale(value.Abs(), options_.locale);
    return value.IsNegative() ? absl::StrCat("(", digits, ")") : absl::StrCat(digits, " ");
  }

  std::vector<std::string> CellLines(const DocumentRow& row, std::size_t i) const {
    const DocumentCell& cell = row.cells[i];
    if (const auto* date = std::get_if<Date>(&cell)) return {date->ToString()};
    if (const auto* amount = std::get_if<Decimal>(&cell)) {
      return {AmountText(*amount, head_.columns[i].scale)};
    }
    const auto* text = std::get_if<std::string>(&cell);
    if (text == nullptr) return {};
    if (static_cast<int>(i) != label_) return Wrapped(*text, widths_[i]);
    const int indent = std::clamp(row.indent * kIndentStep, 0, widths_[i] / 2);
    const std::string lead = row.style == RowStyle::kProblem ? "!! " : "";
    std::vector<std::string> lines = Wrapped(absl::StrCat(lead, *text), widths_[i] - indent);
    for (std::string& line : lines) line = absl::StrCat(Padding(indent), line);
    return lines;
  }

  // One row: texts from its first line on, amounts and all of a header down to its last.
  void AppendLines(std::string* out, const std::vector<std::vector<std::string>>& cells,
                   bool header) const {
    std::size_t height = 1;
    for (const auto& lines : cells) height = std::max(height, lines.size());
    for (std::size_t y = 0; y < height; ++y) {
      std::string line;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool bottom = header || IsAmount(i);
        const std::size_t top = bottom ? height - cells[i].size() : 0;
        const bool empty = y < top || y - top >= cells[i].size();
        const absl::string_view text = empty ? "" : absl::string_view(cells[i][y - top]);
        const std::string padding = Padding(widths_[i] - DisplayWidth(text));
        absl::StrAppend(&line, i == 0 ? "" : Padding(kColumnGap), IsAmount(i) ? padding : "", text,
                        IsAmount(i) ? "" : padding);
      }
      absl::StrAppend(out, absl::StripTrailingAsciiWhitespace(line), "\n");
    }
  }

  void AppendRule(std::string* out, char mark, bool amounts_only) const {
    std::string line;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      const char filled = amounts_only && !IsAmount(i) ? ' ' : mark;
      absl::StrAppend(&line, i == 0 ? "" : Padding(kColumnGap),
                      std::string(static_cast<std::size_t>(widths_[i]), filled));
    }
    absl::StrAppend(out, absl::StripTrailingAsciiWhitespace(line), "\n");
  }

  void AppendCentred(std::string* out, absl::string_view text) const {
    for (const std::string& line : Wrapped(text, total_width_)) {
      absl::StrAppend(out, Padding((total_width_ - DisplayWidth(line)) / 2), line, "\n");
    }
  }

  void AppendParagraph(std::string* out, int indent, absl::string_view text) const {
    indent = std::clamp(indent, 0, total_width_ / 2);
    for (const absl::string_view part : absl::StrSplit(text, '\n')) {
      for (const std::string& line : Wrapped(part, total_width_ - indent)) {
        absl::StrAppend(out, Padding(indent), line, "\n");
      }
    }
  }

  void AppendBlock(std::string* out, const std::vector<std::string>& paragraphs) const {
    std::string block;
    for (const std::string& paragraph : paragraphs) AppendParagraph(&block, 0, paragraph);
    if (!block.empty()) absl::StrAppend(out, "\n", block);
  }

  void AppendCheck(std::string* out, const DocumentCheck& check) const {
    const int scale = std::max(check.left.scale(), check.right.scale());
    std::string left = AmountText(check.left, scale);
    std::string right = AmountText(check.right, scale);
    absl::StripAsciiWhitespace(&left);
    absl::StripAsciiWhitespace(&right);
    AppendParagraph(out, 0,
                    absl::StrCat(VerdictWord(head_.language, check.Holds()), ": ", check.label, " ",
                                 left, check.Holds() ? " = " : " <> ", right));
  }

  ByteSink& sink_;
  const TextWriterOptions options_;
  DocumentHead head_;
  std::vector<int> widths_;
  int label_ = -1;
  int total_width_ = 0;
  bool first_document_ = true;
};

}  // namespace

std::unique_ptr<DocumentWriter> NewTextWriter(ByteSink& sink, const TextWriterOptions& options) {
  return std::make_unique<TextWriter>(sink, options);
}

}  // namespace lumbung::reports
