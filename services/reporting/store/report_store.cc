#include "services/reporting/store/report_store.h"

#include <utility>

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::reporting {
namespace {

using store::Statement;

// Locks: the numbers of the book's reports, to the end of the database transaction.
constexpr Statement kLock = {
    "report_lock_numbers",
    "select pg_advisory_xact_lock(hashtextextended('reports/' || $1::text || '/' || $2::text, 0))"};

constexpr Statement kFindByKey = {
    "report_find_by_key",
    "select report_id from reporting.report "
    "where organization_id = $1 and book_id = $2 and request_key = $3"};

constexpr Statement kCountActive = {
    "report_count_active",
    "select count(*) from reporting.report where organization_id = $1 and book_id = $2 "
    "and state < 3 and alive_at > clock_timestamp() - interval '1 minute'"};

constexpr Statement kInsert = {
    "report_insert",
    "insert into reporting.report (organization_id, book_id, report_id, request, request_key, "
    "requested_by) select $1, $2, coalesce(max(report_id), 0) + 1, $3, $4, $5 "
    "from reporting.report where organization_id = $1 and book_id = $2 returning report_id"};

#define LUMBUNG_REPORT_COLUMNS                                                                 \
  "select report_id, request, requested_by, "                                                  \
  "case when is_lost then 4 else state end, rows, last_sequence, checkpoint_size, bytes, "     \
  "coalesce(sha256, ''::bytea), case when is_lost then 'INTERRUPTED' else reason end, "        \
  "case when is_lost then 'the server that made it has stopped; ask for it again' "            \
  "else message end, (extract(epoch from created_at) * 1000000)::bigint, "                     \
  "(extract(epoch from started_at) * 1000000)::bigint, "                                       \
  "(extract(epoch from case when is_lost then alive_at else ended_at end) * 1000000)::bigint " \
  "from (select r.*, r.state < 3 and r.alive_at < clock_timestamp() - interval '1 minute' "    \
  "as is_lost from reporting.report r where r.organization_id = $1 and r.book_id = $2) r "

constexpr Statement kFind = {"report_find", LUMBUNG_REPORT_COLUMNS "where report_id = $3"};
constexpr Statement kList = {"report_list", LUMBUNG_REPORT_COLUMNS "order by report_id desc"};
#undef LUMBUNG_REPORT_COLUMNS

constexpr Statement kBegin = {
    "report_begin",
    "update reporting.report r set state = 2, started_at = clock_timestamp(), "
    "alive_at = clock_timestamp(), last_sequence = h.last_entry_id, "
    "checkpoint_size = coalesce((select max(c.size) from log.checkpoint c "
    "where c.organization_id = $1), 0) from ledger.book_head h "
    "where h.organization_id = $1 and h.book_id = $2 and r.organization_id = $1 "
    "and r.book_id = $2 and r.report_id = $3 and r.state = 1 and not r.cancel_requested"};

constexpr Statement kAlive = {
    "report_alive",
    "update reporting.report set rows = $4, alive_at = clock_timestamp() "
    "where organization_id = $1 and book_id = $2 and report_id = $3 and state < 3 "
    "returning cancel_requested"};

constexpr Statement kAskToEnd = {
    "report_ask_to_end",
    "update reporting.report set cancel_requested = true "
    "where organization_id = $1 and book_id = $2 and report_id = $3 and state < 3"};

constexpr Statement kAddPiece = {
    "report_add_piece",
    "insert into reporting.report_piece (organization_id, book_id, report_id, piece, data) "
    "values ($1, $2, $3, $4, $5)"};

constexpr Statement kReadPiece = {
    "report_read_piece",
    "select data from reporting.report_piece "
    "where organization_id = $1 and book_id = $2 and report_id = $3 and piece = $4"};

constexpr Statement kDropPieces = {
    "report_drop_pieces",
    "delete from reporting.report_piece "
    "where organization_id = $1 and book_id = $2 and report_id = $3"};

constexpr Statement kEnd = {
    "report_end",
    "update reporting.report set state = $4, rows = $5, bytes = $6, sha256 = $7, reason = $8, "
    "message = $9, ended_at = clock_timestamp() "
    "where organization_id = $1 and book_id = $2 and report_id = $3 and state < 3"};

constexpr Statement kMakeRoom = {
    "report_make_room",
    "delete from reporting.report where organization_id = $1 and book_id = $2 and state >= 3 "
    "and report_id <= (select report_id from reporting.report where organization_id = $1 "
    "and book_id = $2 order by report_id desc offset $3 limit 1)"};

StoredReport ReportFrom(const pqxx::row& row) {
  StoredReport report;
  report.id = ReportId{row[0].as<std::int64_t>()};
  report.request = pqxx::binarystring(row[1]).str();
  report.requested_by = row[2].c_str();
  report.state = static_cast<ReportState>(row[3].as<int>());
  report.rows = row[4].as<std::int64_t>();
  report.last_sequence = row[5].as<std::int64_t>();
  report.checkpoint_size = row[6].as<std::int64_t>();
  report.bytes = row[7].as<std::int64_t>();
  report.sha256 = pqxx::binarystring(row[8]).str();
  report.reason = row[9].c_str();
  report.message = row[10].c_str();
  report.created_at = store::StoredTime(row[11]);
  if (!row[12].is_null()) report.started_at = store::StoredTime(row[12]);
  if (!row[13].is_null()) report.ended_at = store::StoredTime(row[13]);
  return report;
}

}  // namespace

absl::StatusOr<AddedReport> AddReport(store::TransactionScope& scope, BookKey book,
                                      const NewReport& report) {
  scope.Execute(kLock, ToInteger(book.organization), ToInteger(book.book));
  const pqxx::result known = scope.Execute(kFindByKey, ToInteger(book.organization),
                                           ToInteger(book.book), report.request_key);
  if (!known.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(StoredReport found,
                             FindReport(scope, book, ReportId{known[0][0].as<std::int64_t>()}));
    if (found.request == report.request) return AddedReport{std::move(found), false};
    return FailedPrecondition("REQUEST_ID_REUSED", "request_id",
                              "another report was asked for under this request_id");
  }
  const auto active =
      scope.Execute(kCountActive, ToInteger(book.organization), ToInteger(book.book))[0][0]
          .as<int>();
  if (active >= kReportsAtOnce) {
    return Refusal(
        absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
        absl::StrCat(active, " reports of the book wait or run already; try again later"));
  }
  const pqxx::result added =
      scope.Execute(kInsert, ToInteger(book.organization), ToInteger(book.book),
                    pqxx::binarystring(report.request), report.request_key, report.requested_by);
  LUMBUNG_ASSIGN_OR_RETURN(StoredReport stored,
                           FindReport(scope, book, ReportId{added[0][0].as<std::int64_t>()}));
  return AddedReport{std::move(stored), true};
}

absl::StatusOr<StoredReport> FindReport(store::TransactionScope& scope, BookKey book, ReportId id) {
  const pqxx::result rows =
      scope.Execute(kFind, ToInteger(book.organization), ToInteger(book.book), ToInteger(id));
  if (!rows.empty()) return ReportFrom(rows[0]);
  return NotFound(
      "REPORT_NOT_FOUND", "name",
      absl::StrCat("the book has no report ", ToInteger(id), "; the newest hundred are kept"));
}

std::vector<StoredReport> ListReports(store::TransactionScope& scope, BookKey book) {
  std::vector<StoredReport> reports;
  for (const pqxx::row& row :
       scope.Execute(kList, ToInteger(book.organization), ToInteger(book.book))) {
    reports.push_back(ReportFrom(row));
  }
  return reports;
}

bool BeginReport(store::TransactionScope& scope, BookKey book, ReportId id) {
  return scope.Execute(kBegin, ToInteger(book.organization), ToInteger(book.book), ToInteger(id))
             .affected_rows() == 1;
}

bool KeepReportAlive(store::TransactionScope& scope, BookKey book, ReportId id, std::int64_t rows) {
  const pqxx::result answer = scope.Execute(kAlive, ToInteger(book.organization),
                                            ToInteger(book.book), ToInteger(id), rows);
  return !answer.empty() && answer[0][0].as<bool>();
}

void AskReportToEnd(store::TransactionScope& scope, BookKey book, ReportId id) {
  scope.Execute(kAskToEnd, ToInteger(book.organization), ToInteger(book.book), ToInteger(id));
}

void AddReportPiece(store::TransactionScope& scope, BookKey book, ReportId id, int piece,
                    const std::string& data) {
  scope.Execute(kAddPiece, ToInteger(book.organization), ToInteger(book.book), ToInteger(id), piece,
                pqxx::binarystring(data));
}

std::optional<std::string> ReadReportPiece(store::TransactionScope& scope, BookKey book,
                                           ReportId id, int piece) {
  const pqxx::result rows = scope.Execute(kReadPiece, ToInteger(book.organization),
                                          ToInteger(book.book), ToInteger(id), piece);
  if (rows.empty()) return std::nullopt;
  return pqxx::binarystring(rows[0][0]).str();
}

void EndReport(store::TransactionScope& scope, BookKey book, ReportId id, const ReportEnd& end) {
  const bool is_done = end.state == ReportState::kDone;
  const auto state = static_cast<int>(end.state);
  const pqxx::result ended =
      is_done ? scope.Execute(kEnd, ToInteger(book.organization), ToInteger(book.book),
                              ToInteger(id), state, end.rows, end.bytes,
                              pqxx::binarystring(end.sha256), end.reason, end.message)
              : scope.Execute(kEnd, ToInteger(book.organization), ToInteger(book.book),
                              ToInteger(id), state, end.rows, std::int64_t{0},
                              static_cast<const char*>(nullptr), end.reason, end.message);
  if (ended.affected_rows() == 0) return;
  if (!is_done) {
    scope.Execute(kDropPieces, ToInteger(book.organization), ToInteger(book.book), ToInteger(id));
  }
  scope.Execute(kMakeRoom, ToInteger(book.organization), ToInteger(book.book), kReportsKept);
}

}  // namespace lumbung::reporting
