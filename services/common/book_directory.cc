#include "services/common/book_directory.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/transaction.h"
#include "services/common/resource_names.h"

namespace lumbung {

absl::StatusOr<OrganizationId> BookDirectory::Organization(const CallScope& call) {
  const std::string& slug = call.access.organization;
  if (slug.empty()) {
    return InvalidArgument("ORGANIZATION_REQUIRED", "",
                           absl::StrCat("the call must name its organization in the metadata \"",
                                        kOrganizationMetadata, "\""));
  }
  {
    absl::MutexLock lock(&mutex_);
    const auto found = organizations_.find(slug);
    if (found != organizations_.end()) return found->second;
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      const store::Organization organization,
      store::InTransaction(
          *pool_, {OrganizationId{}, store::Access::kReadOnly, call.deadline},
          [&](store::TransactionScope& scope) { return store::FindOrganization(scope, slug); }));
  absl::MutexLock lock(&mutex_);
  organizations_.emplace(slug, organization.id);
  return organization.id;
}

absl::StatusOr<BookKey> BookDirectory::Book(const CallScope& call, absl::string_view name,
                                            absl::string_view field) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(name, {"books"}, field));
  return BookById(call, ids[0], field);
}

absl::StatusOr<BookKey> BookDirectory::BookById(const CallScope& call, absl::string_view book_id,
                                                absl::string_view field) {
  LUMBUNG_ASSIGN_OR_RETURN(const OrganizationId organization, Organization(call));
  const auto key = std::make_pair(organization, std::string(book_id));
  {
    absl::MutexLock lock(&mutex_);
    const auto found = books_.find(key);
    if (found != books_.end()) return BookKey{organization, found->second};
  }
  const absl::StatusOr<BookKey> book = store::InTransaction(
      *pool_, {organization, store::Access::kReadOnly, call.deadline},
      [&](store::TransactionScope& scope) { return store::FindBook(scope, book_id); });
  if (!book.ok()) return PrefixField(book.status(), field);
  absl::MutexLock lock(&mutex_);
  books_.emplace(key, book->book);
  return book;
}

}  // namespace lumbung
