// The calls that read and close a book, on a random ledger in a real database.
#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/store/book_reader.h"
#include "services/ledger/api/assertion_handlers.h"
#include "services/ledger/api/balance_handlers.h"
#include "services/ledger/api/entry_read_handlers.h"
#include "services/ledger/api/period_handlers.h"
#include "tests/ledger/store/random_ledger.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::ledger::api {
namespace {

using testing::Dec;
using testing::IsOk;
using testing::RandomLedger;
using testing::Refuses;
using testing::RefusesAt;

constexpr int kEntries = 1'250;

// Keeps what a handler streams; the client goes away after `patience` messages.
class Collector : public StreamWriter<v1::QueryPostingsResponse> {
 public:
  bool Write(v1::QueryPostingsResponse response) override {
    if (static_cast<int>(messages.size()) == patience) return false;
    messages.push_back(std::move(response));
    return true;
  }
  std::vector<v1::QueryPostingsResponse> messages;
  int patience = 1'000'000;
};

// A ledger and the handlers on it.
struct Stage {
  Stage()
      : ledger(std::random_device{}()),
        directory(&ledger.pool()),
        access({&ledger.pool(), &directory, [this](BookKey book, absl::Time) { return Load(book); },
                [this](BookKey) { ++changes; }, [] { return absl::FromUnixSeconds(1'790'000'000); },
                [](char* bytes, std::size_t count) { std::fill_n(bytes, count, 'x'); }}),
        entries(&access),
        balances(&access),
        periods(&access, /*keeps_log=*/false),
        assertions(&access) {
    call.access.organization = "yayasan";
    call.deadline = absl::Now() + absl::Minutes(10);
    call.cancelled = [] { return false; };
  }

  absl::StatusOr<std::shared_ptr<const BookSnapshot>> Load(BookKey book) {
    LUMBUNG_ASSIGN_OR_RETURN(BookContents contents,
                             ledger.Read([&](store::TransactionScope& scope) {
                               return store::LoadBookContents(scope, book);
                             }));
    return std::make_shared<const BookSnapshot>(std::move(contents));
  }

  RandomLedger ledger;
  CallScope call;
  int changes = 0;
  BookDirectory directory;
  BookAccess access;
  EntryReadHandlers entries;
  BalanceHandlers balances;
  PeriodHandlers periods;
  AssertionHandlers assertions;
};

// Readers share one ledger.
class ReadHandlersTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    stage_ = std::make_unique<Stage>();
    stage_->ledger.PostRandomEntries(kEntries);
    stage_->ledger.Fold();
  }
  static void TearDownTestSuite() { stage_.reset(); }

  static absl::StatusOr<v1::JournalEntry> Get(const std::string& id) {
    v1::GetJournalEntryRequest request;
    request.set_name("books/main/entries/" + id);
    return stage_->entries.GetJournalEntry(stage_->call, request);
  }
  static v1::ListJournalEntriesRequest ListEntries() {
    v1::ListJournalEntriesRequest request;
    request.set_parent("books/main");
    return request;
  }
  static v1::ListBalancesRequest ListBalances() {
    v1::ListBalancesRequest request;
    request.set_parent("books/main");
    return request;
  }
  static v1::QueryPostingsRequest Postings(const std::string& account) {
    v1::QueryPostingsRequest request;
    request.set_parent("books/main");
    request.set_account(account);
    request.set_include_descendants(true);
    return request;
  }
  static absl::StatusOr<v1::ListBalancesResponse> Balances(const v1::ListBalancesRequest& request) {
    return stage_->balances.ListBalances(stage_->call, request);
  }

