#include "tests/services/host/cli/fake_server.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include "absl/strings/str_cat.h"
#include "lumbung/common/v1/errors.pb.h"
#include "services/host/cli/resource_names.h"

namespace lumbung::cli {

grpc::Status RefusalStatus(grpc::StatusCode code, const std::string& reason,
                           const std::string& field, const std::string& message) {
  common::v1::RpcStatus details;
  details.set_code(code);
  details.set_message(message);
  common::v1::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain("lumbung");
  google::protobuf::Any* any = details.add_details();
  any->set_type_url("type.googleapis.com/google.rpc.ErrorInfo");
  any->set_value(info.SerializeAsString());
  common::v1::BadRequest request;
  request.add_field_violations()->set_field(field);
  any = details.add_details();
  any->set_type_url("type.googleapis.com/google.rpc.BadRequest");
  any->set_value(request.SerializeAsString());
  return grpc::Status(code, message, details.SerializeAsString());
}

// Answers `response = expression` unless the test asked for a failure.
#define LUMBUNG_FAKE_CALL(method, Request, Response, expression)                          \
  grpc::Status method(grpc::ServerContext* context, const v1::Request* request,           \
                      v1::Response* response) override {                                  \
    if (grpc::Status status = fake_.Note(*context, #method); !status.ok()) return status; \
    (void)request;                                                                        \
    *response = expression;                                                               \
    return grpc::Status::OK;                                                              \
  }
#define LUMBUNG_FAKE_RECORDED(method, Request, Response, member, expression) \
  LUMBUNG_FAKE_CALL(method, Request, Response, (fake_.received_.member = *request, expression))

class FakeServer::Identity final : public identity::v1::IdentityService::Service {
 public:
  explicit Identity(FakeServer& fake) : fake_(fake) {}

  grpc::Status GetOrganizationSettings(grpc::ServerContext* context,
                                       const identity::v1::GetOrganizationSettingsRequest*,
                                       identity::v1::OrganizationSettings* response) override {
    *response = fake_.data_.settings;
    return fake_.Note(*context, "GetOrganizationSettings");
  }

 private:
  FakeServer& fake_;
};

class FakeServer::Books final : public v1::BooksService::Service {
 public:
  explicit Books(FakeServer& fake) : fake_(fake) {}

  LUMBUNG_FAKE_RECORDED(CreateOrganization, CreateOrganizationRequest, Organization,
                        create_organization, fake_.data_.organizations.organizations(0))
  LUMBUNG_FAKE_CALL(GetOrganization, GetOrganizationRequest, Organization,
                    fake_.data_.organizations.organizations(0))
  LUMBUNG_FAKE_CALL(ListOrganizations, ListOrganizationsRequest, ListOrganizationsResponse,
                    fake_.data_.organizations)
  LUMBUNG_FAKE_RECORDED(CreateBook, CreateBookRequest, Book, create_book,
                        fake_.data_.books.books(0))
  LUMBUNG_FAKE_CALL(GetBook, GetBookRequest, Book, fake_.data_.books.books(0))
  LUMBUNG_FAKE_CALL(ListBooks, ListBooksRequest, ListBooksResponse, fake_.data_.books)
  LUMBUNG_FAKE_CALL(ListChartTemplates, ListChartTemplatesRequest, ListChartTemplatesResponse,
                    fake_.data_.chart_templates)
  LUMBUNG_FAKE_RECORDED(CreateAccount, CreateAccountRequest, Account, create_account,
                        request->account())
  LUMBUNG_FAKE_RECORDED(UpdateAccount, UpdateAccountRequest, Account, update_account,
                        request->account())
  LUMBUNG_FAKE_CALL(ListFunds, ListFundsRequest, ListFundsResponse, fake_.data_.funds)

  // One account a page: paging is part of every list.
  grpc::Status ListAccounts(grpc::ServerContext* context, const v1::ListAccountsRequest* request,
                            v1::ListAccountsResponse* response) override {
    if (grpc::Status status = fake_.Note(*context, "ListAccounts"); !status.ok()) return status;
    const int position = std::atoi(request->page_token().c_str());
    const v1::ListAccountsResponse& all = fake_.data_.accounts;
    if (position < all.accounts_size()) *response->add_accounts() = all.accounts(position);
    if (position + 1 < all.accounts_size()) {
      response->set_next_page_token(absl::StrCat(position + 1));
    }
    return grpc::Status::OK;
  }

 private:
  FakeServer& fake_;
};

class FakeServer::Ledger final : public v1::LedgerService::Service {
 public:
  explicit Ledger(FakeServer& fake) : fake_(fake) {}

  grpc::Status CreateJournalEntry(grpc::ServerContext* context,
                                  const v1::CreateJournalEntryRequest* request,
                                  v1::JournalEntry* response) override {
    fake_.received_.posts.push_back(*request);
    if (grpc::Status status = fake_.Note(*context, "CreateJournalEntry"); !status.ok()) {
      return status;
    }
    *response = request->journal_entry();
    response->set_number("JU-2026-000001");
    response->set_name("books/main/entries/0001");
    response->set_sequence(1);
    return grpc::Status::OK;
  }

  LUMBUNG_FAKE_RECORDED(BatchCreateJournalEntries, BatchCreateJournalEntriesRequest,
                        BatchCreateJournalEntriesResponse, batch, Posted(*request))
  LUMBUNG_FAKE_CALL(GetJournalEntry, GetJournalEntryRequest, JournalEntry, fake_.data_.entry)
  LUMBUNG_FAKE_CALL(ReverseJournalEntry, ReverseJournalEntryRequest, JournalEntry,
                    fake_.data_.entry)
  LUMBUNG_FAKE_RECORDED(ListJournalEntries, ListJournalEntriesRequest, ListJournalEntriesResponse,
                        list_entries, fake_.data_.entries)
  LUMBUNG_FAKE_CALL(GetBalance, GetBalanceRequest, GetBalanceResponse, fake_.data_.balance)
  LUMBUNG_FAKE_RECORDED(ListBalances, ListBalancesRequest, ListBalancesResponse, list_balances,
                        fake_.data_.balances)
  LUMBUNG_FAKE_RECORDED(ClosePeriod, ClosePeriodRequest, Period, close_period,
                        fake_.data_.periods.periods(0))
  LUMBUNG_FAKE_RECORDED(CloseFiscalYear, CloseFiscalYearRequest, CloseFiscalYearResponse,
                        close_year, fake_.data_.year_close)
  LUMBUNG_FAKE_RECORDED(CreateBalanceAssertion, CreateBalanceAssertionRequest, BalanceAssertion,
                        create_assertion, request->assertion())
  LUMBUNG_FAKE_CALL(ListBalanceAssertions, ListBalanceAssertionsRequest,
                    ListBalanceAssertionsResponse, fake_.data_.assertions)
  LUMBUNG_FAKE_CALL(ListPeriods, ListPeriodsRequest, ListPeriodsResponse, fake_.data_.periods)

  grpc::Status QueryPostings(grpc::ServerContext* context, const v1::QueryPostingsRequest* request,
                             grpc::ServerWriter<v1::QueryPostingsResponse>* writer) override {
    fake_.received_.query_postings = *request;
    if (grpc::Status status = fake_.Note(*context, "QueryPostings"); !status.ok()) return status;
    for (const auto& response : fake_.data_.postings[request->account()]) writer->Write(response);
    return grpc::Status::OK;
  }

 private:
  static v1::BatchCreateJournalEntriesResponse Posted(
      const v1::BatchCreateJournalEntriesRequest& request) {
    v1::BatchCreateJournalEntriesResponse response;
    *response.mutable_journal_entries() = request.journal_entries();
    return response;
  }

  FakeServer& fake_;
};

class FakeServer::Transfer final : public v1::TransferService::Service {
 public:
  explicit Transfer(FakeServer& fake) : fake_(fake) {}

  grpc::Status UploadFiles(grpc::ServerContext* context,
                           grpc::ServerReader<v1::UploadFilesRequest>* reader,
                           v1::UploadFilesResponse* response) override {
    if (grpc::Status status = fake_.Note(*context, "UploadFiles"); !status.ok()) return status;
    v1::UploadFilesRequest chunk;
    while (reader->Read(&chunk)) {
      Received& received = fake_.received_;
      if (!chunk.file_name().empty()) received.files.emplace_back(chunk.file_name(), "");
      received.files.back().second += chunk.data();
      received.largest_chunk = std::max(received.largest_chunk, chunk.data().size());
    }
    response->set_upload_id("u1");
    return grpc::Status::OK;
  }

  grpc::Status WatchOperation(grpc::ServerContext* context, const v1::WatchOperationRequest*,
                              grpc::ServerWriter<v1::Operation>* writer) override {
    if (grpc::Status status = fake_.Note(*context, "WatchOperation"); !status.ok()) return status;
    if (fake_.data_.on_watch) fake_.data_.on_watch();
    if (fake_.data_.wait_for_cancel) {
      std::unique_lock<std::mutex> lock(fake_.mutex_);
      fake_.cancelled_.wait(lock, [this] { return fake_.is_cancelled_; });
    }
    std::deque<v1::Operation>& operations = fake_.data_.operations;
    while (!operations.empty()) {
      writer->Write(operations.front());
      operations.pop_front();
    }
    return grpc::Status::OK;
  }

  grpc::Status CancelOperation(grpc::ServerContext* context, const v1::CancelOperationRequest*,
                               v1::Operation* response) override {
    grpc::Status status = fake_.Note(*context, "CancelOperation");
    const std::lock_guard<std::mutex> lock(fake_.mutex_);
    fake_.is_cancelled_ = true;
    fake_.cancelled_.notify_all();
    response->set_name("operations/7");
    return status;
  }

  grpc::Status ExportJournal(grpc::ServerContext* context, const v1::ExportJournalRequest* request,
                             grpc::ServerWriter<v1::ExportJournalResponse>* writer) override {
    fake_.received_.export_journal = *request;
    for (const auto& part : fake_.data_.exported) writer->Write(part);
    return fake_.Note(*context, "ExportJournal");
  }

  LUMBUNG_FAKE_RECORDED(ImportJournal, ImportJournalRequest, Operation, import_journal, Started())
  LUMBUNG_FAKE_RECORDED(SaveCsvMapping, SaveCsvMappingRequest, CsvMapping, save_mapping,
                        request->mapping())
  LUMBUNG_FAKE_CALL(GetOperation, GetOperationRequest, Operation, fake_.data_.operations.front())

 private:
  static v1::Operation Started() {
    v1::Operation operation;
    operation.set_name("operations/7");
    return operation;
  }

  FakeServer& fake_;
};

#undef LUMBUNG_FAKE_RECORDED
#undef LUMBUNG_FAKE_CALL

FakeServer::FakeServer()
    : identity_(std::make_unique<Identity>(*this)),
      books_(std::make_unique<Books>(*this)),
      ledger_(std::make_unique<Ledger>(*this)),
      transfer_(std::make_unique<Transfer>(*this)) {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(identity_.get());
  builder.RegisterService(books_.get());
  builder.RegisterService(ledger_.get());
  builder.RegisterService(transfer_.get());
  server_ = builder.BuildAndStart();
  address_ = absl::StrCat("127.0.0.1:", port);
}

FakeServer::~FakeServer() {
  server_->Shutdown();
}

void FakeServer::FailNext(const std::string& method, grpc::Status status) {
  failures_[method].push_back(std::move(status));
}

grpc::Status FakeServer::Note(const grpc::ServerContext& context, const std::string& method) {
  const std::lock_guard<std::mutex> lock(mutex_);
  received_.calls.push_back(method);
  const auto organization = context.client_metadata().find("lumbung-organization");
  received_.organizations.push_back(
      organization == context.client_metadata().end()
          ? ""
          : std::string(organization->second.data(), organization->second.size()));
  std::deque<grpc::Status>& failures = failures_[method];
  if (failures.empty()) return grpc::Status::OK;
  grpc::Status status = failures.front();
  failures.pop_front();
  return status;
}

}  // namespace lumbung::cli
