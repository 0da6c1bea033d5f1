#include "tests/auditor/client.h"

#include <chrono>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/common/error_mapping.h"

namespace lumbung::auditor {
namespace {

using Books = v1::BooksService::Stub;
using Ledger = v1::LedgerService::Stub;

constexpr std::chrono::seconds kDeadline(30);
constexpr int kMostLinesOfAMessage = 200;

// The reason of a refusal; of anything else all that is known, which no model ever expects.
std::string ReasonFrom(const grpc::Status& status) {
  const absl::Status refusal = FromGrpcStatus(status);
  const std::string reason = ReasonOf(refusal);
  if (refusal.ok()) return "";
  return reason.empty() || IsOurFault(refusal.code()) ? refusal.ToString() : reason;
}

}  // namespace

Client::Client(const std::shared_ptr<grpc::Channel>& channel, std::string organization)
    : organization_(std::move(organization)),
      books_(v1::BooksService::NewStub(channel)),
      ledger_(v1::LedgerService::NewStub(channel)) {}

std::unique_ptr<grpc::ClientContext> Client::NewContext(bool adjuster) const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->AddMetadata("lumbung-organization", organization_);
  if (adjuster) context->AddMetadata("authorization", "Bearer adjuster");
  context->set_deadline(std::chrono::system_clock::now() + kDeadline);
  return context;
}

template <typename Stub, typename Request, typename Response>
Answer<Response> Client::Unary(Stub& stub,
                               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request, bool adjuster) {
  Answer<Response> answer;
  answer.reason = ReasonFrom((stub.*method)(NewContext(adjuster).get(), request, &answer.message));
  return answer;
}

template <typename Request, typename Response>
Answer<Response> Client::AllPages(grpc::Status (Ledger::*method)(grpc::ClientContext*,
                                                                 const Request&, Response*),
                                  Request request, bool adjuster) {
  Answer<Response> all;
  do {
    Answer<Response> page = Unary(*ledger_, method, request, adjuster);
    if (page.refused()) return page;
    request.set_page_token(page.message.next_page_token());
    page.message.clear_next_page_token();
    all.message.MergeFrom(page.message);
  } while (!request.page_token().empty());
  return all;
}

Answer<v1::JournalEntry> Client::Call(const v1::CreateJournalEntryRequest& request, bool adjuster) {
  return Unary(*ledger_, &Ledger::CreateJournalEntry, request, adjuster);
}
Answer<v1::BatchCreateJournalEntriesResponse> Client::Call(
    const v1::BatchCreateJournalEntriesRequest& request, bool adjuster) {
  return Unary(*ledger_, &Ledger::BatchCreateJournalEntries, request, adjuster);
}
Answer<v1::JournalEntry> Client::Call(const v1::ReverseJournalEntryRequest& request,
                                      bool adjuster) {
  return Unary(*ledger_, &Ledger::ReverseJournalEntry, request, adjuster);
}
Answer<v1::Period> Client::Call(const v1::ClosePeriodRequest& request, bool adjuster) {
  return Unary(*ledger_, &Ledger::ClosePeriod, request, adjuster);
}
Answer<v1::Period> Client::Call(const v1::ReopenPeriodRequest& request, bool adjuster) {
  return Unary(*ledger_, &Ledger::ReopenPeriod, request, adjuster);
}
Answer<v1::CloseFiscalYearResponse> Client::Call(const v1::CloseFiscalYearRequest& request,
                                                 bool adjuster) {
  return Unary(*ledger_, &Ledger::CloseFiscalYear, request, adjuster);
}
Answer<v1::BalanceAssertion> Client::Call(const v1::CreateBalanceAssertionRequest& request,
                                          bool adjuster) {
  return Unary(*ledger_, &Ledger::CreateBalanceAssertion, request, adjuster);
}
Answer<v1::ExchangeRate> Client::Call(const v1::CreateExchangeRateRequest& request, bool adjuster) {
  return Unary(*books_, &Books::CreateExchangeRate, request, adjuster);
}
Answer<v1::Account> Client::Call(const v1::UpdateAccountRequest& request, bool adjuster) {
  return Unary(*books_, &Books::UpdateAccount, request, adjuster);
}
Answer<v1::Fund> Client::Call(const v1::UpdateFundRequest& request, bool adjuster) {
  return Unary(*books_, &Books::UpdateFund, request, adjuster);
}
Answer<v1::JournalEntry> Client::Call(const v1::GetJournalEntryRequest& request, bool adjuster) {
  return Unary(*ledger_, &Ledger::GetJournalEntry, request, adjuster);
}
Answer<v1::GetBalanceResponse> Client::Call(const v1::GetBalanceRequest& request, bool adjuster) {
  return Unary(*ledger_, &Ledger::GetBalance, request, adjuster);
}
Answer<v1::ListBalancesResponse> Client::Call(const v1::ListBalancesRequest& request,
                                              bool adjuster) {
  return Unary(*ledger_, &Ledger::ListBalances, request, adjuster);
}
Answer<v1::ListPeriodsResponse> Client::Call(const v1::ListPeriodsRequest& request, bool adjuster) {
  return Unary(*ledger_, &Ledger::ListPeriods, request, adjuster);
}
Answer<v1::Book> Client::Call(const v1::GetBookRequest& request) {
  return Unary(*books_, &Books::GetBook, request, false);
}
Answer<v1::ListJournalEntriesResponse> Client::Call(v1::ListJournalEntriesRequest request,
                                                    bool adjuster) {
  return AllPages(&Ledger::ListJournalEntries, std::move(request), adjuster);
}
Answer<v1::ListBalanceAssertionsResponse> Client::Call(v1::ListBalanceAssertionsRequest request,
                                                       bool adjuster) {
  return AllPages(&Ledger::ListBalanceAssertions, std::move(request), adjuster);
}

