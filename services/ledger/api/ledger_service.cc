#include "services/ledger/api/ledger_service.h"

#include <utility>

#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "services/common/unary_method.h"

#define LUMBUNG_METHOD(method, response_type, handlers) \
  LUMBUNG_UNARY_METHOD("lumbung.ledger.v1.LedgerService", method, response_type, handlers)

namespace lumbung::ledger::api {
namespace {

class LedgerServiceImpl final : public v1::LedgerService::CallbackService {
 public:
  LedgerServiceImpl(GrpcAdapter* adapter, LedgerHandlers handlers)
      : adapter_(adapter), handlers_(handlers) {}

  // These two hand their entries to the poster and are answered from there.
  grpc::ServerUnaryReactor* CreateJournalEntry(grpc::CallbackServerContext* context,
                                               const v1::CreateJournalEntryRequest* request,
                                               v1::JournalEntry* response) override {
    return adapter_->Async<v1::CreateJournalEntryRequest, v1::JournalEntry>(
        "lumbung.ledger.v1.LedgerService/CreateJournalEntry", context, request, response,
        [this](CallScope call, const v1::CreateJournalEntryRequest& message, auto done) {
          handlers_.posting->CreateJournalEntry(std::move(call), message, std::move(done));
        });
  }
  grpc::ServerUnaryReactor* BatchCreateJournalEntries(
      grpc::CallbackServerContext* context, const v1::BatchCreateJournalEntriesRequest* request,
      v1::BatchCreateJournalEntriesResponse* response) override {
    return adapter_
        ->Async<v1::BatchCreateJournalEntriesRequest, v1::BatchCreateJournalEntriesResponse>(
            "lumbung.ledger.v1.LedgerService/BatchCreateJournalEntries", context, request, response,
            [this](CallScope call, const v1::BatchCreateJournalEntriesRequest& message, auto done) {
              handlers_.posting->BatchCreateJournalEntries(std::move(call), message,
                                                           std::move(done));
            });
  }
  grpc::ServerReadReactor<v1::StreamJournalEntriesRequest>* StreamJournalEntries(
      grpc::CallbackServerContext* context, v1::StreamJournalEntriesResponse* response) override {
    return adapter_
        ->ClientStream<v1::StreamJournalEntriesRequest, v1::StreamJournalEntriesResponse>(
            "lumbung.ledger.v1.LedgerService/StreamJournalEntries", context, response,
            [this](CallScope& call, StreamReader<v1::StreamJournalEntriesRequest>& reader) {
              return handlers_.posting->StreamJournalEntries(call, reader);
            });
  }
  LUMBUNG_METHOD(ReverseJournalEntry, JournalEntry, handlers_.posting)
  LUMBUNG_METHOD(GetJournalEntry, JournalEntry, handlers_.entries)
  LUMBUNG_METHOD(ListJournalEntries, ListJournalEntriesResponse, handlers_.entries)
  LUMBUNG_METHOD(GetBalance, GetBalanceResponse, handlers_.balances)
  LUMBUNG_METHOD(ListBalances, ListBalancesResponse, handlers_.balances)
  LUMBUNG_METHOD(ListPeriods, ListPeriodsResponse, handlers_.periods)
  LUMBUNG_METHOD(ClosePeriod, Period, handlers_.periods)
  LUMBUNG_METHOD(ReopenPeriod, Period, handlers_.periods)
  LUMBUNG_METHOD(CloseFiscalYear, CloseFiscalYearResponse, handlers_.periods)
  LUMBUNG_METHOD(CreateBalanceAssertion, BalanceAssertion, handlers_.assertions)
  LUMBUNG_METHOD(ListBalanceAssertions, ListBalanceAssertionsResponse, handlers_.assertions)

  grpc::ServerWriteReactor<v1::QueryPostingsResponse>* QueryPostings(
      grpc::CallbackServerContext* context, const v1::QueryPostingsRequest* request) override {
    return adapter_->ServerStream<v1::QueryPostingsRequest, v1::QueryPostingsResponse>(
        "lumbung.ledger.v1.LedgerService/QueryPostings", context, request,
        [this](CallScope& call, const v1::QueryPostingsRequest& message,
               StreamWriter<v1::QueryPostingsResponse>& writer) {
          return handlers_.balances->QueryPostings(call, message, writer);
        });
  }

 private:
  GrpcAdapter* const adapter_;
  const LedgerHandlers handlers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeLedgerService(GrpcAdapter* adapter, LedgerHandlers handlers) {
  return std::make_unique<LedgerServiceImpl>(adapter, handlers);
}

}  // namespace lumbung::ledger::api
