// The words that vouchers are printed with, Indonesian and English.
#ifndef LUMBUNG_SERVICES_REPORTING_VOUCHERS_VOUCHER_WORDS_H_
#define LUMBUNG_SERVICES_REPORTING_VOUCHERS_VOUCHER_WORDS_H_

#include <string>

#include "absl/time/time.h"
#include "reports/model/label.h"
#include "services/vouchers/domain/voucher.h"

namespace lumbung::reporting {

// "BUKTI KAS KELUAR (BKK)".
std::string KindTitle(vouchers::VoucherKind kind, reports::Language language);
std::string StateTitle(vouchers::VoucherState state, reports::Language language);
// Money comes in, or goes out; memorial vouchers do neither.
bool IsReceiving(vouchers::VoucherKind kind);
bool IsPaying(vouchers::VoucherKind kind);
// "Dibayarkan kepada".
std::string PartyTitle(vouchers::VoucherKind kind, reports::Language language);
// "31/12/2026 14:05 UTC", or the same as ISO 8601 in English.
std::string MomentText(absl::Time time, reports::Language language);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_VOUCHERS_VOUCHER_WORDS_H_
