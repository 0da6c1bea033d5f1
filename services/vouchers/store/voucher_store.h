// Vouchers in the database: one row each, and a row of history for everything that happens to it.
// The functions run inside the caller's database transaction. Whoever changes a voucher locks its
// row first, by FindVoucher; that lock is what lets one of several concurrent approvals win.
#ifndef LUMBUNG_SERVICES_VOUCHERS_STORE_VOUCHER_STORE_H_
#define LUMBUNG_SERVICES_VOUCHERS_STORE_VOUCHER_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/date_range.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/vouchers/domain/voucher.h"
#include "services/vouchers/domain/voucher_moves.h"

namespace lumbung::vouchers {

enum class RowLock { kNone, kForUpdate };

// Something that happened to a voucher. The row of history it makes is the place where an audit
// trail joins in.
struct VoucherEvent {
  int version = 0;
  VoucherAction action{};
  VoucherState state{};
  Person person;
  std::string content_hash;
  std::string comment;
  absl::Time recorded_at;
};

struct VoucherFilter {
  // Empty: every state.
  std::vector<VoucherState> states;
  std::optional<VoucherKind> kind;
  std::optional<std::int64_t> maker;
  DateRange dates;
  // Found anywhere in number, party, description, reference or postings; letter case does not
  // matter.
  std::string text;
  // Vouchers that this person made or has approved in their current round.
  std::optional<std::int64_t> made_or_approved_by;
};

// Stores a draft under the book's next id.
absl::StatusOr<Voucher> InsertVoucher(store::TransactionScope& scope, BookKey book,
                                      const VoucherContent& content, const Person& maker,
                                      const std::string& template_key);

// VOUCHER_NOT_FOUND at `name`.
absl::StatusOr<Voucher> FindVoucher(store::TransactionScope& scope, BookKey book, VoucherId id,
                                    RowLock lock);

// The voucher with this number. VOUCHER_NOT_FOUND at `name`.
absl::StatusOr<VoucherId> FindVoucherByNumber(store::TransactionScope& scope, BookKey book,
                                              const std::string& number);

// Writes everything of a voucher that may change, as its next version, and the history of it. The
// caller holds the row's lock.
absl::Status SaveVoucher(store::TransactionScope& scope, BookKey book, VoucherAction action,
                         const Person& person, const std::string& comment, Voucher* voucher);

// In order of id, after (or, newest first, before) `after`.
absl::StatusOr<std::vector<Voucher>> ListVouchers(store::TransactionScope& scope, BookKey book,
                                                  const VoucherFilter& filter, bool newest_first,
                                                  std::optional<VoucherId> after, int limit);

// In order of happening.
absl::StatusOr<std::vector<VoucherEvent>> ReadHistory(store::TransactionScope& scope, BookKey book,
                                                      VoucherId id);

// A LIKE pattern that finds `text` literally, anywhere.
std::string ContainsPattern(absl::string_view text);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_STORE_VOUCHER_STORE_H_
