#include <map>
#include <utility>

#include "ledger/core/status.h"
#include "ledger/store/balance_query.h"
#include "reports/source/book_documents.h"
#include "reports/source/book_words.h"

namespace lumbung::reports {
namespace {

// Debits positive.
struct AccountTurnover {
  Decimal opening;
  Decimal debit;
  Decimal credit;
};
using TurnoverByAccount = std::map<AccountId, AccountTurnover>;

absl::Status ReadTurnover(store::TransactionScope& scope, const BookDocumentRequest& request,
                          const BookWords& words, TurnoverByAccount* turnover) {
  store::BalanceFilter filter;
  filter.dimensions.fund = request.fund;
  for (const bool is_opening : {true, false}) {
    filter.dates =
        is_opening ? DateRange{std::nullopt, request.period.from->AddDays(-1)} : request.period;
    LUMBUNG_ASSIGN_OR_RETURN(const store::Balances balances,
                             store::ReadBalances(scope, request.book->book().key, filter));
    for (const BalanceRow& row : balances.rows) {
      if (row.IsZero()) continue;
      LUMBUNG_RETURN_IF_ERROR(words.CheckFunctional(row.functional_currency));
      AccountTurnover& account = (*turnover)[row.account];
      if (is_opening) {
        LUMBUNG_ASSIGN_OR_RETURN(const Decimal balance, row.FunctionalBalance());
        LUMBUNG_ASSIGN_OR_RETURN(account.opening, Add(account.opening, balance));
      } else {
        LUMBUNG_ASSIGN_OR_RETURN(account.debit, Add(account.debit, row.functional_debit));
        LUMBUNG_ASSIGN_OR_RETURN(account.credit, Add(account.credit, row.functional_credit));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteTrialBalance(store::TransactionScope& scope, const BookDocumentRequest& request,
                               DocumentWriter& writer) {
  const BookWords words(request);
  TurnoverByAccount turnover;
  LUMBUNG_RETURN_IF_ERROR(ReadTurnover(scope, request, words, &turnover));
  DocumentHead head = words.Head("trial-balance", words.Say("NERACA SALDO", "TRIAL BALANCE"));
  head.columns = {{"account", words.Say("Akun", "Account"), ColumnKind::kLabel, 0, 0},
                  words.Amount("opening", words.Say("Saldo awal", "Opening balance")),
                  words.Amount("debit", words.Say("Debit", "Debits")),
                  words.Amount("credit", words.Say("Kredit", "Credits")),
                  words.Amount("closing", words.Say("Saldo akhir", "Closing balance"))};
  LUMBUNG_RETURN_IF_ERROR(writer.Begin(head));
  AccountTurnover total;
  Decimal closing_total;
  DocumentRow last;
  last.style = RowStyle::kTotal;
  last.id = "total";
  std::int64_t number = 0;
  for (const Account& account : request.book->accounts()) {
    const auto found = turnover.find(account.id);
    if (found == turnover.end()) continue;
    const AccountTurnover& its = found->second;
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal raised, Add(its.opening, its.debit));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal closing, Subtract(raised, its.credit));
    LUMBUNG_ASSIGN_OR_RETURN(total.opening, Add(total.opening, its.opening));
    LUMBUNG_ASSIGN_OR_RETURN(total.debit, Add(total.debit, its.debit));
    LUMBUNG_ASSIGN_OR_RETURN(total.credit, Add(total.credit, its.credit));
    LUMBUNG_ASSIGN_OR_RETURN(closing_total, Add(closing_total, closing));
    DocumentRow row;
    row.id = account.key;
    row.cells = {words.CodeAndNameOf(account), its.opening, its.debit, its.credit, closing};
    LUMBUNG_RETURN_IF_ERROR(writer.Add(row));
    last.terms.push_back({1, number++});
  }
  last.cells = {words.Say("JUMLAH", "TOTAL"), total.opening, total.debit, total.credit,
                closing_total};
  LUMBUNG_RETURN_IF_ERROR(writer.Add(last));
  return writer.End(words.Foot(
      {{words.Say("Jumlah debit = jumlah kredit", "Total debits = total credits"), total.debit,
        total.credit},
       {words.Say("Saldo awal semua akun = nol", "Opening balances of all accounts = nil"),
        total.opening, Decimal()},
       {words.Say("Saldo akhir semua akun = nol", "Closing balances of all accounts = nil"),
        closing_total, Decimal()}}));
}

}  // namespace lumbung::reports
