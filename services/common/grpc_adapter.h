// GrpcAdapter: the only code that knows reactors. Handlers are straight-line functions; the adapter
// runs them on a worker pool, or starts them on the RPC library's own thread when all they do is
// hand work over. Streams have a pool of their own, so that a slow one never keeps a short call
// waiting.
//
// Every call gets a deadline: its own, cut to the longest allowed, or a default. A call that has
// expired or was cancelled before its turn never runs. Overload is answered RESOURCE_EXHAUSTED
// (OVERLOADED) at once.
//
// No handler runs before the caller was found to have the permission that the method's option
// names: a method without the option is refused to everyone. What is known of a caller costs no
// thread; who is not known yet, or is refused, is looked up and recorded on a worker.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_COMMON_GRPC_ADAPTER_H_
#define LUMBUNG_SERVICES_COMMON_GRPC_ADAPTER_H_

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/common/authenticator.h"
#include "services/common/call_observer.h"
#include "services/common/call_scope.h"
#include "services/common/error_mapping.h"
#include "services/common/rate_limiter.h"
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
    Authenticator* authenticator = nullptr;
    // May be null.
    CallObserver* observer = nullptr;
    Deadlines deadlines;
    // With what the gateway of this process proves itself; empty when there is none.
    std::string gateway_secret = "";
    // By slug, of callers who may call for it. May be null.
    RateLimiter* organizations = nullptr;
  };

  explicit GrpcAdapter(Options options) : options_(std::move(options)) {}

  // `handler`: absl::StatusOr<Response>(CallScope&, const Request&). Runs on the pool.
  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* Unary(const char* method, grpc::CallbackServerContext* context,
                                  const Request* request, Response* response, Handler handler) {
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    const std::shared_ptr<Call> call = Begin(method, context);
    const Done<Response> done = DoneOf(call, reactor, response);
    absl::StatusOr<CallScope> scope = ScopeOf(*call, context, Kind::kCall);
    if (!scope.ok()) {
      done(scope.status());
      return reactor;
    }
    RunOn(options_.calls, *std::move(scope), done,
          [this, call, request,
           handler = std::move(handler)](CallScope& own) -> absl::StatusOr<Response> {
            const absl::Status admitted = Admit(*call, request, own);
            if (!admitted.ok()) return admitted;
            absl::StatusOr<Response> result = handler(own, *request);
            RecordIfDenied(*call, request, own, result.status());
            return result;
          });
    return reactor;
  }

  // `handler`: void(CallScope, const Request&, Done<Response>). Starts on the library's thread when
  // the caller is known, else on the pool: it must not block, and answers through `done`, exactly
  // once, from any thread. Scope and request may be used until then.
  template <typename Response>
  using Done = std::function<void(absl::StatusOr<Response>)>;
  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* Async(const char* method, grpc::CallbackServerContext* context,
                                  const Request* request, Response* response, Handler handler) {
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    const std::shared_ptr<Call> call = Begin(method, context);
    Done<Response> done = DoneOf(call, reactor, response);
    absl::StatusOr<CallScope> scope = ScopeOf(*call, context, Kind::kCall);
    if (!scope.ok()) {
      done(scope.status());
    } else if (AdmitAtOnce(*call, request, *scope)) {
      handler(*std::move(scope), *request, std::move(done));
    } else {
      const bool accepted = options_.calls->TryRun(
          [this, call, request, done, handler, own = *std::move(scope)]() mutable {
            absl::Status admitted = StillWanted(own);
            if (admitted.ok()) admitted = Admit(*call, request, own);
            if (!admitted.ok()) return done(std::move(admitted));
            handler(std::move(own), *request, std::move(done));
          });
      if (!accepted) done(Overloaded());
    }
    return reactor;
  }

  // `handler`: absl::Status(CallScope&, const Request&, StreamWriter<Response>&).
  template <typename Request, typename Response, typename Handler>
  grpc::ServerWriteReactor<Response>* ServerStream(const char* method,
                                                   grpc::CallbackServerContext* context,
                                                   const Request* request, Handler handler) {
    auto* const reactor = new WriteReactor<Response>(context);
    RunStream(
        method, context, reactor,
        [this, handler = std::move(handler), request, reactor](const Call& call, CallScope& scope) {
          const absl::Status admitted = Admit(call, request, scope);
          return admitted.ok() ? handler(scope, *request, *reactor) : admitted;
        });
    return reactor;
  }

  // `handler`: absl::StatusOr<Response>(CallScope&, StreamReader<Request>&). The first message says
  // what the stream is about.
  template <typename Request, typename Response, typename Handler>
  grpc::ServerReadReactor<Request>* ClientStream(const char* method,
                                                 grpc::CallbackServerContext* context,
                                                 Response* response, Handler handler) {
    auto* const reactor = new ReadReactor<Request>(context);
    RunStream(method, context, reactor,
              [this, handler = std::move(handler), response, reactor](
                  const Call& call, CallScope& scope) -> absl::Status {
                const absl::Status admitted = Admit(call, nullptr, scope);
                if (!admitted.ok()) return admitted;
                CheckedReader<Request> reader(this, call, scope, *reactor);
                absl::StatusOr<Response> result = handler(scope, reader);
                if (!reader.status().ok()) return reader.status();
                RecordIfDenied(call, nullptr, scope, result.status());
                if (result.ok()) *response = *std::move(result);
                return result.status();
              });
    return reactor;
  }

 private:
  enum class Kind { kCall, kStream };
  // What the .proto files say of a method.
  struct Method {
    bool is_read = false;
    // Empty when it names none.
    std::string permission;
  };
  struct Call {
    CallEnd end;
    absl::Time begun;
    const Method* method = nullptr;
    Credentials credentials;
  };

  // Checks what the first message of a stream is about before the handler sees it.
  template <typename Request>
  class CheckedReader final : public StreamReader<Request> {
   public:
    CheckedReader(GrpcAdapter* adapter, const Call& call, CallScope& scope,
                  StreamReader<Request>& reader)
        : adapter_(adapter), call_(call), scope_(scope), reader_(reader) {}

    bool Read(Request* request) override {
      if (!status_.ok() || !reader_.Read(request)) return false;
      if (!std::exchange(is_first_, false)) return true;
      status_ = adapter_->Check(call_, request, scope_);
      return status_.ok();
    }
    const absl::Status& status() const { return status_; }

   private:
    GrpcAdapter* const adapter_;
    const Call& call_;
    CallScope& scope_;
    StreamReader<Request>& reader_;
    bool is_first_ = true;
    absl::Status status_;
  };

  std::shared_ptr<Call> Begin(const char* method, grpc::CallbackServerContext* context);
  // Tells the observer, and says it in the library's terms.
  grpc::Status End(Call& call, const absl::Status& status) const;
  template <typename Response>
  Done<Response> DoneOf(const std::shared_ptr<Call>& call, grpc::ServerUnaryReactor* reactor,
                        Response* response) {
    return [this, call, reactor, response](absl::StatusOr<Response> result) {
      if (result.ok()) *response = *std::move(result);
      reactor->Finish(End(*call, result.status()));
    };
  }
  // Everything of the scope but who calls.
  absl::StatusOr<CallScope> ScopeOf(Call& call, grpc::CallbackServerContext* context, Kind kind);
  absl::Time DeadlineOf(const Call& call, const grpc::CallbackServerContext& context, Kind kind);
  const Method& MethodNamed(absl::string_view name);

  // Whether the caller is known and may do this; then the scope says who it is. Never blocks.
  bool AdmitAtOnce(const Call& call, const google::protobuf::Message* request, CallScope& scope);
  // Finds out who calls and whether they may do this; a refusal is recorded before it is answered.
  // `request` is null while a stream has not said what it is about.
  absl::Status Admit(const Call& call, const google::protobuf::Message* request, CallScope& scope);
  // The second half of Admit.
  absl::Status Check(const Call& call, const google::protobuf::Message* request, CallScope& scope);
  absl::Status PermissionOf(const Call& call, const google::protobuf::Message* request,
                            CallScope& scope) const;
  // Handlers deny, too, what a role alone does not decide: approving what one has made.
  void RecordIfDenied(const Call& call, const google::protobuf::Message* request,
                      const CallScope& scope, const absl::Status& status);
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
    RunOn(options_.streams, *std::move(scope), done,
          [call, work = std::move(work)](CallScope& own) { return work(*call, own); });
  }

  const Options options_;
  absl::Mutex mutex_;
  // Pointers into it stay good.
  absl::node_hash_map<absl::string_view, Method> methods_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_GRPC_ADAPTER_H_
