// Lists and registers against a look at every entry.
#include "ledger/store/journal_query.h"

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/store/entry_reader.h"
#include "ledger/store/register_reader.h"
#include "tests/ledger/store/random_ledger.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::testing {
namespace {

using store::EntryFilter;
using store::EntryOrder;
using store::RegisterFilter;
using store::RegisterLine;

bool SetMatches(const store::DimensionFilter& filter, const DimensionSet& set) {
  if (filter.fund.has_value() && *filter.fund != set.fund) return false;
  return std::all_of(filter.values.begin(), filter.values.end(), [&](const auto& wanted) {
    return std::count(set.members.begin(), set.members.end(), wanted) > 0;
  });
}

bool AccountMatches(const std::vector<AccountId>& accounts, AccountId account) {
  return accounts.empty() || std::count(accounts.begin(), accounts.end(), account) > 0;
}

bool Contains(absl::string_view text, absl::string_view wanted) {
  return absl::StrContains(absl::AsciiStrToLower(text), absl::AsciiStrToLower(wanted));
}

bool EntryMatches(const EntryFilter& filter, const PostedEntry& entry) {
  const ValidEntry& content = entry.content;
  if (!filter.dates.Contains(content.effective_date)) return false;
  if (filter.source.has_value() && *filter.source != content.source) return false;
  if (filter.kind.has_value() && *filter.kind != content.kind) return false;
  if (filter.request_id.has_value() && *filter.request_id != content.request_id) return false;
  const auto& postings = content.postings;
  if (!Contains(content.description, filter.text) && !Contains(content.reference, filter.text) &&
      std::none_of(postings.begin(), postings.end(), [&](const ValidPosting& posting) {
        return Contains(posting.memo, filter.text);
      })) {
    return false;
  }
  return std::any_of(postings.begin(), postings.end(), [&](const ValidPosting& posting) {
    return AccountMatches(filter.accounts, posting.account) &&
           SetMatches(filter.dimensions, posting.dimensions) &&
           (!filter.currency.has_value() || *filter.currency == posting.currency) &&
           (!filter.min_amount.has_value() || posting.amount.Abs() >= *filter.min_amount) &&
           (!filter.max_amount.has_value() || posting.amount.Abs() <= *filter.max_amount);
  });
}

std::string Ids(const std::vector<EntryId>& ids) {
  return absl::StrJoin(ids, " ",
                       [](std::string* out, EntryId id) { absl::StrAppend(out, ToInteger(id)); });
}

class JournalQueryTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    ledger_ = std::make_unique<RandomLedger>(std::random_device{}());
    ledger_->PostRandomEntries(1'200);
    ledger_->Fold();
    ledger_->PostRandomEntries(50);
  }
  static void TearDownTestSuite() { ledger_.reset(); }
  void SetUp() override { RecordProperty("seed", static_cast<int>(ledger_->seed())); }

  static store::DimensionFilter RandomDimensions() {
    store::DimensionFilter filter;
    const auto& funds = ledger_->snapshot().funds();
    if (ledger_->OneIn(4)) filter.fund = funds[ledger_->Below(funds.size())].id;
    for (const Dimension& dimension : ledger_->snapshot().dimensions()) {
      if (!ledger_->OneIn(5)) continue;
      filter.values.emplace_back(dimension.id,
                                 dimension.values[ledger_->Below(dimension.values.size())].id);
    }
    return filter;
  }
  static std::vector<AccountId> RandomSubtree() {
    const auto& accounts = ledger_->snapshot().accounts();
    return ledger_->snapshot().Subtree(accounts[ledger_->Below(accounts.size())].id);
  }
  static DateRange RandomDates() {
    DateRange dates;
    if (ledger_->OneIn(3)) dates.from = ledger_->RandomDate();
    if (ledger_->OneIn(3)) dates.to = ledger_->RandomDate();
    return dates;
  }
  static std::optional<CurrencyId> RandomCurrency() {
    const auto& currencies = ledger_->snapshot().currencies();
    if (!ledger_->OneIn(4)) return std::nullopt;
    return currencies[ledger_->Below(currencies.size())].id;
  }

  static EntryFilter RandomEntryFilter() {
    constexpr const char* kTexts[] = {"SEWA", "100%", "kas_", "bkk-1", "\\pln", "a", "x_y"};
    EntryFilter filter;
    filter.dates = RandomDates();
    if (ledger_->OneIn(3)) filter.text = kTexts[ledger_->Below(std::size(kTexts))];
    if (ledger_->OneIn(5)) filter.source = "manual";
    if (ledger_->OneIn(5)) filter.kind = EntryKind::kReversal;
    if (ledger_->OneIn(30)) filter.request_id = "r-77";
    if (ledger_->OneIn(2)) filter.accounts = RandomSubtree();
    filter.dimensions = RandomDimensions();
    filter.currency = RandomCurrency();
    if (ledger_->OneIn(4)) filter.min_amount = Dec("5000");
    if (ledger_->OneIn(4)) filter.max_amount = Dec("7500.50");
    return filter;
  }

