// What a book keeps beside its postings, compared with what the postings give: everything is summed
// up again. Reads the whole book; inside the caller's read-only database transaction.
#ifndef LUMBUNG_LEDGER_STORE_VERIFICATION_H_
#define LUMBUNG_LEDGER_STORE_VERIFICATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

// What an entry was posted with, as it is stored now.
struct EntryProof {
  EntryId entry{};
  std::string canonical;
  std::string salt;
  std::string leaf_hash;
};

// By sequence, after `after`, at most `limit`.
std::vector<EntryProof> ReadEntryProofs(TransactionScope& scope, BookKey book, EntryId after,
                                        int limit);

struct Comparison {
  std::int64_t compared = 0;
  // What differs: an account and a month ("1.1.01 2026-03"), or an entry ("17").
  std::vector<std::string> differences;
};

// Turnover by month, fund and dimensions.
Comparison CompareMonthBalances(TransactionScope& scope, BookKey book);
// Turnover by account, month and day, up to the entry that it was folded to.
Comparison CompareTurnover(TransactionScope& scope, BookKey book);
// The trial balances of hard-closed months.
Comparison ComparePeriodBalances(TransactionScope& scope, BookKey book);
// The date of every posting, which its entry has as well.
Comparison ComparePostingDates(TransactionScope& scope, BookKey book);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_VERIFICATION_H_
