#include "services/ledger/api/book_access.h"

#include <vector>

#include "ledger/store/book_reader.h"
#include "services/common/resource_names.h"

namespace lumbung::ledger::api {

absl::StatusOr<std::pair<BookKey, std::string>> BookAccess::Part(const CallScope& call,
                                                                 const std::string& name,
                                                                 absl::string_view collection) {
  LUMBUNG_ASSIGN_OR_RETURN(std::vector<std::string> ids,
                           ParseResourceName(name, {"books", collection}, "name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, parts_.directory->BookById(call, ids[0], "name"));
  return std::make_pair(book, std::move(ids[1]));
}

absl::StatusOr<BookAccess::Snapshot> BookAccess::SeenBy(store::TransactionScope& scope,
                                                        const Snapshot& current) {
  const BookKey book = current->book().key;
  LUMBUNG_ASSIGN_OR_RETURN(const std::int64_t version, store::ReadMetadataVersion(scope, book));
  if (version <= current->metadata_version()) return current;
  LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, book));
  return std::make_shared<const BookSnapshot>(std::move(contents));
}

}  // namespace lumbung::ledger::api
