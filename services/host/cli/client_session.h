// ClientSession: one command's conversation with a server. It names the organization in
// every call, sets deadlines, and turns what went wrong into an absl::Status.
//
// Organization and book may be left out by the user: when the server knows exactly one, that one is
// meant. Used by one thread at a time; only TryCancel on a context may come from another.
#ifndef LUMBUNG_SERVICES_HOST_CLI_CLIENT_SESSION_H_
#define LUMBUNG_SERVICES_HOST_CLI_CLIENT_SESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <grpcpp/client_context.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/status.h"
#include "lumbung/identity/v1/identity_service.grpc.pb.h"
#include "lumbung/ledger/v1/books_service.grpc.pb.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "lumbung/ledger/v1/transfer_service.grpc.pb.h"
#include "lumbung/log/v1/log_service.grpc.pb.h"
#include "lumbung/reporting/v1/reporting_service.grpc.pb.h"
#include "lumbung/vouchers/v1/vouchers_service.grpc.pb.h"
#include "services/host/cli/console.h"
#include "services/host/cli/failure.h"

namespace lumbung::cli {

namespace v1 = ::lumbung::ledger::v1;
namespace identity_v1 = ::lumbung::identity::v1;

using BooksApi = v1::BooksService::StubInterface;
using LedgerApi = v1::LedgerService::StubInterface;
using TransferApi = v1::TransferService::StubInterface;
using IdentityApi = identity_v1::IdentityService::StubInterface;
using VoucherApi = vouchers::v1::VoucherService::StubInterface;
using LogApi = log::v1::LogService::StubInterface;
using ReportingApi = reporting::v1::ReportingService::StubInterface;

inline constexpr absl::string_view kDefaultServer = "127.0.0.1:7080";

struct SessionSettings {
  std::string server;
  std::string organization;  // Empty: the only one there is.
  std::string book;          // Empty: the only one there is.
  std::string token;         // Of the session or API key; empty when nobody signed in.
  absl::Duration timeout = absl::Seconds(30);
};

// Whether a call is sent again when the server is away or overloaded.
enum class Retry {
  kNever,
  // For calls that carry a request id and may therefore arrive twice.
  kWhenUnavailable,
};

class ClientSession {
 public:
  ClientSession(SessionSettings settings, Console& console);
  ClientSession(const ClientSession&) = delete;
  ClientSession& operator=(const ClientSession&) = delete;

  // In place of what --organization and --book say.
  void UseOrganization(absl::string_view id) { settings_.organization = std::string(id); }
  void UseBook(absl::string_view id) { settings_.book = std::string(id); }
  // The calls are about the platform and name no organization.
  void UsePlatform() { for_platform_ = true; }
  void UseToken(absl::string_view token) { settings_.token = std::string(token); }
  const std::string& server() const { return settings_.server; }

  // The organization's id. USAGE when the user named none and there is more than one, NOT_FOUND
  // when there is none at all.
  absl::StatusOr<std::string> Organization();
  // The book's id, by the same rules, and its resource name.
  absl::StatusOr<std::string> BookId();
  absl::StatusOr<std::string> BookName();
  // The resource name of an entry typed as its number in that book, or as a name.
  absl::StatusOr<std::string> EntryName(const std::string& typed);
  // The book itself; asked for once.
  absl::StatusOr<v1::Book> Book();

  // One unary call: `session.Call(&BooksApi::GetBook, request)`.
  template <typename Api, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Api::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                                const Request& request, Retry retry = Retry::kNever) {
    const Naming naming = for_platform_ ? Naming::kNever : NamingOf(request);
    if (naming == Naming::kAlways) LUMBUNG_RETURN_IF_ERROR(Organization().status());
    for (int attempt = 1;; ++attempt) {
      Response response;
      grpc::ClientContext context;
      Prepare(context, naming, settings_.timeout);
      const grpc::Status status =
          (StubOf(static_cast<Api*>(nullptr)).*method)(&context, request, &response);
      if (status.ok()) return response;
      const absl::Status failure = Failed(status);
      if (retry == Retry::kNever || !ShouldRetry(failure, attempt)) return failure;
    }
  }

  // All pages of a list: `visit` sees each response.
  template <typename Api, typename Request, typename Response, typename Visitor>
  absl::Status ForEachPage(grpc::Status (Api::*method)(grpc::ClientContext*, const Request&,
                                                       Response*),
                           Request request, Visitor visit) {
    do {
      LUMBUNG_ASSIGN_OR_RETURN(const Response response, Call(method, request));
      LUMBUNG_RETURN_IF_ERROR(visit(response));
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  }

  // For streams: a context with the organization and a deadline. `timeout` may be infinite.
  absl::StatusOr<std::unique_ptr<grpc::ClientContext>> NewContext(absl::Duration timeout);
  LedgerApi& ledger() { return *ledger_; }
  TransferApi& transfer() { return *transfer_; }
  IdentityApi& identity() { return *identity_; }
  VoucherApi& vouchers() { return *vouchers_; }
  ReportingApi& reporting() { return *reporting_; }

  absl::Status Failed(const grpc::Status& status) const {
    return CallFailure(status, settings_.server);
  }
  // Whether to send again; waits before it says so.
  bool ShouldRetry(const absl::Status& failure, int attempt);

 private:
  // Whether a call names its organization in the metadata.
  enum class Naming { kNever, kWhenKnown, kAlways };
  // These make or find organizations, or concern the caller alone.
  static Naming NamingOf(const v1::CreateOrganizationRequest&) { return Naming::kNever; }
  static Naming NamingOf(const v1::ListOrganizationsRequest&) { return Naming::kNever; }
  static Naming NamingOf(const v1::ListChartTemplatesRequest&) { return Naming::kNever; }
  static Naming NamingOf(const identity_v1::SignInRequest&) { return Naming::kNever; }
  static Naming NamingOf(const identity_v1::SignOutRequest&) { return Naming::kNever; }
  static Naming NamingOf(const identity_v1::ChangePasswordRequest&) { return Naming::kNever; }
  static Naming NamingOf(const identity_v1::EnrollTotpRequest&) { return Naming::kNever; }
  static Naming NamingOf(const identity_v1::ConfirmTotpRequest&) { return Naming::kNever; }
  static Naming NamingOf(const identity_v1::GetMeRequest&) { return Naming::kWhenKnown; }
  template <typename Request>
  static Naming NamingOf(const Request&) {
    return Naming::kAlways;
  }

  void Prepare(grpc::ClientContext& context, Naming naming, absl::Duration timeout) const;
  BooksApi& StubOf(BooksApi*) { return *books_; }
  LedgerApi& StubOf(LedgerApi*) { return *ledger_; }
  TransferApi& StubOf(TransferApi*) { return *transfer_; }
  IdentityApi& StubOf(IdentityApi*) { return *identity_; }
  VoucherApi& StubOf(VoucherApi*) { return *vouchers_; }
  LogApi& StubOf(LogApi*) { return *log_; }
  ReportingApi& StubOf(ReportingApi*) { return *reporting_; }

  SessionSettings settings_;
  Console& console_;
  std::optional<v1::Book> book_;
  std::unique_ptr<BooksApi> books_;
  std::unique_ptr<LedgerApi> ledger_;
  std::unique_ptr<TransferApi> transfer_;
  std::unique_ptr<IdentityApi> identity_;
  std::unique_ptr<VoucherApi> vouchers_;
  std::unique_ptr<LogApi> log_;
  std::unique_ptr<ReportingApi> reporting_;
  bool for_platform_ = false;
};

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_CLIENT_SESSION_H_
