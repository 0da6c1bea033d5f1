#include "services/reporting/audit_pack/pack_book.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/entry_reader.h"
#include "ledger/store/period_store.h"
#include "services/log/store/log_reader.h"
#include "services/log/store/period_seal.h"

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

// Those that are not open, each hard-closed one with what its close kept.
absl::StatusOr<Json> PeriodsJson(const PackContext& pack) {
  const BookKey book = pack.facts.book->book().key;
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<store::PeriodRecord> months,
                           store::ListPeriods(pack.scope, book, {}));
  LUMBUNG_ASSIGN_OR_RETURN(const auto seals, log::PeriodSeals(pack.scope, book));
  Json periods = Json::array();
  for (const store::PeriodRecord& period : months) {
    if (period.state == PeriodState::kOpen) continue;
    Json json = {
        {"month", period.month.ToString().substr(0, 7)},
        {"state", period.state == PeriodState::kHardClosed ? "hard-closed" : "soft-closed"}};
    if (!period.trial_balance_hash.empty()) {
      json["trial_balance_sha256"] = Hex(period.trial_balance_hash);
    }
    const auto seal = seals.find(period.month);
    if (seal != seals.end()) {
      json["checkpoint"] = log::FindCheckpoint(pack.scope, seal->second)->note;
    }
    periods.push_back(std::move(json));
  }
  return periods;
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
  LUMBUNG_ASSIGN_OR_RETURN(Json periods, PeriodsJson(pack));
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

absl::Status PackBook(PackContext& pack, const std::vector<TrialBalanceLine>& trial_balance) {
  LUMBUNG_ASSIGN_OR_RETURN(const Json book, BookJson(pack));
  LUMBUNG_RETURN_IF_ERROR(pack.archive.Add("book/book.json", JsonFile(book)));
  LUMBUNG_RETURN_IF_ERROR(pack.archive.Add(
      "book/entries.jsonl", [&](reports::ByteSink& sink) { return WriteEntries(pack, sink); }));
  return pack.archive.Add("balances/trial-balance.json", TrialBalanceJson(pack, trial_balance));
}

}  // namespace lumbung::reporting
