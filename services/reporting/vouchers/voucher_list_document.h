// The list of vouchers as a document.
#ifndef LUMBUNG_SERVICES_REPORTING_VOUCHERS_VOUCHER_LIST_DOCUMENT_H_
#define LUMBUNG_SERVICES_REPORTING_VOUCHERS_VOUCHER_LIST_DOCUMENT_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "ledger/core/book_snapshot.h"
#include "reports/model/document.h"
#include "services/vouchers/store/voucher_trail.h"

namespace lumbung::reporting {

using TrailVisitor = std::function<absl::Status(const vouchers::VoucherTrail&)>;

struct VoucherList {
  const BookSnapshot& book;
  reports::DocumentFrame frame;
  // "1 Januari s.d. 31 Desember 2026"; empty when vouchers were named.
  std::string days;
  // Shows each voucher of the list, until one is refused.
  std::function<absl::Status(const TrailVisitor& visit)> visit;
};

// A row per voucher in the order of its visit, with how many and how much of each kind were posted.
// OVERFLOW, and what the writer refuses.
absl::Status WriteVoucherList(const VoucherList& list, reports::DocumentWriter& writer);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_VOUCHERS_VOUCHER_LIST_DOCUMENT_H_