Answer<v1::StreamJournalEntriesResponse> Client::Call(const StreamCall& call, bool adjuster) {
  Answer<v1::StreamJournalEntriesResponse> answer;
  const auto context = NewContext(adjuster);
  const auto writer = ledger_->StreamJournalEntries(context.get(), &answer.message);
  for (const v1::StreamJournalEntriesRequest& request : call.requests) {
    if (!writer->Write(request)) break;
  }
  writer->WritesDone();
  answer.reason = ReasonFrom(writer->Finish());
  return answer;
}

Answer<v1::QueryPostingsResponse> Client::Call(const v1::QueryPostingsRequest& request,
                                               bool adjuster) {
  Answer<v1::QueryPostingsResponse> answer;
  const auto context = NewContext(adjuster);
  const auto reader = ledger_->QueryPostings(context.get(), request);
  v1::QueryPostingsResponse message;
  bool too_long = false;
  while (reader->Read(&message)) {
    too_long = too_long || message.lines_size() > kMostLinesOfAMessage;
    answer.message.MergeFrom(message);
  }
  answer.reason = ReasonFrom(reader->Finish());
  if (too_long) answer.reason = absl::StrCat("more than ", kMostLinesOfAMessage, " lines at once");
  return answer;
}

std::string Client::SetUp(const v1::CreateOrganizationRequest& request) {
  return Unary(*books_, &Books::CreateOrganization, request, false).reason;
}
std::string Client::SetUp(const v1::CreateBookRequest& request) {
  return Unary(*books_, &Books::CreateBook, request, false).reason;
}
std::string Client::SetUp(const v1::CreateAccountRequest& request) {
  return Unary(*books_, &Books::CreateAccount, request, false).reason;
}
std::string Client::SetUp(const v1::CreateDimensionRequest& request) {
  return Unary(*books_, &Books::CreateDimension, request, false).reason;
}
std::string Client::SetUp(const v1::CreateDimensionValueRequest& request) {
  return Unary(*books_, &Books::CreateDimensionValue, request, false).reason;
}
std::string Client::SetUp(const v1::CreateFundRequest& request) {
  return Unary(*books_, &Books::CreateFund, request, false).reason;
}
std::string Client::SetUp(const v1::CreateCurrencyRequest& request) {
  return Unary(*books_, &Books::CreateCurrency, request, false).reason;
}

}  // namespace lumbung::auditor
