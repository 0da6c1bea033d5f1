// What a caller says about any document, checked, and as documents have it.
#ifndef LUMBUNG_SERVICES_REPORTING_STATEMENTS_DOCUMENT_OPTIONS_H_
#define LUMBUNG_SERVICES_REPORTING_STATEMENTS_DOCUMENT_OPTIONS_H_

#include <string>

#include "absl/status/status.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "reports/model/document.h"

namespace lumbung::reporting {

// INVALID_FILTER, TEXT_TOO_LONG.
absl::Status CheckOptions(const v1::DocumentOptions& options);

bool IsEnglish(const v1::DocumentOptions& options);

// With the options' signatures, and the mark of a small organization; the rest is the caller's.
reports::DocumentFrame FrameOf(const v1::DocumentOptions& options, const std::string& organization,
                               bool small_organization);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_STATEMENTS_DOCUMENT_OPTIONS_H_
