// From the format that a request names to the renderer that makes it.
#ifndef LUMBUNG_SERVICES_REPORTING_STATEMENTS_DOCUMENT_WRITERS_H_
#define LUMBUNG_SERVICES_REPORTING_STATEMENTS_DOCUMENT_WRITERS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "reports/model/document.h"

namespace lumbung::reporting {

// `created` is written into files that say when they were made; the sink outlives the writer.
// UNKNOWN_FORMAT, FONT_MISSING, TEMPORARY_FILE_FAILED.
absl::StatusOr<std::unique_ptr<reports::DocumentWriter>> MakeDocumentWriter(
    const v1::DocumentOptions& options, const std::string& scratch_dir, absl::Time created,
    reports::ByteSink* sink);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_STATEMENTS_DOCUMENT_WRITERS_H_
