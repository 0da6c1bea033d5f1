// Client: posts entries, remembers what it was told, and knows of which calls it has no answer.
#ifndef LUMBUNG_TESTS_CRASH_CLIENT_H_
#define LUMBUNG_TESTS_CRASH_CLIENT_H_

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <grpcpp/channel.h>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "tests/crash/call.h"

namespace lumbung::crash {

// A seeded source of choices.
class Choices {
 public:
  explicit Choices(std::uint64_t seed) : engine_(seed) {}
  // From `least` to `most`, both included.
  int Between(int least, int most);
  bool OneIn(int count) { return Between(1, count) == 1; }

 private:
  std::mt19937_64 engine_;
};

// How far the clients have come together, and when they are to stop. Thread-safe.
class Load {
 public:
  void CountAcknowledged();
  // Waits for so many acknowledgements from now on. False when they do not come within a minute.
  bool AwaitMore(int count);
  void Stop();
  bool stopping() const;

 private:
  mutable absl::Mutex mutex_;
  int acknowledged_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

// Used by one thread at a time.
class Client {
 public:
  Client(int index, std::string book, std::uint64_t seed);

  // The server to ask from now on.
  void Connect(const std::shared_ptr<grpc::Channel>& channel);

  // Posts single entries, batches and reversals, one call after the other, while there is a server.
  void PostUntilStopped(Load& load);
  // Reads a balance; a server that is up again has to answer the first time.
  void ReadBalance();
  // Repeats every call in doubt until it is answered.
  void ResolveDoubts();
  // Repeats a few acknowledged calls: they must be answered as they were before.
  void RepeatAcknowledged(int count);

  const std::string& book() const { return book_; }
  const std::vector<AcknowledgedCall>& acknowledged() const { return acknowledged_; }
  const std::vector<Call>& in_doubt() const { return in_doubt_; }
  // Of the calls that were in doubt: how many had been done all the same.
  int doubts() const { return doubts_; }
  int doubts_found_done() const { return doubts_found_done_; }
  // Answers that nobody should get; empty when all is well.
  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  using Answer = absl::StatusOr<std::vector<BookedEntry>>;

  Call NextCall();
  Call NextReversal();
  Entry NextEntry(const std::string& description);
  std::string NextDate();
  Answer Ask(const Call& call, absl::Duration patience);
  void Acknowledge(Call call, std::vector<BookedEntry> entries);
  void Complain(const Call& call, const std::string& about);

  const int index_;
  const std::string book_;
  Choices choices_;
  std::unique_ptr<v1::LedgerService::Stub> stub_;
  int calls_ = 0;
  int doubts_ = 0;
  int doubts_found_done_ = 0;
  std::vector<AcknowledgedCall> acknowledged_;
  std::vector<Call> in_doubt_;
  // Entries of ours that nobody has tried to reverse.
  std::vector<BookedEntry> reversible_;
  std::vector<std::string> complaints_;
};

}  // namespace lumbung::crash

#endif  // LUMBUNG_TESTS_CRASH_CLIENT_H_
