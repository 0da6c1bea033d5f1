// RegisterReader: the postings of some accounts by date, then by recording, with running balances.
// Reads through a cursor of the caller's database transaction (Access::kReadOnly), a chunk at a
// time: memory stays constant, and the whole register is one view of the book whatever is posted
// meanwhile.
//
// One register at a time per database transaction: another may be opened when this one has come to
// its end. Not thread-safe.
#ifndef LUMBUNG_LEDGER_STORE_REGISTER_READER_H_
#define LUMBUNG_LEDGER_STORE_REGISTER_READER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/core/balance.h"
#include "ledger/core/date_range.h"
#include "ledger/core/entry.h"
#include "ledger/core/ids.h"
#include "ledger/store/dimension_filter.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

inline constexpr int kRegisterChunk = 200;
inline constexpr std::size_t kMaxOtherAccounts = 8;

struct RegisterFilter {
  // At least one.
  std::vector<AccountId> accounts;
  DateRange dates;
  DimensionFilter dimensions;
  std::optional<CurrencyId> currency;
  // At most this many postings.
  std::optional<std::int64_t> limit;
};

struct RegisterLine {
  EntryId entry{};
  SeriesId series{};
  int fiscal_year = 0;
  std::int64_t number = 0;
  Date effective_date;
  std::string description;
  std::string reference;
  ValidPosting posting;
  // After this posting: of its currency, and at functional amounts of its functional currency.
  Decimal running_balance;
  Decimal running_functional_balance;
  // Accounts on the other side of the entry, in its order; at most kMaxOtherAccounts.
  std::vector<AccountId> other_accounts;
};

class RegisterReader {
 public:
  // Sums what lies before the range and opens the cursor. BOOK_NOT_FOUND.
  static absl::StatusOr<RegisterReader> Open(TransactionScope& scope, BookKey book,
                                             const RegisterFilter& filter);

  // Turnover before the range, one row per currency and functional currency, all accounts together.
  const std::vector<BalanceRow>& opening() const { return opening_; }
  // The next kRegisterChunk lines, or what is left; empty at the end.
  absl::StatusOr<std::vector<RegisterLine>> Next();

 private:
  RegisterReader(TransactionScope& scope, BookKey book) : scope_(&scope), book_(book) {}
  absl::Status ReadOpening(const RegisterFilter& filter);
  absl::Status AddOtherAccounts(std::vector<RegisterLine>* lines);

  TransactionScope* scope_;
  BookKey book_;
  bool is_open_ = true;
  std::vector<BalanceRow> opening_;
  std::map<CurrencyId, Decimal> running_;
  std::map<CurrencyId, Decimal> running_functional_;
};

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_REGISTER_READER_H_
