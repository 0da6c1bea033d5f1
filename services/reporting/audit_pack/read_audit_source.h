// What audit files, tests and samples are made from, read from the database.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_READ_AUDIT_SOURCE_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_READ_AUDIT_SOURCE_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date_range.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/transaction.h"
#include "reports/audit_pack/audit_source.h"

namespace lumbung::reporting {

// The lines with an opening balance or turnover, in order of the chart. Both ends of the period are
// set. FUNCTIONAL_CURRENCY_CHANGED.
absl::StatusOr<std::vector<reports::TrialBalanceLine>> ReadTrialBalance(
    store::TransactionScope& scope, const BookSnapshot& book, const DateRange& period);

// Without people. Its entries are read in the same database transaction, which is read-only and
// outlives it. FUNCTIONAL_CURRENCY_CHANGED.
absl::StatusOr<reports::AuditSource> ReadAuditSource(store::TransactionScope& scope,
                                                     const store::Organization& organization,
                                                     std::shared_ptr<const BookSnapshot> book,
                                                     const DateRange& period);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_READ_AUDIT_SOURCE_H_
