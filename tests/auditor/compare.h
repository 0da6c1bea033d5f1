// Whether the server's answer is the one that the model expected.
#ifndef LUMBUNG_TESTS_AUDITOR_COMPARE_H_
#define LUMBUNG_TESTS_AUDITOR_COMPARE_H_

#include <string>

#include <google/protobuf/message.h>

#include "lumbung/ledger/v1/books_service.pb.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"

namespace lumbung::auditor {

namespace v1 = ::lumbung::ledger::v1;

// Adds to the expected answer what only the server can know, where the model does not know it yet.
void FillIn(const v1::JournalEntry& actual, v1::JournalEntry* expected);
void FillIn(const v1::BatchCreateJournalEntriesResponse& actual,
            v1::BatchCreateJournalEntriesResponse* expected);
void FillIn(const v1::StreamJournalEntriesResponse& actual,
            v1::StreamJournalEntriesResponse* expected);
void FillIn(const v1::Period& actual, v1::Period* expected);
// Also the order of the closing entry's postings, provided that they come to the same.
void FillIn(const v1::CloseFiscalYearResponse& actual, v1::CloseFiscalYearResponse* expected);
void FillIn(const v1::BalanceAssertion& actual, v1::BalanceAssertion* expected);
void FillIn(const v1::ExchangeRate& actual, v1::ExchangeRate* expected);
void FillIn(const v1::Account& actual, v1::Account* expected);
void FillIn(const v1::Fund& actual, v1::Fund* expected);

// Answers of reads have nothing that the model would not know.
template <typename Response>
void FillIn(const Response& /*actual*/, Response* /*expected*/) {}

// Empty when the messages are equal, else where they differ, the expected value first.
std::string Difference(const google::protobuf::Message& expected,
                       const google::protobuf::Message& actual);

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_COMPARE_H_
