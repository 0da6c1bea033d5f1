// Posting a voucher: its number, its journal entry and its state come into being together, in the
// caller's database transaction, or not at all.
#ifndef LUMBUNG_SERVICES_VOUCHERS_STORE_VOUCHER_POSTING_H_
#define LUMBUNG_SERVICES_VOUCHERS_STORE_VOUCHER_POSTING_H_

#include <cstddef>
#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/vouchers/domain/voucher.h"

namespace lumbung::vouchers {

struct PostingTools {
  absl::Time now;
  std::function<void(char* bytes, std::size_t count)> random_bytes;
};

// Posts an approved voucher whose row the caller has locked. Takes the lock of the number series,
// then that of the book, and keeps them: let it come last. VOUCHER_STATE, UNKNOWN_SERIES,
// NUMBER_UNDETERMINED, NUMBER_TOO_LONG, NUMBER_TAKEN, the reasons of CheckVoucher, VALUE_CHANGED
// when the voucher is no longer worth what was approved, those of a journal entry.
absl::Status PostVoucher(store::TransactionScope& scope, const BookSnapshot& book,
                         const Caller& caller, const PostingTools& tools, Voucher* voucher);

// VALUE_CHANGED at `amount`.
absl::Status CheckValue(const Voucher& voucher, const Decimal& now_worth);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_STORE_VOUCHER_POSTING_H_
