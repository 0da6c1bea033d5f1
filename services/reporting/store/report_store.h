// Reports in the database. The functions run inside the caller's database transaction.
#ifndef LUMBUNG_SERVICES_REPORTING_STORE_REPORT_STORE_H_
#define LUMBUNG_SERVICES_REPORTING_STORE_REPORT_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::reporting {

enum class ReportId : std::int64_t {};
constexpr std::int64_t ToInteger(ReportId id) {
  return static_cast<std::int64_t>(id);
}

// The numbers are those stored in the database and those of the API; they never change.
enum class ReportState : std::int16_t {
  kWaiting = 1,
  kRunning = 2,
  kDone = 3,
  kFailed = 4,
  kCancelled = 5,
};

struct StoredReport {
  ReportId id{};
  // A serialized ReportRequest.
  std::string request;
  // A user name.
  std::string requested_by;
  ReportState state = ReportState::kWaiting;
  std::int64_t rows = 0;
  std::int64_t last_sequence = 0;
  std::int64_t checkpoint_size = 0;
  std::int64_t bytes = 0;
  std::string sha256;
  std::string reason;
  std::string message;
  absl::Time created_at;
  std::optional<absl::Time> started_at;
  std::optional<absl::Time> ended_at;

  bool HasEnded() const { return state >= ReportState::kDone; }
};

inline constexpr int kReportsKept = 100;
inline constexpr int kReportsAtOnce = 10;

struct NewReport {
  std::string request;
  // By what the caller names it.
  std::string request_key;
  std::string requested_by;
};
struct AddedReport {
  StoredReport report;
  // Not when there was one of this key.
  bool is_new = false;
};
// REQUEST_ID_REUSED when there is one of this key for another request; OVERLOADED.
absl::StatusOr<AddedReport> AddReport(store::TransactionScope& scope, BookKey book,
                                      const NewReport& report);

// REPORT_NOT_FOUND at `name`. One whose server has not been heard of for a minute is shown as
// failed.
absl::StatusOr<StoredReport> FindReport(store::TransactionScope& scope, BookKey book, ReportId id);
// The newest first, all that are kept.
std::vector<StoredReport> ListReports(store::TransactionScope& scope, BookKey book);

// From waiting to running, with where book and log are now. False when it was cancelled before.
bool BeginReport(store::TransactionScope& scope, BookKey book, ReportId id);
// Says that its server is at work, and how far; whether somebody asked it to end.
bool KeepReportAlive(store::TransactionScope& scope, BookKey book, ReportId id, std::int64_t rows);
void AskReportToEnd(store::TransactionScope& scope, BookKey book, ReportId id);

void AddReportPiece(store::TransactionScope& scope, BookKey book, ReportId id, int piece,
                    const std::string& data);
// Nothing behind the last one.
std::optional<std::string> ReadReportPiece(store::TransactionScope& scope, BookKey book,
                                           ReportId id, int piece);

struct ReportEnd {
  // kDone, kFailed or kCancelled.
  ReportState state = ReportState::kDone;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::string sha256;
  std::string reason;
  std::string message;
};
// Pieces stay only of those that are done. Older reports of the book make room. One that has ended
// stays as it is.
void EndReport(store::TransactionScope& scope, BookKey book, ReportId id, const ReportEnd& end);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_STORE_REPORT_STORE_H_
