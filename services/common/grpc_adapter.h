// GrpcAdapter: the only code that knows reactors. Handlers are straight-line functions; the adapter
// runs them on a worker pool, or starts them on the RPC library's own thread when all they do is
// hand work over. Streams have a pool of their own, so that a slow one never keeps a short call
// waiting.
//
// Every call gets a deadline: its own, cut to the longest allowed, or a default. A call that has
// expired or was cancelled before its turn never runs. Overload is answered RESOURCE_EXHAUSTED
// (OVERLOADED) at once.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_COMMON_GRPC_ADAPTER_H_
#define LUMBUNG_SERVICES_COMMON_GRPC_ADAPTER_H_

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/common/call_observer.h"
#include "services/common/call_scope.h"
#include "services/common/error_mapping.h"
#include "services/common/stream_reactors.h"
#include "services/common/worker_pool.h"

namespace lumbung {

class GrpcAdapter {
 public:
  // How long a call may take. Streams carry books, and books take their time.
  struct Deadlines {
    // For clients that set none. A method reads when its idempotency_level is NO_SIDE_EFFECTS.
    absl::Duration default_read = absl::Seconds(5);
    absl::Duration default_write = absl::Seconds(30);
    absl::Duration longest_call = absl::Minutes(10);
    // Also the default of streams.
    absl::Duration longest_stream = absl::Hours(6);
  };
  struct Options {
    // Both outlive the adapter, which outlives the calls.
    WorkerPool* calls = nullptr;
    WorkerPool* streams = nullptr;
    // May be null.
    CallObserver* observer = nullptr;
    Deadlines deadlines;
  };

  explicit GrpcAdapter(Options options) : options_(options) {}

  // `handler`: absl::StatusOr<Response>(CallScope&, const Request&). Runs on the pool.
  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* Unary(const char* method, grpc::CallbackServerContext* context,
                                  const Request* request, Response* response, Handler handler) {
    return Async(method, context, request, response,
                 [this, handler = std::move(handler)](CallScope scope, const Request& message,
                                                      Done<Response> done) {
                   RunOn(options_.calls, std::move(scope), std::move(done),
                         [handler, &message](CallScope& own) { return handler(own, message); });
                 });
  }

  // `handler`: void(CallScope, const Request&, Done<Response>). Starts on the library's thread: it
  // must not block, and answers through `done`, exactly once, from any thread. Scope and request
  // may be used until then.
  template <typename Response>
  using Done = std::function<void(absl::StatusOr<Response>)>;
  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* Async(const char* method, grpc::CallbackServerContext* context,
                                  const Request* request, Response* response, Handler handler) {
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    const std::shared_ptr<Call> call = Begin(method, context);
    Done<Response> done = [this, call, reactor, response](absl::StatusOr<Response> result) {
      if (result.ok()) *response = *std::move(result);
      reactor->Finish(End(*call, result.status()));
    };
    absl::StatusOr<CallScope> scope = ScopeOf(*call, context, Kind::kCall);
    if (scope.ok()) {
      handler(*std::move(scope), *request, std::move(done));
    } else {
      done(scope.status());
    }
    return reactor;
  }

  // `handler`: absl::Status(CallScope&, const Request&, StreamWriter<Response>&).
  template <typename Request, typename Response, typename Handler>
  grpc::ServerWriteReactor<Response>* ServerStream(const char* method,
                                                   grpc::CallbackServerContext* context,
                                                   const Request* request, Handler handler) {
    auto* const reactor = new WriteReactor<Response>(context);
    RunStream(method, context, reactor,
              [handler = std::move(handler), request, reactor](CallScope& scope) {
                return handler(scope, *request, *reactor);
              });
    return reactor;
  }

  // `handler`: absl::StatusOr<Response>(CallScope&, StreamReader<Request>&).
  template <typename Request, typename Response, typename Handler>
  grpc::ServerReadReactor<Request>* ClientStream(const char* method,
                                                 grpc::CallbackServerContext* context,
                                                 Response* response, Handler handler) {
    auto* const reactor = new ReadReactor<Request>(context);
    RunStream(method, context, reactor,
              [handler = std::move(handler), response, reactor](CallScope& scope) {
                absl::StatusOr<Response> result = handler(scope, *reactor);
                if (result.ok()) *response = *std::move(result);
                return result.status();
              });
    return reactor;
  }

 private:
  enum class Kind { kCall, kStream };
  struct Call {
    CallEnd end;
    absl::Time begun;
  };

  std::shared_ptr<Call> Begin(const char* method, grpc::CallbackServerContext* context) const;
  // Tells the observer, and says it in the library's terms.
  grpc::Status End(Call& call, const absl::Status& status) const;
  absl::StatusOr<CallScope> ScopeOf(const Call& call, grpc::CallbackServerContext* context,
                                    Kind kind);
  absl::Time DeadlineOf(const Call& call, const grpc::CallbackServerContext& context, Kind kind);
  bool IsRead(absl::string_view method);
  // Why a call that had to wait does not run after all, or OK.
  static absl::Status StillWanted(const CallScope& scope);
  static absl::Status Overloaded();
  // What a handler's escaped exception becomes; to be called in a catch clause.
  static absl::Status StatusOfException();

  // Runs `work` with the scope on `pool` and hands its result to `done`.
  template <typename DoneFunction, typename Work>
  static void RunOn(WorkerPool* pool, CallScope scope, DoneFunction done, Work work) {
    const bool accepted = pool->TryRun([scope = std::move(scope), done, work]() mutable {
      absl::Status wanted = StillWanted(scope);
      if (wanted.ok()) {
        done(Guarded(work, scope));
      } else {
        done(std::move(wanted));
      }
    });
    if (!accepted) done(Overloaded());
  }

  // Handlers do not throw. Should one all the same, it costs its own call and no other.
  template <typename Work>
  static std::invoke_result_t<Work, CallScope&> Guarded(const Work& work, CallScope& scope) {
    try {
      return work(scope);
    } catch (...) {
      return StatusOfException();
    }
  }

  template <typename Reactor, typename Work>
  void RunStream(const char* method, grpc::CallbackServerContext* context, Reactor* reactor,
                 Work work) {
    const std::shared_ptr<Call> call = Begin(method, context);
    const auto done = [this, call, reactor](const absl::Status& status) {
      reactor->Settle();
      reactor->Finish(End(*call, status));
    };
    absl::StatusOr<CallScope> scope = ScopeOf(*call, context, Kind::kStream);
    if (!scope.ok()) return done(scope.status());
    reactor->SetDeadline(scope->deadline);
    RunOn(options_.streams, *std::move(scope), done, std::move(work));
  }

  const Options options_;
  absl::Mutex mutex_;
  absl::flat_hash_map<absl::string_view, bool> is_read_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_GRPC_ADAPTER_H_
