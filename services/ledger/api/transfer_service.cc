#include "services/ledger/api/transfer_service.h"

#include "lumbung/ledger/v1/transfer_service.grpc.pb.h"
#include "services/common/unary_method.h"

#define LUMBUNG_METHOD(method, response_type) \
  LUMBUNG_UNARY_METHOD("lumbung.ledger.v1.TransferService", method, response_type, handlers_)

namespace lumbung::ledger::api {
namespace {

class TransferServiceImpl final : public v1::TransferService::CallbackService {
 public:
  TransferServiceImpl(GrpcAdapter* adapter, TransferHandlers* handlers)
      : adapter_(adapter), handlers_(handlers) {}

  grpc::ServerReadReactor<v1::UploadFilesRequest>* UploadFiles(
      grpc::CallbackServerContext* context, v1::UploadFilesResponse* response) override {
    return adapter_->ClientStream<v1::UploadFilesRequest, v1::UploadFilesResponse>(
        "lumbung.ledger.v1.TransferService/UploadFiles", context, response,
        [this](CallScope& call, StreamReader<v1::UploadFilesRequest>& reader) {
          return handlers_->UploadFiles(call, reader);
        });
  }
  grpc::ServerWriteReactor<v1::ExportJournalResponse>* ExportJournal(
      grpc::CallbackServerContext* context, const v1::ExportJournalRequest* request) override {
    return adapter_->ServerStream<v1::ExportJournalRequest, v1::ExportJournalResponse>(
        "lumbung.ledger.v1.TransferService/ExportJournal", context, request,
        [this](CallScope& call, const v1::ExportJournalRequest& message,
               StreamWriter<v1::ExportJournalResponse>& writer) {
          return handlers_->ExportJournal(call, message, writer);
        });
  }
  grpc::ServerWriteReactor<v1::Operation>* WatchOperation(
      grpc::CallbackServerContext* context, const v1::WatchOperationRequest* request) override {
    return adapter_->ServerStream<v1::WatchOperationRequest, v1::Operation>(
        "lumbung.ledger.v1.TransferService/WatchOperation", context, request,
        [this](CallScope& call, const v1::WatchOperationRequest& message,
               StreamWriter<v1::Operation>& writer) {
          return handlers_->WatchOperation(call, message, writer);
        });
  }
  LUMBUNG_METHOD(ImportJournal, Operation)
  LUMBUNG_METHOD(GetOperation, Operation)
  LUMBUNG_METHOD(ListOperations, ListOperationsResponse)
  LUMBUNG_METHOD(CancelOperation, Operation)
  LUMBUNG_METHOD(SaveCsvMapping, CsvMapping)
  LUMBUNG_METHOD(ListCsvMappings, ListCsvMappingsResponse)

 private:
  GrpcAdapter* const adapter_;
  TransferHandlers* const handlers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeTransferService(GrpcAdapter* adapter,
                                                   TransferHandlers* handlers) {
  return std::make_unique<TransferServiceImpl>(adapter, handlers);
}

}  // namespace lumbung::ledger::api