  static std::unique_ptr<Stage> stage_;
};
std::unique_ptr<Stage> ReadHandlersTest::stage_;

TEST_F(ReadHandlersTest, GetsAnEntryBySequenceAndByNumber) {
  const auto by_sequence = Get("1001");
  ASSERT_THAT(by_sequence, IsOk());
  EXPECT_EQ(by_sequence->name(), "books/main/entries/1001");
  EXPECT_EQ(Get(by_sequence->number())->name(), by_sequence->name());
  for (const char* missing : {"0", "999999", "-4", "JU-1999-000001", "XX-2026-000001", "JU", "x"}) {
    EXPECT_THAT(Get(missing), RefusesAt("ENTRY_NOT_FOUND", "name")) << missing;
  }
  v1::GetJournalEntryRequest elsewhere;
  elsewhere.set_name("books/none/entries/1");
  EXPECT_THAT(stage_->entries.GetJournalEntry(stage_->call, elsewhere), Refuses("BOOK_NOT_FOUND"));
}

TEST_F(ReadHandlersTest, ListsEveryEntryOncePageByPage) {
  for (const bool newest_first : {false, true}) {
    v1::ListJournalEntriesRequest request = ListEntries();
    request.set_page_size(1'000);
    request.set_newest_first(newest_first);
    std::vector<std::int64_t> seen;
    do {
      const auto page = stage_->entries.ListJournalEntries(stage_->call, request);
      ASSERT_THAT(page, IsOk());
      for (const v1::JournalEntry& entry : page->journal_entries()) {
        seen.push_back(entry.sequence());
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    if (newest_first) std::reverse(seen.begin(), seen.end());
    ASSERT_EQ(seen.size(), stage_->ledger.entries().size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
      ASSERT_EQ(seen[i], static_cast<std::int64_t>(i + 1));
    }
  }
}

TEST_F(ReadHandlersTest, RefusesFiltersThatCannotBeMeant) {
  struct Case {
    const char* reason;
    const char* field;
    void (*set)(v1::ListJournalEntriesRequest*);
  };
  const Case cases[] = {
      {"INVALID_DATE", "from_date", [](auto* r) { r->set_from_date("2026-13-01"); }},
      {"INVALID_DATE", "to_date", [](auto* r) { r->set_to_date("yesterday"); }},
      {"INVALID_FILTER", "to_date",
       [](auto* r) {
         r->set_from_date("2026-02-02");
         r->set_to_date("2026-02-01");
       }},
      {"INVALID_AMOUNT", "min_amount", [](auto* r) { r->set_min_amount("1.000,00"); }},
      {"INVALID_FILTER", "max_amount",
       [](auto* r) {
         r->set_min_amount("2");
         r->set_max_amount("1");
       }},
      {"INVALID_FILTER", "text", [](auto* r) { r->set_text(std::string(256, 'x')); }},
      {"INVALID_FILTER", "kind", [](auto* r) { r->set_kind(static_cast<v1::EntryKind>(77)); }},
      {"UNKNOWN_ACCOUNT", "account", [](auto* r) { r->set_account("77"); }},
      {"UNKNOWN_CURRENCY", "currency", [](auto* r) { r->set_currency("XAU"); }},
      {"UNKNOWN_FUND", "fund", [](auto* r) { r->set_fund("none"); }},
      {"UNKNOWN_DIMENSION", "dimensions[place]",
       [](auto* r) { (*r->mutable_dimensions())["place"] = "x"; }},
      {"UNKNOWN_DIMENSION_VALUE", "dimensions[grant]",
       [](auto* r) { (*r->mutable_dimensions())["grant"] = "x"; }},
      {"INVALID_PAGE_TOKEN", "page_token", [](auto* r) { r->set_page_token("x"); }},
      {"INVALID_PAGE_SIZE", "page_size", [](auto* r) { r->set_page_size(-1); }},
  };
  for (const Case& c : cases) {
    v1::ListJournalEntriesRequest request = ListEntries();
    c.set(&request);
    EXPECT_THAT(stage_->entries.ListJournalEntries(stage_->call, request),
                RefusesAt(c.reason, c.field));
  }
}

TEST_F(ReadHandlersTest, TrialBalanceIsBalanced) {
  const auto response = Balances(ListBalances());
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->last_sequence(), kEntries);
  EXPECT_GT(response->totals_size(), 1);
  for (const v1::AccountBalance& total : response->totals()) {
    EXPECT_EQ(total.functional_debit(), total.functional_credit());
    EXPECT_EQ(total.currency(), "");
  }
}

TEST_F(ReadHandlersTest, RollsUpIntoAncestorsWithoutLosingAnything) {
  v1::ListBalancesRequest request = ListBalances();
  const auto alone = Balances(request);
  request.set_depth(1);
  const auto rolled_up = Balances(request);
  ASSERT_THAT(alone, IsOk());
  ASSERT_THAT(rolled_up, IsOk());
  const auto sums = [](const v1::ListBalancesResponse& response, bool by_top) {
    std::map<std::string, Decimal> by_account;
    for (const v1::AccountBalance& row : response.balances()) {
      const std::string account = by_top ? row.account().substr(0, 1) : row.account();
      Decimal& sum = by_account[absl::StrCat(account, row.currency(), row.functional_currency())];
      sum = Add(sum, Dec(row.debit())).value();
    }
    return by_account;
  };
  EXPECT_EQ(sums(*rolled_up, false), sums(*alone, true));
  EXPECT_LT(rolled_up->balances_size(), alone->balances_size());
}

TEST_F(ReadHandlersTest, GroupsByFundAndDimension) {
  v1::ListBalancesRequest request = ListBalances();
  request.set_account("5");
  request.set_group_by_fund(true);
  request.add_group_by_dimensions("grant");
  const auto response = Balances(request);
  ASSERT_THAT(response, IsOk());
  std::set<std::string> groups;
  for (const v1::AccountBalance& row : response->balances()) {
    EXPECT_EQ(row.account().substr(0, 1), "5");
    EXPECT_EQ(row.dimensions().count("activity"), 0u);
    const auto grant = row.dimensions().find("grant");
    groups.insert(
        absl::StrCat(row.fund(), "/", grant == row.dimensions().end() ? "" : grant->second));
  }
  EXPECT_EQ(groups.size(), 9u);  // Three funds, by two grants and none.
}

TEST_F(ReadHandlersTest, ShowsAccountsWithoutPostingsOnRequest) {
  v1::ListBalancesRequest request = ListBalances();
  request.set_as_of("1999-12-31");
  EXPECT_EQ(Balances(request)->balances_size(), 0);
  request.set_include_zero(true);
  const auto response = Balances(request);
  std::size_t postable = 0;
  for (const Account& account : stage_->ledger.snapshot().accounts()) postable += account.postable;
  EXPECT_EQ(static_cast<std::size_t>(response->balances_size()), postable);
  EXPECT_EQ(response->balances(0).balance(), "0.00");
}

TEST_F(ReadHandlersTest, RefusesBalancesThatCannotBeMeant) {
  struct Case {
    const char* reason;
    const char* field;
    void (*set)(v1::ListBalancesRequest*);
  };
  const Case cases[] = {
      {"INVALID_DATE", "as_of", [](auto* r) { r->set_as_of("31-12-2026"); }},
      {"INVALID_FILTER", "as_of",
       [](auto* r) {
         r->set_from_date("2026-02-02");
         r->set_as_of("2026-02-01");
       }},
      {"INVALID_FILTER", "known_at", [](auto* r) { r->mutable_known_at()->set_nanos(-1); }},
      {"INVALID_FILTER", "depth", [](auto* r) { r->set_depth(-1); }},
      {"UNKNOWN_ACCOUNT", "account", [](auto* r) { r->set_account("77"); }},
      {"UNKNOWN_FUND", "fund", [](auto* r) { r->set_fund("none"); }},
      {"UNKNOWN_DIMENSION", "group_by_dimensions[0]",
       [](auto* r) { r->add_group_by_dimensions("place"); }},
  };
  for (const Case& c : cases) {
    v1::ListBalancesRequest request = ListBalances();
    c.set(&request);
    EXPECT_THAT(Balances(request), RefusesAt(c.reason, c.field));
  }
}

TEST_F(ReadHandlersTest, BalanceOfASubtreeIsThatOfItsAccountsTogether) {
  v1::GetBalanceRequest request;
  request.set_parent("books/main");
  request.set_account("1");
  const auto alone = stage_->balances.GetBalance(stage_->call, request);
  ASSERT_THAT(alone, IsOk());
  ASSERT_EQ(alone->balances_size(), 1);
  EXPECT_EQ(alone->balances(0).balance(), "0.00");
  request.set_include_descendants(true);
  const auto whole = stage_->balances.GetBalance(stage_->call, request);
  ASSERT_THAT(whole, IsOk());
  v1::ListBalancesRequest list = ListBalances();
  list.set_account("1");
  const auto parts = Balances(list);
  ASSERT_THAT(parts, IsOk());
  for (const v1::AccountBalance& row : whole->balances()) {
    Decimal sum;
    for (const v1::AccountBalance& part : parts->balances()) {
      if (part.currency() == row.currency() &&
          part.functional_currency() == row.functional_currency()) {
        sum = Add(sum, Dec(part.balance())).value();
      }
    }
    EXPECT_EQ(Dec(row.balance()), sum);
  }
}

TEST_F(ReadHandlersTest, StreamsALongRegisterInSmallMessages) {
  v1::QueryPostingsRequest request = Postings("1");
  request.set_from_date("2025-05-15");
  Collector collector;
  ASSERT_THAT(stage_->balances.QueryPostings(stage_->call, request, collector), IsOk());
  int lines = 0;
  for (std::size_t i = 0; i < collector.messages.size(); ++i) {
    EXPECT_LE(collector.messages[i].lines_size(), 200);
    EXPECT_EQ(collector.messages[i].opening_size() > 0, i == 0);
    lines += collector.messages[i].lines_size();
  }
  EXPECT_GT(lines, 1'001);
  int expected = 0;
  for (const PostedEntry& entry : stage_->ledger.entries()) {
    if (entry.content.effective_date < Date::Parse("2025-05-15").value()) continue;
    for (const ValidPosting& posting : entry.content.postings) {
      expected +=
          stage_->ledger.snapshot().FindAccount(posting.account)->type == AccountType::kAsset;
    }
  }
  EXPECT_EQ(lines, expected);
}

TEST_F(ReadHandlersTest, StopsStreamingWhenTheClientHasGone) {
  Collector impatient;
  impatient.patience = 2;
  EXPECT_TRUE(
      absl::IsCancelled(stage_->balances.QueryPostings(stage_->call, Postings("1"), impatient)));
  EXPECT_EQ(impatient.messages.size(), 2u);
}

TEST_F(ReadHandlersTest, SendsOneMessageForAnEmptyRegister) {
  v1::QueryPostingsRequest request = Postings("1");
  request.set_to_date("1999-12-31");
  Collector collector;
  ASSERT_THAT(stage_->balances.QueryPostings(stage_->call, request, collector), IsOk());
  ASSERT_EQ(collector.messages.size(), 1u);
  EXPECT_EQ(collector.messages[0].lines_size(), 0);
}

// Writers each get a ledger of their own.
class CloseHandlersTest : public ::testing::Test {
 protected:
  CloseHandlersTest() { stage_.ledger.PostRandomEntries(60); }

  absl::StatusOr<v1::Period> Close(const std::string& month, bool hard,
                                   const std::string& request_id = "", bool validate_only = false) {
    v1::ClosePeriodRequest request;
    request.set_name("books/main/periods/" + month);
    request.set_hard(hard);
    request.set_request_id(request_id);
    request.set_validate_only(validate_only);
    return stage_.periods.ClosePeriod(stage_.call, request);
  }
  v1::PeriodState StateOf(const std::string& month) {
    v1::ListPeriodsRequest request;
    request.set_parent("books/main");
    const auto response = stage_.periods.ListPeriods(stage_.call, request);
    for (const v1::Period& period : response->periods()) {
      if (period.name() == "books/main/periods/" + month) return period.state();
    }
    return v1::PERIOD_STATE_OPEN;
  }
  v1::CreateBalanceAssertionRequest Asserting(const std::string& amount) {
    v1::CreateBalanceAssertionRequest request;
    request.set_parent("books/main");
    request.mutable_assertion()->set_account("2");
    request.mutable_assertion()->set_date("2025-01-31");
    request.mutable_assertion()->mutable_expected()->set_amount(amount);
    request.mutable_assertion()->mutable_expected()->set_currency("IDR");
    return request;
  }

  Stage stage_;
};

TEST_F(CloseHandlersTest, ClosesAndReopensAMonth) {
  const auto closed = Close("2025-03", false);
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->name(), "books/main/periods/2025-03");
  EXPECT_EQ(closed->end_date(), "2025-03-31");
  EXPECT_EQ(StateOf("2025-03"), v1::PERIOD_STATE_SOFT_CLOSED);
  v1::ReopenPeriodRequest reopen;
  reopen.set_name(closed->name());
  EXPECT_THAT(stage_.periods.ReopenPeriod(stage_.call, reopen), IsOk());
  EXPECT_EQ(StateOf("2025-03"), v1::PERIOD_STATE_OPEN);
  EXPECT_EQ(stage_.changes, 2);

  for (const char* wrong : {"2025-13", "2025", "2025-03-01", "03-2025"}) {
    EXPECT_THAT(Close(wrong, false), RefusesAt("INVALID_PERIOD", "name")) << wrong;
  }
}

TEST_F(CloseHandlersTest, ValidatingLeavesNoTrace) {
  EXPECT_EQ(Close("2025-03", false, "", true)->state(), v1::PERIOD_STATE_SOFT_CLOSED);
  EXPECT_EQ(StateOf("2025-03"), v1::PERIOD_STATE_OPEN);
  EXPECT_EQ(stage_.changes, 0);
}

TEST_F(CloseHandlersTest, AnswersARepeatedRequestAsTheFirstTime) {
  ASSERT_THAT(Close("2025-03", false, "close-march"), IsOk());
  v1::ReopenPeriodRequest reopen;
  reopen.set_name("books/main/periods/2025-03");
  ASSERT_THAT(stage_.periods.ReopenPeriod(stage_.call, reopen), IsOk());
  EXPECT_EQ(Close("2025-03", false, "close-march")->state(), v1::PERIOD_STATE_SOFT_CLOSED);
  EXPECT_EQ(StateOf("2025-03"), v1::PERIOD_STATE_OPEN);
  EXPECT_THAT(Close("2025-04", false, "close-march"), Refuses("REQUEST_ID_REUSED"));
}

TEST_F(CloseHandlersTest, ClosesAFiscalYearOnce) {
  v1::CloseFiscalYearRequest request;
  request.set_parent("books/main");
  request.set_fiscal_year(2025);
  request.set_unrestricted_account("3.1");
  request.set_restricted_account("3.2");
  request.set_validate_only(true);
  const auto preview = stage_.periods.CloseFiscalYear(stage_.call, request);
  ASSERT_THAT(preview, IsOk());
  EXPECT_TRUE(preview->posted());
  request.set_validate_only(false);
  const auto first = stage_.periods.CloseFiscalYear(stage_.call, request);
  ASSERT_THAT(first, IsOk());
  EXPECT_TRUE(first->posted());
  EXPECT_EQ(first->closing_entry().kind(), v1::ENTRY_KIND_CLOSING);
  EXPECT_EQ(first->closing_entry().name(), preview->closing_entry().name());
  const auto second = stage_.periods.CloseFiscalYear(stage_.call, request);
  ASSERT_THAT(second, IsOk());
  EXPECT_FALSE(second->posted());
  EXPECT_EQ(second->closing_entry().name(), first->closing_entry().name());

  request.set_fiscal_year(26);
  EXPECT_THAT(stage_.periods.CloseFiscalYear(stage_.call, request),
              RefusesAt("INVALID_FISCAL_YEAR", "fiscal_year"));
}

TEST_F(CloseHandlersTest, StoresAssertionsThatHold) {
  const auto created = stage_.assertions.CreateBalanceAssertion(stage_.call, Asserting("0"));
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->expected().amount(), "0.00");
  v1::ListBalanceAssertionsRequest list;
  list.set_parent("books/main");
  list.set_account("2");
  const auto listed = stage_.assertions.ListBalanceAssertions(stage_.call, list);
  ASSERT_EQ(listed->assertions_size(), 1);
  EXPECT_EQ(listed->assertions(0).name(), created->name());
}

TEST_F(CloseHandlersTest, RefusesAssertionsWithThePathToTheFault) {
  struct Case {
    const char* reason;
    const char* field;
    void (*spoil)(v1::BalanceAssertion*);
  };
  const Case cases[] = {
      {"UNKNOWN_ACCOUNT", "assertion.account", [](auto* a) { a->set_account("77"); }},
      {"INVALID_DATE", "assertion.date", [](auto* a) { a->set_date(""); }},
      {"INVALID_AMOUNT", "assertion.expected.amount",
       [](auto* a) { a->mutable_expected()->set_amount("x"); }},
      {"UNKNOWN_CURRENCY", "assertion.expected.currency",
       [](auto* a) { a->mutable_expected()->set_currency("XAU"); }},
      {"SCALE_EXCEEDED", "assertion.expected.amount",
       [](auto* a) { a->mutable_expected()->set_amount("0.001"); }},
      {"UNKNOWN_FUND", "assertion.fund", [](auto* a) { a->set_fund("none"); }},
      {"TEXT_TOO_LONG", "assertion.source", [](auto* a) { a->set_source(std::string(256, 'x')); }},
      {"ASSERTION_FAILED", "assertion.expected.amount",
       [](auto* a) { a->mutable_expected()->set_amount("0.01"); }},
  };
  for (const Case& c : cases) {
    v1::CreateBalanceAssertionRequest request = Asserting("0");
    c.spoil(request.mutable_assertion());
    EXPECT_THAT(stage_.assertions.CreateBalanceAssertion(stage_.call, request),
                RefusesAt(c.reason, c.field));
  }
}

TEST_F(CloseHandlersTest, ListsMoreAssertionsThanAPageHolds) {
  constexpr int kAssertions = 12;
  for (int i = 0; i < kAssertions; ++i) {
    ASSERT_THAT(stage_.assertions.CreateBalanceAssertion(stage_.call, Asserting("0")), IsOk());
  }
  v1::ListBalanceAssertionsRequest list;
  list.set_parent("books/main");
  list.set_page_size(5);
  std::set<std::string> names;
  int pages = 0;
  do {
    const auto page = stage_.assertions.ListBalanceAssertions(stage_.call, list);
    ASSERT_THAT(page, IsOk());
    for (const v1::BalanceAssertion& assertion : page->assertions()) names.insert(assertion.name());
    list.set_page_token(page->next_page_token());
    ++pages;
  } while (!list.page_token().empty());
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kAssertions));
  EXPECT_EQ(pages, 3);
}

}  // namespace
}  // namespace lumbung::ledger::api
