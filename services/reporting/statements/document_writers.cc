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

NumberLocale LocaleOf(const v1::PrintStatementsRequest& request) {
  return request.language() == v1::DOCUMENT_LANGUAGE_ENGLISH ? NumberLocale::kEnglish
                                                             : NumberLocale::kIndonesian;
}

}  // namespace

absl::StatusOr<std::unique_ptr<reports::DocumentWriter>> MakeDocumentWriter(
    const v1::PrintStatementsRequest& request, const std::string& scratch_dir, absl::Time created,
    reports::ByteSink* sink) {
  switch (request.format()) {
    case v1::DOCUMENT_FORMAT_PDF: {
      reports::PdfWriter::Options options;
      options.paper = request.f4() ? reports::Paper::kF4 : reports::Paper::kA4;
      options.landscape = request.landscape();
      options.amounts = {LocaleOf(request), !request.negative_with_minus()};
      options.created = created;
      options.scratch_dir = scratch_dir;
      return reports::PdfWriter::Create(std::move(options), sink);
    }
    case v1::DOCUMENT_FORMAT_XLSX:
      return reports::NewXlsxWriter(
          *sink, {scratch_dir, absl::ToUnixSeconds(created), !request.negative_with_minus()});
    case v1::DOCUMENT_FORMAT_CSV:
      return reports::NewCsvWriter(*sink, {/*several_documents=*/true});
    case v1::DOCUMENT_FORMAT_JSON:
      return reports::NewJsonWriter(*sink);
    case v1::DOCUMENT_FORMAT_TEXT: {
      reports::TextWriterOptions options;
      options.locale = LocaleOf(request);
      options.negative = request.negative_with_minus() ? reports::NegativeStyle::kMinus
                                                       : reports::NegativeStyle::kParentheses;
      options.width = kTextWidth;
      return reports::NewTextWriter(*sink, options);
    }
    default:
      return InvalidArgument("UNKNOWN_FORMAT", "format",
                             "a document is PDF, XLSX, CSV, JSON or text");
  }
}

}  // namespace lumbung::reporting
