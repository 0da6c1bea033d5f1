#include "services/reporting/statements/document_writers.h"

#include <utility>

#include "ledger/core/status.h"
#include "reports/render/pdf/pdf_writer.h"
#include "reports/render/tables/csv_writer.h"
#include "reports/render/tables/json_writer.h"
#include "reports/render/tables/text_writer.h"
#include "reports/render/xlsx/xlsx_writer.h"

namespace lumbung::reporting {
namespace {

// Room for the three pairs of columns of a statement by class.
constexpr int kTextWidth = 132;

NumberLocale LocaleOf(const v1::DocumentOptions& options) {
  return options.language() == v1::DOCUMENT_LANGUAGE_ENGLISH ? NumberLocale::kEnglish
                                                             : NumberLocale::kIndonesian;
}

}  // namespace

absl::StatusOr<std::unique_ptr<reports::DocumentWriter>> MakeDocumentWriter(
    const v1::DocumentOptions& options, const std::string& scratch_dir, absl::Time created,
    reports::ByteSink* sink) {
  switch (options.format()) {
    case v1::DOCUMENT_FORMAT_PDF: {
      reports::PdfWriter::Options pdf;
      pdf.paper = options.f4() ? reports::Paper::kF4 : reports::Paper::kA4;
      pdf.landscape = options.landscape();
      pdf.amounts = {LocaleOf(options), !options.negative_with_minus()};
      pdf.created = created;
      pdf.scratch_dir = scratch_dir;
      return reports::PdfWriter::Create(std::move(pdf), sink);
    }
    case v1::DOCUMENT_FORMAT_XLSX:
      return reports::NewXlsxWriter(
          *sink, {scratch_dir, absl::ToUnixSeconds(created), !options.negative_with_minus()});
    case v1::DOCUMENT_FORMAT_CSV:
      return reports::NewCsvWriter(*sink, {/*several_documents=*/true});
    case v1::DOCUMENT_FORMAT_JSON:
      return reports::NewJsonWriter(*sink);
    case v1::DOCUMENT_FORMAT_TEXT: {
      reports::TextWriterOptions text;
      text.locale = LocaleOf(options);
      text.negative = options.negative_with_minus() ? reports::NegativeStyle::kMinus
                                                    : reports::NegativeStyle::kParentheses;
      text.width = kTextWidth;
      return reports::NewTextWriter(*sink, text);
    }
    default:
      return InvalidArgument("UNKNOWN_FORMAT", "format",
                             "a document is PDF, XLSX, CSV, JSON or text");
  }
}

}  // namespace lumbung::reporting
