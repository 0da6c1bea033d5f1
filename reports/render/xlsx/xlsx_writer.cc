#include "reports/render/xlsx/xlsx_writer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

#include <xlsxwriter.h>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "reports/render/files/temporary_file.h"
#include "reports/render/words.h"
#include "reports/render/xlsx/sheet_number.h"
#include "reports/render/xlsx/total_formula.h"
#include "reports/render/xlsx/xlsx_text.h"

namespace lumbung::reports {
namespace {

constexpr int kLabelWidth = 48;
constexpr int kDeepestIndent = 15;
// Leaves room for the foot.
constexpr lxw_row_t kMostRows = 1'048'000;

absl::Status FromLibrary(lxw_error error) {
  if (error == LXW_NO_ERROR) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("the workbook cannot be written: ", lxw_strerror(error)));
}

enum class CellLook { kText, kDate, kAmount, kAmountText, kHeader, kTitle, kPlain, kLoud };

class XlsxWriter final : public DocumentWriter {
 public:
  XlsxWriter(ByteSink& sink, const XlsxWriterOptions& options, std::unique_ptr<TemporaryFile> file)
      : sink_(sink), options_(options), file_(std::move(file)) {
    lxw_workbook_options library = {};
    library.constant_memory = LXW_TRUE;
    library.use_zip64 = LXW_FALSE;
    if (!options_.temporary_folder.empty()) library.tmpdir = options_.temporary_folder.data();
    book_ = workbook_new_opt(file_->path().c_str(), &library);
  }

  ~XlsxWriter() override {
    if (book_ != nullptr) lxw_workbook_free(book_);
  }

  absl::Status Begin(const DocumentHead& head) override {
    if (head.columns.empty()) {
      return InvalidArgument("NO_COLUMNS", "columns", "a document needs at least one column");
    }
    if (book_ == nullptr) return absl::ResourceExhaustedError("no memory for a workbook");
    if (sheet_names_.empty()) LUMBUNG_RETURN_IF_ERROR(SetProperties(head));
    head_ = head;
    row_ = 0;
    texts_.clear();
    const std::string name = SheetName(head.title.empty() ? head.name : head.title, &sheet_names_);
    sheet_ = workbook_add_worksheet(book_, name.c_str());
    if (sheet_ == nullptr) return absl::InternalError("a sheet cannot be added");
    LUMBUNG_RETURN_IF_ERROR(SetColumns());
    LUMBUNG_RETURN_IF_ERROR(WriteHead());
    return SetPages();
  }

  absl::Status Add(const DocumentRow& row) override {
    LUMBUNG_RETURN_IF_ERROR(Check(row));
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      LUMBUNG_RETURN_IF_ERROR(WriteCell(row, static_cast<int>(i)));
    }
    ++row_;
    return absl::OkStatus();
  }

  absl::Status End(const DocumentFoot& foot) override {
    ++row_;
    for (const DocumentCheck& check : foot.checks) LUMBUNG_RETURN_IF_ERROR(WriteCheck(check));
    LUMBUNG_RETURN_IF_ERROR(WriteLines(foot.notes));
    if (!texts_.empty()) LUMBUNG_RETURN_IF_ERROR(WriteLines({DigitsNote()}));
    LUMBUNG_RETURN_IF_ERROR(WriteLines({foot.place_and_date}));
    for (const DocumentSignature& signature : foot.signatures) {
      LUMBUNG_RETURN_IF_ERROR(WriteLines({signature.role, signature.name, signature.position}));
    }
    LUMBUNG_RETURN_IF_ERROR(WriteLines(foot.provenance));
    return WriteLines({foot.checkpoint});
  }

  absl::Status Finish() override {
    if (book_ == nullptr) return absl::ResourceExhaustedError("no memory for a workbook");
    LUMBUNG_RETURN_IF_ERROR(FromLibrary(workbook_close(std::exchange(book_, nullptr))));
    return file_->CopyTo(sink_);
  }

