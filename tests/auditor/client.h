// The client: puts the calls to the real server and gives its answers in the words of the model.
#ifndef LUMBUNG_TESTS_AUDITOR_CLIENT_H_
#define LUMBUNG_TESTS_AUDITOR_CLIENT_H_

#include <memory>
#include <string>

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include "lumbung/ledger/v1/books_service.grpc.pb.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "tests/auditor/answer.h"

namespace lumbung::auditor {

class Client {
 public:
  Client(const std::shared_ptr<grpc::Channel>& channel, std::string organization);

  Answer<v1::JournalEntry> Call(const v1::CreateJournalEntryRequest& request, bool adjuster);
  Answer<v1::BatchCreateJournalEntriesResponse> Call(
      const v1::BatchCreateJournalEntriesRequest& request, bool adjuster);
  Answer<v1::StreamJournalEntriesResponse> Call(const StreamCall& call, bool adjuster);
  Answer<v1::JournalEntry> Call(const v1::ReverseJournalEntryRequest& request, bool adjuster);
  Answer<v1::Period> Call(const v1::ClosePeriodRequest& request, bool adjuster);
  Answer<v1::Period> Call(const v1::ReopenPeriodRequest& request, bool adjuster);
  Answer<v1::CloseFiscalYearResponse> Call(const v1::CloseFiscalYearRequest& request,
                                           bool adjuster);
  Answer<v1::BalanceAssertion> Call(const v1::CreateBalanceAssertionRequest& request,
                                    bool adjuster);
  Answer<v1::ExchangeRate> Call(const v1::CreateExchangeRateRequest& request, bool adjuster);
  Answer<v1::Account> Call(const v1::UpdateAccountRequest& request, bool adjuster);
  Answer<v1::Fund> Call(const v1::UpdateFundRequest& request, bool adjuster);

  Answer<v1::JournalEntry> Call(const v1::GetJournalEntryRequest& request, bool adjuster);
  Answer<v1::GetBalanceResponse> Call(const v1::GetBalanceRequest& request, bool adjuster);
  Answer<v1::ListBalancesResponse> Call(const v1::ListBalancesRequest& request, bool adjuster);
  Answer<v1::ListPeriodsResponse> Call(const v1::ListPeriodsRequest& request, bool adjuster);
  Answer<v1::Book> Call(const v1::GetBookRequest& request);
  // Follow the pages to the end and give them as one.
  Answer<v1::ListJournalEntriesResponse> Call(v1::ListJournalEntriesRequest request, bool adjuster);
  Answer<v1::ListBalanceAssertionsResponse> Call(v1::ListBalanceAssertionsRequest request,
                                                 bool adjuster);
  // Gives all messages as one.
  Answer<v1::QueryPostingsResponse> Call(const v1::QueryPostingsRequest& request, bool adjuster);

  // What a book is made of. Empty, or what went wrong.
  std::string SetUp(const v1::CreateOrganizationRequest& request);
  std::string SetUp(const v1::CreateBookRequest& request);
  std::string SetUp(const v1::CreateAccountRequest& request);
  std::string SetUp(const v1::CreateDimensionRequest& request);
  std::string SetUp(const v1::CreateDimensionValueRequest& request);
  std::string SetUp(const v1::CreateFundRequest& request);
  std::string SetUp(const v1::CreateCurrencyRequest& request);

 private:
  std::unique_ptr<grpc::ClientContext> NewContext(bool adjuster) const;

  template <typename Stub, typename Request, typename Response>
  Answer<Response> Unary(Stub& stub,
                         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                      Response*),
                         const Request& request, bool adjuster);
  template <typename Request, typename Response>
  Answer<Response> AllPages(grpc::Status (v1::LedgerService::Stub::*method)(grpc::ClientContext*,
                                                                            const Request&,
                                                                            Response*),
                            Request request, bool adjuster);

  const std::string organization_;
  std::unique_ptr<v1::BooksService::Stub> books_;
  std::unique_ptr<v1::LedgerService::Stub> ledger_;
};

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_CLIENT_H_
