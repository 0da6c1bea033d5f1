#include "services/log/store/log_reader.h"

#include <utility>

#include <pqxx/binarystring>

#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::log {
namespace {

// Neither statement locks anything.
constexpr store::Statement kItems = {
    "log_read_items",
    "select l.leaf_index, l.kind, l.book_id, l.subject_id, l.leaf_hash, "
    "coalesce(l.content, ''::bytea), coalesce(l.salt, ''::bytea), "
    "coalesce(e.user_name, ''), coalesce(e.display_name, ''), coalesce(e.from_address, ''), "
    "coalesce(e.resource, ''), coalesce(e.before::text, ''), coalesce(e.after::text, '') "
    "from log.leaf l left join identity.audit_event e "
    "on l.kind = 2 and e.organization_id = l.organization_id and e.event_id = l.subject_id "
    "where l.organization_id = $1 and l.leaf_index >= $2 and l.leaf_index < $3 "
    "order by l.leaf_index"};

constexpr store::Statement kSealedEntries = {
    "log_read_sealed_entries",
    "select e.entry_id, l.leaf_index, e.canonical, e.salt "
    "from log.leaf l join ledger.journal_entry e on e.organization_id = l.organization_id "
    "and e.book_id = l.book_id and e.entry_id = l.subject_id "
    "where l.organization_id = $1 and l.kind = 1 and l.book_id = $2 and l.leaf_index < $3 "
    "and l.subject_id > $4 order by l.subject_id limit $5"};

}  // namespace

std::vector<LoggedItem> ReadItems(store::TransactionScope& scope, std::int64_t begin,
                                  std::int64_t end) {
  std::vector<LoggedItem> items;
  for (const pqxx::row& row : scope.Execute(kItems, scope.organization_number(), begin, end)) {
    LoggedItem item;
    item.leaf.index = row[0].as<std::int64_t>();
    item.leaf.kind = static_cast<LeafKind>(row[1].as<std::int16_t>());
    item.leaf.book = store::StoredId<BookId>(row[2]);
    item.leaf.subject = row[3].as<std::int64_t>();
    item.leaf.hash = pqxx::binarystring(row[4]).str();
    item.leaf.content = pqxx::binarystring(row[5]).str();
    item.leaf.salt = pqxx::binarystring(row[6]).str();
    item.user_name = row[7].c_str();
    item.display_name = row[8].c_str();
    item.from_address = row[9].c_str();
    item.resource = row[10].c_str();
    item.before = row[11].c_str();
    item.after = row[12].c_str();
    items.push_back(std::move(item));
  }
  return items;
}

std::vector<SealedEntry> ReadSealedEntries(store::TransactionScope& scope, BookId book,
                                           std::int64_t size, std::int64_t after, int limit) {
  std::vector<SealedEntry> entries;
  for (const pqxx::row& row : scope.Execute(kSealedEntries, scope.organization_number(),
                                            ToInteger(book), size, after, limit)) {
    entries.push_back({row[0].as<std::int64_t>(), row[1].as<std::int64_t>(),
                       pqxx::binarystring(row[2]).str(), pqxx::binarystring(row[3]).str()});
  }
  return entries;
}

}  // namespace lumbung::log
