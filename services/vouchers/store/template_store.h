// Templates: vouchers that are written again and again, some of them on a schedule. The functions
// run inside the caller's database transaction.
#ifndef LUMBUNG_SERVICES_VOUCHERS_STORE_TEMPLATE_STORE_H_
#define LUMBUNG_SERVICES_VOUCHERS_STORE_TEMPLATE_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"
#include "services/vouchers/domain/schedule.h"
#include "services/vouchers/domain/voucher.h"
#include "services/vouchers/store/voucher_store.h"

namespace lumbung::vouchers {

struct VoucherTemplate {
  std::string key;
  std::string display_name;
  // Its date means nothing.
  VoucherContent content;
  // A closed one makes no more vouchers.
  bool closed = false;
  // Recurring, when present.
  std::optional<Schedule> schedule;
};

// ALREADY_EXISTS.
absl::Status InsertTemplate(store::TransactionScope& scope, BookKey book,
                            const VoucherTemplate& added);
// TEMPLATE_NOT_FOUND at `name`.
absl::StatusOr<VoucherTemplate> FindTemplate(store::TransactionScope& scope, BookKey book,
                                             absl::string_view key, RowLock lock);
// The caller holds the row's lock.
void SaveTemplate(store::TransactionScope& scope, BookKey book, const VoucherTemplate& changed);

// Those whose key comes after `after`, by key, at most `limit`.
absl::StatusOr<std::vector<VoucherTemplate>> ListTemplates(store::TransactionScope& scope,
                                                           BookKey book, absl::string_view after,
                                                           int limit);
// The open ones that are due on `today`, by key, each locked.
absl::StatusOr<std::vector<VoucherTemplate>> LockDueTemplates(store::TransactionScope& scope,
                                                              BookKey book, Date today);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_STORE_TEMPLATE_STORE_H_
