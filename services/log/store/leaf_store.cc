#include "services/log/store/leaf_store.h"

#include <utility>

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/array_text.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::log {
namespace {

using store::Statement;

// No statement here locks anything but what it inserts.
constexpr Statement kCount = {
    "log_count",
    "select coalesce(max(leaf_index) + 1, 0) from log.leaf where organization_id = $1"};

constexpr Statement kList = {
    "log_list_leaves",
    "select l.leaf_index, l.kind, l.book_id, l.subject_id, l.leaf_hash, coalesce(b.slug, '') "
    "from log.leaf l left join ledger.book b "
    "on b.organization_id = l.organization_id and b.book_id = l.book_id "
    "where l.organization_id = $1 and l.leaf_index >= $2 order by l.leaf_index limit $3"};

constexpr Statement kFindLeaf = {
    "log_find_leaf",
    "select l.leaf_index, l.kind, l.book_id, l.subject_id, l.leaf_hash, coalesce(b.slug, '') "
    "from log.leaf l left join ledger.book b "
    "on b.organization_id = l.organization_id and b.book_id = l.book_id "
    "where l.organization_id = $1 and l.kind = $2 and l.book_id = $3 and l.subject_id = $4"};

constexpr Statement kKeyRecords = {
    "log_key_records",
    "select content from log.leaf where organization_id = $1 and kind = 3 "
    "and ($2 = 0 or leaf_index < $2) order by subject_id"};

constexpr Statement kEntryBySequence = {
    "log_entry_by_sequence",
    "select entry_id, canonical from ledger.journal_entry "
    "where organization_id = $1 and book_id = $2 and entry_id = $3"};

constexpr Statement kEntryByNumber = {
    "log_entry_by_number",
    "select e.entry_id, e.canonical from ledger.journal_entry e "
    "join ledger.number_series s on s.organization_id = e.organization_id "
    "and s.book_id = e.book_id and s.series_id = e.series_id "
    "where e.organization_id = $1 and e.book_id = $2 and s.code = $3 and e.fiscal_year = $4 "
    "and e.number = $5"};

constexpr Statement kInsertLeaves = {
    "log_insert_leaves",
    "insert into log.leaf (organization_id, leaf_index, kind, book_id, subject_id, leaf_hash, "
    "content, salt) "
    "select $1, leaf_index, kind, book_id, subject_id, leaf_hash, content, salt "
    "from unnest($2::bigint[], $3::smallint[], $4::integer[], $5::bigint[], $6::bytea[], "
    "$7::bytea[], $8::bytea[]) "
    "as n (leaf_index, kind, book_id, subject_id, leaf_hash, content, salt)"};

// What of each book is in the log already.
constexpr Statement kSealed = {
    "log_sealed_books",
    "select b.book_id, coalesce((select max(l.subject_id) from log.leaf l "
    "where l.organization_id = $1 and l.kind = 1 and l.book_id = b.book_id), 0) "
    "from ledger.book b where b.organization_id = $1 order by b.book_id"};

// Sequences are gap-free in the order of commit, so that these are the next ones whatever commits
// meanwhile.
constexpr Statement kNextEntries = {
    "log_next_entries",
    "select entry_id, leaf_hash, sha256('\\x00'::bytea || canonical) = leaf_hash "
    "from ledger.journal_entry "
    "where organization_id = $1 and book_id = $2 and entry_id > $3 order by entry_id limit $4"};

constexpr Statement kBarrier = {
    "log_barrier",
    "select system_identifier, pg_snapshot_xmin(pg_current_snapshot())::text "
    "from pg_control_system()"};

// One statement, one snapshot: what it sees and what it takes for the barrier belong together.
constexpr Statement kNextEvents = {
    "log_next_events",
    "select e.event_id, (extract(epoch from e.recorded_at) * 1000000)::bigint, "
    "coalesce(e.person_id, 0), e.user_name, e.display_name, e.from_address, e.method, e.action, "
    "e.resource, coalesce(e.before::text, ''), coalesce(e.after::text, ''), e.request_id, e.reason "
    "from identity.audit_event e "
    "where e.organization_id = $1 and e.recorded_xid >= $2::xid8 "
    "and (e.recorded_xid < pg_snapshot_xmin(pg_current_snapshot()) "
    "or e.recorded_xid >= pg_snapshot_xmax(pg_current_snapshot())) "
    "and not exists (select 1 from log.leaf l where l.organization_id = $1 and l.kind = 2 "
    "and l.book_id = 0 and l.subject_id = e.event_id) "
    "order by e.recorded_xid, e.event_id limit $3"};

Leaf LeafFrom(const pqxx::row& row) {
  Leaf leaf;
  leaf.index = row[0].as<std::int64_t>();
  leaf.kind = static_cast<LeafKind>(row[1].as<std::int16_t>());
  leaf.book = store::StoredId<BookId>(row[2]);
  leaf.subject = row[3].as<std::int64_t>();
  leaf.hash = pqxx::binarystring(row[4]).str();
  leaf.book_slug = row[5].c_str();
  return leaf;
}

std::optional<CanonicalEntry> EntryFrom(const pqxx::result& rows) {
  if (rows.empty()) return std::nullopt;
  return CanonicalEntry{rows[0][0].as<std::int64_t>(), pqxx::binarystring(rows[0][1]).str()};
}

}  // namespace

std::int64_t LeafCount(store::TransactionScope& scope) {
  return scope.Execute(kCount, scope.organization_number())[0][0].as<std::int64_t>();
}

std::vector<Leaf> ListLeaves(store::TransactionScope& scope, std::int64_t begin, int limit) {
  std::vector<Leaf> leaves;
  for (const pqxx::row& row : scope.Execute(kList, scope.organization_number(), begin, limit)) {
    leaves.push_back(LeafFrom(row));
  }
  return leaves;
}

std::optional<Leaf> FindLeaf(store::TransactionScope& scope, LeafKind kind, BookId book,
                             std::int64_t subject) {
  const pqxx::result rows = scope.Execute(kFindLeaf, scope.organization_number(),
                                          static_cast<int>(kind), ToInteger(book), subject);
  if (rows.empty()) return std::nullopt;
  return LeafFrom(rows[0]);
}

std::vector<std::string> KeyRecords(store::TransactionScope& scope, std::int64_t size) {
  std::vector<std::string> notes;
  for (const pqxx::row& row : scope.Execute(kKeyRecords, scope.organization_number(), size)) {
    notes.push_back(pqxx::binarystring(row[0]).str());
  }
  return notes;
}

std::optional<CanonicalEntry> FindCanonicalEntry(store::TransactionScope& scope, BookId book,
                                                 std::int64_t sequence) {
  return EntryFrom(
      scope.Execute(kEntryBySequence, scope.organization_number(), ToInteger(book), sequence));
}

std::optional<CanonicalEntry> FindCanonicalEntry(store::TransactionScope& scope, BookId book,
                                                 const EntryNumber& number) {
  return EntryFrom(scope.Execute(kEntryByNumber, scope.organization_number(), ToInteger(book),
                                 number.series, number.fiscal_year, number.number));
}

void InsertLeaves(store::TransactionScope& scope, const std::vector<Leaf>& leaves) {
  store::ArrayText indexes;
  store::ArrayText kinds;
  store::ArrayText books;
  store::ArrayText subjects;
  store::ArrayText hashes;
  store::ArrayText contents;
  store::ArrayText salts;
  for (const Leaf& leaf : leaves) {
    indexes.Integer(leaf.index);
    kinds.Integer(static_cast<std::int64_t>(leaf.kind));
    books.Integer(ToInteger(leaf.book));
    subjects.Integer(leaf.subject);
    hashes.Bytes(leaf.hash);
    leaf.content.empty() ? contents.Null() : contents.Bytes(leaf.content);
    leaf.salt.empty() ? salts.Null() : salts.Bytes(leaf.salt);
  }
  scope.Execute(kInsertLeaves, scope.organization_number(), indexes.Take(), kinds.Take(),
                books.Take(), subjects.Take(), hashes.Take(), contents.Take(), salts.Take());
}

absl::StatusOr<std::vector<Leaf>> NextEntries(store::TransactionScope& scope, int limit) {
  std::vector<Leaf> leaves;
  for (const pqxx::row& book : scope.Execute(kSealed, scope.organization_number())) {
    const int room = limit - static_cast<int>(leaves.size());
    if (room <= 0) break;
    const auto book_id = store::StoredId<BookId>(book[0]);
    for (const pqxx::row& row :
         scope.Execute(kNextEntries, scope.organization_number(), ToInteger(book_id),
                       book[1].as<std::int64_t>(), room)) {
      Leaf leaf;
      leaf.kind = LeafKind::kEntry;
      leaf.book = book_id;
      leaf.subject = row[0].as<std::int64_t>();
      leaf.hash = pqxx::binarystring(row[1]).str();
      if (!row[2].as<bool>()) {
        return Refusal(absl::StatusCode::kDataLoss, "ENTRY_DAMAGED", "",
                       absl::StrCat("entry ", leaf.subject, " of book ", ToInteger(book_id),
                                    " is not what was posted: its bytes have another hash"));
      }
      leaves.push_back(std::move(leaf));
    }
  }
  return leaves;
}

AuditBarrier CurrentBarrier(store::TransactionScope& scope) {
  const pqxx::result rows = scope.Execute(kBarrier);
  return {rows[0][0].as<std::int64_t>(), rows[0][1].c_str()};
}

std::vector<EventFields> NextEvents(store::TransactionScope& scope, const AuditBarrier& from,
                                    int limit) {
  std::vector<EventFields> events;
  for (const pqxx::row& row :
       scope.Execute(kNextEvents, scope.organization_number(), from.transaction, limit)) {
    EventFields event;
    event.event_id = row[0].as<std::int64_t>();
    event.recorded_at = store::StoredTime(row[1]);
    event.person = row[2].as<std::int64_t>();
    event.user_name = row[3].c_str();
    event.display_name = row[4].c_str();
    event.from_address = row[5].c_str();
    event.method = row[6].c_str();
    event.action = row[7].c_str();
    event.resource = row[8].c_str();
    event.before = row[9].c_str();
    event.after = row[10].c_str();
    event.request_id = row[11].c_str();
    event.reason = row[12].c_str();
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace lumbung::log
