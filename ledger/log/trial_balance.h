// The canonical bytes of a closed period's trial balance, and their hash: what a hard close stores,
// and what an auditor computes again. Layout in trial_balance.md.
#ifndef LUMBUNG_LEDGER_LOG_TRIAL_BALANCE_H_
#define LUMBUNG_LEDGER_LOG_TRIAL_BALANCE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/core/balance.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date.h"

namespace lumbung::log {

inline constexpr std::uint8_t kTrialBalanceVersion = 1;

// `rows` are cumulative turnover at the end of `month`, told apart by dimensions, in any order,
// none twice. Pure.
absl::StatusOr<std::string> TrialBalanceBytes(const BookSnapshot& book, Date month,
                                              absl::Span<const BalanceRow> rows);

// SHA-256 over the bytes, 32 bytes.
absl::StatusOr<std::string> TrialBalanceHash(const BookSnapshot& book, Date month,
                                             absl::Span<const BalanceRow> rows);

}  // namespace lumbung::log

#endif  // LUMBUNG_LEDGER_LOG_TRIAL_BALANCE_H_
