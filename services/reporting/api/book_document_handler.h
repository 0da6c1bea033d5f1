// The book itself as a document, as callers ask for it.
#ifndef LUMBUNG_SERVICES_REPORTING_API_BOOK_DOCUMENT_HANDLER_H_
#define LUMBUNG_SERVICES_REPORTING_API_BOOK_DOCUMENT_HANDLER_H_

#include <utility>

#include "absl/status/status.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"
#include "services/reporting/api/document_stream.h"

namespace lumbung::reporting::api {

// Thread-safe.
class BookDocumentHandler {
 public:
  explicit BookDocumentHandler(DocumentParts parts) : parts_(std::move(parts)) {}

  absl::Status PrintBook(CallScope& call, const v1::PrintBookRequest& request,
                         StreamWriter<v1::PrintBookResponse>& writer);

 private:
  const DocumentParts parts_;
};

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_BOOK_DOCUMENT_HANDLER_H_
