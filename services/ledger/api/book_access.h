// BookAccess: how handlers come by the book that a call names, read it in one view, and change it.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_LEDGER_API_BOOK_ACCESS_H_
#define LUMBUNG_SERVICES_LEDGER_API_BOOK_ACCESS_H_

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/status.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/transaction.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"
#include "services/common/change.h"
#include "services/identity/store/audited.h"

namespace lumbung::ledger::api {

class BookAccess {
 public:
  using Snapshot = std::shared_ptr<const BookSnapshot>;

  // All outlive it.
  struct Parts {
    store::ConnectionPool* pool = nullptr;
    BookDirectory* directory = nullptr;
    // The book as it is now.
    std::function<absl::StatusOr<Snapshot>(BookKey, absl::Time deadline)> snapshot;
    // Told after a change of the book is committed.
    std::function<void(BookKey)> on_book_changed;
    std::function<absl::Time()> now;
    std::function<void(char* bytes, std::size_t count)> random_bytes;
  };

  explicit BookAccess(Parts parts) : parts_(std::move(parts)) {}

  // The book that a request names as its parent; the reasons of BookDirectory.
  absl::StatusOr<BookKey> Parent(const CallScope& call, const std::string& parent) {
    return parts_.directory->Book(call, parent, "parent");
  }
  // The book that a name such as `books/main/entries/7` begins with, and the id after `collection`.
  // INVALID_NAME, then the reasons of BookDirectory.
  absl::StatusOr<std::pair<BookKey, std::string>> Part(const CallScope& call,
                                                       const std::string& name,
                                                       absl::string_view collection);

  absl::StatusOr<Snapshot> Current(const CallScope& call, BookKey book) {
    return parts_.snapshot(book, call.deadline);
  }

  // Runs `body(TransactionScope&, const BookSnapshot&)`, which returns a StatusOr, in one read-only
  // database transaction. The snapshot knows everything that the transaction can see.
  template <typename Body>
  auto Read(const CallScope& call, BookKey book, const Body& body)
      -> std::invoke_result_t<Body, store::TransactionScope&, const BookSnapshot&> {
    LUMBUNG_ASSIGN_OR_RETURN(const Snapshot current, Current(call, book));
    return store::InTransaction(
        *parts_.pool, {book.organization, store::Access::kReadOnly, call.deadline},
        [&](store::TransactionScope& scope)
            -> std::invoke_result_t<Body, store::TransactionScope&, const BookSnapshot&> {
          LUMBUNG_ASSIGN_OR_RETURN(const Snapshot seen, SeenBy(scope, current));
          return body(scope, *seen);
        });
  }

  // Runs `body(TransactionScope&)` as RunChange does, and tells that the book has changed.
  template <typename Response, typename Request, typename Body>
  absl::StatusOr<Response> Change(const CallScope& call, BookKey book, const Request& request,
                                  const Body& body) {
    absl::StatusOr<Response> response = RunChange<Response>(
        *parts_.pool, call, book.organization, request, audit::Audited(call, request, body));
    // Told even when the outcome is unknown: forgetting a book costs one read.
    if (!request.validate_only()) parts_.on_book_changed(book);
    return response;
  }

  store::ConnectionPool& pool() const { return *parts_.pool; }
  absl::Time Now() const { return parts_.now(); }
  const std::function<void(char*, std::size_t)>& random_bytes() const {
    return parts_.random_bytes;
  }

 private:
  // `current`, or the book as the transaction sees it when that is newer.
  static absl::StatusOr<Snapshot> SeenBy(store::TransactionScope& scope, const Snapshot& current);

  const Parts parts_;
};

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_BOOK_ACCESS_H_
