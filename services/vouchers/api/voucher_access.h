// VoucherAccess: what all handlers of the area share: how they come by the book and the voucher
// that a call names, by the caller, and by the answer that shows a voucher.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_VOUCHERS_API_VOUCHER_ACCESS_H_
#define LUMBUNG_SERVICES_VOUCHERS_API_VOUCHER_ACCESS_H_

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/transaction.h"
#include "lumbung/vouchers/v1/resources.pb.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"
#include "services/common/change.h"
#include "services/identity/store/audited.h"
#include "services/vouchers/domain/person.h"
#include "services/vouchers/domain/voucher.h"
#include "services/vouchers/store/approval_desk.h"
#include "services/vouchers/store/attachment_store.h"
#include "services/vouchers/store/voucher_posting.h"
#include "services/vouchers/store/voucher_store.h"

namespace lumbung::vouchers::api {

class VoucherAccess {
 public:
  // All outlive it.
  struct Parts {
    store::ConnectionPool* pool = nullptr;
    BookDirectory* directory = nullptr;
    AttachmentStore* attachments = nullptr;
    std::function<absl::Time()> now;
    // The calendar day by which policies, deputies and recurring vouchers go.
    std::function<Date()> today;
    std::function<void(char* bytes, std::size_t count)> random_bytes;
  };
  // A thing of a book, by the last part of its name.
  struct Named {
    BookKey book;
    std::string id;
  };

  explicit VoucherAccess(Parts parts) : parts_(std::move(parts)) {}

  const Parts& parts() const { return parts_; }
  // The caller, with the roles that hold in the book that the resource name begins with.
  absl::StatusOr<Caller> CallerOf(const CallScope& call, absl::string_view name) const;

  // Of `books/{book}`, at `parent`. The reasons of BookDirectory.
  absl::StatusOr<BookKey> Book(const CallScope& call, absl::string_view parent) const;
  // Of `books/{book}/{collection}/{id}`. INVALID_NAME, then the reasons of BookDirectory.
  absl::StatusOr<Named> Part(const CallScope& call, absl::string_view name,
                             absl::string_view collection, absl::string_view field = "name") const;

  // The voucher with this id or number. VOUCHER_NOT_FOUND.
  static absl::StatusOr<Voucher> Find(store::TransactionScope& scope, const Named& voucher,
                                      RowLock lock);

  absl::StatusOr<ApprovalDesk> OpenDesk(store::TransactionScope& scope, BookKey book) const {
    return ApprovalDesk::Open(scope, books_, book, parts_.today());
  }
  PostingTools Tools() const { return {parts_.now(), parts_.random_bytes}; }

  // Vouchers of the desk's book with their approvals and attachments, as answers show them.
  static std::vector<v1::Voucher> Show(store::TransactionScope& scope, const ApprovalDesk& desk,
                                       const std::vector<Voucher>& vouchers);
  absl::StatusOr<v1::Voucher> Show(store::TransactionScope& scope, BookKey book,
                                   const Voucher& voucher) const;

  // Runs `body(TransactionScope&)` in one read-only database transaction.
  template <typename Body>
  auto Read(const CallScope& call, BookKey book, const Body& body) const {
    return store::InTransaction(*parts_.pool,
                                {book.organization, store::Access::kReadOnly, call.deadline}, body);
  }
  // Runs `body(TransactionScope&)` as RunChange does, and leaves a trace in the audit trail.
  template <typename Response, typename Request, typename Body>
  absl::StatusOr<Response> Change(const CallScope& call, BookKey book, const Request& request,
                                  const Body& body) const {
    return RunChange<Response>(*parts_.pool, call, book.organization, request,
                               audit::Audited(call, request, body));
  }
  // The same for what is there already: `body(TransactionScope&, Response* before)` says what it
  // was.
  template <typename Response, typename Request, typename Body>
  absl::StatusOr<Response> ChangeExisting(const CallScope& call, BookKey book,
                                          const Request& request, const Body& body) const {
    return RunChange<Response>(*parts_.pool, call, book.organization, request,
                               [&](store::TransactionScope& scope) -> absl::StatusOr<Response> {
                                 Response before;
                                 LUMBUNG_ASSIGN_OR_RETURN(Response after, body(scope, &before));
                                 audit::RecordChange(scope, call, request, after, &before);
                                 return after;
                               });
  }
  // The same for a voucher, which is locked: `body(TransactionScope&, Voucher*)` returns a Status,
  // and the answer shows what has become of the voucher. VOUCHER_NOT_FOUND.
  template <typename Request, typename Body>
  absl::StatusOr<v1::Voucher> ChangeVoucher(const CallScope& call, const Named& name,
                                            const Request& request, const Body& body) const {
    return ChangeExisting<v1::Voucher>(
        call, name.book, request,
        [&](store::TransactionScope& scope, v1::Voucher* before) -> absl::StatusOr<v1::Voucher> {
          LUMBUNG_ASSIGN_OR_RETURN(Voucher voucher, Find(scope, name, RowLock::kForUpdate));
          LUMBUNG_ASSIGN_OR_RETURN(*before, Show(scope, name.book, voucher));
          LUMBUNG_RETURN_IF_ERROR(body(scope, &voucher));
          return Show(scope, name.book, voucher);
        });
  }

 private:
  const Parts parts_;
  mutable BookCache books_;
};

// NOT_THE_MAKER.
absl::Status CheckIsMaker(const Caller& caller, const Voucher& voucher);

// A comment or reason: INVALID_TEXT, TEXT_TOO_LONG; REASON_REQUIRED when it is blank.
absl::Status CheckReason(const std::string& reason);

}  // namespace lumbung::vouchers::api

#endif  // LUMBUNG_SERVICES_VOUCHERS_API_VOUCHER_ACCESS_H_
