#include "services/ledger/api/balance_handlers.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/core/trial_balance.h"
#include "ledger/store/register_reader.h"
#include "services/common/entry_conversion.h"
#include "services/ledger/api/filters.h"

namespace lumbung::ledger::api {
namespace {

// The host folds in the background; a reader does only when that has fallen far behind.
constexpr std::int64_t kUnfoldedEntriesTolerated = 10 * store::kUnfoldedEntriesWanted;

absl::StatusOr<v1::AccountBalance> BalanceToProto(const BookSnapshot& book, const BalanceRow& row) {
  v1::AccountBalance out;
  if (const Account* account = book.FindAccount(row.account)) out.set_account(account->key);
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal functional, row.FunctionalBalance());
  out.set_functional_currency(book.FindCurrency(row.functional_currency)->code);
  out.set_functional_debit(row.functional_debit.ToString());
  out.set_functional_credit(row.functional_credit.ToString());
  out.set_functional_balance(functional.ToString());
  // Totals have no currency of their own: amounts of different currencies do not add up.
  if (const Currency* currency = book.FindCurrency(row.currency)) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal balance, row.Balance());
    out.set_currency(currency->code);
    out.set_debit(row.debit.ToString());
    out.set_credit(row.credit.ToString());
    out.set_balance(balance.ToString());
  }
  if (const Fund* fund = book.FindFund(row.dimensions.fund)) out.set_fund(fund->key);
  for (const auto& [dimension_id, value_id] : row.dimensions.members) {
    const Dimension* dimension = book.FindDimension(dimension_id);
    (*out.mutable_dimensions())[dimension->key] = book.FindValue(*dimension, value_id)->key;
  }
  return out;
}

// What GetBalance and ListBalances have in common.
template <typename Request>
absl::StatusOr<store::BalanceFilter> FilterFromProto(const BookSnapshot& book,
                                                     const Request& request) {
  store::BalanceFilter filter;
  if (request.has_known_at()) {
    LUMBUNG_ASSIGN_OR_RETURN(filter.known_at, TimeFromProto(request.known_at(), "known_at"));
  }
  LUMBUNG_ASSIGN_OR_RETURN(filter.dimensions,
                           DimensionsFromKeys(book, request.fund(), request.dimensions()));
  return filter;
}

// The rows as one account's: its own and, when they were read, its descendants'.
std::vector<BalanceRow> CountedIn(AccountId account, std::vector<BalanceRow> rows) {
  for (BalanceRow& row : rows) row.account = account;
  return rows;
}

absl::StatusOr<TrialBalanceShape> ShapeFromProto(const BookSnapshot& book,
                                                 const v1::ListBalancesRequest& request) {
  TrialBalanceShape shape;
  if (request.depth() < 0) {
    return InvalidArgument(
        "INVALID_FILTER", "depth",
        absl::StrCat("found ", request.depth(), "; 1 is the top, 0 shows every account alone"));
  }
  shape.depth = request.depth();
  shape.by_fund = request.group_by_fund();
  for (int i = 0; i < request.group_by_dimensions_size(); ++i) {
    LUMBUNG_ASSIGN_OR_RETURN(const Dimension* dimension,
                             DimensionFromKey(book, request.group_by_dimensions(i),
                                              absl::StrCat("group_by_dimensions[", i, "]")));
    shape.by_dimensions.push_back(dimension->id);
  }
  shape.include_zero = request.include_zero();
  return shape;
}

