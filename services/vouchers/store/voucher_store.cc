#include "services/vouchers/store/voucher_store.h"

#include <utility>

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/query_builder.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "services/vouchers/domain/content_hash.h"
#include "services/vouchers/store/number_store.h"
#include "services/vouchers/store/posting_json.h"

namespace lumbung::vouchers {
namespace {

using store::Statement;
using store::StoredDate;
using store::StoredDecimal;
using store::StoredId;
using store::StoredTime;

constexpr Statement kInsertVoucher = {
    "voucher_insert",
    "insert into vouchers.voucher (organization_id, book_id, voucher_id, kind, state, version, "
    "voucher_date, party, description, reference, cash_account, series, postings, content_hash, "
    "maker_person, maker_user, maker_name, template_key) "
    "values ($1, $2, $3, $4, 1, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"};

constexpr Statement kUpdateVoucher = {
    "voucher_update",
    "update vouchers.voucher set kind = $4, state = $5, version = $6, round = $7, "
    "voucher_date = $8, party = $9, description = $10, reference = $11, cash_account = $12, "
    "series = $13, postings = $14, content_hash = $15, amount = $16, self_approved = $17, "
    "reason = $18, number = $19, number_series = $20, number_period = $21, "
    "number_sequence = $22, entry_id = $23, changed_at = clock_timestamp() "
    "where organization_id = $1 and book_id = $2 and voucher_id = $3 and version = $6 - 1 "
    "returning (extract(epoch from changed_at) * 1000000)::bigint"};

constexpr Statement kInsertEvent = {
    "voucher_insert_event",
    "insert into vouchers.voucher_event (organization_id, book_id, voucher_id, version, action, "
    "state, person, person_user, person_name, content_hash, comment) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};

constexpr Statement kReadHistory = {
    "voucher_history",
    "select version, action, state, person, person_user, person_name, content_hash, comment, "
    "(extract(epoch from recorded_at) * 1000000)::bigint from vouchers.voucher_event "
    "where organization_id = $1 and book_id = $2 and voucher_id = $3 order by version"};

constexpr Statement kFindVoucherByNumber = {
    "voucher_find_by_number",
    "select voucher_id from vouchers.voucher "
    "where organization_id = $1 and book_id = $2 and number = $3"};

constexpr char kVoucherColumns[] =
    "v.voucher_id, v.kind, v.state, v.version, v.round, v.voucher_date, v.party, v.description, "
    "v.reference, v.cash_account, v.series, v.postings, v.content_hash, v.amount, v.maker_person, "
    "v.maker_user, v.maker_name, v.template_key, (extract(epoch from v.created_at) * "
    "1000000)::bigint, "
    "(extract(epoch from v.changed_at) * 1000000)::bigint, v.self_approved, v.reason, v.number, "
    "v.number_series, v.number_period, v.number_sequence, v.entry_id";

absl::StatusOr<Voucher> VoucherFromRow(const pqxx::row& row) {
  Voucher voucher;
  VoucherContent& content = voucher.content;
  voucher.id = StoredId<VoucherId>(row[0]);
  content.kind = StoredId<VoucherKind>(row[1]);
  voucher.state = StoredId<VoucherState>(row[2]);
  voucher.version = row[3].as<int>();
  voucher.round = row[4].as<int>();
  LUMBUNG_ASSIGN_OR_RETURN(content.date, StoredDate(row[5]));
  content.party = row[6].c_str();
  content.description = row[7].c_str();
  content.reference = row[8].c_str();
  content.cash_account = row[9].c_str();
  content.series = row[10].c_str();
  LUMBUNG_ASSIGN_OR_RETURN(content.postings, PostingsFromJson(row[11].c_str()));
  voucher.content_hash = pqxx::binarystring(row[12]).str();
  if (!row[13].is_null()) {
    LUMBUNG_ASSIGN_OR_RETURN(voucher.amount, StoredDecimal(row[13]));
  }
  voucher.maker = {row[14].as<std::int64_t>(), row[15].c_str(), row[16].c_str()};
  voucher.template_key = row[17].c_str();
  voucher.created_at = StoredTime(row[18]);
  voucher.changed_at = StoredTime(row[19]);
  voucher.self_approved = row[20].as<bool>();
  voucher.reason = row[21].c_str();
  if (!row[22].is_null()) {
    voucher.number = VoucherNumber{row[22].c_str(), row[23].c_str(), row[24].as<int>(),
                                   row[25].as<std::int64_t>()};
    voucher.entry = StoredId<EntryId>(row[26]);
  }
  return voucher;
}

void InsertEvent(store::TransactionScope& scope, BookKey book, const Voucher& voucher,
                 VoucherAction action, const Person& person, const std::string& comment) {
  scope.Execute(kInsertEvent, ToInteger(book.organization), ToInteger(book.book),
                ToInteger(voucher.id), voucher.version, ToInteger(action), ToInteger(voucher.state),
                person.id, person.user_name, person.display_name,
                pqxx::binarystring(voucher.content_hash), comment);
}

// $1::text etc. by QueryBuilder: text comes from literals alone.
void AndText(const std::string& text, store::QueryBuilder* query) {
  const std::string pattern = ContainsPattern(text);
  query->Sql(" and (v.description ilike ").Text(pattern);
  query->Sql(" or v.party ilike ").Text(pattern);
  query->Sql(" or v.reference ilike ").Text(pattern);
  query->Sql(" or v.number ilike ").Text(pattern);
  query->Sql(" or exists (select 1 from jsonb_array_elements(v.postings) p where p->>'memo' ilike ")
      .Text(pattern);
  query->Sql(" or p->>'account' ilike ").Text(pattern).Sql("))");
}

void AndStates(const std::vector<VoucherState>& states, store::QueryBuilder* query) {
  if (states.empty()) return;
  query->Sql(" and v.state in (");
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (i > 0) query->Sql(", ");
    query->Integer(ToInteger(states[i]));
  }
  query->Sql(")");
}

}  // namespace

std::string ContainsPattern(absl::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

absl::StatusOr<Voucher> InsertVoucher(store::TransactionScope& scope, BookKey book,
                                      const VoucherContent& content, const Person& maker,
                                      const std::string& template_key) {
  const VoucherId id{NextNumber(scope, book, kVoucherIdSeries, 0)};
  Voucher voucher;
  voucher.id = id;
  voucher.content_hash = ContentHash(content, {});
  scope.Execute(kInsertVoucher, ToInteger(book.organization), ToInteger(book.book), ToInteger(id),
                ToInteger(content.kind), content.date.ToString(), content.party,
                content.description, content.reference, content.cash_account, content.series,
                PostingsToJson(content.postings), pqxx::binarystring(voucher.content_hash),
                maker.id, maker.user_name, maker.display_name, template_key);
  InsertEvent(scope, book, voucher, VoucherAction::kCreate, maker, "");
  return FindVoucher(scope, book, id, RowLock::kNone);
}

absl::StatusOr<Voucher> FindVoucher(store::TransactionScope& scope, BookKey book, VoucherId id,
                                    RowLock lock) {
  store::QueryBuilder query;
  query.Sql("select ").Sql(kVoucherColumns).Sql(" from vouchers.voucher v where").InBook("v", book);
  query.Sql("and v.voucher_id = ").Integer(ToInteger(id));
  if (lock == RowLock::kForUpdate) query.Sql(" for update");
  const pqxx::result rows = query.Run(scope);
  if (rows.empty()) {
    return NotFound("VOUCHER_NOT_FOUND", "name",
                    absl::StrCat("the book has no voucher ", ToInteger(id)));
  }
  return VoucherFromRow(rows[0]);
}

absl::StatusOr<VoucherId> FindVoucherByNumber(store::TransactionScope& scope, BookKey book,
                                              const std::string& number) {
  const pqxx::result rows = scope.Execute(kFindVoucherByNumber, ToInteger(book.organization),
                                          ToInteger(book.book), number);
  if (!rows.empty()) return StoredId<VoucherId>(rows[0][0]);
  return NotFound("VOUCHER_NOT_FOUND", "name", "the book has no voucher with this number");
}

absl::Status SaveVoucher(store::TransactionScope& scope, BookKey book, VoucherAction action,
                         const Person& person, const std::string& comment, Voucher* voucher) {
  const VoucherContent& content = voucher->content;
  ++voucher->version;
  std::optional<std::string> amount;
  if (voucher->amount.has_value()) amount = voucher->amount->ToString();
  std::optional<std::string> number;
  std::optional<std::string> series;
  std::optional<int> period;
  std::optional<std::int64_t> sequence;
  if (voucher->number.has_value()) {
    number = voucher->number->text;
    series = voucher->number->series;
    period = voucher->number->period;
    sequence = voucher->number->sequence;
  }
  std::optional<std::int64_t> entry;
  if (voucher->entry.has_value()) entry = ToInteger(*voucher->entry);
  const pqxx::result rows = scope.Execute(
      kUpdateVoucher, ToInteger(book.organization), ToInteger(book.book), ToInteger(voucher->id),
      ToInteger(content.kind), ToInteger(voucher->state), voucher->version, voucher->round,
      content.date.ToString(), content.party, content.description, content.reference,
      content.cash_account, content.series, PostingsToJson(content.postings),
      pqxx::binarystring(voucher->content_hash), amount, voucher->self_approved, voucher->reason,
      number, series, period, sequence, entry);
  if (rows.empty()) return absl::InternalError("a locked voucher moved on");
  voucher->changed_at = StoredTime(rows[0][0]);
  InsertEvent(scope, book, *voucher, action, person, comment);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Voucher>> ListVouchers(store::TransactionScope& scope, BookKey book,
                                                  const VoucherFilter& filter, bool newest_first,
                                                  std::optional<VoucherId> after, int limit) {
  store::QueryBuilder query;
  query.Sql("select ").Sql(kVoucherColumns).Sql(" from vouchers.voucher v where").InBook("v", book);
  if (after.has_value() && newest_first) {
    query.Sql(" and v.voucher_id < ").Integer(ToInteger(*after));
  } else if (after.has_value()) {
    query.Sql(" and v.voucher_id > ").Integer(ToInteger(*after));
  }
  AndStates(filter.states, &query);
  if (filter.kind.has_value()) query.Sql(" and v.kind = ").Integer(ToInteger(*filter.kind));
  if (filter.maker.has_value()) query.Sql(" and v.maker_person = ").Integer(*filter.maker);
  if (filter.dates.from.has_value()) {
    query.Sql(" and v.voucher_date >= ").Day(*filter.dates.from);
  }
  if (filter.dates.to.has_value()) query.Sql(" and v.voucher_date <= ").Day(*filter.dates.to);
  if (!filter.text.empty()) AndText(filter.text, &query);
  if (filter.made_or_approved_by.has_value()) {
    query.Sql(" and (v.maker_person = ").Integer(*filter.made_or_approved_by);
    query.Sql(" or exists (select 1 from vouchers.approval a where").InBook("a", book);
    query.Sql("and a.voucher_id = v.voucher_id and a.round = v.round and a.person = ")
        .Integer(*filter.made_or_approved_by)
        .Sql("))");
  }
  query.Sql(" order by v.voucher_id ");
  if (newest_first) query.Sql("desc ");
  query.Sql("limit ").Integer(limit);
  std::vector<Voucher> vouchers;
  for (const pqxx::row& row : query.Run(scope)) {
    LUMBUNG_ASSIGN_OR_RETURN(Voucher voucher, VoucherFromRow(row));
    vouchers.push_back(std::move(voucher));
  }
  return vouchers;
}

absl::StatusOr<std::vector<VoucherEvent>> ReadHistory(store::TransactionScope& scope, BookKey book,
                                                      VoucherId id) {
  std::vector<VoucherEvent> events;
  for (const pqxx::row& row : scope.Execute(kReadHistory, ToInteger(book.organization),
                                            ToInteger(book.book), ToInteger(id))) {
    VoucherEvent event;
    event.version = row[0].as<int>();
    event.action = StoredId<VoucherAction>(row[1]);
    event.state = StoredId<VoucherState>(row[2]);
    event.person = {row[3].as<std::int64_t>(), row[4].c_str(), row[5].c_str()};
    event.content_hash = pqxx::binarystring(row[6]).str();
    event.comment = row[7].c_str();
    event.recorded_at = StoredTime(row[8]);
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace lumbung::vouchers
