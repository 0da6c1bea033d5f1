// The calls of BooksHandlers on the parts of one book. Reads come from the book in memory.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/account_store.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/book_reader.h"
#include "services/common/paging.h"
#include "services/common/resource_names.h"
#include "services/ledger/api/book_conversion.h"
#include "services/ledger/api/books_handlers.h"
#include "services/ledger/api/part_refusals.h"

namespace lumbung::ledger::api {
namespace {

constexpr std::initializer_list<absl::string_view> kMutableAccountFields = {
    "code",   "display_name", "display_name_id", "note",  "closed", "dimension_rules",
    "parent", "type",         "postable",        "contra"};

}  // namespace

absl::StatusOr<BooksHandlers::NamedBook> BooksHandlers::BookOf(const CallScope& call,
                                                               const std::string& parent) {
  LUMBUNG_ASSIGN_OR_RETURN(std::vector<std::string> ids,
                           ParseResourceName(parent, {"books"}, "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, parts_.directory->BookById(call, ids[0], "parent"));
  return NamedBook{key, std::move(ids[0])};
}

absl::StatusOr<BooksHandlers::Snapshot> BooksHandlers::SnapshotOf(const CallScope& call,
                                                                  const std::string& parent) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, parts_.directory->Book(call, parent, "parent"));
  return parts_.snapshot(book, call.deadline);
}

absl::StatusOr<std::pair<BooksHandlers::Snapshot, std::string>> BooksHandlers::FindPart(
    const CallScope& call, const std::string& name, absl::string_view collection) {
  LUMBUNG_ASSIGN_OR_RETURN(std::vector<std::string> ids,
                           ParseResourceName(name, {"books", collection}, "name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, parts_.directory->BookById(call, ids[0], "name"));
  LUMBUNG_ASSIGN_OR_RETURN(Snapshot snapshot, parts_.snapshot(book, call.deadline));
  return std::make_pair(std::move(snapshot), std::move(ids[1]));
}

absl::StatusOr<v1::Account> BooksHandlers::CreateAccount(CallScope& call,
                                                         const v1::CreateAccountRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const NamedBook book, BookOf(call, request.parent()));
  const absl::StatusOr<store::NewAccount> account = NewAccountFromProto(request.account());
  if (!account.ok()) return PrefixField(account.status(), "account.");
  return ChangeBook<v1::Account>(
      call, book.key, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Account> {
        const auto created = store::CreateAccounts(scope, book.key, {*account});
        if (!created.ok()) return AtPart(created.status(), "account", "account_id");
        return NewAccountToProto(book.id, created->front(), request.account());
      });
}

absl::StatusOr<v1::Account> BooksHandlers::GetAccount(CallScope& call,
                                                      const v1::GetAccountRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto part, FindPart(call, request.name(), "accounts"));
  const auto& [book, id] = part;
  const Account* account = book->FindAccount(id);
  if (account == nullptr) return NoSuchPart("account", id);
  return AccountToProto(*book, *account);
}

absl::StatusOr<v1::ListAccountsResponse> BooksHandlers::ListAccounts(
    CallScope& call, const v1::ListAccountsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Snapshot book, SnapshotOf(call, request.parent()));
  std::vector<const Account*> accounts;
  if (request.root().empty()) {
    accounts = PointersTo(book->accounts());
  } else {
    const Account* root = book->FindAccount(request.root());
    if (root == nullptr) {
      return NotFound("UNKNOWN_ACCOUNT", "root",
                      absl::StrCat("the book has no account \"", request.root(), "\""));
    }
    for (const AccountId id : book->Subtree(root->id)) accounts.push_back(book->FindAccount(id));
  }
  if (request.hide_closed()) {
    accounts.erase(std::remove_if(accounts.begin(), accounts.end(),
                                  [](const Account* account) { return account->closed; }),
                   accounts.end());
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      const Page<Account> page,
      PageOf(accounts, request, [](const Account& account) { return account.key; }));
  v1::ListAccountsResponse response;
  for (const Account* account : page.items) {
    *response.add_accounts() = AccountToProto(*book, *account);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::Account> BooksHandlers::UpdateAccount(CallScope& call,
                                                         const v1::UpdateAccountRequest& request) {
  const v1::Account& wanted = request.account();
  LUMBUNG_RETURN_IF_ERROR(CheckUpdatePaths(wanted, request.update_paths(), kMutableAccountFields));
  const absl::StatusOr<store::AccountChanges> changes =
      AccountChangesFromProto(wanted, request.update_paths());
  if (!changes.ok()) return PrefixField(changes.status(), "account.");
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(wanted.name(), {"books", "accounts"}, "account.name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           parts_.directory->BookById(call, ids[0], "account.name"));
  return ChangeBook<v1::Account>(
      call, book, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Account> {
        const absl::StatusOr<Account> updated =
            store::UpdateAccount(scope, book, ids[1], wanted.etag(), *changes);
        if (!updated.ok()) return PrefixField(updated.status(), "account.");
        LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, book));
        const BookSnapshot snapshot(std::move(contents));
        return AccountToProto(snapshot, *updated);
      });
}

absl::StatusOr<v1::Fund> BooksHandlers::CreateFund(CallScope& call,
                                                   const v1::CreateFundRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const NamedBook book, BookOf(call, request.parent()));
  const absl::StatusOr<store::NewFund> fund = NewFundFromProto(request.fund());
  if (!fund.ok()) return PrefixField(fund.status(), "fund.");
  return ChangeBook<v1::Fund>(call, book.key, request,
                              [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Fund> {
                                const auto created = store::CreateFunds(scope, book.key, {*fund});
                                if (!created.ok())
                                  return AtPart(created.status(), "fund", "fund_id");
                                return FundToProto(book.id, created->front());
                              });
}

absl::StatusOr<v1::Fund> BooksHandlers::GetFund(CallScope& call,
                                                const v1::GetFundRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto part, FindPart(call, request.name(), "funds"));
  const auto& [book, id] = part;
  const Fund* fund = book->FindFund(id);
  if (fund == nullptr) return NoSuchPart("fund", id);
  return FundToProto(book->book().slug, *fund);
}