absl::StatusOr<store::RegisterFilter> RegisterFilterFromProto(
    const BookSnapshot& book, const v1::QueryPostingsRequest& request) {
  store::RegisterFilter filter;
  LUMBUNG_ASSIGN_OR_RETURN(filter.dates, DatesFromText({request.from_date(), "from_date"},
                                                       {request.to_date(), "to_date"}));
  if (request.limit() < 0) {
    return InvalidArgument("INVALID_FILTER", "limit",
                           absl::StrCat("found ", request.limit(), "; 0 shows all postings"));
  }
  if (request.limit() > 0) filter.limit = request.limit();
  LUMBUNG_ASSIGN_OR_RETURN(const Account* account,
                           AccountFromKey(book, request.account(), "account"));
  filter.accounts = {account->id};
  if (request.include_descendants()) filter.accounts = book.Subtree(account->id);
  if (!request.currency().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Currency* currency,
                             CurrencyFromCode(book, request.currency(), "currency"));
    filter.currency = currency->id;
  }
  LUMBUNG_ASSIGN_OR_RETURN(filter.dimensions,
                           DimensionsFromKeys(book, request.fund(), request.dimensions()));
  return filter;
}

v1::QueryPostingsResponse::Line LineToProto(const BookSnapshot& book,
                                            const store::RegisterLine& line) {
  v1::QueryPostingsResponse::Line out;
  out.set_entry(EntryName(book, line.entry));
  out.set_number(
      FormatEntryNumber(book.FindSeries(line.series)->code, line.fiscal_year, line.number));
  out.set_sequence(ToInteger(line.entry));
  out.set_effective_date(line.effective_date.ToString());
  out.set_description(line.description);
  out.set_reference(line.reference);
  *out.mutable_posting() = PostingToProto(book, line.posting);
  out.set_running_balance(line.running_balance.ToString());
  out.set_running_functional_balance(line.running_functional_balance.ToString());
  for (const AccountId other : line.other_accounts) {
    out.add_other_accounts(book.FindAccount(other)->key);
  }
  return out;
}

absl::Status StreamRegister(const CallScope& call, const BookSnapshot& book,
                            store::RegisterReader& reader,
                            StreamWriter<v1::QueryPostingsResponse>& writer) {
  v1::QueryPostingsResponse message;
  LUMBUNG_ASSIGN_OR_RETURN(const TrialBalance opening,
                           ShapeTrialBalance(book, reader.opening(), {}));
  for (const BalanceRow& row : opening.rows) {
    LUMBUNG_ASSIGN_OR_RETURN(*message.add_opening(), BalanceToProto(book, row));
  }
  for (bool first = true;; first = false) {
    LUMBUNG_ASSIGN_OR_RETURN(const std::vector<store::RegisterLine> lines, reader.Next());
    // The first message goes out in any case, for its opening balances.
    if (lines.empty() && !first) return absl::OkStatus();
    for (const store::RegisterLine& line : lines) *message.add_lines() = LineToProto(book, line);
    if (call.cancelled() || !writer.Write(std::move(message))) {
      return absl::CancelledError("the client has gone");
    }
    if (lines.empty()) return absl::OkStatus();
    message = v1::QueryPostingsResponse();
  }
}

}  // namespace

void BalanceHandlers::FoldIfWorthwhile(const CallScope& call, BookKey book,
                                       const store::Balances& balances) {
  if (balances.unfolded_entries <= kUnfoldedEntriesTolerated) return;
  // Only speed depends on it: the answer stands whether this works out or not.
  (void)store::FoldTurnover(books_->pool(), book, call.deadline);
}

absl::StatusOr<v1::GetBalanceResponse> BalanceHandlers::GetBalance(
    CallScope& call, const v1::GetBalanceRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, books_->Parent(call, request.parent()));
  return books_->Read(
      call, key,
      [&](store::TransactionScope& scope,
          const BookSnapshot& book) -> absl::StatusOr<v1::GetBalanceResponse> {
        LUMBUNG_ASSIGN_OR_RETURN(const Account* account,
                                 AccountFromKey(book, request.account(), "account"));
        LUMBUNG_ASSIGN_OR_RETURN(store::BalanceFilter filter, FilterFromProto(book, request));
        if (!request.as_of().empty()) {
          LUMBUNG_ASSIGN_OR_RETURN(filter.dates.to, DateFromText(request.as_of(), "as_of"));
        }
        filter.accounts = {account->id};
        if (request.include_descendants()) filter.accounts = book.Subtree(account->id);
        LUMBUNG_ASSIGN_OR_RETURN(store::Balances balances, store::ReadBalances(scope, key, filter));
        // An account without postings has a balance too: zero, in the functional currency.
        TrialBalanceShape shape;
        shape.include_zero = true;
        shape.accounts = {account->id};
        LUMBUNG_ASSIGN_OR_RETURN(
            const TrialBalance result,
            ShapeTrialBalance(book, CountedIn(account->id, std::move(balances.rows)), shape));
        v1::GetBalanceResponse response;
        for (const BalanceRow& row : result.rows) {
          LUMBUNG_ASSIGN_OR_RETURN(*response.add_balances(), BalanceToProto(book, row));
        }
        return response;
      });
}

