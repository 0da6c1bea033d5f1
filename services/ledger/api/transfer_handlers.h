// The calls of TransferService: straight-line code that names what it needs and lets
// services/ledger/transfer do it.
#ifndef LUMBUNG_SERVICES_LEDGER_API_TRANSFER_HANDLERS_H_
#define LUMBUNG_SERVICES_LEDGER_API_TRANSFER_HANDLERS_H_

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"
#include "lumbung/ledger/v1/transfer_service.pb.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"
#include "services/common/grpc_adapter.h"
#include "services/ledger/transfer/operations.h"
#include "services/ledger/transfer/upload_store.h"

namespace lumbung::ledger::api {

class TransferHandlers {
 public:
  // All outlive the handlers.
  struct Parts {
    store::ConnectionPool* pool = nullptr;
    BookDirectory* directory = nullptr;
    transfer::UploadStore* uploads = nullptr;
    transfer::Operations* operations = nullptr;
    std::function<absl::Time()> now;
    std::function<void(char* bytes, std::size_t count)> random_bytes;
    // Told after an import has changed a book.
    std::function<void(BookKey)> on_book_changed;
  };

  explicit TransferHandlers(Parts parts) : parts_(std::move(parts)) {}

  absl::StatusOr<v1::UploadFilesResponse> UploadFiles(
      CallScope& call, StreamReader<v1::UploadFilesRequest>& reader);
  absl::StatusOr<v1::Operation> ImportJournal(CallScope& call,
                                              const v1::ImportJournalRequest& request);
  absl::Status ExportJournal(CallScope& call, const v1::ExportJournalRequest& request,
                             StreamWriter<v1::ExportJournalResponse>& writer);
  absl::StatusOr<v1::Operation> GetOperation(CallScope& call,
                                             const v1::GetOperationRequest& request);
  absl::Status WatchOperation(CallScope& call, const v1::WatchOperationRequest& request,
                              StreamWriter<v1::Operation>& writer);
  absl::StatusOr<v1::ListOperationsResponse> ListOperations(
      CallScope& call, const v1::ListOperationsRequest& request);
  absl::StatusOr<v1::Operation> CancelOperation(CallScope& call,
                                                const v1::CancelOperationRequest& request);
  absl::StatusOr<v1::CsvMapping> SaveCsvMapping(CallScope& call,
                                                const v1::SaveCsvMappingRequest& request);
  absl::StatusOr<v1::ListCsvMappingsResponse> ListCsvMappings(
      CallScope& call, const v1::ListCsvMappingsRequest& request);

 private:
  struct OperationKey {
    OrganizationId organization{};
    std::string id;
  };
  absl::StatusOr<OperationKey> Operation(const CallScope& call, const std::string& name);
  // CSV_MAPPING_NOT_FOUND.
  absl::StatusOr<import::CsvMapping> FindMapping(const CallScope& call, BookKey book,
                                                 const std::string& id);
  absl::StatusOr<transfer::ImportOptions> OptionsOf(const CallScope& call, BookKey book,
                                                    const v1::ImportJournalRequest& request);

  const Parts parts_;
  std::atomic<int> running_exports_ = 0;
};

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_TRANSFER_HANDLERS_H_
