#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/trial_balance.h"
#include "ledger/store/period_store.h"
#include "ledger/store/verification.h"
#include "services/log/store/log_reader.h"
#include "services/log/store/period_seal.h"
#include "services/reporting/verification/verify_parts.h"

namespace lumbung::reporting {
namespace {

void AddDifferences(const store::Comparison& comparison, const std::string& prefix,
                    const reports::Label& what, CheckedPromise* promise) {
  promise->checked += comparison.compared;
  for (const std::string& place : comparison.differences) {
    promise->Find(absl::StrCat(prefix, place), what);
  }
}

CheckedPromise Balances(store::TransactionScope& scope, const BookSnapshot& book) {
  CheckedPromise promise{"balances",
                         {"Saldo dan mutasi yang dicatat sama dengan jumlah ayat jurnalnya",
                          "Balances and turnover as kept are the sums of their postings"}};
  const BookKey key = book.book().key;
  const std::string name = absl::StrCat("books/", book.book().slug);
  AddDifferences(store::CompareMonthBalances(scope, key), name + "/balances/",
                 {"saldo bulan ini berbeda dari ayat jurnalnya",
                  "this month's balance is not what the postings give"},
                 &promise);
  AddDifferences(
      store::CompareTurnover(scope, key), name + "/turnover/",
      {"mutasi ini berbeda dari ayat jurnalnya", "this turnover is not what the postings give"},
      &promise);
  AddDifferences(
      store::ComparePostingDates(scope, key), name + "/entries/",
      {"tanggal ayat berbeda dari tanggal jurnalnya", "a posting has another date than its entry"},
      &promise);
  return promise;
}

// Months that were closed for good: their trial balance, its hash, and the checkpoint of the close.
absl::StatusOr<CheckedPromise> ClosedMonths(store::TransactionScope& scope,
                                            const BookSnapshot& book) {
  CheckedPromise promise{"closed-months",
                         {"Bulan yang ditutup final masih seperti saat ditutup",
                          "Months that were closed for good are as they were closed"}};
  const BookKey key = book.book().key;
  const std::string name = absl::StrCat("books/", book.book().slug);
  AddDifferences(store::ComparePeriodBalances(scope, key), name + "/periods/",
                 {"neraca saldo yang disimpan berbeda dari ayat jurnalnya",
                  "the trial balance that was kept is not what the postings give"},
                 &promise);
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<store::PeriodRecord> periods,
                           store::ListPeriods(scope, key, {}));
  for (const store::PeriodRecord& period : periods) {
    if (period.state != PeriodState::kHardClosed || period.trial_balance_hash.empty()) continue;
    ++promise.checked;
    LUMBUNG_ASSIGN_OR_RETURN(const std::vector<BalanceRow> rows,
                             store::ReadClosedTrialBalance(scope, key, period.month));
    LUMBUNG_ASSIGN_OR_RETURN(const std::string hash,
                             log::TrialBalanceHash(book, period.month, rows));
    if (hash == period.trial_balance_hash) continue;
    promise.Find(absl::StrCat(name, "/periods/", period.month.ToString().substr(0, 7)),
                 {"neraca saldo yang disimpan tidak sesuai dengan hash-nya",
                  "the trial balance that was kept does not have its hash"});
  }
  return promise;
}

// No entry that a close froze lies behind the checkpoint of the close.
absl::StatusOr<CheckedPromise> SealedMonths(store::TransactionScope& scope,
                                            const BookSnapshot& book) {
  CheckedPromise promise{"sealed-months",
                         {"Tidak ada jurnal yang masuk ke bulan setelah bulan itu ditutup final",
                          "Nothing was posted into a month after it was closed for good"}};
  const BookKey key = book.book().key;
  LUMBUNG_ASSIGN_OR_RETURN(const auto seals, log::PeriodSeals(scope, key));
  for (const auto& [month, size] : seals) {
    ++promise.checked;
    const std::int64_t late = log::EntriesBehind(scope, key, month.LastOfMonth(), size);
    if (late == 0) continue;
    promise.Find(
        absl::StrCat("books/", book.book().slug, "/periods/", month.ToString().substr(0, 7)),
        {absl::StrCat(late, " jurnal tidak tercakup titik periksa penutupannya"),
         absl::StrCat(late, " entries are not under the checkpoint of its close")});
  }
  return promise;
}

}  // namespace

absl::Status VerifyBalances(store::TransactionScope& scope, const BookSnapshot& book,
                            const PromiseVisitor& visit) {
  LUMBUNG_RETURN_IF_ERROR(visit(Balances(scope, book)));
  LUMBUNG_ASSIGN_OR_RETURN(const CheckedPromise closed, ClosedMonths(scope, book));
  LUMBUNG_RETURN_IF_ERROR(visit(closed));
  LUMBUNG_ASSIGN_OR_RETURN(const CheckedPromise sealed, SealedMonths(scope, book));
  return visit(sealed);
}

}  // namespace lumbung::reporting
