#include "tests/bench/journal_work.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <tuple>
#include <vector>

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "lumbung/ledger/v1/transfer_service.grpc.pb.h"
#include "tests/bench/workload.h"

namespace lumbung::bench {
namespace {

namespace v1 = ledger::v1;

constexpr std::size_t kChunkBytes = 60'000;

double SecondsSince(absl::Time begun) {
  return absl::ToDoubleSeconds(absl::Now() - begun);
}

// Entries come in the order of their dates.
std::string YearDate(int index, int entries) {
  const int day = static_cast<int>(static_cast<long long>(index) * 336 / entries);
  return absl::StrFormat("2026-%02d-%02d", 1 + day / 28, 1 + day % 28);
}

[[noreturn]] void GiveUp(const std::string& why) {
  std::cerr << why << "\n";
  std::abort();
}

std::string Upload(const Endpoint& server, v1::TransferService::Stub& stub,
                   const std::string& path) {
  grpc::ClientContext context;
  server.Prepare(&context);
  v1::UploadFilesResponse response;
  const auto writer = stub.UploadFiles(&context, &response);
  std::ifstream file(path, std::ios::binary);
  std::string chunk(kChunkBytes, '\0');
  for (bool first = true; file.read(chunk.data(), kChunkBytes) || file.gcount() > 0;
       first = false) {
    v1::UploadFilesRequest request;
    if (first) request.set_file_name("bench.journal");
    request.set_data(chunk.data(), static_cast<std::size_t>(file.gcount()));
    if (!writer->Write(request)) break;
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) GiveUp(status.error_message());
  return response.upload_id();
}

}  // namespace

void WriteJournal(const std::string& path, int entries) {
  std::ofstream file(path, std::ios::binary);
  for (int i = 0; i < entries; ++i) {
    file << YearDate(i, entries) << " * bench entry\n";
    for (const WorkLine& line : WorkLines(i, false)) {
      file << "    Assets:A" << line.account << "  " << line.amount << " IDR\n";
    }
    file << "\n";
  }
}

double ImportOverGrpc(const Endpoint& server, const std::string& book, const std::string& path) {
  const auto stub = v1::TransferService::NewStub(
      grpc::CreateChannel(server.address, grpc::InsecureChannelCredentials()));
  const absl::Time begun = absl::Now();
  v1::ImportJournalRequest request;
  request.set_parent("books/" + book);
  request.set_upload_id(Upload(server, *stub, path));
  grpc::ClientContext context;
  server.Prepare(&context);
  v1::Operation operation;
  const grpc::Status started = stub->ImportJournal(&context, request, &operation);
  if (!started.ok()) GiveUp(started.error_message());
  grpc::ClientContext watching;
  server.Prepare(&watching);
  v1::WatchOperationRequest watch;
  watch.set_name(operation.name());
  const auto states = stub->WatchOperation(&watching, watch);
  while (states->Read(&operation)) {
  }
  if (!operation.done() || operation.has_error()) GiveUp(operation.DebugString());
  return SecondsSince(begun);
}

double CopyRows(const std::string& owner_uri, int entries) {
  pqxx::connection connection(owner_uri);
  const std::string hash = "\\x" + std::string(64, 'c');
  const std::string salt = "\\x" + std::string(32, 'a');
  const std::string canonical = "\\x" + std::string(2 * 560, 'b');
  const absl::Time begun = absl::Now();
  pqxx::work transaction(connection);
  pqxx::stream_to entry_rows(
      transaction, "floor.journal_entry",
      std::vector<std::string>{"organization_id", "book_id", "entry_id", "series_id", "fiscal_year",
                               "number", "effective_date", "recorded_at", "kind", "description",
                               "reference", "source", "request_id", "request_hash", "salt",
                               "canonical", "leaf_hash"});
  for (int i = 0; i < entries; ++i) {
    entry_rows << std::make_tuple(1, 1, i + 1, 1, 2026, i + 1, YearDate(i, entries),
                                  "2026-01-01 00:00:00Z", 1, "bench entry", "", "",
                                  absl::StrCat("c", i), hash, salt, canonical, hash);
  }
  entry_rows.complete();
  pqxx::stream_to postings(
      transaction, "floor.posting",
      std::vector<std::string>{"organization_id", "book_id", "entry_id", "line", "account_id",
                               "dimension_set_id", "currency_id", "functional_currency_id",
                               "effective_date", "amount", "functional_amount"});
  for (int i = 0; i < entries; ++i) {
    int number = 0;
    for (const WorkLine& line : WorkLines(i, false)) {
      postings << std::make_tuple(1, 1, i + 1, ++number, line.account, 1, 1, 1,
                                  YearDate(i, entries), line.amount, line.amount);
    }
  }
  postings.complete();
  transaction.commit();
  return SecondsSince(begun);
}

double TrialBalanceOverGrpc(const Endpoint& server, const std::string& book, int times) {
  const auto stub = v1::LedgerService::NewStub(
      grpc::CreateChannel(server.address, grpc::InsecureChannelCredentials()));
  std::vector<double> seconds;
  for (int i = 0; i < times; ++i) {
    grpc::ClientContext context;
    server.Prepare(&context);
    v1::ListBalancesRequest request;
    request.set_parent("books/" + book);
    request.set_as_of("2026-06-15");
    v1::ListBalancesResponse response;
    const absl::Time begun = absl::Now();
    const grpc::Status status = stub->ListBalances(&context, request, &response);
    if (!status.ok()) GiveUp(status.error_message());
    seconds.push_back(SecondsSince(begun));
  }
  return Median(seconds);
}

double HledgerBalance(const std::string& path) {
  const absl::Time begun = absl::Now();
  const std::string command = absl::StrCat("hledger -f ", path, " balance -N --flat > /dev/null");
  return std::system(command.c_str()) == 0 ? SecondsSince(begun) : 0;
}

}  // namespace lumbung::bench
