#include "services/log/store/log_reader.h"

#include <utility>

#include <pqxx/binarystring>

#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::log {
namespace {

// None of the statements locks anything.
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

constexpr store::Statement kSealedEvents = {
    "log_read_sealed_events",
    "select l.leaf_index, l.content, l.salt, e.event_id, "
    "(extract(epoch from e.recorded_at) * 1000000)::bigint, coalesce(e.person_id, 0), e.user_name, "
    "e.display_name, e.from_address, e.method, e.action, e.resource, "
    "coalesce(e.before::text, ''), coalesce(e.after::text, ''), e.request_id, e.reason "
    "from log.leaf l left join identity.audit_event e "
    "on e.organization_id = l.organization_id and e.event_id = l.subject_id "
    "where l.organization_id = $1 and l.kind = 2 and l.leaf_index >= $2 and l.leaf_index < $3 "
    "order by l.leaf_index"};

constexpr store::Statement kCheckpoints = {
    "log_read_checkpoints",
    "select size, root, note from log.checkpoint where organization_id = $1 and size > $2 "
    "order by size limit $3"};

constexpr store::Statement kEntryLeaves = {
    "log_read_entry_leaves",
    "select l.leaf_index, l.book_id, l.subject_id, l.leaf_hash is not distinct from e.leaf_hash "
    "from log.leaf l left join ledger.journal_entry e on e.organization_id = l.organization_id "
    "and e.book_id = l.book_id and e.entry_id = l.subject_id "
    "where l.organization_id = $1 and l.kind = 1 and l.leaf_index >= $2 and l.leaf_index < $3 "
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

std::vector<SealedEvent> ReadSealedEvents(store::TransactionScope& scope, std::int64_t begin,
                                          std::int64_t end) {
  std::vector<SealedEvent> events;
  for (const pqxx::row& row :
       scope.Execute(kSealedEvents, scope.organization_number(), begin, end)) {
    SealedEvent sealed;
    sealed.leaf_index = row[0].as<std::int64_t>();
    sealed.content = pqxx::binarystring(row[1]).str();
    sealed.salt = pqxx::binarystring(row[2]).str();
    if (!row[3].is_null()) {
      EventFields& event = sealed.event.emplace();
      event.event_id = row[3].as<std::int64_t>();
      event.recorded_at = store::StoredTime(row[4]);
      event.person = row[5].as<std::int64_t>();
      event.user_name = row[6].c_str();
      event.display_name = row[7].c_str();
      event.from_address = row[8].c_str();
      event.method = row[9].c_str();
      event.action = row[10].c_str();
      event.resource = row[11].c_str();
      event.before = row[12].c_str();
      event.after = row[13].c_str();
      event.request_id = row[14].c_str();
      event.reason = row[15].c_str();
    }
    events.push_back(std::move(sealed));
  }
  return events;
}

std::vector<StoredCheckpoint> ReadCheckpoints(store::TransactionScope& scope, std::int64_t after,
                                              int limit) {
  std::vector<StoredCheckpoint> checkpoints;
  for (const pqxx::row& row :
       scope.Execute(kCheckpoints, scope.organization_number(), after, limit)) {
    StoredCheckpoint checkpoint;
    checkpoint.size = row[0].as<std::int64_t>();
    checkpoint.root = pqxx::binarystring(row[1]).str();
    checkpoint.note = row[2].c_str();
    checkpoints.push_back(std::move(checkpoint));
  }
  return checkpoints;
}

std::vector<EntryLeaf> ReadEntryLeaves(store::TransactionScope& scope, std::int64_t begin,
                                       std::int64_t end) {
  std::vector<EntryLeaf> leaves;
  for (const pqxx::row& row :
       scope.Execute(kEntryLeaves, scope.organization_number(), begin, end)) {
    leaves.push_back({row[0].as<std::int64_t>(), store::StoredId<BookId>(row[1]),
                      row[2].as<std::int64_t>(), row[3].as<bool>()});
  }
  return leaves;
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
