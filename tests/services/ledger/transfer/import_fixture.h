// What the tests of imports start from: a database with one organization, books in any currency,
// and ways to look at all that an import may have touched.
#ifndef LUMBUNG_TESTS_SERVICES_LEDGER_TRANSFER_IMPORT_FIXTURE_H_
#define LUMBUNG_TESTS_SERVICES_LEDGER_TRANSFER_IMPORT_FIXTURE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "absl/status/statusor.h"
#include "ledger/core/decimal.h"
#include "ledger/core/ids.h"
#include "ledger/import/parsed_journal.h"
#include "ledger/store/book_store.h"
#include "ledger/store/transaction.h"
#include "services/ledger/transfer/import_journal.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::transfer {

// Account and currency -> balance, without zeros.
using Balances = std::map<std::pair<std::string, std::string>, Decimal>;

// Notes what it is told; asks to stop when `cancel_when` says so.
class RecordingProgress final : public ImportProgress {
 public:
  void OnStage(absl::string_view stage, std::int64_t total) override;
  void OnProgress(std::int64_t done) override { done_ = done; }
  bool cancelled() const override { return cancel_when && cancel_when(*this); }

  const std::vector<std::string>& stages() const { return stages_; }
  std::int64_t done() const { return done_; }

  std::function<bool(const RecordingProgress&)> cancel_when;

 private:
  std::vector<std::string> stages_;
  std::int64_t done_ = 0;
};

class ImportTest : public ::testing::Test {
 protected:
  ImportTest() : organization_(database_.CreateOrganization("yayasan")) {}

  BookKey CreateBook(const std::string& slug, const std::string& functional_currency);

  // Runs `body` in a database transaction of the organization.
  template <typename Body>
  auto Do(const Body& body) {
    return store::InTransaction(database_.pool(), {organization_}, body);
  }

  static ImportOptions OptionsFor(const std::string& main_file);
  absl::StatusOr<ImportReport> Import(BookKey book, const import::FileSource& files,
                                      ImportOptions options);
  // One file, "a.journal".
  absl::StatusOr<ImportReport> Import(BookKey book, const std::string& journal,
                                      ImportOptions options = OptionsFor("a.journal"));
  // A file of the reference folder.
  absl::StatusOr<ImportReport> ImportReference(BookKey book, ImportOptions options);

  // Everything the database has of the organization.
  std::string Dump();
  Balances BalancesOf(BookKey book);
  // In functional amounts, by functional currency.
  Balances FunctionalBalancesOf(BookKey book);
  // The value of a query with one row and one column, $1 and $2 being the book.
  std::string Value(BookKey book, const std::string& query);

  testing::TestDatabase database_;
  const OrganizationId organization_;
  RecordingProgress progress_;
};

// The folder of real books.
std::string ReferenceInputs();

// "account currency balance" lines.
std::string Written(const Balances& balances);

}  // namespace lumbung::transfer

#endif  // LUMBUNG_TESTS_SERVICES_LEDGER_TRANSFER_IMPORT_FIXTURE_H_