 private:
  absl::Status SetProperties(const DocumentHead& head) {
    std::string title = CellText(head.title);
    std::string company = CellText(head.organization);
    // The library refuses longer ones.
    title = PropertyText(title);
    company = PropertyText(company);
    lxw_doc_properties properties = {};
    properties.title = title.data();
    properties.company = company.data();
    properties.created = static_cast<time_t>(options_.created_at_seconds);
    return FromLibrary(workbook_set_properties(book_, &properties));
  }

  static std::string PropertyText(const std::string& text) {
    return text.size() <= 200 ? text : PageText(text);
  }

  absl::Status SetColumns() {
    bool label = false;
    for (std::size_t i = 0; i < head_.columns.size(); ++i) {
      const DocumentColumn& column = head_.columns[i];
      const bool widest = !label && column.kind == ColumnKind::kLabel;
      label = label || widest;
      const auto index = static_cast<lxw_col_t>(i);
      const double width = widest ? kLabelWidth : std::clamp(column.width, 1, 255) + 2;
      LUMBUNG_RETURN_IF_ERROR(
          FromLibrary(worksheet_set_column(sheet_, index, index, width, nullptr)));
    }
    return absl::OkStatus();
  }

  absl::Status WriteHead() {
    for (const std::string& text : {head_.organization, head_.title, head_.subtitle, head_.unit}) {
      if (text.empty()) continue;
      LUMBUNG_RETURN_IF_ERROR(WriteString(0, text, Look(CellLook::kTitle)));
      ++row_;
    }
    for (const std::string& mark : head_.marks) {
      LUMBUNG_RETURN_IF_ERROR(WriteString(0, mark, Look(CellLook::kLoud)));
      ++row_;
    }
    if (row_ > 0) ++row_;
    for (std::size_t i = 0; i < head_.columns.size(); ++i) {
      LUMBUNG_RETURN_IF_ERROR(
          WriteString(static_cast<int>(i), head_.columns[i].title, Look(CellLook::kHeader)));
    }
    first_row_ = ++row_;
    return absl::OkStatus();
  }

  absl::Status SetPages() {
    worksheet_freeze_panes(sheet_, first_row_, 0);
    worksheet_set_paper(sheet_, 9);  // A4.
    worksheet_fit_to_pages(sheet_, 1, 0);
    if (head_.columns.size() > 6) worksheet_set_landscape(sheet_);
    LUMBUNG_RETURN_IF_ERROR(
        FromLibrary(worksheet_repeat_rows(sheet_, first_row_ - 1, first_row_ - 1)));
    const bool indonesian = head_.language == Language::kIndonesian;
    const std::string header = absl::StrCat("&L", PageText(head_.organization));
    const std::string footer = indonesian ? "&RHalaman &P dari &N" : "&RPage &P of &N";
    LUMBUNG_RETURN_IF_ERROR(FromLibrary(worksheet_set_header(sheet_, header.c_str())));
    return FromLibrary(worksheet_set_footer(sheet_, footer.c_str()));
  }

  absl::Status Check(const DocumentRow& row) const {
    if (row.cells.size() > head_.columns.size()) {
      return InvalidArgument("TOO_MANY_CELLS", "cells",
                             absl::StrCat("the row has ", row.cells.size(), " cells, the document ",
                                          head_.columns.size(), " columns"));
    }
    if (row_ >= kMostRows) {
      return InvalidArgument("TOO_MANY_ROWS", "",
                             absl::StrCat("a sheet has room for ", kMostRows,
                                          " rows; export this document as CSV instead"));
    }
    for (const FormulaTerm& term : row.terms) {
      const bool earlier = term.row >= 0 && term.row < DocumentRowIndex();
      if (!earlier || (term.sign != 1 && term.sign != -1)) {
        return InvalidArgument(
            "INVALID_TERM", "terms",
            absl::StrCat("row ", DocumentRowIndex(), " adds ", term.sign, " times row ", term.row,
                         "; it may add or subtract earlier rows"));
      }
    }
    return absl::OkStatus();
  }

  std::int64_t DocumentRowIndex() const { return row_ - first_row_; }

