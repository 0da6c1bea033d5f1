#include "tests/bench/grpc_load.h"

#include <atomic>
#include <functional>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/time/clock.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "tests/bench/workload.h"

namespace lumbung::bench {
namespace {

namespace v1 = ledger::v1;

std::string NextTag() {
  static std::atomic<int> next{0};
  return absl::StrCat("g", ++next, "-");
}

std::unique_ptr<v1::LedgerService::Stub> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(64 * 1024 * 1024);
  return v1::LedgerService::NewStub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
}

void Check(const grpc::Status& status) {
  if (status.ok()) return;
  std::cerr << "refused: " << status.error_message() << "\n";
  abort();
}

// One slot of calls in flight: when its call ends it starts the next.
template <typename Request, typename Response>
struct Slot {
  std::unique_ptr<grpc::ClientContext> context;
  Request request;
  Response response;
  absl::Time begun;
  std::vector<double> latencies;
};

}  // namespace

void FillEntry(int index, bool hot, v1::JournalEntry* entry) {
  entry->set_effective_date(WorkDate(index));
  entry->set_description("bench entry");
  for (const WorkLine& line : WorkLines(index, hot)) {
    v1::Posting* posting = entry->add_postings();
    posting->set_account(absl::StrCat(line.account));
    posting->mutable_amount()->set_amount(line.amount);
    posting->mutable_amount()->set_currency("IDR");
  }
}

Rate PostOverGrpc(const Endpoint& server, const std::string& book, int in_flight, int total,
                  bool hot) {
  using CallSlot = Slot<v1::CreateJournalEntryRequest, v1::JournalEntry>;
  const auto stub = Connect(server.address);
  const std::string tag = NextTag();
  std::atomic<int> next{0};
  absl::BlockingCounter ended(in_flight);
  std::vector<CallSlot> slots(static_cast<std::size_t>(in_flight));
  std::function<void(CallSlot*)> start = [&](CallSlot* slot) {
    const int index = next++;
    if (index >= total) {
      ended.DecrementCount();
      return;
    }
    slot->context = std::make_unique<grpc::ClientContext>();
    server.Prepare(slot->context.get());
    slot->request.Clear();
    slot->request.set_parent("books/" + book);
    slot->request.set_request_id(absl::StrCat(tag, index));
    FillEntry(index, hot, slot->request.mutable_journal_entry());
    slot->begun = absl::Now();
    stub->async()->CreateJournalEntry(
        slot->context.get(), &slot->request, &slot->response, [&, slot](grpc::Status status) {
          Check(status);
          slot->latencies.push_back(absl::ToDoubleMicroseconds(absl::Now() - slot->begun));
          start(slot);
        });
  };
  const absl::Time begun = absl::Now();
  for (CallSlot& slot : slots) start(&slot);
  ended.Wait();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begun);
  std::vector<double> all;
  for (const CallSlot& slot : slots) {
    all.insert(all.end(), slot.latencies.begin(), slot.latencies.end());
  }
  return {total / seconds, Median(all)};
}

Rate PostBatchesOverGrpc(const Endpoint& server, const std::string& book, int total, int batch) {
  using CallSlot =
      Slot<v1::BatchCreateJournalEntriesRequest, v1::BatchCreateJournalEntriesResponse>;
  const auto stub = Connect(server.address);
  const std::string tag = NextTag();
  std::atomic<int> next{0};
  std::vector<CallSlot> slots(2);
  absl::BlockingCounter ended(2);
  std::function<void(CallSlot*)> start = [&](CallSlot* slot) {
    const int from = next.fetch_add(batch);
    if (from >= total) {
      ended.DecrementCount();
      return;
    }
    slot->context = std::make_unique<grpc::ClientContext>();
    server.Prepare(slot->context.get());
    slot->request.Clear();
    slot->request.set_parent("books/" + book);
    slot->request.set_request_id(absl::StrCat(tag, from));
    for (int i = 0; i < batch; ++i) FillEntry(from + i, false, slot->request.add_journal_entries());
    stub->async()->BatchCreateJournalEntries(slot->context.get(), &slot->request, &slot->response,
                                             [&, slot](grpc::Status status) {
                                               Check(status);
                                               start(slot);
                                             });
  };
  const absl::Time begun = absl::Now();
  for (CallSlot& slot : slots) start(&slot);
  ended.Wait();
  return {total / absl::ToDoubleSeconds(absl::Now() - begun), 0};
}

}  // namespace lumbung::bench
