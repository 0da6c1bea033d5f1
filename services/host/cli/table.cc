#include "services/host/cli/table.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/core/display_text.h"

namespace lumbung::cli {
namespace {

constexpr std::size_t kRowsPerRun = 10'000;
constexpr int kGap = 2;
// A flexible column is not shortened below this.
constexpr int kMinFlexibleWidth = 12;

constexpr absl::string_view kBold = "\x1b[1m";
constexpr absl::string_view kRed = "\x1b[31m";
constexpr absl::string_view kPlain = "\x1b[0m";

std::string Blanks(int count) {
  return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

std::string Painted(absl::string_view text, absl::string_view paint) {
  return paint.empty() || text.empty() ? std::string(text) : absl::StrCat(paint, text, kPlain);
}

}  // namespace

TableWriter::TableWriter(std::ostream& out, TableStyle style, std::vector<Column> columns)
    : out_(out),
      style_(style),
      columns_(std::move(columns)),
      widths_(columns_.size(), 0),
      tails_(columns_.size(), 0),
      heads_(columns_.size(), 0) {
  for (std::size_t i = 0; i < columns_.size(); ++i) widths_[i] = DisplayWidth(columns_[i].title);
}

void TableWriter::Add(std::vector<Cell> cells, RowStyle style) {
  cells.resize(columns_.size());
  if (style_.csv) {
    if (style != RowStyle::kBody) return;
    WriteCsvHeader();
    WriteCsvRow(cells);
    return;
  }
  Row row{.cells = std::move(cells), .numbers = {}, .style = style};
  row.numbers.resize(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Cell& cell = row.cells[i];
    if (columns_[i].kind == ColumnKind::kAmount) {
      row.numbers[i] = ShowNumber(cell.text, style_.numbers);
    } else {
      cell.text = Printable(cell.text);
    }
  }
  Measure(row);
  rows_.push_back(std::move(row));
  if (rows_.size() >= kRowsPerRun) Flush();
}

void TableWriter::Measure(const Row& row) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].kind == ColumnKind::kAmount) {
      const ShownNumber& number = row.numbers[i];
      tails_[i] = std::max(tails_[i], number.tail);
      heads_[i] = std::max(heads_[i], DisplayWidth(number.text) - number.tail);
      widths_[i] = std::max(widths_[i], heads_[i] + tails_[i]);
    } else {
      const Cell& cell = row.cells[i];
      widths_[i] = std::max(widths_[i], cell.indent + DisplayWidth(cell.text));
    }
  }
}

std::vector<int> TableWriter::FittedWidths() const {
  std::vector<int> widths = widths_;
  if (style_.width <= 0) return widths;
  int excess = -kGap - style_.width;
  for (const int width : widths) excess += width + kGap;
  // Column by column off the widest flexible one, so that all end up about equally wide.
  for (; excess > 0; --excess) {
    std::size_t widest = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].kind != ColumnKind::kFlexible || widths[i] <= kMinFlexibleWidth) continue;
      if (widest == columns_.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == columns_.size()) break;
    --widths[widest];
  }
  return widths;
}

void TableWriter::Flush() {
  const std::vector<int> widths = FittedWidths();
  if (!header_written_) WriteHeader(widths);
  for (const Row& row : rows_) WriteRow(row, widths);
  rows_.clear();
}

void TableWriter::Finish() {
  if (style_.csv) {
    WriteCsvHeader();
  } else {
    Flush();
  }
  out_.flush();
}

void TableWriter::WriteHeader(const std::vector<int>& widths) {
  std::string line;
  std::string pending;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::string& title = columns_[i].title;
    const std::string pad = Blanks(widths[i] - DisplayWidth(title));
    const std::string painted = Painted(title, style_.color ? kBold : absl::string_view());
    if (columns_[i].kind == ColumnKind::kAmount) {
      absl::StrAppend(&line, pending, pad, painted);
      pending = Blanks(kGap);
    } else {
      absl::StrAppend(&line, pending, painted);
      pending = absl::StrCat(pad, Blanks(kGap));
    }
  }
  out_ << line << '\n';
  WriteRule(widths);
  header_written_ = true;
}

void TableWriter::WriteRule(const std::vector<int>& widths) {
  std::string line;
  for (const int width : widths) {
    if (!line.empty()) absl::StrAppend(&line, Blanks(kGap));
    line.append(static_cast<std::size_t>(width), '-');
  }
  out_ << line << '\n';
}

void TableWriter::WriteRow(const Row& row, const std::vector<int>& widths) {
  const bool total = row.style == RowStyle::kTotal;
  if (total && !last_was_total_) WriteRule(widths);
  last_was_total_ = total;
  const bool bold = style_.color && (total || row.style == RowStyle::kHeading);
  std::string line;
  // Blanks owed before the next text, so that no line ends in blanks.
  int owed = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const bool amount = columns_[i].kind == ColumnKind::kAmount;
    std::string text;
    int before = 0;
    absl::string_view paint = bold ? kBold : absl::string_view();
    if (amount) {
      const ShownNumber& number = row.numbers[i];
      text = number.text;
      before = widths[i] - tails_[i] - (DisplayWidth(text) - number.tail);
      if (style_.color && number.negative) paint = kRed;
    } else {
      before = row.cells[i].indent;
      text = Truncate(row.cells[i].text, std::max(widths[i] - before, 1));
    }
    if (!text.empty()) {
      absl::StrAppend(&line, Blanks(owed + before), Painted(text, paint));
      owed = widths[i] - before - DisplayWidth(text);
    } else {
      owed += widths[i];
    }
    owed += kGap;
  }
  out_ << line << '\n';
}

void TableWriter::WriteCsvHeader() {
  if (header_written_) return;
  header_written_ = true;
  std::vector<Cell> header;
  for (const Column& column : columns_) header.emplace_back(column.key);
  WriteCsvRow(header);
}

void TableWriter::WriteCsvRow(const std::vector<Cell>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    absl::StrAppend(&line, i == 0 ? "" : ",", CsvField(cells[i].text));
  }
  out_ << line << "\r\n";
}

void WriteFields(std::ostream& out, const std::vector<Field>& fields, bool color) {
  int width = 0;
  for (const Field& field : fields) {
    if (!field.value.empty()) width = std::max(width, DisplayWidth(field.title));
  }
  for (const Field& field : fields) {
    if (field.value.empty()) continue;
    out << Painted(field.title, color ? kBold : absl::string_view())
        << Blanks(width - DisplayWidth(field.title) + kGap) << Printable(field.value) << '\n';
  }
}

std::string CsvField(absl::string_view text) {
  if (text.find_first_of(",\"\r\n") == absl::string_view::npos) return std::string(text);
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

}  // namespace lumbung::cli
