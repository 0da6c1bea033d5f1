#include "ledger/store/journal_cursor.h"

#include <string>
#include <vector>

#include "ledger/core/status.h"
#include "ledger/store/entry_reader.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

// The database sorts once and keeps its place; it hands out ids, which are small. Takes no locks.
constexpr Statement kOpen = {"open_journal_cursor",
                             "declare lumbung_journal no scroll cursor for "
                             "select entry_id from ledger.journal_entry "
                             "where organization_id = $1 and book_id = $2 "
                             "and effective_date >= coalesce($3::date, '-infinity') "
                             "and effective_date <= coalesce($4::date, 'infinity') "
                             "order by effective_date, entry_id"};
constexpr Statement kFetch = {"fetch_journal_cursor", "fetch 500 from lumbung_journal"};
constexpr Statement kClose = {"close_journal_cursor", "close lumbung_journal"};

std::optional<std::string> TextOf(std::optional<Date> date) {
  if (!date.has_value()) return std::nullopt;
  return date->ToString();
}

}  // namespace

absl::Status VisitEntries(TransactionScope& scope, BookKey book, std::optional<Date> from,
                          std::optional<Date> to,
                          const std::function<absl::Status(const PostedEntry&)>& visit) {
  scope.Execute(kOpen, ToInteger(book.organization), ToInteger(book.book), TextOf(from),
                TextOf(to));
  while (true) {
    std::vector<EntryId> ids;
    for (const pqxx::row& row : scope.Execute(kFetch)) ids.push_back(StoredId<EntryId>(row[0]));
    if (ids.empty()) break;
    LUMBUNG_ASSIGN_OR_RETURN(const std::vector<PostedEntry> entries,
                             ReadEntriesIn(scope, book, ids));
    for (const PostedEntry& entry : entries) LUMBUNG_RETURN_IF_ERROR(visit(entry));
  }
  scope.Execute(kClose);
  return absl::OkStatus();
}

}  // namespace lumbung::store
