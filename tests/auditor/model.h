// The model: a second ledger, in memory, that says beforehand what the server has to answer. It
// follows the API's description, keeps no balances, and calls nothing of ledger/.
//
// `Expect` takes a call as the server does: it changes the book when the call would, and returns
// the answer. What only the server can know (times, hashes, the ids of rates and assertions) is
// missing from it: FillIn (compare.h) adds it, and `Witness` keeps it, so that it must stay the
// same from then on.
#ifndef LUMBUNG_TESTS_AUDITOR_MODEL_H_
#define LUMBUNG_TESTS_AUDITOR_MODEL_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "lumbung/ledger/v1/books_service.pb.h"
#include "tests/auditor/answer.h"
#include "tests/auditor/book.h"
#include "tests/auditor/reads.h"

namespace lumbung::auditor {

class Model {
 public:
  explicit Model(Book book) : book_(std::move(book)) {}

  const Book& book() const { return book_; }
  // For the tests that show that a wrong model is noticed.
  Book& book_to_tamper_with() { return book_; }

  Answer<v1::JournalEntry> Expect(const v1::CreateJournalEntryRequest& request, bool adjuster);
  Answer<v1::BatchCreateJournalEntriesResponse> Expect(
      const v1::BatchCreateJournalEntriesRequest& request, bool adjuster);
  // Of a refused entry the result has the reason only.
  Answer<v1::StreamJournalEntriesResponse> Expect(const StreamCall& call, bool adjuster);
  Answer<v1::JournalEntry> Expect(const v1::ReverseJournalEntryRequest& request, bool adjuster);

  Answer<v1::Period> Expect(const v1::ClosePeriodRequest& request, bool adjuster);
  Answer<v1::Period> Expect(const v1::ReopenPeriodRequest& request, bool adjuster);
  // The postings of the closing entry are right up to their order and to postings that add up.
  Answer<v1::CloseFiscalYearResponse> Expect(const v1::CloseFiscalYearRequest& request,
                                             bool adjuster);

  Answer<v1::BalanceAssertion> Expect(const v1::CreateBalanceAssertionRequest& request,
                                      bool adjuster);
  Answer<v1::ExchangeRate> Expect(const v1::CreateExchangeRateRequest& request, bool adjuster);
  // Opens or closes; of the account and the fund only the id and `closed` are filled.
  Answer<v1::Account> Expect(const v1::UpdateAccountRequest& request, bool adjuster);
  Answer<v1::Fund> Expect(const v1::UpdateFundRequest& request, bool adjuster);

  // Everything else reads.
  template <typename Request>
  auto Expect(const Request& request, bool /*adjuster*/) {
    return Read(book_, request);
  }

  // Keeps what the server's answer told.
  void Witness(const v1::JournalEntry& shown);
  void Witness(const v1::BatchCreateJournalEntriesResponse& response);
  void Witness(const v1::Period& shown);
  void Witness(const v1::CloseFiscalYearResponse& response);
  void Witness(const v1::BalanceAssertion& shown);

  // Keeps the first answer to a change that had a request id.
  template <typename Request, typename Response>
  void Remember(const Request& request, const Response& response) {
    if (request.request_id().empty() || request.validate_only()) return;
    book_.answers.try_emplace(KeyOf(request),
                              Remembered{BodyOf(request), response.SerializeAsString()});
  }

 private:
  struct Draft {
    v1::JournalEntry asked;
    std::string request_id;
  };

  // All or nothing; `next_request_id` is one that a longer batch of the same id would have.
  Answer<std::vector<v1::JournalEntry>> PostAll(const std::vector<Draft>& drafts,
                                                const std::string& next_request_id, bool adjuster,
                                                bool validate_only);
  bool AssertionsHold() const;
  Answer<v1::Period> SetState(const std::string& month, v1::PeriodState state);
  Answer<v1::Period> HardClose(const std::string& month);
  Answer<v1::CloseFiscalYearResponse> CloseYear(const v1::CloseFiscalYearRequest& request,
                                                bool adjuster);

  template <typename Request>
  static std::pair<std::string, std::string> KeyOf(const Request& request) {
    return {request.GetDescriptor()->name(), request.request_id()};
  }
  template <typename Request>
  static std::string BodyOf(Request request) {
    request.clear_request_id();
    return request.SerializeAsString();
  }

  // The first answer to this request id, or what `body` answers.
  template <typename Response, typename Request>
  Answer<Response> Once(const Request& request, const std::function<Answer<Response>()>& body) {
    if (request.validate_only()) {
      const Book before = book_;
      const Answer<Response> answer = body();
      book_ = before;
      return answer;
    }
    const auto found = book_.answers.find(KeyOf(request));
    if (request.request_id().empty() || found == book_.answers.end()) return body();
    if (found->second.request != BodyOf(request)) return {"REQUEST_ID_REUSED", {}};
    Answer<Response> first;
    first.message.ParseFromString(found->second.answer);
    return first;
  }

  Book book_;
};

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_MODEL_H_