  // Page by page to the end.
  static std::vector<EntryId> ListAll(const EntryFilter& filter, EntryOrder order, int page_size) {
    std::vector<EntryId> all;
    for (;;) {
      const absl::StatusOr<std::vector<EntryId>> page =
          ledger_->Read([&](store::TransactionScope& scope) {
            const std::optional<EntryId> after =
                all.empty() ? std::nullopt : std::optional<EntryId>(all.back());
            return store::ListEntries(scope, ledger_->book(), filter, order, after, page_size);
          });
      if (!page.ok()) {
        ADD_FAILURE() << page.status();
        return all;
      }
      all.insert(all.end(), page->begin(), page->end());
      if (page->size() < static_cast<std::size_t>(page_size)) return all;
    }
  }

  static std::unique_ptr<RandomLedger> ledger_;
};
std::unique_ptr<RandomLedger> JournalQueryTest::ledger_;

TEST_F(JournalQueryTest, ListsWhatMatchesAndNothingElseInEitherOrder) {
  SCOPED_TRACE(absl::StrCat("seed ", ledger_->seed()));
  for (int query = 0; query < 80; ++query) {
    const EntryFilter filter = query == 0 ? EntryFilter{} : RandomEntryFilter();
    std::vector<EntryId> expected;
    for (const PostedEntry& entry : ledger_->entries()) {
      if (EntryMatches(filter, entry)) expected.push_back(entry.id);
    }
    const int page_size = 1 + static_cast<int>(ledger_->Below(1'000));
    ASSERT_EQ(Ids(ListAll(filter, EntryOrder::kOldestFirst, std::max(50, page_size))),
              Ids(expected));
    std::reverse(expected.begin(), expected.end());
    ASSERT_EQ(Ids(ListAll(filter, EntryOrder::kNewestFirst, std::max(50, page_size))),
              Ids(expected));
  }
}

TEST_F(JournalQueryTest, FindsAnEntryByItsNumberAsPrinted) {
  const PostedEntry& entry = ledger_->entries()[700];
  const std::string printed = FormatEntryNumber("JU", entry.content.fiscal_year, entry.number);
  const EntryNumber number = ParseEntryNumber(printed).value();
  const auto find = [&](std::int64_t wanted) {
    return ledger_->Read([&](store::TransactionScope& scope) {
      return store::FindEntryByNumber(scope, ledger_->book(),
                                      ledger_->snapshot().FindSeries(number.series)->id,
                                      number.fiscal_year, wanted);
    });
  };
  EXPECT_EQ(find(number.number).value(), entry.id);
  EXPECT_THAT(find(1'000'000), Refuses("ENTRY_NOT_FOUND"));
}

TEST_F(JournalQueryTest, ReadsEntriesBackExactlyAsTheyWerePosted) {
  std::vector<EntryId> ids;
  for (const PostedEntry& entry : ledger_->entries()) ids.push_back(entry.id);
  const auto read = ledger_->Read([&](store::TransactionScope& scope) {
    return store::ReadEntriesIn(scope, ledger_->book(), ids);
  });
  ASSERT_THAT(read, IsOk());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const PostedEntry& stored = (*read)[i];
    const PostedEntry& posted = ledger_->entries()[i];
    ASSERT_EQ(stored.leaf_hash, posted.leaf_hash);
    ASSERT_EQ(stored.recorded_at, posted.recorded_at);
    ASSERT_EQ(stored.reversed_by.has_value(), posted.reversed_by.has_value());
    ASSERT_EQ(stored.content.postings.size(), posted.content.postings.size());
    for (std::size_t line = 0; line < posted.content.postings.size(); ++line) {
      const ValidPosting& a = stored.content.postings[line];
      const ValidPosting& b = posted.content.postings[line];
      ASSERT_EQ(a.account, b.account);
      ASSERT_EQ(a.dimensions, b.dimensions);
      ASSERT_EQ(a.amount.ToString(), b.amount.ToString());
      ASSERT_EQ(a.functional_amount.ToString(), b.functional_amount.ToString());
      ASSERT_EQ(a.memo, b.memo);
    }
  }
}

// ---- Registers ----

class RegisterReaderTest : public JournalQueryTest {
 protected:
  static std::string Line(std::int64_t entry, const ValidPosting& posting, const Decimal& running,
                          const Decimal& running_functional, const std::vector<AccountId>& others) {
    return absl::StrCat(entry, " ", ToInteger(posting.account), " ", posting.amount.ToString(), " ",
                        running.Trimmed().ToString(), " ", running_functional.Trimmed().ToString(),
                        " |", absl::StrJoin(others, ",", [](std::string* out, AccountId id) {
                          absl::StrAppend(out, ToInteger(id));
                        }));
  }

  static std::vector<AccountId> OthersOf(const PostedEntry& entry, const ValidPosting& posting) {
    std::vector<AccountId> others;
    for (const ValidPosting& other : entry.content.postings) {
      const bool opposite =
          posting.amount.IsNegative() ? other.amount.Sign() > 0 : other.amount.Sign() < 0;
      if (opposite && std::count(others.begin(), others.end(), other.account) == 0 &&
          others.size() < store::kMaxOtherAccounts) {
        others.push_back(other.account);
      }
    }
    return others;
  }

  static std::vector<std::string> Expected(const RegisterFilter& filter) {
    std::vector<const PostedEntry*> ordered;
    for (const PostedEntry& entry : ledger_->entries()) ordered.push_back(&entry);
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) {
      return a->content.effective_date < b->content.effective_date;
    });
    std::map<CurrencyId, Decimal> running;
    std::map<CurrencyId, Decimal> functional;
    std::vector<std::string> lines;
    for (const PostedEntry* entry : ordered) {
      const Date date = entry->content.effective_date;
      if (filter.dates.to.has_value() && date > *filter.dates.to) continue;
      for (const ValidPosting& posting : entry->content.postings) {
        if (!AccountMatches(filter.accounts, posting.account) ||
            !SetMatches(filter.dimensions, posting.dimensions) ||
            (filter.currency.has_value() && *filter.currency != posting.currency)) {
          continue;
        }
        Decimal& balance = running[posting.currency];
        balance = Add(balance, posting.amount).value();
        Decimal& value = functional[posting.functional_currency];
        value = Add(value, posting.functional_amount).value();
        if (!filter.dates.Contains(date)) continue;
        lines.push_back(
            Line(ToInteger(entry->id), posting, balance, value, OthersOf(*entry, posting)));
      }
    }
    if (filter.limit.has_value() && lines.size() > static_cast<std::size_t>(*filter.limit)) {
      lines.resize(static_cast<std::size_t>(*filter.limit));
    }
    return lines;
  }

  static std::vector<std::string> Found(const RegisterFilter& filter) {
    std::vector<std::string> lines;
    const absl::Status status = store::RunInTransaction(
        ledger_->pool(),
        {ledger_->book().organization, store::Access::kReadOnly, absl::InfiniteFuture()},
        [&](store::TransactionScope& scope) -> absl::Status {
          LUMBUNG_ASSIGN_OR_RETURN(store::RegisterReader reader,
                                   store::RegisterReader::Open(scope, ledger_->book(), filter));
          for (;;) {
            LUMBUNG_ASSIGN_OR_RETURN(const std::vector<RegisterLine> chunk, reader.Next());
            EXPECT_LE(chunk.size(), static_cast<std::size_t>(store::kRegisterChunk));
            if (chunk.empty()) return absl::OkStatus();
            for (const RegisterLine& line : chunk) {
              lines.push_back(Line(ToInteger(line.entry), line.posting, line.running_balance,
                                   line.running_functional_balance, line.other_accounts));
            }
          }
        });
    EXPECT_THAT(status, IsOk());
    return lines;
  }
};

