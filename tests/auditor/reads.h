// What the book answers to questions: every filter is applied to every posting, one by one.
#ifndef LUMBUNG_TESTS_AUDITOR_READS_H_
#define LUMBUNG_TESTS_AUDITOR_READS_H_

#include "tests/auditor/answer.h"
#include "tests/auditor/book.h"

namespace lumbung::auditor {

Answer<v1::JournalEntry> Read(const Book& book, const v1::GetJournalEntryRequest& request);
// All pages as one, without a token.
Answer<v1::ListJournalEntriesResponse> Read(const Book& book,
                                            const v1::ListJournalEntriesRequest& request);
Answer<v1::GetBalanceResponse> Read(const Book& book, const v1::GetBalanceRequest& request);
Answer<v1::ListBalancesResponse> Read(const Book& book, const v1::ListBalancesRequest& request);
// All messages as one.
Answer<v1::QueryPostingsResponse> Read(const Book& book, const v1::QueryPostingsRequest& request);
Answer<v1::ListPeriodsResponse> Read(const Book& book, const v1::ListPeriodsRequest& request);
// All pages as one, without a token.
Answer<v1::ListBalanceAssertionsResponse> Read(const Book& book,
                                               const v1::ListBalanceAssertionsRequest& request);

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_READS_H_
