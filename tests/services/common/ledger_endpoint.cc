#include "tests/services/common/ledger_endpoint.h"

#include <utility>

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include "absl/strings/str_cat.h"

namespace lumbung::testing {

void CallRecorder::OnCallEnd(const CallEnd& end) {
  absl::MutexLock lock(&mutex_);
  ends_.push_back(end);
}

std::vector<CallEnd> CallRecorder::ends() const {
  absl::MutexLock lock(&mutex_);
  return ends_;
}

void CallRecorder::AwaitEnds(std::size_t count) const {
  const auto enough = [this, count]()
                          ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return ends_.size() >= count; };
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&enough));
}

class LedgerEndpoint::Service final : public v1::LedgerService::CallbackService {
 public:
  Service(GrpcAdapter& adapter, Handlers handlers)
      : adapter_(adapter), handlers_(std::move(handlers)) {}

  grpc::ServerUnaryReactor* GetJournalEntry(grpc::CallbackServerContext* context,
                                            const v1::GetJournalEntryRequest* request,
                                            v1::JournalEntry* response) override {
    return adapter_.Unary("lumbung.ledger.v1.LedgerService/GetJournalEntry", context, request,
                          response, handlers_.get);
  }
  grpc::ServerUnaryReactor* ReverseJournalEntry(grpc::CallbackServerContext* context,
                                                const v1::ReverseJournalEntryRequest* request,
                                                v1::JournalEntry* response) override {
    return adapter_.Unary("lumbung.ledger.v1.LedgerService/ReverseJournalEntry", context, request,
                          response, handlers_.reverse);
  }
  grpc::ServerUnaryReactor* CreateJournalEntry(grpc::CallbackServerContext* context,
                                               const v1::CreateJournalEntryRequest* request,
                                               v1::JournalEntry* response) override {
    return adapter_.Async("lumbung.ledger.v1.LedgerService/CreateJournalEntry", context, request,
                          response, handlers_.create);
  }
  grpc::ServerWriteReactor<v1::QueryPostingsResponse>* QueryPostings(
      grpc::CallbackServerContext* context, const v1::QueryPostingsRequest* request) override {
    return adapter_.ServerStream<v1::QueryPostingsRequest, v1::QueryPostingsResponse>(
        "lumbung.ledger.v1.LedgerService/QueryPostings", context, request, handlers_.query);
  }
  grpc::ServerReadReactor<v1::StreamJournalEntriesRequest>* StreamJournalEntries(
      grpc::CallbackServerContext* context, v1::StreamJournalEntriesResponse* response) override {
    return adapter_.ClientStream<v1::StreamJournalEntriesRequest>(
        "lumbung.ledger.v1.LedgerService/StreamJournalEntries", context, response,
        handlers_.stream);
  }

 private:
  GrpcAdapter& adapter_;
  const Handlers handlers_;
};

LedgerEndpoint::LedgerEndpoint(Handlers handlers, Options options)
    : authenticator_(options.authenticator == nullptr ? &trusting_ : options.authenticator),
      calls_(std::make_unique<WorkerPool>(options.threads, options.max_waiting)),
      streams_(std::make_unique<WorkerPool>(options.threads, options.max_waiting)),
      adapter_(std::make_unique<GrpcAdapter>(GrpcAdapter::Options{.calls = calls_.get(),
                                                                  .streams = streams_.get(),
                                                                  .authenticator = authenticator_,
                                                                  .observer = &recorder_,
                                                                  .deadlines = options.deadlines})),
      service_(std::make_unique<Service>(*adapter_, std::move(handlers))) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(service_.get());
  server_ = builder.BuildAndStart();
  channel_ =
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials());
  stub_ = v1::LedgerService::NewStub(channel_);
}

LedgerEndpoint::~LedgerEndpoint() {
  Stop();
}

void LedgerEndpoint::Stop() {
  if (server_ != nullptr) server_->Shutdown();
  calls_.reset();
  streams_.reset();
  server_.reset();
}

}  // namespace lumbung::testing
