#include "services/ledger/api/period_handlers.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/period_store.h"
#include "ledger/store/year_end_close.h"
#include "services/common/entry_conversion.h"
#include "services/log/store/period_seal.h"

namespace lumbung::ledger::api {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 9998;

absl::StatusOr<Date> MonthFromId(const std::string& id) {
  absl::StatusOr<Date> month = Date::Parse(absl::StrCat(id, "-01"));
  if (!month.ok()) {
    return InvalidArgument("INVALID_PERIOD", "name",
                           absl::StrCat("found '", id, "'; a period is a month, as 2026-03"));
  }
  return month;
}

using Seals = std::map<Date, std::int64_t>;

v1::Period PeriodToProto(absl::string_view book, const store::PeriodRecord& period,
                         const Seals& seals) {
  v1::Period out;
  out.set_name(absl::StrCat("books/", book, "/periods/", period.month.ToString().substr(0, 7)));
  out.set_start_date(period.month.ToString());
  out.set_end_date(period.month.LastOfMonth().ToString());
  // The numbers of the API's states are those of the library's.
  out.set_state(static_cast<v1::PeriodState>(period.state));
  out.set_entry_count(period.entry_count);
  out.set_trial_balance_hash(period.trial_balance_hash);
  if (period.closed_at.has_value()) *out.mutable_close_time() = TimestampOf(*period.closed_at);
  const auto seal = seals.find(period.month);
  if (seal != seals.end()) out.set_checkpoint_size(seal->second);
  return out;
}

absl::Status CheckYear(int year, absl::string_view reason, absl::string_view field) {
  if (year >= kFirstYear && year <= kLastYear) return absl::OkStatus();
  return InvalidArgument(
      reason, field,
      absl::StrCat("found ", year, "; years run from ", kFirstYear, " to ", kLastYear));
}

}  // namespace

absl::StatusOr<v1::ListPeriodsResponse> PeriodHandlers::ListPeriods(
    CallScope& call, const v1::ListPeriodsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, books_->Parent(call, request.parent()));
  DateRange range;
  if (request.year() != 0) {
    LUMBUNG_RETURN_IF_ERROR(CheckYear(request.year(), "INVALID_PERIOD", "year"));
    range = {FiscalYearStart(request.year(), 1), FiscalYearEnd(request.year(), 1)};
  }
  return books_->Read(call, key,
                      [&](store::TransactionScope& scope,
                          const BookSnapshot& book) -> absl::StatusOr<v1::ListPeriodsResponse> {
                        LUMBUNG_ASSIGN_OR_RETURN(const std::vector<store::PeriodRecord> periods,
                                                 store::ListPeriods(scope, key, range));
                        LUMBUNG_ASSIGN_OR_RETURN(const Seals seals, log::PeriodSeals(scope, key));
                        v1::ListPeriodsResponse response;
                        for (const store::PeriodRecord& period : periods) {
                          *response.add_periods() = PeriodToProto(book.book().slug, period, seals);
                        }
                        return response;
                      });
}

absl::StatusOr<v1::Period> PeriodHandlers::ClosePeriod(CallScope& call,
                                                       const v1::ClosePeriodRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto part, books_->Part(call, request.name(), "periods"));
  LUMBUNG_ASSIGN_OR_RETURN(const Date month, MonthFromId(part.second));
  LUMBUNG_ASSIGN_OR_RETURN(const BookAccess::Snapshot book, books_->Current(call, part.first));
  return books_->Change<v1::Period>(
      call, part.first, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Period> {
        LUMBUNG_ASSIGN_OR_RETURN(
            const store::PeriodRecord period,
            request.hard() ? store::HardClosePeriod(scope, part.first, month, books_->Now())
                           : store::SoftClosePeriod(scope, part.first, month, books_->Now()));
        if (request.hard()) {
          LUMBUNG_RETURN_IF_ERROR(log::SealPeriod(scope, part.first, month, keeps_log_));
        }
        LUMBUNG_ASSIGN_OR_RETURN(const Seals seals, log::PeriodSeals(scope, part.first));
        return PeriodToProto(book->book().slug, period, seals);
      });
}

absl::StatusOr<v1::Period> PeriodHandlers::ReopenPeriod(CallScope& call,
                                                        const v1::ReopenPeriodRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto part, books_->Part(call, request.name(), "periods"));
  LUMBUNG_ASSIGN_OR_RETURN(const Date month, MonthFromId(part.second));
  LUMBUNG_ASSIGN_OR_RETURN(const BookAccess::Snapshot book, books_->Current(call, part.first));
  return books_->Change<v1::Period>(
      call, part.first, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Period> {
        LUMBUNG_ASSIGN_OR_RETURN(const store::PeriodRecord period,
                                 store::ReopenPeriod(scope, part.first, month));
        return PeriodToProto(book->book().slug, period, {});
      });
}

absl::StatusOr<v1::CloseFiscalYearResponse> PeriodHandlers::CloseFiscalYear(
    CallScope& call, const v1::CloseFiscalYearRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, books_->Parent(call, request.parent()));
  LUMBUNG_RETURN_IF_ERROR(CheckYear(request.fiscal_year(), "INVALID_FISCAL_YEAR", "fiscal_year"));
  const posting::FiscalYearClosing closing{request.fiscal_year(), request.unrestricted_account(),
                                           request.restricted_account()};
  return books_->Change<v1::CloseFiscalYearResponse>(
      call, key, request,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::CloseFiscalYearResponse> {
        store::TransactionalPoster::Options options;
        options.now = books_->Now();
        options.random_bytes = books_->random_bytes();
        LUMBUNG_ASSIGN_OR_RETURN(
            const store::FiscalYearClose result,
            store::CloseFiscalYear(scope, key, closing, {call.access.adjuster}, options));
        v1::CloseFiscalYearResponse response;
        if (result.closing.has_value()) {
          *response.mutable_closing_entry() = EntryToProto(*result.book, *result.closing);
        }
        if (result.reversal.has_value()) {
          *response.mutable_reversal() = EntryToProto(*result.book, *result.reversal);
        }
        response.set_posted(result.posted);
        return response;
      });
}

}  // namespace lumbung::ledger::api
