#include "services/vouchers/store/number_store.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::vouchers {
namespace {

using store::Statement;

// Locks: the counter's row, to the end of the database transaction.
constexpr Statement kNextNumber = {
    "voucher_next_number",
    "insert into vouchers.counter as c (organization_id, book_id, series, period, last_number) "
    "values ($1, $2, $3, $4, 1) on conflict on constraint counter_pkey "
    "do update set last_number = c.last_number + 1 returning last_number"};

constexpr Statement kListSeries = {"voucher_list_series",
                                   "select key, pattern, reset from vouchers.number_series "
                                   "where organization_id = $1 and book_id = $2 order by key"};

constexpr Statement kSeriesIsUsed = {
    "voucher_series_is_used",
    "select 1 from vouchers.counter where organization_id = $1 and book_id = $2 and series = $3 "
    "limit 1"};

constexpr Statement kSaveSeries = {
    "voucher_save_series",
    "insert into vouchers.number_series (organization_id, book_id, key, pattern, reset) "
    "values ($1, $2, $3, $4, $5) on conflict on constraint number_series_pkey "
    "do update set pattern = excluded.pattern, reset = excluded.reset"};

constexpr Statement kNumberIsTaken = {
    "voucher_number_is_taken",
    "select 1 from vouchers.voucher "
    "where organization_id = $1 and book_id = $2 and number = $3"};

const NumberSeries* FindByKey(const std::vector<NumberSeries>& all, absl::string_view key) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [key](const NumberSeries& series) { return series.key == key; });
  return found == all.end() ? nullptr : &*found;
}

constexpr Statement kNumberRuns = {
    "voucher_number_runs",
    "select number_series, number_period, min(number_sequence), max(number_sequence), count(*), "
    "count(distinct number_sequence) from vouchers.voucher "
    "where organization_id = $1 and book_id = $2 and number_sequence is not null "
    "group by number_series, number_period order by number_series, number_period"};

}  // namespace

std::int64_t NextNumber(store::TransactionScope& scope, BookKey book, const std::string& series,
                        int period) {
  return scope
      .Execute(kNextNumber, ToInteger(book.organization), ToInteger(book.book), series,
               period)[0][0]
      .as<std::int64_t>();
}

absl::StatusOr<NumberSeries> FindSeries(store::TransactionScope& scope, BookKey book,
                                        const VoucherContent& content) {
  const std::string key =
      content.series.empty() ? std::string(KindCode(content.kind)) : content.series;
  const std::vector<NumberSeries> all = ListSeries(scope, book);
  if (const NumberSeries* const series = FindByKey(all, key)) return *series;
  std::string known;
  for (const NumberSeries& series : all) {
    absl::StrAppend(&known, known.empty() ? "" : ", ", series.key);
  }
  return InvalidArgument(
      "UNKNOWN_SERIES", "series",
      absl::StrCat("there is no number series \"", key, "\"; there are: ", known));
}

std::vector<NumberSeries> ListSeries(store::TransactionScope& scope, BookKey book) {
  std::map<std::string, NumberSeries> by_key;
  for (const VoucherKind kind : kVoucherKinds) {
    const std::string key(KindCode(kind));
    by_key[key] = {key, kDefaultPattern, NumberReset::kYearly};
  }
  for (const pqxx::row& row :
       scope.Execute(kListSeries, ToInteger(book.organization), ToInteger(book.book))) {
    by_key[row[0].c_str()] = {row[0].c_str(), row[1].c_str(), store::StoredId<NumberReset>(row[2])};
  }
  std::vector<NumberSeries> all;
  for (auto& [key, series] : by_key) all.push_back(std::move(series));
  return all;
}

absl::Status SaveSeries(store::TransactionScope& scope, BookKey book, const NumberSeries& series) {
  LUMBUNG_RETURN_IF_ERROR(ValidateKey(series.key, "series_id"));
  LUMBUNG_RETURN_IF_ERROR(NumberPattern::Parse(series.pattern, series.reset).status());
  const std::vector<NumberSeries> all = ListSeries(scope, book);
  const NumberSeries* const old = FindByKey(all, series.key);
  if (old != nullptr && old->reset != series.reset &&
      !scope.Execute(kSeriesIsUsed, ToInteger(book.organization), ToInteger(book.book), series.key)
           .empty()) {
    return FailedPrecondition("SERIES_IN_USE", "reset",
                              absl::StrCat("series ", series.key,
                                           " has given numbers; starting anew at other times "
                                           "could give them twice. Make another series"));
  }
  scope.Execute(kSaveSeries, ToInteger(book.organization), ToInteger(book.book), series.key,
                series.pattern, ToInteger(series.reset));
  return absl::OkStatus();
}

std::vector<NumberRun> ReadNumberRuns(store::TransactionScope& scope, BookKey book) {
  std::vector<NumberRun> runs;
  for (const pqxx::row& row :
       scope.Execute(kNumberRuns, ToInteger(book.organization), ToInteger(book.book))) {
    runs.push_back({row[0].c_str(), row[1].as<int>(), row[2].as<std::int64_t>(),
                    row[3].as<std::int64_t>(), row[4].as<std::int64_t>(),
                    row[5].as<std::int64_t>()});
  }
  return runs;
}

bool IsNumberTaken(store::TransactionScope& scope, BookKey book, const std::string& number) {
  return !scope.Execute(kNumberIsTaken, ToInteger(book.organization), ToInteger(book.book), number)
              .empty();
}

}  // namespace lumbung::vouchers
