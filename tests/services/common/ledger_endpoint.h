// A real server over loopback whose ledger service answers with whatever a test says, through the
// adapter.
#ifndef LUMBUNG_TESTS_SERVICES_COMMON_LEDGER_ENDPOINT_H_
#define LUMBUNG_TESTS_SERVICES_COMMON_LEDGER_ENDPOINT_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <grpcpp/channel.h>
#include <grpcpp/server.h>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "services/common/grpc_adapter.h"
#include "tests/support/trusting_authenticator.h"

namespace lumbung::testing {

namespace v1 = ::lumbung::ledger::v1;

// Remembers every call's end.
class CallRecorder final : public CallObserver {
 public:
  void OnCallEnd(const CallEnd& end) override;
  std::vector<CallEnd> ends() const;
  // Waits for so many calls to end.
  void AwaitEnds(std::size_t count) const;

 private:
  mutable absl::Mutex mutex_;
  std::vector<CallEnd> ends_ ABSL_GUARDED_BY(mutex_);
};

struct Handlers {
  std::function<absl::StatusOr<v1::JournalEntry>(CallScope&, const v1::GetJournalEntryRequest&)>
      get;
  std::function<absl::StatusOr<v1::JournalEntry>(CallScope&, const v1::ReverseJournalEntryRequest&)>
      reverse;
  std::function<void(CallScope, const v1::CreateJournalEntryRequest&,
                     GrpcAdapter::Done<v1::JournalEntry>)>
      create;
  std::function<absl::Status(CallScope&, const v1::QueryPostingsRequest&,
                             StreamWriter<v1::QueryPostingsResponse>&)>
      query;
  std::function<absl::StatusOr<v1::StreamJournalEntriesResponse>(
      CallScope&, StreamReader<v1::StreamJournalEntriesRequest>&)>
      stream;
};

class LedgerEndpoint {
 public:
  struct Options {
    int threads = 2;
    std::size_t max_waiting = 10;
    GrpcAdapter::Deadlines deadlines = {};
    // One that trusts everybody when null.
    Authenticator* authenticator = nullptr;
  };

  LedgerEndpoint(Handlers handlers, Options options);
  ~LedgerEndpoint();

  v1::LedgerService::Stub& stub() { return *stub_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  const CallRecorder& recorder() const { return recorder_; }
  // Ends the server, answering what it has accepted.
  void Stop();

 private:
  class Service;

  CallRecorder recorder_;
  TrustingAuthenticator trusting_;
  Authenticator* const authenticator_;
  std::unique_ptr<WorkerPool> calls_;
  std::unique_ptr<WorkerPool> streams_;
  std::unique_ptr<GrpcAdapter> adapter_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::LedgerService::Stub> stub_;
};

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SERVICES_COMMON_LEDGER_ENDPOINT_H_
