// GrpcAdapter: the only code that knows reactors. Handlers are straight-line functions; the adapter
// runs them on the worker pool, or starts them on the RPC library's thread when they only hand work
// over.
//
// Every call gets a deadline: its own, at most kMaxDeadline away, or kDefaultDeadline. A call that
// has expired or was cancelled before its turn never runs. Overload is answered RESOURCE_EXHAUSTED
// (OVERLOADED) at once.
#ifndef LUMBUNG_SERVICES_COMMON_GRPC_ADAPTER_H_
#define LUMBUNG_SERVICES_COMMON_GRPC_ADAPTER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "services/common/call_observer.h"
#include "services/common/call_scope.h"
#include "services/common/error_mapping.h"
#include "services/common/worker_pool.h"

namespace lumbung {

inline constexpr absl::Duration kDefaultDeadline = absl::Seconds(30);
inline constexpr absl::Duration kMaxDeadline = absl::Minutes(10);
// Streams carry books, and books take their time.
inline constexpr absl::Duration kMaxStreamDeadline = absl::Hours(6);

// Sends the messages of a server stream. Write waits until the message before it is on its way.
template <typename Response>
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  // False when the client has gone: stop.
  virtual bool Write(Response response) = 0;
};

// Receives the messages of a client stream.
template <typename Request>
class StreamReader {
 public:
  virtual ~StreamReader() = default;
  // False at the end of the stream, or when the client has gone.
  virtual bool Read(Request* request) = 0;
};

class GrpcAdapter {
 public:
  GrpcAdapter(WorkerPool* pool, CallObserver* observer) : pool_(pool), observer_(observer) {}

  template <typename Request, typename Response>
  using UnaryHandler = std::function<absl::StatusOr<Response>(CallScope&, const Request&)>;
  template <typename Request, typename Response>
  using AsyncHandler = std::function<void(CallScope, const Request&,
                                          std::function<void(absl::StatusOr<Response>)>)>;
  template <typename Request, typename Response>
  using ServerStreamHandler =
      std::function<absl::Status(CallScope&, const Request&, StreamWriter<Response>&)>;
  template <typename Request, typename Response>
  using ClientStreamHandler =
      std::function<absl::StatusOr<Response>(CallScope&, StreamReader<Request>&)>;

