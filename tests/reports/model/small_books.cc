#include "tests/reports/model/small_books.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "ledger/charts/chart_template.h"

namespace lumbung::testing {
namespace {

Decimal Rupiah(std::int64_t amount) {
  return Decimal::FromInteger(amount);
}

// Below the headers of cash and bank of either chart.
bool IsCash(const BookSnapshot& book, const std::string& key) {
  std::optional<AccountId> at = book.FindAccount(key)->id;
  while (at.has_value()) {
    const Account& account = *book.FindAccount(*at);
    for (const char* header : {"1.1.10", "1.1.20", "1.1.01.00", "1.1.02.00"}) {
      if (account.key == header) return true;
    }
    at = account.parent;
  }
  return false;
}

}  // namespace

std::shared_ptr<const BookSnapshot> SmallBook(const std::string& slug, const std::string& currency,
                                              const std::string& chart_id) {
  const ChartTemplate& chart = **FindChartTemplate(chart_id);
  BookContents contents;
  contents.book.slug = slug;
  contents.book.display_name = slug;
  contents.book.chart_template = chart.Name();
  contents.book.functional_currency = CurrencyId{1};
  contents.currencies = {{CurrencyId{1}, currency, 2, false, currency}};
  contents.funds = {
      {FundId{1}, "umum", "Dana Umum", FundRestriction::kWithout, false},
      {FundId{2}, "air", "Air Bersih", FundRestriction::kPurpose, false},
      {FundId{3}, "abadi", "Dana Abadi", FundRestriction::kEndowment, false},
      {FundId{4}, "titipan", "Dana Titipan", FundRestriction::kAgency, false},
  };
  contents.series.push_back({SeriesId{1}, "JU"});
  std::map<std::string, AccountId> ids;
  for (const TemplateAccount& from : chart.accounts) {
    Account account;
    account.id = AccountId{static_cast<std::int32_t>(ids.size()) + 1};
    account.key = from.id;
    account.code = from.code;
    account.display_name = from.display_name;
    account.display_name_id = from.display_name_id;
    if (!from.parent.empty()) account.parent = ids.at(from.parent);
    account.type = from.type;
    account.postable = from.postable;
    account.contra = from.contra;
    ids[from.id] = account.id;
    contents.accounts.push_back(std::move(account));
  }
  return std::make_shared<const BookSnapshot>(std::move(contents));
}

reports::PeriodFigures FiguresOf(const BookSnapshot& book, std::size_t number,
                                 const std::vector<SmallEntry>& entries, const std::string& from,
                                 const std::string& to) {
  struct Sums {
    std::int64_t opening = 0;
    std::int64_t closing = 0;
    std::int64_t movement = 0;
    std::int64_t cash = 0;
  };
  std::map<std::pair<std::string, std::string>, Sums> sums;
  for (const SmallEntry& entry : entries) {
    const bool touches_cash =
        std::any_of(entry.postings.begin(), entry.postings.end(),
                    [&](const SmallPosting& posting) { return IsCash(book, posting.account); });
    for (const SmallPosting& posting : entry.postings) {
      Sums& sum = sums[{posting.account, posting.fund}];
      if (entry.date < from) sum.opening += posting.amount;
      if (entry.date <= to) sum.closing += posting.amount;
      if (entry.date < from || entry.date > to || entry.is_closing) continue;
      sum.movement += posting.amount;
      if (touches_cash && !IsCash(book, posting.account)) sum.cash += posting.amount;
    }
  }
  reports::PeriodFigures figures{*Date::Parse(from), *Date::Parse(to), {}};
  for (const auto& [key, sum] : sums) {
    figures.figures.push_back({number, book.FindAccount(key.first)->id,
                               book.FindFund(key.second)->id, Rupiah(sum.opening),
                               Rupiah(sum.closing), Rupiah(sum.movement), Rupiah(sum.cash),
                               Rupiah(sum.movement - sum.cash)});
  }
  return figures;
}

reports::Figures TwoYears(const std::vector<SmallEntry>& entries,
                          std::shared_ptr<const BookSnapshot> book) {
  reports::Figures figures;
  figures.books = {std::move(book)};
  for (const char* year : {"2026", "2025"}) {
    figures.periods.push_back(FiguresOf(*figures.books.front(), 0, entries,
                                        std::string(year) + "-01-01",
                                        std::string(year) + "-12-31"));
  }
  return figures;
}

}  // namespace lumbung::testing