absl::StatusOr<v1::ListBalancesResponse> BalanceHandlers::ListBalances(
    CallScope& call, const v1::ListBalancesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, books_->Parent(call, request.parent()));
  store::Balances balances;
  absl::StatusOr<v1::ListBalancesResponse> answer = books_->Read(
      call, key,
      [&](store::TransactionScope& scope,
          const BookSnapshot& book) -> absl::StatusOr<v1::ListBalancesResponse> {
        LUMBUNG_ASSIGN_OR_RETURN(store::BalanceFilter filter, FilterFromProto(book, request));
        LUMBUNG_ASSIGN_OR_RETURN(filter.dates, DatesFromText({request.from_date(), "from_date"},
                                                             {request.as_of(), "as_of"}));
        LUMBUNG_ASSIGN_OR_RETURN(TrialBalanceShape shape, ShapeFromProto(book, request));
        filter.exclude_closing = request.exclude_closing();
        filter.by_dimensions = shape.by_fund || !shape.by_dimensions.empty();
        if (!request.account().empty()) {
          LUMBUNG_ASSIGN_OR_RETURN(const Account* root,
                                   AccountFromKey(book, request.account(), "account"));
          filter.accounts = book.Subtree(root->id);
        }
        for (const Account& account : book.accounts()) {
          const bool wanted =
              filter.accounts.empty() ||
              std::count(filter.accounts.begin(), filter.accounts.end(), account.id) > 0;
          if (wanted && account.postable) shape.accounts.push_back(account.id);
        }
        LUMBUNG_ASSIGN_OR_RETURN(balances, store::ReadBalances(scope, key, filter));
        LUMBUNG_ASSIGN_OR_RETURN(const TrialBalance result,
                                 ShapeTrialBalance(book, balances.rows, shape));
        v1::ListBalancesResponse response;
        response.set_last_sequence(ToInteger(balances.last_known_entry));
        for (const BalanceRow& row : result.rows) {
          LUMBUNG_ASSIGN_OR_RETURN(*response.add_balances(), BalanceToProto(book, row));
        }
        for (const BalanceRow& row : result.totals) {
          LUMBUNG_ASSIGN_OR_RETURN(*response.add_totals(), BalanceToProto(book, row));
        }
        return response;
      });
  if (answer.ok()) FoldIfWorthwhile(call, key, balances);
  return answer;
}

absl::Status BalanceHandlers::QueryPostings(CallScope& call,
                                            const v1::QueryPostingsRequest& request,
                                            StreamWriter<v1::QueryPostingsResponse>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, books_->Parent(call, request.parent()));
  bool begun = false;
  const auto stream = [&](store::TransactionScope& scope,
                          const BookSnapshot& book) -> absl::StatusOr<bool> {
    // A database transaction may be run again, but what was sent cannot be taken back.
    if (begun) return absl::UnavailableError("the register was interrupted; ask again");
    LUMBUNG_ASSIGN_OR_RETURN(const store::RegisterFilter filter,
                             RegisterFilterFromProto(book, request));
    LUMBUNG_ASSIGN_OR_RETURN(store::RegisterReader reader,
                             store::RegisterReader::Open(scope, key, filter));
    begun = true;
    LUMBUNG_RETURN_IF_ERROR(StreamRegister(call, book, reader, writer));
    return true;
  };
  return books_->Read(call, key, stream).status();
}

}  // namespace lumbung::ledger::api
