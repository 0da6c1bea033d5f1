#include "services/reporting/audit_pack/pack_book.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/entry_reader.h"
#include "ledger/store/period_store.h"
#include "services/log/store/log_reader.h"

namespace lumbung::reporting {
namespace {

using reports::TrialBalanceLine;

constexpr int kEntriesAtOnce = 500;

std::string RestrictionWord(FundRestriction restriction) {
  switch (restriction) {
    case FundRestriction::kWithout:
      return "without";
    case FundRestriction::kPurpose:
      return "purpose";
    case FundRestriction::kTime:
      return "time";
    case FundRestriction::kEndowment:
      return "endowment";
    case FundRestriction::kAgency:
      return "agency";
  }
  return "";
}

std::string FunctionalCode(const BookSnapshot& book) {
  return book.FindCurrency(book.book().functional_currency)->code;
}

Json AccountsJson(const BookSnapshot& book) {
  Json accounts = Json::array();
  for (const Account& account : book.accounts()) {
    accounts.push_back(
        {{"account", account.key},
         {"code", account.code},
         {"name", account.display_name},
         {"name_id", account.display_name_id},
         {"parent", account.parent ? book.FindAccount(*account.parent)->key : std::string()},
         {"type", std::string(TypeWord(account.type))},
         {"postable", account.postable},
         {"contra", account.contra}});
  }
  return accounts;
}

Json DimensionsJson(const BookSnapshot& book) {
  Json dimensions = Json::array();
  for (const Dimension& dimension : book.dimensions()) {
    Json values = Json::array();
    for (const DimensionValue& value : dimension.values) {
      values.push_back({{"value", value.key}, {"name", value.display_name}});
    }
    dimensions.push_back({{"dimension", dimension.key},
                          {"name", dimension.display_name},
                          {"values", std::move(values)}});
  }
  return dimensions;
}

absl::StatusOr<Json> BookJson(const PackContext& pack) {
  const BookSnapshot& book = *pack.facts.book;
  Json currencies = Json::array();
  for (const Currency& currency : book.currencies()) {
    currencies.push_back({{"code", currency.code}, {"scale", currency.scale}});
  }
  Json funds = Json::array();
  for (const Fund& fund : book.funds()) {
    funds.push_back({{"fund", fund.key},
                     {"name", fund.display_name},
                     {"restriction", RestrictionWord(fund.restriction)}});
  }
  Json periods = Json::array();
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<store::PeriodRecord> months,
                           store::ListPeriods(pack.scope, book.book().key, {}));
  for (const store::PeriodRecord& period : months) {
    if (period.state == PeriodState::kOpen) continue;
    periods.push_back(
        {{"month", period.month.ToString().substr(0, 7)},
         {"state", period.state == PeriodState::kHardClosed ? "hard-closed" : "soft-closed"}});
  }
  const Book& its = book.book();
  return Json{
      {"organization",
       {{"uid", pack.facts.organization.uid}, {"name", pack.facts.organization.display_name}}},
      {"book",
       {{"uid", its.uid},
        {"slug", its.slug},
        {"name", its.display_name},
        {"functional_currency", FunctionalCode(book)},
        {"chart", its.chart_template},
        {"fiscal_year_start_month", its.fiscal_year_start_month}}},
      {"currencies", std::move(currencies)},
      {"accounts", AccountsJson(book)},
      {"funds", std::move(funds)},
      {"dimensions", DimensionsJson(book)},
      {"periods", std::move(periods)}};
}

Json EntryJson(const log::SealedEntry& sealed, const PostedEntry& entry) {
  Json tags = Json::object();
  for (const auto& [key, value] : entry.content.tags) tags[key] = value;
  Json memos = Json::array();
  for (const ValidPosting& posting : entry.content.postings) memos.push_back(posting.memo);
  return {{"sequence", sealed.sequence},
          {"leaf", sealed.leaf_index},
          {"canonical", Base64(sealed.canonical)},
          {"salt", Base64(sealed.salt)},
          {"description", entry.content.description},
          {"tags", std::move(tags)},
          {"memos", std::move(memos)}};
}

absl::Status WriteEntries(const PackContext& pack, reports::ByteSink& sink) {
  const BookKey book = pack.facts.book->book().key;
  std::int64_t after = 0;
  while (true) {
    const std::vector<log::SealedEntry> sealed = log::ReadSealedEntries(
        pack.scope, book.book, pack.facts.checkpoint.size, after, kEntriesAtOnce);
    if (sealed.empty()) return absl::OkStatus();
    after = sealed.back().sequence;
    std::vector<EntryId> ids;
    for (const log::SealedEntry& entry : sealed) ids.push_back(EntryId{entry.sequence});
    LUMBUNG_ASSIGN_OR_RETURN(const std::vector<PostedEntry> entries,
                             store::ReadEntriesIn(pack.scope, book, ids));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
      LUMBUNG_RETURN_IF_ERROR(sink.Write(JsonLine(EntryJson(sealed[i], entries[i]))));
    }
  }
}

