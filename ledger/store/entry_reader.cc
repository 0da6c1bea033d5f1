#include "ledger/store/entry_reader.h"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <pqxx/binarystring>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/array_text.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"

namespace lumbung::store {
namespace {

constexpr Statement kReadEntries = {
    "read_entries",
    "select e.entry_id, e.series_id, e.fiscal_year, e.number, e.effective_date, "
    "(extract(epoch from e.recorded_at) * 1000000)::bigint, e.kind, e.description, e.reference, "
    "e.source, e.tags, e.request_id, e.request_hash, e.reverses_entry_id, e.leaf_hash, r.entry_id "
    "from ledger.journal_entry e "
    "left join ledger.journal_entry r on r.organization_id = e.organization_id "
    "and r.book_id = e.book_id and r.reverses_entry_id = e.entry_id "
    "where e.organization_id = $1 and e.book_id = $2 and e.entry_id = any ($3::bigint[])"};
constexpr Statement kReadPostings = {
    "read_postings",
    "select p.entry_id, p.account_id, p.currency_id, p.amount, p.functional_currency_id, "
    "p.functional_amount, p.memo, d.fund_id, array_to_string(d.members, ',') "
    "from ledger.posting p "
    "join ledger.dimension_set d on d.organization_id = p.organization_id "
    "and d.book_id = p.book_id and d.dimension_set_id = p.dimension_set_id "
    "where p.organization_id = $1 and p.book_id = $2 and p.entry_id = any ($3::bigint[]) "
    "order by p.entry_id, p.line"};

absl::StatusOr<PostedEntry> EntryFromRow(const pqxx::row& row) {
  PostedEntry entry;
  entry.id = StoredId<EntryId>(row[0]);
  entry.content.series = StoredId<SeriesId>(row[1]);
  entry.content.fiscal_year = row[2].as<int>();
  entry.number = row[3].as<std::int64_t>();
  LUMBUNG_ASSIGN_OR_RETURN(entry.content.effective_date, StoredDate(row[4]));
  entry.recorded_at = StoredTime(row[5]);
  entry.content.kind = static_cast<EntryKind>(row[6].as<int>());
  entry.content.description = row[7].c_str();
  entry.content.reference = row[8].c_str();
  entry.content.source = row[9].c_str();
  if (!row[10].is_null()) {
    const nlohmann::json tags = nlohmann::json::parse(row[10].c_str());
    for (const auto& [key, value] : tags.items()) {
      entry.content.tags.emplace_back(key, value.get<std::string>());
    }
  }
  entry.content.request_id = row[11].c_str();
  entry.content.request_hash = pqxx::binarystring(row[12]).str();
  if (!row[13].is_null()) entry.content.reverses = StoredId<EntryId>(row[13]);
  entry.leaf_hash = pqxx::binarystring(row[14]).str();
  if (!row[15].is_null()) entry.reversed_by = StoredId<EntryId>(row[15]);
  return entry;
}

absl::StatusOr<ValidPosting> PostingFromRow(const pqxx::row& row) {
  ValidPosting posting;
  posting.account = StoredId<AccountId>(row[1]);
  posting.currency = StoredId<CurrencyId>(row[2]);
  LUMBUNG_ASSIGN_OR_RETURN(posting.amount, StoredDecimal(row[3]));
  posting.functional_currency = StoredId<CurrencyId>(row[4]);
  LUMBUNG_ASSIGN_OR_RETURN(posting.functional_amount, StoredDecimal(row[5]));
  if (!row[6].is_null()) posting.memo = row[6].c_str();
  posting.dimensions = DimensionSetFromText(StoredId<FundId>(row[7]), row[8].c_str());
  return posting;
}

}  // namespace

absl::StatusOr<std::vector<PostedEntry>> ReadEntriesIn(TransactionScope& scope, BookKey book,
                                                       const std::vector<EntryId>& ids) {
  ArrayText wanted;
  for (const EntryId id : ids) wanted.Integer(ToInteger(id));
  const std::string wanted_text = wanted.Take();
  absl::flat_hash_map<EntryId, PostedEntry> found;
  for (const pqxx::row& row : scope.Execute(kReadEntries, ToInteger(book.organization),
                                            ToInteger(book.book), wanted_text)) {
    LUMBUNG_ASSIGN_OR_RETURN(PostedEntry entry, EntryFromRow(row));
    found.emplace(entry.id, std::move(entry));
  }
  for (const pqxx::row& row : scope.Execute(kReadPostings, ToInteger(book.organization),
                                            ToInteger(book.book), wanted_text)) {
    LUMBUNG_ASSIGN_OR_RETURN(ValidPosting posting, PostingFromRow(row));
    found[StoredId<EntryId>(row[0])].content.postings.push_back(std::move(posting));
  }
  std::vector<PostedEntry> entries;
  entries.reserve(ids.size());
  for (const EntryId id : ids) {
    const auto entry = found.find(id);
    if (entry == found.end()) {
      return NotFound("ENTRY_NOT_FOUND", "name",
                      absl::StrCat("the book has no entry ", ToInteger(id)));
    }
    entries.push_back(entry->second);
  }
  return entries;
}

}  // namespace lumbung::store
