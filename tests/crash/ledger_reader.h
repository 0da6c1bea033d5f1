// LedgerReader: what a book holds, read through the API.
#ifndef LUMBUNG_TESTS_CRASH_LEDGER_READER_H_
#define LUMBUNG_TESTS_CRASH_LEDGER_READER_H_

#include <memory>
#include <string>
#include <vector>

#include <grpcpp/channel.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "tests/crash/audit.h"
#include "tests/crash/call.h"

namespace lumbung::crash {

// Makes the organization and its books, each with the accounts of the test and one series for
// reversals and one for the rest.
absl::Status CreateBooks(const std::shared_ptr<grpc::Channel>& channel,
                         const std::vector<std::string>& books);

class LedgerReader {
 public:
  explicit LedgerReader(std::string book) : book_(std::move(book)) {}

  void Connect(const std::shared_ptr<grpc::Channel>& channel);

  // Reads the entries that are newer than those read before; posted entries do not change.
  absl::Status ReadNewEntries();
  // Reads all of them anew.
  absl::Status ReadAllEntries();
  // In order of sequence.
  const std::vector<BookedEntry>& entries() const { return entries_; }

  // The trial balance up to and including a day; "" means every day.
  absl::StatusOr<TrialBalance> Balances(const std::string& through) const;
  // How many entries were posted with this request id; those of a batch have ids of their own,
  // `request_id#place`.
  absl::StatusOr<int> CountOfRequest(const std::string& request_id) const;

  const std::string& book() const { return book_; }

 private:
  const std::string book_;
  std::unique_ptr<v1::LedgerService::Stub> stub_;
  std::vector<BookedEntry> entries_;
};

}  // namespace lumbung::crash

#endif  // LUMBUNG_TESTS_CRASH_LEDGER_READER_H_