std::string TrialBalanceJson(const PackContext& pack, const std::vector<TrialBalanceLine>& lines) {
  Json rows = Json::array();
  for (const TrialBalanceLine& line : lines) {
    rows.push_back({{"account", pack.facts.book->FindAccount(line.account)->key},
                    {"fund", pack.facts.book->FindFund(line.fund)->key},
                    {"opening", line.opening.ToString()},
                    {"debit", line.debit.ToString()},
                    {"credit", line.credit.ToString()},
                    {"closing", line.closing.ToString()}});
  }
  return JsonFile({{"from_date", pack.facts.period.from->ToString()},
                   {"to_date", pack.facts.period.to->ToString()},
                   {"currency", FunctionalCode(*pack.facts.book)},
                   {"rows", std::move(rows)}});
}

}  // namespace

absl::StatusOr<std::vector<TrialBalanceLine>> ReadTrialBalance(const PackContext& pack) {
  // In order of the chart: the snapshot's.
  absl::btree_map<std::pair<std::size_t, FundId>, TrialBalanceLine> lines;
  const auto line_of = [&](const BalanceRow& row) -> TrialBalanceLine& {
    const Account* const account = pack.facts.book->FindAccount(row.account);
    const auto place = static_cast<std::size_t>(account - pack.facts.book->accounts().data());
    TrialBalanceLine& line = lines[{place, row.dimensions.fund}];
    line.account = row.account;
    line.fund = row.dimensions.fund;
    return line;
  };
  const auto read = [&](const DateRange& dates, const auto& add) -> absl::Status {
    store::BalanceFilter filter;
    filter.dates = dates;
    filter.by_dimensions = true;
    LUMBUNG_ASSIGN_OR_RETURN(const store::Balances balances,
                             store::ReadBalances(pack.scope, pack.facts.book->book().key, filter));
    for (const BalanceRow& row : balances.rows) {
      if (row.IsZero()) continue;
      if (row.functional_currency != pack.facts.book->book().functional_currency) {
        return FailedPrecondition("FUNCTIONAL_CURRENCY_CHANGED", "parent",
                                  "the book was kept in another currency before");
      }
      LUMBUNG_RETURN_IF_ERROR(add(row, line_of(row)));
    }
    return absl::OkStatus();
  };
  LUMBUNG_RETURN_IF_ERROR(read({std::nullopt, pack.facts.period.from->AddDays(-1)},
                               [](const BalanceRow& row, TrialBalanceLine& line) -> absl::Status {
                                 LUMBUNG_ASSIGN_OR_RETURN(const Decimal balance,
                                                          row.FunctionalBalance());
                                 LUMBUNG_ASSIGN_OR_RETURN(line.opening, Add(line.opening, balance));
                                 return absl::OkStatus();
                               }));
  LUMBUNG_RETURN_IF_ERROR(
      read(pack.facts.period, [](const BalanceRow& row, TrialBalanceLine& line) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(line.debit, Add(line.debit, row.functional_debit));
        LUMBUNG_ASSIGN_OR_RETURN(line.credit, Add(line.credit, row.functional_credit));
        return absl::OkStatus();
      }));
  std::vector<TrialBalanceLine> result;
  for (auto& [place, line] : lines) {
    if (line.opening.IsZero() && line.debit.IsZero() && line.credit.IsZero()) continue;
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal raised, Add(line.opening, line.debit));
    LUMBUNG_ASSIGN_OR_RETURN(line.closing, Subtract(raised, line.credit));
    result.push_back(std::move(line));
  }
  return result;
}

absl::Status PackBook(PackContext& pack, const std::vector<TrialBalanceLine>& trial_balance) {
  LUMBUNG_ASSIGN_OR_RETURN(const Json book, BookJson(pack));
  LUMBUNG_RETURN_IF_ERROR(pack.archive.Add("book/book.json", JsonFile(book)));
  LUMBUNG_RETURN_IF_ERROR(pack.archive.Add(
      "book/entries.jsonl", [&](reports::ByteSink& sink) { return WriteEntries(pack, sink); }));
  return pack.archive.Add("balances/trial-balance.json", TrialBalanceJson(pack, trial_balance));
}

}  // namespace lumbung::reporting
