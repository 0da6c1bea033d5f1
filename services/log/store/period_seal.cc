#include "services/log/store/period_seal.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "services/log/store/leaf_store.h"

namespace lumbung::log {
namespace {

// The book's newest entry, when the month is hard-closed and has no seal.
constexpr store::Statement kUnsealed = {
    "log_find_unsealed_period",
    "select h.last_entry_id from ledger.period p join ledger.book_head h "
    "on h.organization_id = p.organization_id and h.book_id = p.book_id "
    "where p.organization_id = $1 and p.book_id = $2 and p.month = $3 and p.state = 3 "
    "and not exists (select 1 from log.period_seal s where s.organization_id = $1 "
    "and s.book_id = $2 and s.month = $3)"};

constexpr store::Statement kSeal = {
    "log_seal_period",
    "insert into log.period_seal (organization_id, book_id, month, size) values ($1, $2, $3, $4)"};

constexpr store::Statement kSeals = {
    "log_period_seals",
    "select month, size from log.period_seal where organization_id = $1 and book_id = $2"};

constexpr store::Statement kEntriesBehind = {
    "log_count_entries_behind",
    "select count(*) from ledger.journal_entry e where e.organization_id = $1 and e.book_id = $2 "
    "and e.effective_date <= $3 and not exists (select 1 from log.leaf l "
    "where l.organization_id = e.organization_id and l.kind = 1 and l.book_id = e.book_id "
    "and l.subject_id = e.entry_id and l.leaf_index < $4)"};

}  // namespace

absl::StatusOr<StoredCheckpoint> CoveringCheckpoint(store::TransactionScope& scope, BookId book,
                                                    std::int64_t last, absl::string_view field) {
  std::optional<StoredCheckpoint> checkpoint = FindCheckpoint(scope, 0);
  if (!checkpoint.has_value()) {
    return FailedPrecondition("NOT_SEALED", field,
                              "the log has no checkpoint yet; the sealer signs one within seconds "
                              "of its start: ask again");
  }
  if (last == 0) return *std::move(checkpoint);
  const std::optional<Leaf> leaf = FindLeaf(scope, LeafKind::kEntry, book, last);
  if (leaf.has_value() && leaf->index < checkpoint->size) return *std::move(checkpoint);
  return FailedPrecondition("NOT_SEALED", field,
                            absl::StrCat("entry ", last,
                                         " of the book is not sealed yet; that takes some seconds "
                                         "after it was posted: ask again"));
}

absl::Status SealPeriod(store::TransactionScope& scope, BookKey book, Date month, bool keeps_log) {
  if (!keeps_log && !ReadHead(scope).has_value()) return absl::OkStatus();
  const std::string first_day = month.FirstOfMonth().ToString();
  const pqxx::result unsealed =
      scope.Execute(kUnsealed, ToInteger(book.organization), ToInteger(book.book), first_day);
  if (unsealed.empty()) return absl::OkStatus();
  LUMBUNG_ASSIGN_OR_RETURN(
      const StoredCheckpoint checkpoint,
      CoveringCheckpoint(scope, book.book, unsealed[0][0].as<std::int64_t>(), "name"));
  scope.Execute(kSeal, ToInteger(book.organization), ToInteger(book.book), first_day,
                checkpoint.size);
  return absl::OkStatus();
}

absl::StatusOr<std::map<Date, std::int64_t>> PeriodSeals(store::TransactionScope& scope,
                                                         BookKey book) {
  std::map<Date, std::int64_t> seals;
  for (const pqxx::row& row :
       scope.Execute(kSeals, ToInteger(book.organization), ToInteger(book.book))) {
    LUMBUNG_ASSIGN_OR_RETURN(const Date month, store::StoredDate(row[0]));
    seals[month] = row[1].as<std::int64_t>();
  }
  return seals;
}

std::int64_t EntriesBehind(store::TransactionScope& scope, BookKey book, Date last_day,
                           std::int64_t size) {
  return scope
      .Execute(kEntriesBehind, ToInteger(book.organization), ToInteger(book.book),
               last_day.ToString(), size)[0][0]
      .as<std::int64_t>();
}

}  // namespace lumbung::log
