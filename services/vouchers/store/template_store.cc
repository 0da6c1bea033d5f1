#include "services/vouchers/store/template_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/query_builder.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "services/vouchers/store/posting_json.h"

namespace lumbung::vouchers {
namespace {

using store::Statement;
using store::StoredDate;
using store::StoredId;

constexpr Statement kInsertTemplate = {
    "voucher_insert_template",
    "insert into vouchers.template (organization_id, book_id, key, display_name, kind, party, "
    "description, reference, cash_account, series, postings, closed, every, day, next_date, "
    "until_date) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
    "on conflict do nothing returning 1"};

constexpr Statement kUpdateTemplate = {
    "voucher_update_template",
    "update vouchers.template set display_name = $4, kind = $5, party = $6, description = $7, "
    "reference = $8, cash_account = $9, series = $10, postings = $11, closed = $12, every = $13, "
    "day = $14, next_date = $15, until_date = $16 "
    "where organization_id = $1 and book_id = $2 and key = $3 returning 1"};

constexpr char kTemplateColumns[] =
    "t.key, t.display_name, t.kind, t.party, t.description, t.reference, t.cash_account, "
    "t.series, t.postings, t.closed, t.every, t.day, t.next_date, t.until_date";

pqxx::result WriteTemplate(store::TransactionScope& scope, const Statement& statement, BookKey book,
                           const VoucherTemplate& written) {
  const VoucherContent& content = written.content;
  std::optional<int> every;
  std::optional<int> day;
  std::optional<std::string> next;
  std::optional<std::string> until;
  if (written.schedule.has_value()) {
    every = ToInteger(written.schedule->every);
    day = written.schedule->day;
    next = written.schedule->next.ToString();
    if (written.schedule->until.has_value()) until = written.schedule->until->ToString();
  }
  return scope.Execute(statement, ToInteger(book.organization), ToInteger(book.book), written.key,
                       written.display_name, ToInteger(content.kind), content.party,
                       content.description, content.reference, content.cash_account, content.series,
                       PostingsToJson(content.postings), written.closed, every, day, next, until);
}

absl::StatusOr<VoucherTemplate> TemplateFromRow(const pqxx::row& row) {
  VoucherTemplate found;
  found.key = row[0].c_str();
  found.display_name = row[1].c_str();
  found.content.kind = StoredId<VoucherKind>(row[2]);
  found.content.party = row[3].c_str();
  found.content.description = row[4].c_str();
  found.content.reference = row[5].c_str();
  found.content.cash_account = row[6].c_str();
  found.content.series = row[7].c_str();
  LUMBUNG_ASSIGN_OR_RETURN(found.content.postings, PostingsFromJson(row[8].c_str()));
  found.closed = row[9].as<bool>();
  if (!row[10].is_null()) {
    Schedule schedule;
    schedule.every = StoredId<Frequency>(row[10]);
    schedule.day = row[11].as<int>();
    LUMBUNG_ASSIGN_OR_RETURN(schedule.next, StoredDate(row[12]));
    if (!row[13].is_null()) {
      LUMBUNG_ASSIGN_OR_RETURN(schedule.until, StoredDate(row[13]));
    }
    found.schedule = schedule;
  }
  return found;
}

absl::StatusOr<std::vector<VoucherTemplate>> TemplatesFrom(const pqxx::result& rows) {
  std::vector<VoucherTemplate> templates;
  for (const pqxx::row& row : rows) {
    LUMBUNG_ASSIGN_OR_RETURN(VoucherTemplate found, TemplateFromRow(row));
    templates.push_back(std::move(found));
  }
  return templates;
}

}  // namespace

absl::Status InsertTemplate(store::TransactionScope& scope, BookKey book,
                            const VoucherTemplate& added) {
  if (!WriteTemplate(scope, kInsertTemplate, book, added).empty()) return absl::OkStatus();
  return Refusal(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "voucher_template.template_id",
                 absl::StrCat("the book has a template \"", added.key, "\" already"));
}

absl::StatusOr<VoucherTemplate> FindTemplate(store::TransactionScope& scope, BookKey book,
                                             absl::string_view key, RowLock lock) {
  store::QueryBuilder query;
  query.Sql("select ")
      .Sql(kTemplateColumns)
      .Sql(" from vouchers.template t where")
      .InBook("t", book);
  query.Sql("and t.key = ").Text(key);
  if (lock == RowLock::kForUpdate) query.Sql(" for update");
  const pqxx::result rows = query.Run(scope);
  if (rows.empty()) {
    return NotFound("TEMPLATE_NOT_FOUND", "name",
                    absl::StrCat("the book has no template \"", key, "\""));
  }
  return TemplateFromRow(rows[0]);
}

void SaveTemplate(store::TransactionScope& scope, BookKey book, const VoucherTemplate& changed) {
  WriteTemplate(scope, kUpdateTemplate, book, changed);
}

absl::StatusOr<std::vector<VoucherTemplate>> ListTemplates(store::TransactionScope& scope,
                                                           BookKey book, absl::string_view after,
                                                           int limit) {
  store::QueryBuilder query;
  query.Sql("select ")
      .Sql(kTemplateColumns)
      .Sql(" from vouchers.template t where")
      .InBook("t", book);
  query.Sql("and t.key > ").Text(after).Sql(" order by t.key limit ").Integer(limit);
  return TemplatesFrom(query.Run(scope));
}

absl::StatusOr<std::vector<VoucherTemplate>> LockDueTemplates(store::TransactionScope& scope,
                                                              BookKey book, Date today) {
  store::QueryBuilder query;
  query.Sql("select ")
      .Sql(kTemplateColumns)
      .Sql(" from vouchers.template t where")
      .InBook("t", book);
  query.Sql("and not t.closed and t.next_date <= ").Day(today);
  query.Sql(" and (t.until_date is null or t.next_date <= t.until_date) ");
  query.Sql("order by t.key for update");
  return TemplatesFrom(query.Run(scope));
}

}  // namespace lumbung::vouchers
