#include "ledger/store/new_parts.h"

#include "absl/container/flat_hash_set.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/book_parts_store.h"

namespace lumbung::store {
namespace {

constexpr Statement kChangeBook = {
    "change_book",
    "update ledger.book_head set metadata_version = metadata_version + $3 "
    "where organization_id = $1 and book_id = $2 returning metadata_version"};

absl::Status AlreadyExists(absl::string_view key, absl::string_view field) {
  return Refusal(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", field,
                 absl::StrCat("\"", key, "\" exists already"));
}

}  // namespace

absl::StatusOr<std::int32_t> ChangeBook(TransactionScope& scope, BookKey book, std::size_t parts) {
  const std::int64_t count = static_cast<std::int64_t>(parts);
  const pqxx::result rows =
      scope.Execute(kChangeBook, ToInteger(book.organization), ToInteger(book.book), count);
  if (rows.empty()) return NotFound("BOOK_NOT_FOUND", "", "there is no such book");
  return static_cast<std::int32_t>(rows[0][0].as<std::int64_t>() - count + 1);
}

absl::Status CheckNewKeys(TransactionScope& scope, BookKey book, const Statement& existing,
                          const std::vector<std::string>& keys, absl::string_view field) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    LUMBUNG_RETURN_IF_ERROR(ValidateKey(keys[i], PartPath(i, field)));
  }
  absl::flat_hash_set<std::string> taken;
  for (const pqxx::row& row : scope.Execute(existing, ToInteger(book.organization),
                                            ToInteger(book.book), TextArray(keys))) {
    taken.insert(row[0].c_str());
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!taken.insert(keys[i]).second) return AlreadyExists(keys[i], PartPath(i, field));
  }
  return absl::OkStatus();
}

absl::flat_hash_map<std::string, std::int32_t> FindIds(TransactionScope& scope, BookKey book,
                                                       const Statement& statement,
                                                       const std::vector<std::string>& keys) {
  absl::flat_hash_map<std::string, std::int32_t> ids;
  if (keys.empty()) return ids;
  for (const pqxx::row& row : scope.Execute(statement, ToInteger(book.organization),
                                            ToInteger(book.book), TextArray(keys))) {
    ids.emplace(row[0].c_str(), row[1].as<std::int32_t>());
  }
  return ids;
}

std::string TextArray(const std::vector<std::string>& values) {
  ArrayText array;
  for (const std::string& value : values) array.Text(value);
  return array.Take();
}

absl::Status UnknownPart(absl::string_view reason, absl::string_view what, absl::string_view key,
                         std::string field) {
  return NotFound(reason, field, absl::StrCat("the book has no ", what, " \"", key, "\""));
}

absl::Status OfOnlyPart(absl::Status status, absl::string_view field) {
  // PrefixField writes in front; "[0]" stands there already and gives way.
  const std::string path = FieldOf(status);
  if (path.compare(0, 3, "[0]") != 0) return status;
  return Refusal(status.code(), ReasonOf(status), absl::StrCat(field, path.substr(3)),
                 status.message());
}

}  // namespace lumbung::store
