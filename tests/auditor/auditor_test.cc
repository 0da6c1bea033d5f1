// The auditor at work: a seeded stream of commands through the real server and through the model.
// LUMBUNG_AUDITOR_STEPS sets the length of the run, LUMBUNG_SEED what happens in it; a failure
// prints both the seed and the step.
#include "tests/auditor/auditor.h"

#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <pqxx/connection>
#include <pqxx/transaction>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace lumbung::auditor {
namespace {

constexpr char kOrganization[] = "yayasan";
constexpr char kNeighbour[] = "tetangga";
constexpr int kDefaultSteps = 600;

// The number in an environment variable, or another one.
std::uint32_t NumberFrom(const char* variable, std::uint32_t otherwise) {
  const char* const text = std::getenv(variable);
  if (text == nullptr) return otherwise;
  std::uint32_t number = 0;
  if (!absl::SimpleAtoi(text, &number)) {
    ADD_FAILURE() << variable << " is no number: " << text;
  }
  return number;
}

class AuditorTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    absl::StatusOr<std::unique_ptr<Stack>> stack = Stack::Start();
    ASSERT_TRUE(stack.ok()) << stack.status();
    stack_ = stack->release();
    for (const char* const id : {kOrganization, kNeighbour}) {
      v1::CreateOrganizationRequest request;
      request.set_organization_id(id);
      request.set_display_name(id);
      ASSERT_EQ(Client(stack_->Connect(), id).SetUp(request), "");
    }
  }
  static void TearDownTestSuite() {
    delete stack_;
    stack_ = nullptr;
  }

  void SetUp() override { ASSERT_NE(stack_, nullptr); }

  static std::unique_ptr<Auditor> Begin(const std::string& organization, const std::string& book,
                                        std::uint32_t seed) {
    absl::StatusOr<std::unique_ptr<Auditor>> auditor =
        Auditor::Begin(stack_, organization, book, seed);
    EXPECT_TRUE(auditor.ok()) << auditor.status();
    return auditor.ok() ? *std::move(auditor) : nullptr;
  }

  static Stack* stack_;
};

Stack* AuditorTest::stack_ = nullptr;

TEST_F(AuditorTest, TheServerAnswersAsTheModelDoes) {
  const std::uint32_t seed = NumberFrom("LUMBUNG_SEED", std::random_device()());
  const auto steps = static_cast<int>(NumberFrom("LUMBUNG_AUDITOR_STEPS", kDefaultSteps));
  std::cout << "LUMBUNG_SEED=" << seed << " LUMBUNG_AUDITOR_STEPS=" << steps << std::endl;
  // The same book in the house next door, which nobody is to touch.
  const std::unique_ptr<Auditor> neighbour = Begin(kNeighbour, "kas", seed + 1);
  ASSERT_NE(neighbour, nullptr);
  ASSERT_TRUE(neighbour->Run(20).ok());

  const std::unique_ptr<Auditor> auditor = Begin(kOrganization, "kas", seed);
  ASSERT_NE(auditor, nullptr);
  const absl::Status status = auditor->Run(steps);
  for (const auto& [outcome, count] : auditor->outcomes()) {
    std::cout << absl::StrCat("  ", count, " x ", outcome, "\n");
  }
  ASSERT_TRUE(status.ok()) << status.message();
  ASSERT_TRUE(auditor->CompareBooks().ok()) << auditor->CompareBooks().message();

  // What the server knows it knows from the database.
  ASSERT_TRUE(stack_->Restart().ok());
  auditor->Connect();
  neighbour->Connect();
  EXPECT_TRUE(auditor->CompareBooks().ok()) << auditor->CompareBooks().message();
  EXPECT_TRUE(neighbour->CompareBooks().ok()) << neighbour->CompareBooks().message();
}

