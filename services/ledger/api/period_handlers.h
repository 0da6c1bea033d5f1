// The calls about periods and fiscal years. Straight-line functions; the adapter runs them on a
// worker.
#ifndef LUMBUNG_SERVICES_LEDGER_API_PERIOD_HANDLERS_H_
#define LUMBUNG_SERVICES_LEDGER_API_PERIOD_HANDLERS_H_

#include "absl/status/statusor.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "services/common/call_scope.h"
#include "services/ledger/api/book_access.h"

namespace lumbung::ledger::api {

class PeriodHandlers {
 public:
  // Where the server keeps the tamper-evident log, a hard close waits for it.
  PeriodHandlers(BookAccess* books, bool keeps_log) : books_(books), keeps_log_(keeps_log) {}

  // Named like the calls; their reasons stand in ledger_service.proto.
  absl::StatusOr<v1::ListPeriodsResponse> ListPeriods(CallScope& call,
                                                      const v1::ListPeriodsRequest& request);
  absl::StatusOr<v1::Period> ClosePeriod(CallScope& call, const v1::ClosePeriodRequest& request);
  absl::StatusOr<v1::Period> ReopenPeriod(CallScope& call, const v1::ReopenPeriodRequest& request);
  absl::StatusOr<v1::CloseFiscalYearResponse> CloseFiscalYear(
      CallScope& call, const v1::CloseFiscalYearRequest& request);

 private:
  BookAccess* const books_;
  const bool keeps_log_;
};

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_PERIOD_HANDLERS_H_