absl::StatusOr<v1::ListFundsResponse> BooksHandlers::ListFunds(
    CallScope& call, const v1::ListFundsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Snapshot book, SnapshotOf(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(
      const Page<Fund> page,
      PageOf(PointersTo(book->funds()), request, [](const Fund& fund) { return fund.key; }));
  v1::ListFundsResponse response;
  for (const Fund* fund : page.items) {
    *response.add_funds() = FundToProto(book->book().slug, *fund);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::Fund> BooksHandlers::UpdateFund(CallScope& call,
                                                   const v1::UpdateFundRequest& request) {
  const v1::Fund& wanted = request.fund();
  LUMBUNG_RETURN_IF_ERROR(
      CheckUpdatePaths(wanted, request.update_paths(), {"display_name", "closed"}));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(wanted.name(), {"books", "funds"}, "fund.name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           parts_.directory->BookById(call, ids[0], "fund.name"));
  store::FundChanges changes;
  for (const std::string& path : request.update_paths()) {
    if (path == "display_name") changes.display_name = wanted.display_name();
    if (path == "closed") changes.closed = wanted.closed();
  }
  return ChangeBook<v1::Fund>(call, book, request,
                              [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Fund> {
                                const absl::StatusOr<Fund> updated =
                                    store::UpdateFund(scope, book, ids[1], wanted.etag(), changes);
                                if (!updated.ok()) return PrefixField(updated.status(), "fund.");
                                return FundToProto(ids[0], *updated);
                              });
}

absl::StatusOr<v1::Currency> BooksHandlers::CreateCurrency(
    CallScope& call, const v1::CreateCurrencyRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const NamedBook book, BookOf(call, request.parent()));
  store::NewCurrency currency;
  currency.code = request.currency().code();
  if (request.scale_given()) currency.scale = request.currency().scale();
  currency.commodity = request.currency().commodity();
  currency.display_name = request.currency().display_name();
  return ChangeBook<v1::Currency>(
      call, book.key, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Currency> {
        const auto created = store::CreateCurrencies(scope, book.key, {currency});
        if (!created.ok()) return AtPart(created.status(), "currency", "code");
        return CurrencyToProto(book.id, created->front());
      });
}

absl::StatusOr<v1::Currency> BooksHandlers::GetCurrency(CallScope& call,
                                                        const v1::GetCurrencyRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto part, FindPart(call, request.name(), "currencies"));
  const auto& [book, code] = part;
  const Currency* currency = book->FindCurrency(code);
  if (currency == nullptr) return NoSuchPart("currency", code);
  return CurrencyToProto(book->book().slug, *currency);
}

absl::StatusOr<v1::ListCurrenciesResponse> BooksHandlers::ListCurrencies(
    CallScope& call, const v1::ListCurrenciesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Snapshot book, SnapshotOf(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const Page<Currency> page,
                           PageOf(PointersTo(book->currencies()), request,
                                  [](const Currency& currency) { return currency.code; }));
  v1::ListCurrenciesResponse response;
  for (const Currency* currency : page.items) {
    *response.add_currencies() = CurrencyToProto(book->book().slug, *currency);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::Currency> BooksHandlers::UpdateCurrency(
    CallScope& call, const v1::UpdateCurrencyRequest& request) {
  const v1::Currency& wanted = request.currency();
  LUMBUNG_RETURN_IF_ERROR(CheckUpdatePaths(wanted, request.update_paths(), {"display_name"}));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<std::string> ids,
      ParseResourceName(wanted.name(), {"books", "currencies"}, "currency.name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           parts_.directory->BookById(call, ids[0], "currency.name"));
  return ChangeBook<v1::Currency>(
      call, book, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Currency> {
        const absl::StatusOr<Currency> updated =
            store::RenameCurrency(scope, book, ids[1], wanted.etag(), wanted.display_name());
        if (!updated.ok()) return PrefixField(updated.status(), "currency.");
        return CurrencyToProto(ids[0], *updated);
      });
}

}  // namespace lumbung::ledger::api
