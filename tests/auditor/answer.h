// What a call came to: a message, or the reason why not. The same for the model and the server.
#ifndef LUMBUNG_TESTS_AUDITOR_ANSWER_H_
#define LUMBUNG_TESTS_AUDITOR_ANSWER_H_

#include <string>
#include <vector>

#include "lumbung/ledger/v1/ledger_service.pb.h"

namespace lumbung::auditor {

namespace v1 = ::lumbung::ledger::v1;

template <typename Message>
struct Answer {
  using MessageType = Message;

  // Empty when the call succeeded.
  std::string reason;
  Message message;

  bool refused() const { return !reason.empty(); }
};

// The messages of one StreamJournalEntries call.
struct StreamCall {
  std::vector<v1::StreamJournalEntriesRequest> requests;

  std::string ShortDebugString() const {
    std::string text;
    for (const auto& request : requests) text += "{ " + request.ShortDebugString() + " } ";
    return text;
  }
};

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_ANSWER_H_
