// A live book, checked from its stored bytes up: what `verify.py` does with a pack, done where the
// books are, and also of what a pack does not carry.
#ifndef LUMBUNG_SERVICES_REPORTING_VERIFICATION_VERIFY_BOOK_H_
#define LUMBUNG_SERVICES_REPORTING_VERIFICATION_VERIFY_BOOK_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"
#include "services/reporting/verification/promise.h"

namespace lumbung::reporting {

struct VerificationRequest {
  BookKey book;
  absl::Time deadline = absl::InfiniteFuture();
};

// Reads the whole book, its vouchers and the organization's log in one view of the database, and
// tells `visit` of each promise as it is done. What is broken is a finding, not an error.
// BOOK_NOT_FOUND, and what `visit` refuses.
absl::Status VerifyBook(store::ConnectionPool& pool, const VerificationRequest& request,
                        const PromiseVisitor& visit);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_VERIFICATION_VERIFY_BOOK_H_
