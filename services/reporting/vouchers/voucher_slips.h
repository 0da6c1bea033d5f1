// From a voucher to its slip and to its receipt.
#ifndef LUMBUNG_SERVICES_REPORTING_VOUCHERS_VOUCHER_SLIPS_H_
#define LUMBUNG_SERVICES_REPORTING_VOUCHERS_VOUCHER_SLIPS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/book_snapshot.h"
#include "reports/model/amount_text.h"
#include "reports/model/document.h"
#include "reports/slips/slip.h"
#include "services/vouchers/store/voucher_trail.h"

namespace lumbung::reporting {

struct SlipSetting {
  const BookSnapshot& book;
  // Its organization, language, marks, place and further signatures.
  const reports::DocumentFrame& frame;
  reports::AmountStyle amounts;
};

// The voucher itself: postings, total, amount in words, and who made, approved and received. What
// is not posted is marked so. OVERFLOW.
absl::StatusOr<reports::Slip> VoucherSlip(const SlipSetting& setting,
                                          const vouchers::VoucherTrail& trail);

// Kwitansi: who pays signs nothing, who receives does. Only what was posted is receipted. With a
// place for stamp duty above five million rupiah (UU 10/2020, articles 3 and 5). NOT_A_RECEIPT for
// a voucher that moves no money or is not posted; OVERFLOW.
absl::StatusOr<reports::Slip> ReceiptSlip(const SlipSetting& setting,
                                          const vouchers::VoucherTrail& trail);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_VOUCHERS_VOUCHER_SLIPS_H_
