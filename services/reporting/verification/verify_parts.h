// The parts of a book's verification, each of which looks at one kind of thing.
#ifndef LUMBUNG_SERVICES_REPORTING_VERIFICATION_VERIFY_PARTS_H_
#define LUMBUNG_SERVICES_REPORTING_VERIFICATION_VERIFY_PARTS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/transaction.h"
#include "services/reporting/verification/promise.h"
#include "services/reporting/verification/verify_book.h"

namespace lumbung::reporting {

// Entries: their bytes and hashes, their order and numbers, their balance.
absl::Status VerifyEntries(store::TransactionScope& scope, const BookSnapshot& book,
                           const PromiseVisitor& visit);
// What is kept beside the postings: balances, turnover, and the months that were closed for good.
absl::Status VerifyBalances(store::TransactionScope& scope, const BookSnapshot& book,
                            const PromiseVisitor& visit);
// The organization's log: its leaves, what they are hashes of, its checkpoints and keys.
absl::Status VerifyLog(store::TransactionScope& scope, const PromiseVisitor& visit);
// A file that somebody attached.
struct KeptFile {
  std::string place;
  std::string name;
  std::string sha256;
};

// Vouchers: what was approved is what was posted. Their attachments are added to `files`.
absl::Status VerifyVouchers(store::TransactionScope& scope, const BookSnapshot& book,
                            const PromiseVisitor& visit, std::vector<KeptFile>* files);
// The files' bytes, which never change under their digest and so need no view of the database.
absl::Status VerifyFiles(store::ConnectionPool& pool, const VerificationRequest& request,
                         const std::vector<KeptFile>& files, const PromiseVisitor& visit);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_VERIFICATION_VERIFY_PARTS_H_
