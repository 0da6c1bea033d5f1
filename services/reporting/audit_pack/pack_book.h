// The book in an audit pack: what it is made of, all its entries, and the period's trial balance.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_BOOK_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_BOOK_H_

#include <vector>

#include "absl/status/status.h"
#include "reports/audit_pack/audit_source.h"
#include "services/reporting/audit_pack/pack_context.h"

namespace lumbung::reporting {

// book/book.json, book/entries.jsonl and balances/trial-balance.json.
absl::Status PackBook(PackContext& pack,
                      const std::vector<reports::TrialBalanceLine>& trial_balance);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_BOOK_H_
