#include "reports/model/account_selection.h"

#include <algorithm>
#include <string>

namespace lumbung::reports {
namespace {

absl::flat_hash_set<AccountId> AccountsOf(const BookSnapshot& book, const Selector& selector) {
  absl::flat_hash_set<AccountId> accounts;
  for (const Account& account : book.accounts()) {
    if (std::count(selector.types.begin(), selector.types.end(), account.type) > 0) {
      accounts.insert(account.id);
    }
  }
  for (const std::string& key : selector.accounts) {
    const Account* const root = book.FindAccount(key);
    if (root == nullptr) continue;
    for (const AccountId id : book.Subtree(root->id)) accounts.insert(id);
  }
  for (const std::string& key : selector.except) {
    const Account* const root = book.FindAccount(key);
    if (root == nullptr) continue;
    for (const AccountId id : book.Subtree(root->id)) accounts.erase(id);
  }
  return accounts;
}

}  // namespace

Decimal MeasureOf(const Figure& figure, Measure measure) {
  switch (measure) {
    case Measure::kOpening:
      return figure.opening;
    case Measure::kClosing:
      return figure.closing;
    case Measure::kMovement:
      return figure.movement;
    case Measure::kCash:
      return figure.cash;
    case Measure::kNonCash:
      return figure.non_cash;
  }
  return Decimal();
}

bool IsInClass(const Figures& figures, const Figure& figure, ClassFilter filter) {
  if (filter == ClassFilter::kAll) return true;
  const Fund* const fund = figures.books[figure.book]->FindFund(figure.fund);
  const FundRestriction restriction =
      fund == nullptr ? FundRestriction::kWithout : fund->restriction;
  const bool is_with = restriction == FundRestriction::kPurpose ||
                       restriction == FundRestriction::kTime ||
                       restriction == FundRestriction::kEndowment;
  return is_with == (filter == ClassFilter::kWith);
}

AccountSelection::AccountSelection(const Figures& figures, const Selector& selector)
    : figures_(&figures), selector_(&selector) {
  for (const auto& book : figures.books) accounts_.push_back(AccountsOf(*book, selector));
}

bool AccountSelection::Takes(const Figure& figure) const {
  return accounts_[figure.book].contains(figure.account) &&
         IsInClass(*figures_, figure, selector_->funds);
}

Decimal AccountSelection::AmountOf(const Figure& figure) const {
  const Decimal amount = MeasureOf(figure, selector_->measure);
  return selector_->debit_positive ? amount : amount.Negated();
}

}  // namespace lumbung::reports
