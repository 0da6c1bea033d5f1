#include "reports/render/tables/csv_writer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "reports/render/tables/csv_text.h"
#include "reports/render/tables/row_words.h"

namespace lumbung::reports {
namespace {

std::string CsvCell(const DocumentCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return CsvText(*text);
  if (const auto* date = std::get_if<Date>(&cell)) return date->ToString();
  if (const auto* amount = std::get_if<Decimal>(&cell)) return amount->ToString();
  return "";
}

class CsvWriter final : public DocumentWriter {
 public:
  CsvWriter(ByteSink& sink, const CsvWriterOptions& options) : sink_(sink), options_(options) {}

  absl::Status Begin(const DocumentHead& head) override {
    if (begun_ && !options_.several_documents) {
      return FailedPrecondition("ONE_DOCUMENT_ONLY", "",
                                absl::StrCat("this CSV file already holds the document \"",
                                             head_.name, "\"; each needs a file of its own"));
    }
    begun_ = true;
    head_ = head;
    row_ = 0;
    std::string header = options_.several_documents ? "document," : "";
    absl::StrAppend(&header, "row,style,indent,id");
    for (const DocumentColumn& column : head.columns) {
      absl::StrAppend(&header, ",", CsvQuoted(column.key));
    }
    absl::StrAppend(&header, "\r\n");
    if (header == header_) return absl::OkStatus();
    header_ = header;
    return sink_.Write(header);
  }

  absl::Status Add(const DocumentRow& row) override {
    LUMBUNG_RETURN_IF_ERROR(CheckCells(head_, row));
    std::string line;
    if (options_.several_documents) absl::StrAppend(&line, CsvText(head_.name), ",");
    absl::StrAppend(&line, row_++, ",", StyleWord(row.style), ",", row.indent, ",",
                    CsvText(row.id));
    for (std::size_t i = 0; i < head_.columns.size(); ++i) {
      absl::StrAppend(&line, ",", i < row.cells.size() ? CsvCell(row.cells[i]) : "");
    }
    absl::StrAppend(&line, "\r\n");
    return sink_.Write(line);
  }

  absl::Status End(const DocumentFoot&) override { return absl::OkStatus(); }
  absl::Status Finish() override { return absl::OkStatus(); }

 private:
  ByteSink& sink_;
  const CsvWriterOptions options_;
  bool begun_ = false;
  DocumentHead head_;
  std::string header_;
  std::int64_t row_ = 0;
};

}  // namespace

std::unique_ptr<DocumentWriter> NewCsvWriter(ByteSink& sink, const CsvWriterOptions& options) {
  return std::make_unique<CsvWriter>(sink, options);
}

}  // namespace lumbung::reports
