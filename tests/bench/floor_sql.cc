#include "tests/bench/floor_sql.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/workload.h"

namespace lumbung::bench {
namespace {

// Balance rows are touched in key order here as well, or the clients would deadlock.
constexpr char kSchema[] = R"(
drop schema if exists floor cascade;
create schema floor;
create table floor.journal_entry
  (like ledger.journal_entry including indexes including constraints);
create table floor.posting (like ledger.posting including indexes);
create table floor.balance_month (like ledger.balance_month including indexes)
  with (fillfactor = 70);
create sequence floor.entry_id;
create function floor.post(
  p_date date[], p_request text[], p_salt bytea[], p_canonical bytea[], p_hash bytea[],
  p_ordinal integer[], p_account integer[], p_amount numeric[], p_line_date date[]
) returns void language plpgsql as $$
declare
  v_first bigint;
begin
  v_first := nextval('floor.entry_id');
  if cardinality(p_date) > 1 then
    perform setval('floor.entry_id', v_first + cardinality(p_date) - 1);
  end if;
  insert into floor.journal_entry
    (organization_id, book_id, entry_id, series_id, fiscal_year, number, effective_date,
     recorded_at, kind, description, reference, source, request_id, request_hash, salt, canonical,
     leaf_hash)
  select 1, 1, v_first + n - 1, 1, 2026, v_first + n - 1, d, clock_timestamp(), 1, 'bench entry',
         '', '', r, h, s, c, h
  from unnest(p_date, p_request, p_salt, p_canonical, p_hash)
       with ordinality as e (d, r, s, c, h, n);
  insert into floor.posting
    (organization_id, book_id, entry_id, line, account_id, dimension_set_id, currency_id,
     functional_currency_id, effective_date, amount, functional_amount)
  select 1, 1, v_first + o - 1, n, a, 1, 1, 1, d, m, m
  from unnest(p_ordinal, p_account, p_amount, p_line_date) with ordinality as l (o, a, m, d, n);
  insert into floor.balance_month as b
    (organization_id, book_id, account_id, month, dimension_set_id, currency_id,
     functional_currency_id, debit, credit, functional_debit, functional_credit)
  select 1, 1, a, date_trunc('month', d)::date, 1, 1, 1, sum(greatest(m, 0)),
         sum(greatest(-m, 0)), sum(greatest(m, 0)), sum(greatest(-m, 0))
  from unnest(p_account, p_amount, p_line_date) as l (a, m, d)
  group by 3, 4
  order by 3, 4
  on conflict (organization_id, book_id, account_id, month, dimension_set_id, currency_id,
               functional_currency_id) do update
  set debit = b.debit + excluded.debit,
      credit = b.credit + excluded.credit,
      functional_debit = b.functional_debit + excluded.functional_debit,
      functional_credit = b.functional_credit + excluded.functional_credit;
end $$;
)";

struct Arrays {
  std::string date = "{", request = "{", salt = "{", canonical = "{", hash = "{", ordinal = "{",
              account = "{", amount = "{", line_date = "{";

  void Add(int index, int entry_ordinal, bool hot, const std::string& tag) {
    const auto separate = [](std::string& text) -> std::string& {
      if (text.size() > 1) text += ",";
      return text;
    };
    const std::string day = WorkDate(index);
    separate(date) += day;
    absl::StrAppend(&separate(request), tag, index);
    absl::StrAppend(&separate(salt), "\"\\\\x", std::string(32, 'a'), "\"");
    // About what the canonical bytes of an entry of three postings take.
    absl::StrAppend(&separate(canonical), "\"\\\\x", std::string(2 * 560, 'b'), "\"");
    absl::StrAppend(&separate(hash), "\"\\\\x", std::string(64, 'c'), "\"");
    for (const WorkLine& line : WorkLines(index, hot)) {
      absl::StrAppend(&separate(ordinal), entry_ordinal);
      absl::StrAppend(&separate(account), line.account);
      separate(amount) += line.amount;
      separate(line_date) += day;
    }
  }
  void Close() {
    for (std::string* text :
         {&date, &request, &salt, &canonical, &hash, &ordinal, &account, &amount, &line_date}) {
      *text += "}";
    }
  }
};

void Post(pqxx::connection& connection, const Arrays& a) {
  pqxx::nontransaction autocommit(connection);
  autocommit.exec_prepared("post", a.date, a.request, a.salt, a.canonical, a.hash, a.ordinal,
                           a.account, a.amount, a.line_date);
}

void Prepare(pqxx::connection& connection) {
  connection.prepare("post", "select floor.post($1, $2, $3, $4, $5, $6, $7, $8, $9)");
}

std::string NextTag() {
  static std::atomic<int> next{0};
  return absl::StrCat("f", ++next, "-");
}

}  // namespace

void CreateFloor(const std::string& owner_uri) {
  pqxx::connection connection(owner_uri);
  pqxx::nontransaction(connection).exec(kSchema);
}

void EmptyFloor(const std::string& owner_uri) {
  pqxx::connection connection(owner_uri);
  pqxx::nontransaction(connection)
      .exec("truncate floor.journal_entry, floor.posting, floor.balance_month");
}

Rate PostSingles(const std::string& owner_uri, int clients, int total, bool hot) {
  const std::string tag = NextTag();
  std::atomic<int> next{0};
  std::vector<std::vector<double>> latencies(static_cast<std::size_t>(clients));
  std::vector<std::thread> threads;
  const absl::Time begun = absl::Now();
  for (int c = 0; c < clients; ++c) {
    threads.emplace_back([&, c] {
      pqxx::connection connection(owner_uri);
      Prepare(connection);
      for (int i = next++; i < total; i = next++) {
        Arrays arrays;
        arrays.Add(i, 1, hot, tag);
        arrays.Close();
        const absl::Time start = absl::Now();
        Post(connection, arrays);
        latencies[static_cast<std::size_t>(c)].push_back(
            absl::ToDoubleMicroseconds(absl::Now() - start));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<double> all;
  for (const auto& some : latencies) all.insert(all.end(), some.begin(), some.end());
  return {total / absl::ToDoubleSeconds(absl::Now() - begun), Median(all)};
}

Rate PostBatches(const std::string& owner_uri, int total, int batch) {
  const std::string tag = NextTag();
  pqxx::connection connection(owner_uri);
  Prepare(connection);
  const absl::Time begun = absl::Now();
  for (int from = 0; from < total; from += batch) {
    Arrays arrays;
    for (int i = 0; i < batch; ++i) arrays.Add(from + i, i + 1, false, tag);
    arrays.Close();
    Post(connection, arrays);
  }
  return {total / absl::ToDoubleSeconds(absl::Now() - begun), 0};
}

}  // namespace lumbung::bench
