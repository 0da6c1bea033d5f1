#include "ledger/core/trial_balance.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

// What rows are told apart by, in the order in which they are listed: place in the tree, fund,
// dimension values, currency, functional currency.
using RowOrder =
    std::tuple<std::size_t, std::string, std::vector<std::string>, std::string, std::string>;

class Shaper {
 public:
  Shaper(const BookSnapshot& book, const TrialBalanceShape& shape) : book_(book), shape_(shape) {
    for (std::size_t i = 0; i < book.accounts().size(); ++i) place_[book.accounts()[i].id] = i + 1;
  }

  absl::Status Add(const BalanceRow& row) {
    BalanceRow wanted;
    wanted.account = Shown(row.account);
    wanted.currency = row.currency;
    wanted.functional_currency = row.functional_currency;
    wanted.dimensions = Kept(row.dimensions);
    return AddTurnover(row, &rows_.try_emplace(OrderOf(wanted), wanted).first->second);
  }

  void AddAccountsWithoutRows() {
    absl::flat_hash_set<AccountId> present;
    for (const auto& [order, row] : rows_) present.insert(row.account);
    for (const AccountId account : shape_.accounts) {
      if (!present.insert(Shown(account)).second) continue;
      BalanceRow row;
      row.account = Shown(account);
      row.currency = book_.book().functional_currency;
      row.functional_currency = row.currency;
      rows_.emplace(OrderOf(row), row);
    }
  }

  absl::StatusOr<TrialBalance> Finish() {
    TrialBalance result;
    std::map<std::string, BalanceRow> totals;
    for (auto& [order, row] : rows_) {
      LUMBUNG_RETURN_IF_ERROR(AtCurrencyScales(&row));
      BalanceRow& total = totals[book_.FindCurrency(row.functional_currency)->code];
      total.functional_currency = row.functional_currency;
      LUMBUNG_ASSIGN_OR_RETURN(total.functional_debit,
                               ::lumbung::Add(total.functional_debit, row.functional_debit));
      LUMBUNG_ASSIGN_OR_RETURN(total.functional_credit,
                               ::lumbung::Add(total.functional_credit, row.functional_credit));
      if (shape_.include_zero || !row.IsZero()) result.rows.push_back(std::move(row));
    }
    for (auto& [code, total] : totals) result.totals.push_back(std::move(total));
    return result;
  }

 private:
  AccountId Shown(AccountId account) const {
    return shape_.depth > 0 ? book_.AncestorAtDepth(account, shape_.depth) : account;
  }

  DimensionSet Kept(const DimensionSet& set) const {
    DimensionSet kept;
    if (shape_.by_fund) kept.fund = set.fund;
    for (const auto& member : set.members) {
      if (std::count(shape_.by_dimensions.begin(), shape_.by_dimensions.end(), member.first) > 0) {
        kept.members.push_back(member);
      }
    }
    return kept;
  }

  RowOrder OrderOf(const BalanceRow& row) const {
    const Fund* fund = book_.FindFund(row.dimensions.fund);
    std::vector<std::string> members;
    for (const auto& [dimension_id, value_id] : row.dimensions.members) {
      const Dimension* dimension = book_.FindDimension(dimension_id);
      members.push_back(dimension->key);
      members.push_back(book_.FindValue(*dimension, value_id)->key);
    }
    const auto place = place_.find(row.account);
    return {place == place_.end() ? 0 : place->second, fund == nullptr ? "" : fund->key,
            std::move(members), book_.FindCurrency(row.currency)->code,
            book_.FindCurrency(row.functional_currency)->code};
  }

  absl::Status AtCurrencyScales(BalanceRow* row) const {
    const int scale = book_.FindCurrency(row->currency)->scale;
    const int functional_scale = book_.FindCurrency(row->functional_currency)->scale;
    LUMBUNG_ASSIGN_OR_RETURN(row->debit, row->debit.WithScale(scale));
    LUMBUNG_ASSIGN_OR_RETURN(row->credit, row->credit.WithScale(scale));
    LUMBUNG_ASSIGN_OR_RETURN(row->functional_debit,
                             row->functional_debit.WithScale(functional_scale));
    LUMBUNG_ASSIGN_OR_RETURN(row->functional_credit,
                             row->functional_credit.WithScale(functional_scale));
    return absl::OkStatus();
  }

  const BookSnapshot& book_;
  const TrialBalanceShape& shape_;
  absl::flat_hash_map<AccountId, std::size_t> place_;
  std::map<RowOrder, BalanceRow> rows_;
};

}  // namespace

absl::Status AddTurnover(const BalanceRow& row, BalanceRow* total) {
  LUMBUNG_ASSIGN_OR_RETURN(total->debit, Add(total->debit, row.debit));
  LUMBUNG_ASSIGN_OR_RETURN(total->credit, Add(total->credit, row.credit));
  LUMBUNG_ASSIGN_OR_RETURN(total->functional_debit,
                           Add(total->functional_debit, row.functional_debit));
  LUMBUNG_ASSIGN_OR_RETURN(total->functional_credit,
                           Add(total->functional_credit, row.functional_credit));
  return absl::OkStatus();
}

absl::StatusOr<TrialBalance> ShapeTrialBalance(const BookSnapshot& book,
                                               absl::Span<const BalanceRow> rows,
                                               const TrialBalanceShape& shape) {
  Shaper shaper(book, shape);
  for (const BalanceRow& row : rows) LUMBUNG_RETURN_IF_ERROR(shaper.Add(row));
  if (shape.include_zero) shaper.AddAccountsWithoutRows();
  return shaper.Finish();
}

}  // namespace lumbung
