// BookDirectory: from the names in a call to the organization and book they mean. Names never
// change meaning, so that what was found once is kept.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_COMMON_BOOK_DIRECTORY_H_
#define LUMBUNG_SERVICES_COMMON_BOOK_DIRECTORY_H_

#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "ledger/core/ids.h"
#include "ledger/store/connection_pool.h"
#include "services/common/call_scope.h"

namespace lumbung {

class BookDirectory {
 public:
  explicit BookDirectory(store::ConnectionPool* pool) : pool_(pool) {}

  // The organization that the call names. ORGANIZATION_REQUIRED, ORGANIZATION_NOT_FOUND.
  absl::StatusOr<OrganizationId> Organization(const CallScope& call);

  // The book `books/{book}` of that organization. The reasons of Organization, INVALID_NAME (at
  // `field`), BOOK_NOT_FOUND (at `field`).
  absl::StatusOr<BookKey> Book(const CallScope& call, absl::string_view name,
                               absl::string_view field);
  // The same by the id alone.
  absl::StatusOr<BookKey> BookById(const CallScope& call, absl::string_view book_id,
                                   absl::string_view field);

 private:
  store::ConnectionPool* const pool_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, OrganizationId> organizations_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::pair<OrganizationId, std::string>, BookId> books_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_BOOK_DIRECTORY_H_
