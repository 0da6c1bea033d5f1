// FakeServer: the public API over real gRPC on a loopback port, answering from canned data. It
// knows no rules of accounting; it records what it was asked and fails where a test tells it to.
//
// Data and failures are set before a command runs; what was received is read after it ended.
#ifndef LUMBUNG_TESTS_SERVICES_HOST_CLI_FAKE_SERVER_H_
#define LUMBUNG_TESTS_SERVICES_HOST_CLI_FAKE_SERVER_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <grpcpp/server.h>

#include "lumbung/identity/v1/identity_service.grpc.pb.h"
#include "lumbung/ledger/v1/books_service.grpc.pb.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "lumbung/ledger/v1/transfer_service.grpc.pb.h"

namespace lumbung::cli {

namespace v1 = ::lumbung::ledger::v1;

// A refusal as the real server sends it: reason and field path in grpc-status-details-bin.
grpc::Status RefusalStatus(grpc::StatusCode code, const std::string& reason,
                           const std::string& field, const std::string& message);

// What the server answers with.
struct FakeData {
  identity::v1::OrganizationSettings settings;
  v1::ListOrganizationsResponse organizations;
  v1::ListBooksResponse books;
  v1::ListAccountsResponse accounts;
  v1::ListFundsResponse funds;
  v1::ListChartTemplatesResponse chart_templates;
  v1::JournalEntry entry;
  v1::ListJournalEntriesResponse entries;
  v1::ListBalancesResponse balances;
  v1::GetBalanceResponse balance;
  std::map<std::string, std::vector<v1::QueryPostingsResponse>> postings;  // By account.
  v1::ListPeriodsResponse periods;
  v1::CloseFiscalYearResponse year_close;
  v1::ListBalanceAssertionsResponse assertions;
  // What WatchOperation reports, one after the other; a call of it starts where the last one ended.
  std::deque<v1::Operation> operations;
  std::vector<v1::ExportJournalResponse> exported;
  // While set, WatchOperation reports nothing until the operation is cancelled.
  bool wait_for_cancel = false;
  // Called when a client starts to watch.
  std::function<void()> on_watch;
};

// What it was asked.
struct Received {
  std::vector<std::string> calls;          // Names of methods, in order.
  std::vector<std::string> organizations;  // Metadata of each call.
  std::vector<v1::CreateJournalEntryRequest> posts;
  v1::BatchCreateJournalEntriesRequest batch;
  v1::CreateOrganizationRequest create_organization;
  v1::CreateBookRequest create_book;
  v1::CreateAccountRequest create_account;
  v1::UpdateAccountRequest update_account;
  v1::ListJournalEntriesRequest list_entries;
  v1::ListBalancesRequest list_balances;
  v1::QueryPostingsRequest query_postings;
  v1::ClosePeriodRequest close_period;
  v1::CloseFiscalYearRequest close_year;
  v1::CreateBalanceAssertionRequest create_assertion;
  std::vector<std::pair<std::string, std::string>> files;  // Name and content, as uploaded.
  std::size_t largest_chunk = 0;
  v1::ImportJournalRequest import_journal;
  v1::ExportJournalRequest export_journal;
  v1::SaveCsvMappingRequest save_mapping;
};

class FakeServer {
 public:
  FakeServer();
  ~FakeServer();

  const std::string& address() const { return address_; }
  FakeData& data() { return data_; }
  const Received& received() const { return received_; }
  // The next call of `method` ends with `status`; several queue up.
  void FailNext(const std::string& method, grpc::Status status);

 private:
  class Identity;
  class Books;
  class Ledger;
  class Transfer;

  // Notes the call; answers what it is to fail with, if anything.
  grpc::Status Note(const grpc::ServerContext& context, const std::string& method);

  std::mutex mutex_;
  std::condition_variable cancelled_;
  bool is_cancelled_ = false;
  FakeData data_;
  Received received_;
  std::map<std::string, std::deque<grpc::Status>> failures_;
  std::unique_ptr<Identity> identity_;
  std::unique_ptr<Books> books_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Transfer> transfer_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace lumbung::cli

#endif  // LUMBUNG_TESTS_SERVICES_HOST_CLI_FAKE_SERVER_H_
