// The calls that a run is made of.
#ifndef LUMBUNG_TESTS_AUDITOR_COMMANDS_H_
#define LUMBUNG_TESTS_AUDITOR_COMMANDS_H_

#include <string>
#include <variant>

#include "lumbung/ledger/v1/books_service.pb.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "tests/auditor/answer.h"

namespace lumbung::auditor {

// What happens to a server between calls, and must not show.
enum class Housekeeping { kFoldTurnover, kRestart };

using Request =
    std::variant<v1::CreateJournalEntryRequest, v1::BatchCreateJournalEntriesRequest, StreamCall,
                 v1::ReverseJournalEntryRequest, v1::ClosePeriodRequest, v1::ReopenPeriodRequest,
                 v1::CloseFiscalYearRequest, v1::CreateBalanceAssertionRequest,
                 v1::CreateExchangeRateRequest, v1::UpdateAccountRequest, v1::UpdateFundRequest,
                 v1::GetJournalEntryRequest, v1::ListJournalEntriesRequest, v1::GetBalanceRequest,
                 v1::ListBalancesRequest, v1::QueryPostingsRequest, v1::ListPeriodsRequest,
                 Housekeeping>;

struct Command {
  Request request;
  // The caller may post into soft-closed periods.
  bool adjuster = false;
};

// In one line, for people.
std::string Describe(const Command& command);

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_COMMANDS_H_
