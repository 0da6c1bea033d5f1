#include "ledger/store/journal_query.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/posting_conditions.h"
#include "ledger/store/query_builder.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

constexpr Statement kFindByNumber = {
    "find_entry_by_number",
    "select entry_id from ledger.journal_entry where organization_id = $1 and book_id = $2 "
    "and series_id = $3 and fiscal_year = $4 and number = $5"};

constexpr Statement kFindClosing = {
    "find_closing_entry",
    "select e.entry_id from ledger.journal_entry e "
    "where e.organization_id = $1 and e.book_id = $2 and e.kind = 5 and e.fiscal_year = $3 "
    "and not exists (select 1 from ledger.journal_entry r where r.organization_id = $1 "
    "and r.book_id = $2 and r.reverses_entry_id = e.entry_id) "
    "order by e.entry_id desc limit 1"};

// A LIKE pattern that finds `text` literally, anywhere.
std::string ContainsPattern(absl::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

void AndText(BookKey book, const std::string& text, QueryBuilder* query) {
  const std::string pattern = ContainsPattern(text);
  query->Sql(" and (e.description ilike ").Text(pattern);
  query->Sql(" or e.reference ilike ").Text(pattern);
  query->Sql(" or exists (select 1 from ledger.posting m where").InBook("m", book);
  query->Sql("and m.entry_id = e.entry_id and m.memo ilike ").Text(pattern).Sql("))");
}

// Written as `in`, so that the planner may begin at either end: at rare postings or at new entries.
void AndPosting(BookKey book, const EntryFilter& filter, const MatchingSets& sets,
                QueryBuilder* query) {
  query->Sql(" and e.entry_id in (select p.entry_id from ledger.posting p where");
  query->InBook("p", book);
  AndInRange("p.effective_date", filter.dates, query);
  AndOneOf("p.account_id", filter.accounts, query);
  AndOneOf("p.dimension_set_id", sets, query);
  if (filter.currency.has_value()) {
    query->Sql(" and p.currency_id = ").Integer(ToInteger(*filter.currency));
  }
  if (filter.min_amount.has_value()) {
    query->Sql(" and abs(p.amount) >= ").Amount(*filter.min_amount);
  }
  if (filter.max_amount.has_value()) {
    query->Sql(" and abs(p.amount) <= ").Amount(*filter.max_amount);
  }
  query->Sql(")");
}

}  // namespace

absl::StatusOr<std::vector<EntryId>> ListEntries(TransactionScope& scope, BookKey book,
                                                 const EntryFilter& filter, EntryOrder order,
                                                 std::optional<EntryId> after, int limit) {
  LUMBUNG_ASSIGN_OR_RETURN(const MatchingSets sets,
                           MatchingSets::Find(scope, book, filter.dimensions));
  std::vector<EntryId> ids;
  if (sets.AreNone()) return ids;
  const bool newest_first = order == EntryOrder::kNewestFirst;
  QueryBuilder query;
  query.Sql("select e.entry_id from ledger.journal_entry e where").InBook("e", book);
  if (after.has_value() && newest_first) {
    query.Sql(" and e.entry_id < ").Integer(ToInteger(*after));
  } else if (after.has_value()) {
    query.Sql(" and e.entry_id > ").Integer(ToInteger(*after));
  }
  AndInRange("e.effective_date", filter.dates, &query);
  if (filter.source.has_value()) query.Sql(" and e.source = ").Text(*filter.source);
  if (filter.kind.has_value()) query.Sql(" and e.kind = ").Integer(static_cast<int>(*filter.kind));
  if (filter.request_id.has_value()) query.Sql(" and e.request_id = ").Text(*filter.request_id);
  if (!filter.text.empty()) AndText(book, filter.text, &query);
  if (filter.HasPostingConditions()) AndPosting(book, filter, sets, &query);
  if (newest_first) {
    query.Sql(" order by e.entry_id desc limit ").Integer(limit);
  } else {
    query.Sql(" order by e.entry_id limit ").Integer(limit);
  }
  for (const pqxx::row& row : query.Run(scope)) ids.push_back(StoredId<EntryId>(row[0]));
  return ids;
}

absl::StatusOr<EntryId> FindEntryByNumber(TransactionScope& scope, BookKey book, SeriesId series,
                                          int fiscal_year, std::int64_t number) {
  const pqxx::result rows =
      scope.Execute(kFindByNumber, ToInteger(book.organization), ToInteger(book.book),
                    ToInteger(series), fiscal_year, number);
  if (rows.empty()) {
    return NotFound("ENTRY_NOT_FOUND", "name", "the book has no entry with this number");
  }
  return StoredId<EntryId>(rows[0][0]);
}

absl::StatusOr<std::optional<EntryId>> FindClosingEntry(TransactionScope& scope, BookKey book,
                                                        int fiscal_year) {
  const pqxx::result rows =
      scope.Execute(kFindClosing, ToInteger(book.organization), ToInteger(book.book), fiscal_year);
  std::optional<EntryId> found;
  if (!rows.empty()) found = StoredId<EntryId>(rows[0][0]);
  return found;
}

}  // namespace lumbung::store