TEST_F(RegisterReaderTest, ShowsEveryPostingOnceWithItsRunningBalance) {
  SCOPED_TRACE(absl::StrCat("seed ", ledger_->seed()));
  for (int query = 0; query < 40; ++query) {
    RegisterFilter filter;
    filter.accounts = RandomSubtree();
    filter.dates = RandomDates();
    filter.dimensions = RandomDimensions();
    filter.currency = RandomCurrency();
    if (ledger_->OneIn(4)) filter.limit = static_cast<std::int64_t>(ledger_->Below(500));
    ASSERT_EQ(Found(filter), Expected(filter));
  }
}

TEST_F(RegisterReaderTest, DoesNotStopShortOfALongRegister) {
  RegisterFilter everything;
  for (const Account& account : ledger_->snapshot().accounts()) {
    everything.accounts.push_back(account.id);
  }
  const std::vector<std::string> lines = Found(everything);
  EXPECT_GT(lines.size(), 1'001u);
  EXPECT_EQ(lines, Expected(everything));
}

TEST_F(RegisterReaderTest, OpensWithTheTurnoverBeforeTheRange) {
  RegisterFilter filter;
  filter.accounts = ledger_->snapshot().Subtree(ledger_->snapshot().FindAccount("1")->id);
  filter.dates.from = Date::Parse("2026-02-14").value();
  filter.currency = ledger_->snapshot().FindCurrency("USD")->id;
  Decimal debit;
  Decimal credit;
  for (const PostedEntry& entry : ledger_->entries()) {
    if (entry.content.effective_date >= *filter.dates.from) continue;
    for (const ValidPosting& posting : entry.content.postings) {
      if (posting.currency != *filter.currency) continue;
      if (!AccountMatches(filter.accounts, posting.account)) continue;
      Decimal& side = posting.amount.IsNegative() ? credit : debit;
      side = Add(side, posting.amount.Abs()).value();
    }
  }
  const auto opening =
      ledger_->Read([&](store::TransactionScope& scope) -> absl::StatusOr<std::vector<BalanceRow>> {
        LUMBUNG_ASSIGN_OR_RETURN(const store::RegisterReader reader,
                                 store::RegisterReader::Open(scope, ledger_->book(), filter));
        return reader.opening();
      });
  ASSERT_THAT(opening, IsOk());
  ASSERT_EQ(opening->size(), 1u);
  EXPECT_EQ(opening->front().debit, debit);
  EXPECT_EQ(opening->front().credit, credit);
}

}  // namespace
}  // namespace lumbung::testing