  absl::Status WriteCell(const DocumentRow& row, int column) {
    const auto index = static_cast<std::size_t>(column);
    const DocumentCell& cell = row.cells[index];
    if (const auto* text = std::get_if<std::string>(&cell)) {
      const int indent = head_.columns[index].kind == ColumnKind::kLabel ? row.indent : 0;
      return WriteString(column, *text, Look(CellLook::kText, row.style, indent));
    }
    if (const auto* date = std::get_if<Date>(&cell)) {
      lxw_datetime day = {date->year(), date->month(), date->day(), 0, 0, 0};
      return FromLibrary(worksheet_write_datetime(sheet_, row_, static_cast<lxw_col_t>(column),
                                                  &day, Look(CellLook::kDate, row.style)));
    }
    if (const auto* amount = std::get_if<Decimal>(&cell)) return WriteAmount(row, column, *amount);
    return absl::OkStatus();
  }

  absl::Status WriteAmount(const DocumentRow& row, int column, const Decimal& amount) {
    const std::optional<double> number = SheetNumber(amount);
    if (!number) {
      texts_.emplace(DocumentRowIndex(), column);
      return WriteString(column, amount.ToString(), Look(CellLook::kAmountText, row.style));
    }
    // A finer amount than the column's shows all its decimals.
    const int scale =
        std::max(head_.columns[static_cast<std::size_t>(column)].scale, amount.MinimalScale());
    lxw_format* look = Look(CellLook::kAmount, row.style, 0, scale);
    std::string formula;
    if (!row.terms.empty() && !IsOverText(row, column)) {
      formula = TotalFormula(row.terms, column, first_row_ + 1);
    }
    const auto at = static_cast<lxw_col_t>(column);
    return FromLibrary(formula.empty() ? worksheet_write_number(sheet_, row_, at, *number, look)
                                       : worksheet_write_formula_num(
                                             sheet_, row_, at, formula.c_str(), look, *number));
  }

  bool IsOverText(const DocumentRow& row, int column) const {
    return std::any_of(row.terms.begin(), row.terms.end(), [&](const FormulaTerm& term) {
      return texts_.contains({term.row, column});
    });
  }

