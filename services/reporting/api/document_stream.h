// From one view of the database to a stream of pieces.
#ifndef LUMBUNG_SERVICES_REPORTING_API_DOCUMENT_STREAM_H_
#define LUMBUNG_SERVICES_REPORTING_API_DOCUMENT_STREAM_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/core/status.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/transaction.h"
#include "reports/model/document.h"
#include "reports/render/files/temporary_file.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"
#include "services/reporting/api/piece_sink.h"
#include "services/reporting/jobs/report_watch.h"
#include "services/reporting/statements/document_writers.h"

namespace lumbung::reporting::api {

// What every handler of documents has.
struct DocumentParts {
  store::ConnectionPool* pool = nullptr;
  BookDirectory* directory = nullptr;
  // A private folder for temporary files.
  std::string scratch_dir;
  std::function<absl::Time()> now;
  // Of a report that is made while nobody waits.
  ReportWatch* watch = nullptr;
};

// The renderer of the format, under watch where there is one. The sink outlives it. The reasons of
// MakeDocumentWriter.
inline absl::StatusOr<std::unique_ptr<reports::DocumentWriter>> NewDocument(
    const DocumentParts& parts, const v1::DocumentOptions& options, reports::ByteSink* sink) {
  LUMBUNG_ASSIGN_OR_RETURN(std::unique_ptr<reports::DocumentWriter> writer,
                           MakeDocumentWriter(options, parts.scratch_dir, parts.now(), sink));
  if (parts.watch == nullptr) return writer;
  return std::make_unique<WatchedWriter>(std::move(writer), parts.watch);
}

// Streams what `write(scope, sink)` writes in a read-only database transaction of the organization;
// to a file first, since a slow client must hold no view of the database.
template <typename Response, typename Write>
absl::Status StreamDocument(const DocumentParts& parts, const CallScope& call,
                            OrganizationId organization, const Write& write,
                            StreamWriter<Response>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<reports::TemporaryFile> file,
                           reports::TemporaryFile::Create(parts.scratch_dir));
  const std::unique_ptr<reports::ByteSink> appender = file->Appender();
  LUMBUNG_RETURN_IF_ERROR(store::RunInTransaction(
      *parts.pool, {organization, store::Access::kReadOnly, call.deadline},
      [&](store::TransactionScope& scope) { return write(scope, *appender); }));
  PieceSink<Response> sink(&writer);
  LUMBUNG_RETURN_IF_ERROR(file->CopyTo(sink));
  return sink.Send();
}

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_DOCUMENT_STREAM_H_
