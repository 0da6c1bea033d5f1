#include "ledger/store/register_reader.h"

#include <set>
#include <tuple>
#include <utility>

#include "ledger/core/status.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/posting_conditions.h"
#include "ledger/store/query_builder.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"

namespace lumbung::store {
namespace {

constexpr Statement kFetch = {"fetch_register", "fetch forward 200 from register"};
constexpr Statement kClose = {"close_register", "close register"};
static_assert(kRegisterChunk == 200);

// The first accounts of either side of each entry.
constexpr Statement kSides = {
    "read_entry_sides",
    "select entry_id, debit, account_id from ("
    "select p.entry_id, p.amount > 0 as debit, p.account_id, row_number() over ("
    "partition by p.entry_id, p.amount > 0 order by min(p.line)) as place "
    "from ledger.posting p "
    "where p.organization_id = $1 and p.book_id = $2 and p.entry_id = any ($3::bigint[]) "
    "and p.amount <> 0 "
    "group by p.entry_id, p.amount > 0, p.account_id) s "
    "where place <= 8 order by entry_id, debit, place"};
static_assert(kMaxOtherAccounts == 8);

absl::StatusOr<RegisterLine> LineFromRow(const pqxx::row& row) {
  RegisterLine line;
  line.entry = StoredId<EntryId>(row[0]);
  line.series = StoredId<SeriesId>(row[1]);
  line.fiscal_year = row[2].as<int>();
  line.number = row[3].as<std::int64_t>();
  LUMBUNG_ASSIGN_OR_RETURN(line.effective_date, StoredDate(row[4]));
  line.description = row[5].c_str();
  line.reference = row[6].c_str();
  line.posting.account = StoredId<AccountId>(row[7]);
  line.posting.currency = StoredId<CurrencyId>(row[8]);
  LUMBUNG_ASSIGN_OR_RETURN(line.posting.amount, StoredDecimal(row[9]));
  line.posting.functional_currency = StoredId<CurrencyId>(row[10]);
  LUMBUNG_ASSIGN_OR_RETURN(line.posting.functional_amount, StoredDecimal(row[11]));
  if (!row[12].is_null()) line.posting.memo = row[12].c_str();
  line.posting.dimensions = DimensionSetFromText(StoredId<FundId>(row[13]), row[14].c_str());
  return line;
}

}  // namespace

absl::StatusOr<RegisterReader> RegisterReader::Open(TransactionScope& scope, BookKey book,
                                                    const RegisterFilter& filter) {
  RegisterReader reader(scope, book);
  if (filter.dates.from.has_value()) LUMBUNG_RETURN_IF_ERROR(reader.ReadOpening(filter));
  LUMBUNG_ASSIGN_OR_RETURN(const MatchingSets sets,
                           MatchingSets::Find(scope, book, filter.dimensions));
  QueryBuilder query;
  query.Sql("declare register no scroll cursor for ")
      .Sql("select p.entry_id, e.series_id, e.fiscal_year, e.number, p.effective_date, ")
      .Sql("e.description, e.reference, p.account_id, p.currency_id, p.amount, ")
      .Sql("p.functional_currency_id, p.functional_amount, p.memo, d.fund_id, ")
      .Sql("array_to_string(d.members, ',') ")
      .Sql("from ledger.posting p ")
      .Sql("join ledger.journal_entry e on e.organization_id = p.organization_id ")
      .Sql("and e.book_id = p.book_id and e.entry_id = p.entry_id ")
      .Sql("join ledger.dimension_set d on d.organization_id = p.organization_id ")
      .Sql("and d.book_id = p.book_id and d.dimension_set_id = p.dimension_set_id where");
  query.InBook("p", book);
  AndOneOf("p.account_id", filter.accounts, &query);
  AndInRange("p.effective_date", filter.dates, &query);
  AndOneOf("p.dimension_set_id", sets, &query);
  if (filter.currency.has_value()) {
    query.Sql(" and p.currency_id = ").Integer(ToInteger(*filter.currency));
  }
  query.Sql(" order by p.effective_date, p.entry_id, p.line");
  if (filter.limit.has_value()) query.Sql(" limit ").Integer(*filter.limit);
  query.Run(scope);
  return reader;
}

absl::Status RegisterReader::ReadOpening(const RegisterFilter& filter) {
  BalanceFilter before;
  before.accounts = filter.accounts;
  before.dates.to = filter.dates.from->AddDays(-1);
  before.dimensions = filter.dimensions;
  LUMBUNG_ASSIGN_OR_RETURN(const Balances balances, ReadBalances(*scope_, book_, before));
  std::map<std::pair<CurrencyId, CurrencyId>, BalanceRow> totals;
  for (const BalanceRow& row : balances.rows) {
    if (filter.currency.has_value() && row.currency != *filter.currency) continue;
    BalanceRow& total = totals[{row.currency, row.functional_currency}];
    total.currency = row.currency;
    total.functional_currency = row.functional_currency;
    LUMBUNG_RETURN_IF_ERROR(AddTurnover(row, &total));
  }
  for (const auto& [currencies, total] : totals) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal balance, total.Balance());
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal functional, total.FunctionalBalance());
    Decimal& running = running_[currencies.first];
    LUMBUNG_ASSIGN_OR_RETURN(running, Add(running, balance));
    Decimal& running_functional = running_functional_[currencies.second];
    LUMBUNG_ASSIGN_OR_RETURN(running_functional, Add(running_functional, functional));
    if (!total.IsZero()) opening_.push_back(total);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RegisterLine>> RegisterReader::Next() {
  std::vector<RegisterLine> lines;
  if (!is_open_) return lines;
  for (const pqxx::row& row : scope_->Execute(kFetch)) {
    LUMBUNG_ASSIGN_OR_RETURN(RegisterLine line, LineFromRow(row));
    Decimal& running = running_[line.posting.currency];
    LUMBUNG_ASSIGN_OR_RETURN(running, Add(running, line.posting.amount));
    Decimal& functional = running_functional_[line.posting.functional_currency];
    LUMBUNG_ASSIGN_OR_RETURN(functional, Add(functional, line.posting.functional_amount));
    line.running_balance = running;
    line.running_functional_balance = functional;
    lines.push_back(std::move(line));
  }
  if (lines.size() < static_cast<std::size_t>(kRegisterChunk)) {
    scope_->Execute(kClose);
    is_open_ = false;
  }
  LUMBUNG_RETURN_IF_ERROR(AddOtherAccounts(&lines));
  return lines;
}

absl::Status RegisterReader::AddOtherAccounts(std::vector<RegisterLine>* lines) {
  std::set<EntryId> entries;
  for (const RegisterLine& line : *lines) entries.insert(line.entry);
  ArrayText wanted;
  for (const EntryId entry : entries) wanted.Integer(ToInteger(entry));
  std::map<std::pair<EntryId, bool>, std::vector<AccountId>> sides;
  for (const pqxx::row& row : scope_->Execute(kSides, ToInteger(book_.organization),
                                              ToInteger(book_.book), wanted.Take())) {
    sides[{StoredId<EntryId>(row[0]), row[1].as<bool>()}].push_back(StoredId<AccountId>(row[2]));
  }
  for (RegisterLine& line : *lines) {
    const bool other_is_debit = line.posting.amount.IsNegative();
    const auto side = sides.find({line.entry, other_is_debit});
    if (side != sides.end()) line.other_accounts = side->second;
  }
  return absl::OkStatus();
}

}  // namespace lumbung::store
