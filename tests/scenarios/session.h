// A scenario's side of the wire: the real server, asked over gRPC, and in it an organization and a
// book of the scenario's own.
#ifndef LUMBUNG_TESTS_SCENARIOS_SESSION_H_
#define LUMBUNG_TESTS_SCENARIOS_SESSION_H_

#include <memory>
#include <string>

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/status.h"
#include "lumbung/ledger/v1/books_service.grpc.pb.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "services/common/error_mapping.h"
#include "tests/scenarios/scenario.h"
#include "tests/scenarios/words.h"

namespace lumbung::scenarios {

namespace v1 = ::lumbung::ledger::v1;

using Ledger = v1::LedgerService::StubInterface;
using Books = v1::BooksService::StubInterface;

template <typename Stub, typename Request, typename Response>
using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

class Session {
 public:
  // Makes the organization, and in it the empty book "main" with rupiah for its currency.
  static absl::StatusOr<std::unique_ptr<Session>> Begin(
      const std::shared_ptr<grpc::Channel>& channel, std::string organization);

  // Asks as the row says: for which organization, and in which role.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Ask(Method<Ledger, Request, Response> method, const Row& row,
                               const Request& request) {
    return AskStub<Request, Response>(*ledger_, method, row, request);
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> Ask(Method<Books, Request, Response> method, const Row& row,
                               const Request& request) {
    return AskStub<Request, Response>(*books_, method, row, request);
  }

  // Asks for a change: with the row's request id, and only to check it when it is a rehearsal.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Change(Method<Stub, Request, Response> method, const Row& row,
                                  Request request) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool rehearse, YesOf(row, "rehearse"));
    request.set_request_id(row["request"]);
    request.set_validate_only(rehearse);
    return Ask(method, row, request);
  }

  // "books/main", or the book that the row names.
  std::string BookOf(const Row& row) const;
  // "books/main/accounts/1100".
  std::string PartOf(const Row& row, absl::string_view collection, absl::string_view id) const;
  // Fresh in the book, for rows that name none.
  Row WithRequestId(const Row& row);

  // The trial balance of the scenario's book, with every account and fund, as text. An error when
  // debits differ from credits.
  absl::StatusOr<std::string> TrialBalance();

 private:
  Session(const std::shared_ptr<grpc::Channel>& channel, std::string organization);

  template <typename Request, typename Response, typename Stub>
  absl::StatusOr<Response> AskStub(Stub& stub, Method<Stub, Request, Response> method,
                                   const Row& row, const Request& request) {
    grpc::ClientContext context;
    PrepareCall(row, &context);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return FromGrpcStatus(status);
    return response;
  }
  void PrepareCall(const Row& row, grpc::ClientContext* context) const;

  const std::string organization_;
  const std::unique_ptr<Ledger> ledger_;
  const std::unique_ptr<Books> books_;
  int next_request_ = 1;
};

}  // namespace lumbung::scenarios

#endif  // LUMBUNG_TESTS_SCENARIOS_SESSION_H_
