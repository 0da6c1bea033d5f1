#include "tests/services/ledger/transfer/import_fixture.h"

#include <random>

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/store/book_store.h"
#include "tests/differential/peer_output.h"
#include "tests/ledger/import/journal_testing.h"
#include "tests/support/shared_folder.h"

namespace lumbung::transfer {
namespace {

using testing::IsOk;

}  // namespace

void RecordingProgress::OnStage(absl::string_view stage, std::int64_t /*total*/) {
  stages_.push_back(std::string(stage));
  done_ = 0;
}

BookKey ImportTest::CreateBook(const std::string& slug, const std::string& functional_currency) {
  store::NewBook book;
  book.slug = slug;
  book.uid = testing::NewTestUid();
  book.display_name = slug;
  book.functional_currency.code = functional_currency;
  const auto created =
      Do([&](store::TransactionScope& scope) { return store::CreateBook(scope, book); });
  EXPECT_THAT(created, IsOk());
  return created.ok() ? created->book.key : BookKey{};
}

ImportOptions ImportTest::OptionsFor(const std::string& main_file) {
  ImportOptions options;
  options.main_file = main_file;
  options.now = [] { return absl::Now(); };
  options.random_bytes = [](char* bytes, std::size_t count) {
    static std::random_device device;
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(device());
  };
  return options;
}

absl::StatusOr<ImportReport> ImportTest::Import(BookKey book, const import::FileSource& files,
                                                ImportOptions options) {
  return ImportJournal(database_.pool(), book, files, options, progress_);
}

absl::StatusOr<ImportReport> ImportTest::Import(BookKey book, const std::string& journal,
                                                ImportOptions options) {
  const std::map<std::string, std::string> files = {{options.main_file, journal}};
  return Import(book, import::MemoryFiles(files), std::move(options));
}

absl::StatusOr<ImportReport> ImportTest::ImportReference(BookKey book, ImportOptions options) {
  return Import(book, import::FolderFiles(ReferenceInputs()), std::move(options));
}

std::string ImportTest::Dump() {
  pqxx::connection connection(database_.superuser_uri());
  pqxx::nontransaction query(connection);
  std::string dump;
  for (const pqxx::row& table :
       query.exec("select c.relname from pg_class c where c.relnamespace = 'ledger'::regnamespace "
                  "and c.relkind = 'r' order by 1")) {
    absl::StrAppend(&dump, "== ", table[0].c_str(), "\n");
    for (const pqxx::row& row : query.exec(
             absl::StrCat("select t::text from ledger.", table[0].c_str(), " t order by 1"))) {
      absl::StrAppend(&dump, row[0].c_str(), "\n");
    }
  }
  return dump;
}

Balances ImportTest::BalancesOf(BookKey book) {
  pqxx::connection connection(database_.superuser_uri());
  pqxx::nontransaction query(connection);
  Balances balances;
  for (const pqxx::row& row : query.exec_params(
           "select a.key, c.code, sum(m.debit - m.credit) from ledger.balance_month m "
           "join ledger.account a using (organization_id, book_id, account_id) "
           "join ledger.currency c using (organization_id, book_id, currency_id) "
           "where m.organization_id = $1 and m.book_id = $2 "
           "group by 1, 2 having sum(m.debit - m.credit) <> 0",
           ToInteger(book.organization), ToInteger(book.book))) {
    balances[{row[0].c_str(), row[1].c_str()}] = *Decimal::Parse(row[2].c_str());
  }
  return balances;
}

Balances ImportTest::FunctionalBalancesOf(BookKey book) {
  pqxx::connection connection(database_.superuser_uri());
  pqxx::nontransaction query(connection);
  Balances balances;
  for (const pqxx::row& row :
       query.exec_params("select a.key, c.code, sum(p.functional_amount) from ledger.posting p "
                         "join ledger.account a using (organization_id, book_id, account_id) "
                         "join ledger.currency c on c.organization_id = p.organization_id "
                         "  and c.book_id = p.book_id and c.currency_id = p.functional_currency_id "
                         "where p.organization_id = $1 and p.book_id = $2 "
                         "group by 1, 2 having sum(p.functional_amount) <> 0",
                         ToInteger(book.organization), ToInteger(book.book))) {
    balances[{row[0].c_str(), row[1].c_str()}] = *Decimal::Parse(row[2].c_str());
  }
  return balances;
}

std::string ImportTest::Value(BookKey book, const std::string& query) {
  pqxx::connection connection(database_.superuser_uri());
  pqxx::nontransaction transaction(connection);
  const pqxx::result rows =
      transaction.exec_params(query, ToInteger(book.organization), ToInteger(book.book));
  return rows.empty() ? "" : rows[0][0].c_str();
}

std::string ReferenceInputs() {
  return testing::SharedPath("cases/books/inputs");
}

std::string Written(const Balances& balances) {
  std::string text;
  for (const auto& [key, balance] : balances) {
    absl::StrAppend(&text, key.first, " ", key.second, " ", balance.Trimmed().ToString(), "\n");
  }
  return text;
}

}  // namespace lumbung::transfer