  absl::Status WriteString(int column, const std::string& text, lxw_format* look) {
    return FromLibrary(worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column),
                                              CellText(text).c_str(), look));
  }

  absl::Status WriteLines(const std::vector<std::string>& lines) {
    bool written = false;
    for (const std::string& line : lines) {
      if (line.empty()) continue;
      if (!std::exchange(written, true)) ++row_;
      LUMBUNG_RETURN_IF_ERROR(WriteString(0, line, Look(CellLook::kPlain)));
      ++row_;
    }
    return absl::OkStatus();
  }

  // A row of what is compared, both figures and the verdict.
  absl::Status WriteCheck(const DocumentCheck& check) {
    LUMBUNG_RETURN_IF_ERROR(WriteString(0, check.label, Look(CellLook::kPlain)));
    const std::optional<double> left = SheetNumber(check.left);
    const std::optional<double> right = SheetNumber(check.right);
    LUMBUNG_RETURN_IF_ERROR(WriteFigure(1, check.left, left));
    LUMBUNG_RETURN_IF_ERROR(WriteFigure(2, check.right, right));
    const std::string verdict(VerdictWord(head_.language, check.Holds()));
    lxw_format* look = Look(check.Holds() ? CellLook::kPlain : CellLook::kLoud);
    if (left && right) {
      const std::string formula =
          absl::StrCat("=IF(B", row_ + 1, "=C", row_ + 1, ",\"", VerdictWord(head_.language, true),
                       "\",\"", VerdictWord(head_.language, false), "\")");
      LUMBUNG_RETURN_IF_ERROR(FromLibrary(
          worksheet_write_formula_str(sheet_, row_, 3, formula.c_str(), look, verdict.c_str())));
    } else {
      LUMBUNG_RETURN_IF_ERROR(WriteString(3, verdict, look));
    }
    ++row_;
    return absl::OkStatus();
  }

  absl::Status WriteFigure(int column, const Decimal& amount, std::optional<double> number) {
    if (!number) {
      return WriteString(column, amount.ToString(), Look(CellLook::kAmountText));
    }
    const int scale = std::max(2, amount.MinimalScale());
    return FromLibrary(worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(column), *number,
                                              Look(CellLook::kAmount, RowStyle::kLine, 0, scale)));
  }

  std::string DigitsNote() const {
    return head_.language == Language::kIndonesian
               ? "Angka dengan lebih dari 15 digit ditulis sebagai teks agar tidak ada digit yang "
                 "hilang; jumlah atas angka itu bukan rumus."
               : "Amounts of more than 15 digits are written as text so that no digit is lost; "
                 "totals over them are not formulas.";
  }

  std::string NumberFormat(int scale) const {
    const std::string digits =
        scale <= 0 ? "#,##0"
                   : absl::StrCat("#,##0.", std::string(static_cast<std::size_t>(scale), '0'));
    return options_.negative_in_parentheses ? absl::StrCat(digits, "_);(", digits, ")") : digits;
  }

  lxw_format* Look(CellLook look, RowStyle style = RowStyle::kLine, int indent = 0, int scale = 0) {
    indent = std::clamp(indent, 0, kDeepestIndent);
    lxw_format*& format = looks_[{look, style, indent, scale}];
    if (format == nullptr) format = NewLook(look, style, indent, scale);
    return format;
  }

  lxw_format* NewLook(CellLook look, RowStyle style, int indent, int scale) const {
    lxw_format* format = workbook_add_format(book_);
    const bool total = style == RowStyle::kTotal;
    const bool summed = total || style == RowStyle::kSubtotal;
    const bool amount = look == CellLook::kAmount || look == CellLook::kAmountText;
    const bool title = look == CellLook::kTitle || look == CellLook::kHeader;
    const bool loud = look == CellLook::kLoud || style == RowStyle::kProblem;
    if (summed || title || loud || style == RowStyle::kHeading) format_set_bold(format);
    if (loud) format_set_font_color(format, LXW_COLOR_RED);
    if (summed && amount) format_set_top(format, LXW_BORDER_THIN);
    if (total && amount) format_set_bottom(format, LXW_BORDER_DOUBLE);
    if (look == CellLook::kHeader) format_set_bottom(format, LXW_BORDER_THIN);
    if (look == CellLook::kAmount) format_set_num_format(format, NumberFormat(scale).c_str());
    if (look == CellLook::kDate) format_set_num_format(format, "yyyy-mm-dd");
    if (look == CellLook::kAmountText) format_set_align(format, LXW_ALIGN_RIGHT);
    const bool wraps = look == CellLook::kText && style != RowStyle::kParagraph;
    if (wraps || look == CellLook::kHeader) format_set_text_wrap(format);
    if (indent > 0) format_set_indent(format, static_cast<std::uint8_t>(indent));
    return format;
  }

  ByteSink& sink_;
  XlsxWriterOptions options_;
  const std::unique_ptr<TemporaryFile> file_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  absl::flat_hash_set<std::string> sheet_names_;
  std::map<std::tuple<CellLook, RowStyle, int, int>, lxw_format*> looks_;
  DocumentHead head_;
  // The sheet's rows, counted from 0: the next one, and that of the document's row 0.
  lxw_row_t row_ = 0;
  lxw_row_t first_row_ = 0;
  // Row of the document and column of the amounts that became text.
  absl::flat_hash_set<std::pair<std::int64_t, int>> texts_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<DocumentWriter>> NewXlsxWriter(ByteSink& sink,
                                                              const XlsxWriterOptions& options) {
  if (options.created_at_seconds <= 0) {
    return InvalidArgument("INVALID_TIME", "created_at_seconds",
                           "a workbook needs the time it is made at");
  }
  LUMBUNG_ASSIGN_OR_RETURN(auto file, TemporaryFile::Create(options.temporary_folder));
  return std::unique_ptr<DocumentWriter>(
      std::make_unique<XlsxWriter>(sink, options, std::move(file)));
}

}  // namespace lumbung::reports
