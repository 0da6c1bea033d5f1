// What clients ask of the server, in the words of the crash test: independent of how the server
// keeps it, so that the two can be compared.
#ifndef LUMBUNG_TESTS_CRASH_CALL_H_
#define LUMBUNG_TESTS_CRASH_CALL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"

namespace lumbung::crash {

namespace v1 = ::lumbung::ledger::v1;

inline constexpr char kOrganization[] = "crash";
inline constexpr int kAccounts = 6;

struct Line {
  // "1" to "6".
  std::string account;
  // Whole rupiah, a debit positive.
  std::int64_t amount = 0;

  bool operator==(const Line&) const = default;
};

// An entry of a call. Its description tells it from every other: `request_id`, or in a batch
// `request_id#place`.
struct Entry {
  std::string description;
  std::string date;
  std::vector<Line> lines;
};

// One call of a client. To ask again is to send exactly the same.
struct Call {
  std::string request_id;
  // `books/{book}`.
  std::string book;
  // What the book has to hold once the call is acknowledged.
  std::vector<Entry> entries;
  bool batch = false;
  // The name of the entry that the one entry of this call reverses; empty for an ordinary call.
  std::string reverses;
};

// An entry as the server shows it.
struct BookedEntry {
  std::int64_t sequence = 0;
  std::string number;
  Entry content;
  std::string leaf_hash;
  absl::Time recorded_at;
};

// A call that the server has answered, with the entries of the answer.
struct AcknowledgedCall {
  Call call;
  std::vector<BookedEntry> entries;
};

// One call as it goes over the wire; exactly one of the requests is filled.
v1::CreateJournalEntryRequest SingleRequest(const Call& call);
v1::BatchCreateJournalEntriesRequest BatchRequest(const Call& call);
v1::ReverseJournalEntryRequest ReversalRequest(const Call& call);

BookedEntry FromProto(const v1::JournalEntry& entry);

// The whole rupiah of "1234567" or "1234567.00".
std::int64_t WholeAmount(const std::string& text);

}  // namespace lumbung::crash

#endif  // LUMBUNG_TESTS_CRASH_CALL_H_
