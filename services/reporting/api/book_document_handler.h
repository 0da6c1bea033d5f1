// The book itself as a document, as callers ask for it.
#ifndef LUMBUNG_SERVICES_REPORTING_API_BOOK_DOCUMENT_HANDLER_H_
#define LUMBUNG_SERVICES_REPORTING_API_BOOK_DOCUMENT_HANDLER_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ledger/store/connection_pool.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"

namespace lumbung::reporting::api {

// Thread-safe.
class BookDocumentHandler {
 public:
  struct Parts {
    store::ConnectionPool* pool = nullptr;
    BookDirectory* directory = nullptr;
    // A private folder for temporary files.
    std::string scratch_dir;
    std::function<absl::Time()> now;
  };
  explicit BookDocumentHandler(Parts parts) : parts_(std::move(parts)) {}

  absl::Status PrintBook(CallScope& call, const v1::PrintBookRequest& request,
                         StreamWriter<v1::PrintBookResponse>& writer);

 private:
  const Parts parts_;
};

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_BOOK_DOCUMENT_HANDLER_H_