TEST_F(AuditorTest, PostedRowsWithstandEveryRole) {
  const std::unique_ptr<Auditor> auditor = Begin(kOrganization, "tetap", 1);
  ASSERT_NE(auditor, nullptr);
  ASSERT_TRUE(auditor->Run(30).ok());
  for (const std::string& uri : {stack_->app_uri(), stack_->owner_uri()}) {
    for (const char* const change :
         {"update ledger.posting set amount = amount + 1",
          "update ledger.journal_entry set description = ''", "delete from ledger.posting",
          "delete from ledger.journal_entry", "truncate ledger.posting",
          "truncate ledger.journal_entry cascade"}) {
      pqxx::connection connection(uri);
      pqxx::work transaction(connection);
      transaction.exec0("set local lumbung.registry = 'on'");
      transaction.exec(
          absl::StrCat("select set_config('lumbung.organization_id', organization_id::text, true) "
                       "from ledger.organization where slug = '",
                       kOrganization, "'"));
      EXPECT_THROW(transaction.exec0(change), pqxx::sql_error) << change << " by " << uri;
    }
  }
  const absl::Status status = auditor->CompareBooks();
  EXPECT_TRUE(status.ok()) << status.message();
}

// ---- That the auditor would notice ----

struct Tampering {
  std::string name;
  std::function<void(Book&)> apply;
};

const Tampering kWrongStates[] = {
    {"a unit lost in a posting", [](Book& book) { book.entries[2].lines[0].amount += 1; }},
    {"a posting in another fund", [](Book& book) { book.entries[2].lines[0].fund += "?"; }},
    {"a changed description", [](Book& book) { book.entries[3].shown.set_description("lain"); }},
    {"another time of recording",
     [](Book& book) { book.entries[3].shown.mutable_record_time()->set_nanos(1); }},
    {"another leaf hash", [](Book& book) { book.entries[1].shown.set_leaf_hash("lain"); }},
    {"an entry too many",
     [](Book& book) {
       Entry copy = book.entries.back();
       book.Append(std::move(copy));
     }},
    {"an entry missing", [](Book& book) { book.RemoveLast(); }},
    {"a month closed", [](Book& book) { book.hard_closed_through = "2027-12"; }},
};

TEST_F(AuditorTest, NoticesAWrongState) {
  const std::unique_ptr<Auditor> auditor = Begin(kOrganization, "keadaan", 7);
  ASSERT_NE(auditor, nullptr);
  const absl::Status status = auditor->Run(40);
  ASSERT_TRUE(status.ok()) << status.message();
  Book& book = auditor->model().book_to_tamper_with();
  ASSERT_GT(book.entries.size(), 5u);
  for (const Tampering& tampering : kWrongStates) {
    const Book before = book;
    tampering.apply(book);
    EXPECT_FALSE(auditor->CompareBooks().ok()) << tampering.name;
    book = before;
  }
  EXPECT_TRUE(auditor->CompareBooks().ok());
}

const Tampering kWrongRules[] = {
    {"a-rate-made-up",
     [](Book& book) {
       for (const char* const currency : {"USD", "JPY"}) {
         book.rates.push_back({currency, "2000-01-01", ExactNumber(1)});
       }
     }},
    {"request-ids-forgotten",
     [](Book& book) {
       for (Entry& entry : book.entries) entry.request_id = kNoClientsRequestId;
     }},
    {"headers-take-postings", [](Book& book) { book.accounts["1.1"].postable = true; }},
    {"a-finer-currency", [](Book& book) { book.currencies["JPY"].scale = 2; }},
    {"another-fiscal-year", [](Book& book) { book.fiscal_year_start_month = 1; }},
};

TEST_F(AuditorTest, NoticesAWrongRule) {
  for (const Tampering& tampering : kWrongRules) {
    const std::unique_ptr<Auditor> auditor = Begin(kOrganization, tampering.name, 11);
    ASSERT_NE(auditor, nullptr);
    const absl::Status status = auditor->Run(40);
    ASSERT_TRUE(status.ok()) << status.message();
    tampering.apply(auditor->model().book_to_tamper_with());
    EXPECT_FALSE(auditor->Run(300).ok()) << tampering.name;
  }
}

}  // namespace
}  // namespace lumbung::auditor
