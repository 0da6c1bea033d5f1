// Streams as handlers see them, blocking and in a straight line, and the reactors beneath. Only the
// adapter makes reactors.
//
// Waiting ends at the call's deadline: a client that stops reading or sending cannot hold a thread
// for longer.
#ifndef LUMBUNG_SERVICES_COMMON_STREAM_REACTORS_H_
#define LUMBUNG_SERVICES_COMMON_STREAM_REACTORS_H_

#include <cstddef>
#include <deque>
#include <utility>

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace lumbung {

// Sends the messages of a server stream. Used by one thread.
template <typename Response>
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  // Waits until the message before this one is on its way. False when the client has gone or the
  // deadline has passed: stop.
  virtual bool Write(Response response) = 0;
};

// Receives the messages of a client stream. Used by one thread.
template <typename Request>
class StreamReader {
 public:
  virtual ~StreamReader() = default;
  // Waits for a message. False at the end of the stream, when the client has gone, or when the
  // deadline has passed.
  virtual bool Read(Request* request) = 0;
};

// The reactors delete themselves when the library is done with them.
template <typename Response>
class WriteReactor final : public grpc::ServerWriteReactor<Response>,
                           public StreamWriter<Response> {
 public:
  explicit WriteReactor(grpc::CallbackServerContext* context) : context_(context) {}
  void SetDeadline(absl::Time deadline) { deadline_ = deadline; }

  bool Write(Response response) override {
    if (!Settle()) return false;
    message_ = std::move(response);
    {
      absl::MutexLock lock(&mutex_);
      writing_ = true;
    }
    this->StartWrite(&message_);
    return true;
  }

  // Waits for the last message to be on its way; a call must not be answered before.
  bool Settle() {
    if (!AwaitIdle(deadline_)) {
      context_->TryCancel();
      AwaitIdle(absl::InfiniteFuture());
    }
    absl::MutexLock lock(&mutex_);
    return ok_;
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    ok_ = ok;
  }
  void OnDone() override { delete this; }

 private:
  bool AwaitIdle(absl::Time deadline) {
    absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithDeadline(absl::Condition(
                                        +[](bool* writing) { return !*writing; }, &writing_),
                                    deadline);
  }

  grpc::CallbackServerContext* const context_;
  absl::Time deadline_ = absl::InfiniteFuture();
  Response message_;
  absl::Mutex mutex_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool ok_ ABSL_GUARDED_BY(mutex_) = true;
};

// Reads ahead, within limits, so that a fast client costs no change of threads per message.
template <typename Request>
class ReadReactor final : public grpc::ServerReadReactor<Request>, public StreamReader<Request> {
 public:
  explicit ReadReactor(grpc::CallbackServerContext*) {}
  void SetDeadline(absl::Time deadline) { deadline_ = deadline; }

  bool Read(Request* request) override {
    absl::MutexLock lock(&mutex_);
    MaybeStartRead();
    mutex_.AwaitWithDeadline(absl::Condition(
                                 +[](ReadReactor* self) ABSL_SHARED_LOCKS_REQUIRED(self->mutex_) {
                                   return self->ended_ || !self->arrived_.empty();
                                 },
                                 this),
                             deadline_);
    if (arrived_.empty()) return false;
    *request = std::move(arrived_.front());
    arrived_.pop_front();
    bytes_ -= request->ByteSizeLong();
    MaybeStartRead();
    return true;
  }

  // A read may be under way when the call is answered.
  void Settle() {}

  void OnReadDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    reading_ = false;
    if (!ok) {
      ended_ = true;
      return;
    }
    bytes_ += incoming_.ByteSizeLong();
    arrived_.push_back(std::move(incoming_));
    incoming_ = Request();
    MaybeStartRead();
  }
  void OnDone() override { delete this; }

 private:
  static constexpr std::size_t kMaxMessagesAhead = 128;
  static constexpr std::size_t kMaxBytesAhead = 1 << 20;

  void MaybeStartRead() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (reading_ || ended_ || arrived_.size() >= kMaxMessagesAhead || bytes_ >= kMaxBytesAhead) {
      return;
    }
    reading_ = true;
    this->StartRead(&incoming_);
  }

  absl::Time deadline_ = absl::InfiniteFuture();
  Request incoming_;
  absl::Mutex mutex_;
  std::deque<Request> arrived_ ABSL_GUARDED_BY(mutex_);
  std::size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_STREAM_REACTORS_H_
