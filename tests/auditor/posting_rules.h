// Which entries a book takes: the list of reasons in ledger_service.proto, in its order, written a
// second time and from scratch.
#ifndef LUMBUNG_TESTS_AUDITOR_POSTING_RULES_H_
#define LUMBUNG_TESTS_AUDITOR_POSTING_RULES_H_

#include <string>
#include <vector>

#include "tests/auditor/book.h"

namespace lumbung::auditor {

// What is wrong with an entry whatever the book; empty when nothing is. INVALID_DATE, INVALID_KIND,
// INVALID_AMOUNT.
std::string FaultOfForm(const v1::JournalEntry& asked);

struct Ruling {
  // Empty when the book takes the entry.
  std::string reason;
  std::vector<Line> lines;
};

// Judges an entry without fault of form; assertions are left to the caller.
Ruling Judge(const Book& book, const v1::JournalEntry& asked, const std::string& request_id,
             bool adjuster);

// The lines of an entry as it is shown.
std::vector<Line> LinesOf(const Book& book, const v1::JournalEntry& shown);

// The entry in the one spelling that stands for all that ask for the same.
v1::JournalEntry SameRequest(const v1::JournalEntry& asked);

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_POSTING_RULES_H_