  // Runs the handler on the pool.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Unary(const char* method, grpc::CallbackServerContext* context,
                                  const Request* request, Response* response,
                                  UnaryHandler<Request, Response> handler) {
    return Async<Request, Response>(
        method, context, request, response,
        [this, handler = std::move(handler)](
            CallScope scope, const Request& message,
            std::function<void(absl::StatusOr<Response>)> done) {
          const bool accepted = pool_->TryRun([handler, scope, &message, done]() mutable {
            if (scope.cancelled() || absl::Now() >= scope.deadline) {
              done(Expired());
            } else {
              done(handler(scope, message));
            }
          });
          if (!accepted) done(Overloaded());
        });
  }

  // Runs the handler on the library's thread: it must not block, and answers through `done`, once,
  // from any thread. The request lives until then.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Async(const char* method, grpc::CallbackServerContext* context,
                                  const Request* request, Response* response,
                                  AsyncHandler<Request, Response> handler) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    const Ending begun = Begin(method, context);
    auto finish = [this, reactor, response,
                   ending = begun](absl::StatusOr<Response> result) mutable {
      if (result.ok()) *response = *std::move(result);
      ending.status = result.status();
      End(ending);
      reactor->Finish(ToGrpcStatus(result.status()));
    };
    absl::StatusOr<CallScope> scope =
        ScopeOf(context, begun.call_id, kDefaultDeadline, kMaxDeadline);
    if (!scope.ok()) {
      finish(scope.status());
    } else {
      handler(*std::move(scope), *request, std::move(finish));
    }
    return reactor;
  }

  template <typename Request, typename Response>
  grpc::ServerWriteReactor<Response>* ServerStream(const char* method,
                                                   grpc::CallbackServerContext* context,
                                                   const Request* request,
                                                   ServerStreamHandler<Request, Response> handler) {
    auto* reactor = new WriteReactor<Response>();
    Stream(method, context, reactor,
           [handler = std::move(handler), request, reactor](CallScope& scope) {
             return handler(scope, *request, *reactor);
           });
    return reactor;
  }

  template <typename Request, typename Response>
  grpc::ServerReadReactor<Request>* ClientStream(const char* method,
                                                 grpc::CallbackServerContext* context,
                                                 Response* response,
                                                 ClientStreamHandler<Request, Response> handler) {
    auto* reactor = new ReadReactor<Request>();
    Stream(method, context, reactor,
           [handler = std::move(handler), response, reactor](CallScope& scope) -> absl::Status {
             absl::StatusOr<Response> result = handler(scope, *reactor);
             if (result.ok()) *response = *std::move(result);
             return result.status();
           });
    return reactor;
  }

 private:
  struct Ending : CallEnd {
    absl::Time begun;
  };

  // Lets a handler's thread wait for the library to say that an operation is over.
  class Turn {
   public:
    void Begin() {
      absl::MutexLock lock(&mutex_);
      over_ = false;
    }
    void End(bool ok) {
      absl::MutexLock lock(&mutex_);
      over_ = true;
      ok_ = ok;
    }
    bool Wait() {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&over_));
      return ok_;
    }

   private:
    absl::Mutex mutex_;
    bool over_ ABSL_GUARDED_BY(mutex_) = true;
    bool ok_ ABSL_GUARDED_BY(mutex_) = true;
  };

  // The reactors delete themselves when the library is done with them.
  template <typename Response>
  class WriteReactor final : public grpc::ServerWriteReactor<Response>,
                             public StreamWriter<Response> {
   public:
    bool Write(Response response) override {
      if (!turn_.Wait()) return false;
      message_ = std::move(response);
      turn_.Begin();
      this->StartWrite(&message_);
      return true;
    }
    // The last message must have gone before the call may finish.
    void Settle() { turn_.Wait(); }
    void OnWriteDone(bool ok) override { turn_.End(ok); }
    void OnDone() override { delete this; }

   private:
    Turn turn_;
    Response message_;
  };

  template <typename Request>
  class ReadReactor final : public grpc::ServerReadReactor<Request>, public StreamReader<Request> {
   public:
    bool Read(Request* request) override {
      turn_.Begin();
      this->StartRead(request);
      return turn_.Wait();
    }
    void Settle() {}
    void OnReadDone(bool ok) override { turn_.End(ok); }
    void OnDone() override { delete this; }

   private:
    Turn turn_;
  };

  template <typename Reactor>
  void Stream(const char* method, grpc::CallbackServerContext* context, Reactor* reactor,
              std::function<absl::Status(CallScope&)> run) {
    const Ending begun = Begin(method, context);
    auto finish = [this, reactor, ending = begun](absl::Status status) mutable {
      ending.status = status;
      End(ending);
      reactor->Settle();
      reactor->Finish(ToGrpcStatus(status));
    };
    absl::StatusOr<CallScope> scope =
        ScopeOf(context, begun.call_id, kMaxStreamDeadline, kMaxStreamDeadline);
    if (!scope.ok()) {
      finish(scope.status());
      return;
    }
    const bool accepted =
        pool_->TryRun([run = std::move(run), scope = *std::move(scope), finish]() mutable {
          finish(run(scope));
        });
    if (!accepted) finish(Overloaded());
  }

  static absl::Status Overloaded();
  static absl::Status Expired();
  static absl::StatusOr<CallScope> ScopeOf(grpc::CallbackServerContext* context,
                                           const std::string& call_id,
                                           absl::Duration default_deadline,
                                           absl::Duration max_deadline);
  static Ending Begin(const char* method, grpc::CallbackServerContext* context);
  void End(Ending& ending);

  WorkerPool* const pool_;
  CallObserver* const observer_;
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_GRPC_ADAPTER_H_
