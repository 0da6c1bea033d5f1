#include "ledger/store/transactional_posting.h"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"
#include "ledger/posting/poster.h"
#include "ledger/store/array_text.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/text_time.h"

namespace lumbung::store {
namespace {

using posting::NumberedEntry;
using posting::PostBatch;
using posting::PostOutcome;

// Locks: the row of ledger.book_head, to the end of the database transaction.
constexpr Statement kPost = {
    "post_entries",
    "select ledger.post_entries($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
    "$16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, "
    "$34, $35, $36)"};
constexpr Statement kFinishBulk = {"finish_bulk", "select ledger.finish_bulk($1, $2)"};
constexpr Statement kLockHead = {
    "lock_book_head",
    "select 1 from ledger.book_head where organization_id = $1 and book_id = $2 for no key update"};
constexpr Statement kReadHead = {
    "read_book_head",
    "select metadata_version, last_entry_id, last_dimension_set_id, "
    "case when isfinite(last_recorded_at) "
    "then (extract(epoch from last_recorded_at) * 1000000)::bigint end "
    "from ledger.book_head where organization_id = $1 and book_id = $2"};
constexpr Statement kReadCounters = {
    "read_series_counters",
    "select series_id, fiscal_year, last_number from ledger.series_counter "
    "where organization_id = $1 and book_id = $2"};
constexpr Statement kReadDimensionSets = {
    "read_dimension_sets",
    "select dimension_set_id, fund_id, array_to_string(members, ',') from ledger.dimension_set "
    "where organization_id = $1 and book_id = $2"};
constexpr Statement kFindRequests = {
    "find_requests",
    "select request_id, request_hash, entry_id from ledger.journal_entry "
    "where organization_id = $1 and book_id = $2 and request_id = any ($3::text[])"};

std::string TagsAsJson(const std::vector<std::pair<std::string, std::string>>& tags) {
  if (tags.empty()) return "";
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const auto& [key, value] : tags) object[key] = value;
  return object.dump();
}

std::string MembersText(const DimensionSet& set) {
  std::string text = "{";
  for (const auto& [dimension, value] : set.members) {
    absl::StrAppend(&text, text.size() > 1 ? "," : "", ToInteger(dimension), ",",
                    ToInteger(value));
  }
  return text + "}";
}

// The arrays of one batch: a column each for entries and for lines.
struct EntryColumns {
  ArrayText series, fiscal_year, number, effective_date, kind, description, reference, source, tags,
      request_id, request_hash, reverses, salt, canonical, leaf_hash, adjuster;

  void Add(const NumberedEntry& numbered) {
    const ValidEntry& entry = *numbered.entry;
    series.Integer(ToInteger(entry.series));
    fiscal_year.Integer(entry.fiscal_year);
    number.Integer(numbered.number);
    effective_date.Plain(entry.effective_date.ToString());
    kind.Integer(static_cast<int>(entry.kind));
    description.Text(entry.description);
    reference.Text(entry.reference);
    source.Text(entry.source);
    tags.TextOrNull(TagsAsJson(entry.tags));
    request_id.Text(entry.request_id);
    request_hash.Bytes(entry.request_hash);
    entry.reverses.has_value() ? reverses.Integer(ToInteger(*entry.reverses)) : reverses.Null();
    salt.Bytes(numbered.salt);
    canonical.Bytes(numbered.canonical);
    leaf_hash.Bytes(numbered.leaf_hash);
    adjuster.Boolean(entry.adjuster);
  }
};

struct LineColumns {
  ArrayText ordinal, line, account, set, fund, currency, amount, functional_currency,
      functional_amount, date, memo;

  void Add(const NumberedEntry& numbered, std::int64_t entry_ordinal) {
    const ValidEntry& entry = *numbered.entry;
    const std::string effective_date = entry.effective_date.ToString();
    for (std::size_t i = 0; i < entry.postings.size(); ++i) {
      const ValidPosting& posting = entry.postings[i];
      ordinal.Integer(entry_ordinal);
      line.Integer(static_cast<std::int64_t>(i) + 1);
      account.Integer(ToInteger(posting.account));
      set.Integer(ToInteger(numbered.dimension_sets[i]));
      fund.Integer(ToInteger(posting.dimensions.fund));
      currency.Integer(ToInteger(posting.currency));
      amount.Amount(posting.amount);
      functional_currency.Integer(ToInteger(posting.functional_currency));
      functional_amount.Amount(posting.functional_amount);
      date.Plain(effective_date);
      memo.TextOrNull(posting.memo);
    }
  }
};

}  // namespace

absl::StatusOr<PostOutcome> PostBatchIn(TransactionScope& scope, const PostBatch& batch,
                                        bool bulk) {
  ArrayText set_fund;
  ArrayText set_members;
  for (const DimensionSet& set : batch.new_dimension_sets) {
    set_fund.Integer(ToInteger(set.fund));
    set_members.Text(MembersText(set));
  }
  EntryColumns e;
  LineColumns l;
  std::int64_t ordinal = 0;
  for (const NumberedEntry& numbered : batch.entries) {
    e.Add(numbered);
    l.Add(numbered, ++ordinal);
  }
  const pqxx::result answer = scope.Execute(
      kPost, ToInteger(batch.book.organization), ToInteger(batch.book.book),
      batch.expected.metadata_version, batch.expected.last_entry_id,
      batch.expected.last_dimension_set_id, TimeText(batch.recorded_at), bulk, set_fund.Take(),
      set_members.Take(), e.series.Take(), e.fiscal_year.Take(), e.number.Take(),
      e.effective_date.Take(), e.kind.Take(), e.description.Take(), e.reference.Take(),
      e.source.Take(), e.tags.Take(), e.request_id.Take(), e.request_hash.Take(),
      e.reverses.Take(), e.salt.Take(), e.canonical.Take(), e.leaf_hash.Take(), e.adjuster.Take(),
      l.ordinal.Take(), l.line.Take(), l.account.Take(), l.set.Take(), l.fund.Take(),
      l.currency.Take(), l.amount.Take(), l.functional_currency.Take(), l.functional_amount.Take(),
      l.date.Take(), l.memo.Take());
  return absl::string_view(answer[0][0].c_str()) == "posted" ? PostOutcome::kPosted
                                                             : PostOutcome::kStale;
}

