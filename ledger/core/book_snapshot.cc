#include "ledger/core/book_snapshot.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace lumbung {
namespace {

// Orders accounts so that each parent comes before its children and siblings stand by code.
std::vector<Account> InTreeOrder(std::vector<Account> accounts) {
  std::sort(accounts.begin(), accounts.end(), [](const Account& a, const Account& b) {
    return std::tie(a.code, a.key) < std::tie(b.code, b.key);
  });
  absl::flat_hash_map<AccountId, std::vector<std::size_t>> children;
  std::vector<std::size_t> roots;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (accounts[i].parent.has_value()) {
      children[*accounts[i].parent].push_back(i);
    } else {
      roots.push_back(i);
    }
  }
  std::vector<std::size_t> order;
  order.reserve(accounts.size());
  std::vector<std::size_t> stack(roots.rbegin(), roots.rend());
  while (!stack.empty()) {
    const std::size_t at = stack.back();
    stack.pop_back();
    order.push_back(at);
    const auto found = children.find(accounts[at].id);
    if (found == children.end()) continue;
    stack.insert(stack.end(), found->second.rbegin(), found->second.rend());
  }
  std::vector<Account> ordered;
  ordered.reserve(accounts.size());
  for (const std::size_t at : order) ordered.push_back(std::move(accounts[at]));
  return ordered;
}

template <typename Items, typename Id>
auto FindById(const Items& items, Id id) -> decltype(&items.front()) {
  for (const auto& item : items) {
    if (item.id == id) return &item;
  }
  return nullptr;
}

}  // namespace

BookSnapshot::BookSnapshot(BookContents contents) : contents_(std::move(contents)) {
  contents_.accounts = InTreeOrder(std::move(contents_.accounts));
  std::sort(contents_.rates.begin(), contents_.rates.end(),
            [](const ExchangeRate& a, const ExchangeRate& b) {
              return std::tie(a.base, a.quote, a.date, a.id) <
                     std::tie(b.base, b.quote, b.date, b.id);
            });
  for (std::size_t i = 0; i < contents_.accounts.size(); ++i) {
    account_by_key_.emplace(contents_.accounts[i].key, i);
    account_by_id_.emplace(contents_.accounts[i].id, i);
  }
  for (std::size_t i = 0; i < contents_.funds.size(); ++i) {
    fund_by_key_.emplace(contents_.funds[i].key, i);
  }
  for (std::size_t i = 0; i < contents_.currencies.size(); ++i) {
    currency_by_code_.emplace(contents_.currencies[i].code, i);
    currency_by_id_.emplace(contents_.currencies[i].id, i);
  }
  for (std::size_t i = 0; i < contents_.dimensions.size(); ++i) {
    const Dimension& dimension = contents_.dimensions[i];
    dimension_by_key_.emplace(dimension.key, i);
    for (std::size_t j = 0; j < dimension.values.size(); ++j) {
      value_by_key_.emplace(std::make_pair(dimension.id, dimension.values[j].key), j);
    }
  }
  for (const Period& period : contents_.periods) {
    period_by_month_.emplace(period.month.days(), period.state);
    if (period.state == PeriodState::kHardClosed) {
      const Date end = period.month.LastOfMonth();
      if (!hard_closed_through_.has_value() || *hard_closed_through_ < end) {
        hard_closed_through_ = end;
      }
    }
  }
}

const Account* BookSnapshot::FindAccount(absl::string_view key) const {
  const auto found = account_by_key_.find(key);
  return found == account_by_key_.end() ? nullptr : &contents_.accounts[found->second];
}

const Account* BookSnapshot::FindAccount(AccountId id) const {
  const auto found = account_by_id_.find(id);
  return found == account_by_id_.end() ? nullptr : &contents_.accounts[found->second];
}

const Fund* BookSnapshot::FindFund(absl::string_view key) const {
  const auto found = fund_by_key_.find(key);
  return found == fund_by_key_.end() ? nullptr : &contents_.funds[found->second];
}

const Fund* BookSnapshot::FindFund(FundId id) const { return FindById(contents_.funds, id); }

const Currency* BookSnapshot::FindCurrency(absl::string_view code) const {
  const auto found = currency_by_code_.find(code);
  return found == currency_by_code_.end() ? nullptr : &contents_.currencies[found->second];
}

const Currency* BookSnapshot::FindCurrency(CurrencyId id) const {
  const auto found = currency_by_id_.find(id);
  return found == currency_by_id_.end() ? nullptr : &contents_.currencies[found->second];
}

const Dimension* BookSnapshot::FindDimension(absl::string_view key) const {
  const auto found = dimension_by_key_.find(key);
  return found == dimension_by_key_.end() ? nullptr : &contents_.dimensions[found->second];
}

const Dimension* BookSnapshot::FindDimension(DimensionId id) const {
  return FindById(contents_.dimensions, id);
}

const DimensionValue* BookSnapshot::FindValue(const Dimension& dimension,
                                              absl::string_view key) const {
  const auto found = value_by_key_.find(std::make_pair(dimension.id, std::string(key)));
  return found == value_by_key_.end() ? nullptr : &dimension.values[found->second];
}

const DimensionValue* BookSnapshot::FindValue(const Dimension& dimension, ValueId id) const {
  return FindById(dimension.values, id);
}

const Series* BookSnapshot::FindSeries(absl::string_view code) const {
  for (const Series& series : contents_.series) {
    if (series.code == code) return &series;
  }
  return nullptr;
}

const Series* BookSnapshot::FindSeries(SeriesId id) const {
  return FindById(contents_.series, id);
}

std::vector<AccountId> BookSnapshot::Subtree(AccountId root) const {
  // In tree order a subtree is contiguous: it ends at the first account not below the root.
  std::vector<AccountId> ids;
  const auto start = account_by_id_.find(root);
  if (start == account_by_id_.end()) return ids;
  const int root_depth = Depth(root);
  ids.push_back(root);
  for (std::size_t i = start->second + 1; i < contents_.accounts.size(); ++i) {
    if (Depth(contents_.accounts[i].id) <= root_depth) break;
    ids.push_back(contents_.accounts[i].id);
  }
  return ids;
}

int BookSnapshot::Depth(AccountId id) const {
  int depth = 0;
  for (const Account* at = FindAccount(id); at != nullptr;
       at = at->parent.has_value() ? FindAccount(*at->parent) : nullptr) {
    ++depth;
  }
  return depth;
}

AccountId BookSnapshot::AncestorAtDepth(AccountId id, int depth) const {
  int above = Depth(id) - depth;
  AccountId at = id;
  while (above-- > 0) at = *FindAccount(at)->parent;
  return at;
}

const ExchangeRate* BookSnapshot::FindRate(CurrencyId base, CurrencyId quote, Date date) const {
  const auto after = std::upper_bound(
      contents_.rates.begin(), contents_.rates.end(), std::make_tuple(base, quote, date),
      [](const auto& wanted, const ExchangeRate& rate) {
        return wanted < std::make_tuple(rate.base, rate.quote, rate.date);
      });
  if (after == contents_.rates.begin()) return nullptr;
  const ExchangeRate& candidate = *std::prev(after);
  return candidate.base == base && candidate.quote == quote ? &candidate : nullptr;
}

PeriodState BookSnapshot::PeriodStateOf(Date date) const {
  if (hard_closed_through_.has_value() && date <= *hard_closed_through_) {
    return PeriodState::kHardClosed;
  }
  const auto found = period_by_month_.find(date.FirstOfMonth().days());
  return found == period_by_month_.end() ? PeriodState::kOpen : found->second;
}

}  // namespace lumbung
