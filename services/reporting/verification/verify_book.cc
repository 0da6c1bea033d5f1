#include "services/reporting/verification/verify_book.h"

#include <utility>
#include <vector>

#include "ledger/core/book_snapshot.h"
#include "ledger/core/status.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/transaction.h"
#include "services/reporting/verification/verify_parts.h"

namespace lumbung::reporting {

absl::Status VerifyBook(store::ConnectionPool& pool, const VerificationRequest& request,
                        const PromiseVisitor& visit) {
  std::vector<KeptFile> files;
  LUMBUNG_RETURN_IF_ERROR(store::RunInTransaction(
      pool, {request.book.organization, store::Access::kReadOnly, request.deadline},
      [&](store::TransactionScope& scope) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(BookContents contents,
                                 store::LoadBookContents(scope, request.book));
        const BookSnapshot book(std::move(contents));
        LUMBUNG_RETURN_IF_ERROR(VerifyEntries(scope, book, visit));
        LUMBUNG_RETURN_IF_ERROR(VerifyBalances(scope, book, visit));
        LUMBUNG_RETURN_IF_ERROR(VerifyLog(scope, visit));
        return VerifyVouchers(scope, book, visit, &files);
      }));
  return VerifyFiles(pool, request, files, visit);
}

}  // namespace lumbung::reporting