absl::StatusOr<posting::LoadedBook> LoadBookIn(TransactionScope& scope, BookKey book, bool lock) {
  const std::int64_t organization = ToInteger(book.organization);
  const std::int32_t book_id = ToInteger(book.book);
  if (lock) scope.Execute(kLockHead, organization, book_id);
  const pqxx::result heads = scope.Execute(kReadHead, organization, book_id);
  if (heads.empty()) {
    return NotFound("BOOK_NOT_FOUND", "parent", "the organization has no such book");
  }
  posting::LoadedBook loaded;
  loaded.head.metadata_version = heads[0][0].as<std::int64_t>();
  loaded.head.last_entry_id = heads[0][1].as<std::int64_t>();
  loaded.head.last_dimension_set_id = heads[0][2].as<std::int32_t>();
  if (!heads[0][3].is_null()) {
    loaded.head.last_recorded_at = absl::FromUnixMicros(heads[0][3].as<std::int64_t>());
  }
  for (const pqxx::row& row : scope.Execute(kReadCounters, organization, book_id)) {
    loaded.head.last_numbers[{SeriesId{row[0].as<std::int32_t>()}, row[1].as<int>()}] =
        row[2].as<std::int64_t>();
  }
  for (const pqxx::row& row : scope.Execute(kReadDimensionSets, organization, book_id)) {
    loaded.dimension_sets.emplace(
        DimensionSetFromText(FundId{row[1].as<std::int32_t>()}, row[2].c_str()),
        DimensionSetId{row[0].as<std::int32_t>()});
  }
  LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, LoadBookContents(scope, book));
  loaded.snapshot = std::make_shared<const BookSnapshot>(std::move(contents));
  return loaded;
}

absl::StatusOr<std::vector<posting::ExistingEntry>> FindExistingIn(
    TransactionScope& scope, BookKey book, const std::vector<std::string>& request_ids) {
  ArrayText wanted;
  for (const std::string& id : request_ids) wanted.Text(id);
  std::vector<posting::ExistingEntry> found;
  for (const pqxx::row& row : scope.Execute(kFindRequests, ToInteger(book.organization),
                                            ToInteger(book.book), wanted.Take())) {
    found.push_back({row[0].c_str(), pqxx::binarystring(row[1]).str(),
                     EntryId{row[2].as<std::int64_t>()}});
  }
  return found;
}

absl::StatusOr<TransactionalPoster> TransactionalPoster::Open(TransactionScope& scope, BookKey book,
                                                              Options options) {
  LUMBUNG_ASSIGN_OR_RETURN(posting::LoadedBook state, LoadBookIn(scope, book, true));
  return TransactionalPoster(scope, book, std::move(options), std::move(state));
}

absl::StatusOr<std::vector<posting::ExistingEntry>> TransactionalPoster::FindExisting(
    const std::vector<std::string>& request_ids) {
  return FindExistingIn(*scope_, book_, request_ids);
}

absl::StatusOr<std::vector<PostedEntry>> TransactionalPoster::Post(
    const std::vector<EntryDraft>& drafts, PostingPermissions permissions) {
  std::vector<ValidEntry> entries;
  entries.reserve(drafts.size());
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    absl::StatusOr<ValidEntry> entry = ValidateEntry(*state_.snapshot, drafts[i], permissions);
    if (!entry.ok()) {
      return PrefixField(std::move(entry).status(), absl::StrCat("[", i, "]."));
    }
    entry->request_hash = log::DraftHash(drafts[i]);
    entries.push_back(*std::move(entry));
  }
  std::vector<const ValidEntry*> pointers;
  for (const ValidEntry& entry : entries) pointers.push_back(&entry);
  PostBatch batch =
      posting::PrepareBatch(*state_.snapshot, pointers, options_.now, options_.random_bytes,
                            &state_.head, &state_.dimension_sets);
  LUMBUNG_ASSIGN_OR_RETURN(const PostOutcome outcome, PostBatchIn(*scope_, batch, options_.bulk));
  if (outcome == PostOutcome::kStale) {
    return absl::InternalError("a locked book moved on");
  }
  std::vector<PostedEntry> posted;
  posted.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    PostedEntry entry;
    entry.id = batch.entries[i].id;
    entry.number = batch.entries[i].number;
    entry.recorded_at = batch.recorded_at;
    entry.leaf_hash = std::move(batch.entries[i].leaf_hash);
    entry.content = std::move(entries[i]);
    posted.push_back(std::move(entry));
  }
  return posted;
}

absl::Status TransactionalPoster::Finish() {
  if (options_.bulk) {
    scope_->Execute(kFinishBulk, ToInteger(book_.organization), ToInteger(book_.book));
  }
  return absl::OkStatus();
}

}  // namespace lumbung::store
