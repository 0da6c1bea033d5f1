#include "services/common/entry_conversion.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

namespace v1 = ::lumbung::ledger::v1;

using testing::Dec;
using testing::IsOk;
using testing::RefusesAt;

v1::JournalEntry Parsed(const std::string& text) {
  v1::JournalEntry entry;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &entry));
  return entry;
}

v1::JournalEntry Rent() {
  return Parsed(R"pb(
    effective_date: "2026-03-31"
    series: "JU"
    kind: ENTRY_KIND_ADJUSTING
    description: "Rent of the office"
    reference: "BKK-031"
    source: "manual"
    tags { key: "b" value: "2" }
    tags { key: "a" value: "1" }
    postings {
      account: "5.1"
      amount { amount: "100.50" currency: "USD" }
      functional_amount { amount: "1608000" currency: "IDR" }
      fund: "EU"
      dimensions { key: "grant" value: "G1" }
      dimensions { key: "activity" value: "A7" }
      memo: "March"
    }
    postings {
      account: "1.1"
      amount { amount: "-100.50" currency: "USD" }
      functional_amount { amount: "-1608000" currency: "IDR" }
      fund: "EU"
    }
  )pb");
}

// The parts of a book that the entry above refers to.
BookSnapshot SmallBook() {
  BookContents contents;
  contents.book.slug = "main";
  contents.book.functional_currency = CurrencyId{1};
  contents.currencies = {{CurrencyId{1}, "IDR", 2, false, "Rupiah"},
                         {CurrencyId{2}, "USD", 2, false, "US Dollar"}};
  contents.funds = {{FundId{3}, "EU", "European Union", FundRestriction::kPurpose, false}};
  contents.dimensions = {
      {DimensionId{4}, "activity", "Activity", {{ValueId{5}, "A7", "Training", false}}},
      {DimensionId{6}, "grant", "Grant", {{ValueId{7}, "G1", "Grant one", false}}}};
  contents.series = {{SeriesId{8}, "JU"}};
  Account rent;
  rent.id = AccountId{9};
  rent.key = "5.1";
  rent.type = AccountType::kExpense;
  Account bank;
  bank.id = AccountId{10};
  bank.key = "1.1";
  bank.type = AccountType::kAsset;
  contents.accounts = {rent, bank};
  return BookSnapshot(std::move(contents));
}

PostedEntry PostedRent() {
  PostedEntry entry;
  entry.id = EntryId{42};
  entry.number = 12;
  entry.recorded_at = absl::FromUnixMicros(1'775'000'000'123'456);
  entry.leaf_hash = std::string(32, 'h');
  ValidEntry& content = entry.content;
  content.effective_date = Date::Parse("2026-03-31").value();
  content.fiscal_year = 2026;
  content.kind = EntryKind::kReversal;
  content.series = SeriesId{8};
  content.description = "Rent of the office";
  content.tags = {{"a", "1"}};
  content.reverses = EntryId{40};
  entry.reversed_by = EntryId{50};
  content.postings = {{AccountId{9},
                       {FundId{3}, {{DimensionId{4}, ValueId{5}}, {DimensionId{6}, ValueId{7}}}},
                       CurrencyId{2},
                       Dec("100.50"),
                       CurrencyId{1},
                       Dec("1608000.00"),
                       "March"},
                      {AccountId{10},
                       {FundId{3}, {}},
                       CurrencyId{2},
                       Dec("-100.50"),
                       CurrencyId{1},
                       Dec("-1608000.00"),
                       ""}};
  return entry;
}

TEST(DraftFromProtoTest, TakesEverythingTheClientWrote) {
  const absl::StatusOr<EntryDraft> draft = DraftFromProto(Rent(), "r-1");
  ASSERT_THAT(draft, IsOk());
  EXPECT_EQ(draft->effective_date.ToString(), "2026-03-31");
  EXPECT_EQ(draft->kind, EntryKind::kAdjusting);
  EXPECT_EQ(draft->series, "JU");
  EXPECT_EQ(draft->description, "Rent of the office");
  EXPECT_EQ(draft->reference, "BKK-031");
  EXPECT_EQ(draft->source, "manual");
  EXPECT_EQ(draft->request_id, "r-1");
  ASSERT_EQ(draft->postings.size(), 2u);
  const PostingDraft& rent = draft->postings[0];
  EXPECT_EQ(rent.account, "5.1");
  EXPECT_EQ(rent.amount.ToString(), "100.50");
  EXPECT_EQ(rent.currency, "USD");
  ASSERT_TRUE(rent.functional.has_value());
  EXPECT_EQ(rent.functional->amount.ToString(), "1608000");
  EXPECT_EQ(rent.functional->currency, "IDR");
  EXPECT_EQ(rent.fund, "EU");
  EXPECT_EQ(rent.memo, "March");
}

TEST(DraftFromProtoTest, SortsWhatProtobufKeepsInNoOrder) {
  const EntryDraft draft = DraftFromProto(Rent(), "r-1").value();
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(draft.tags, (Pairs{{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(draft.postings[0].dimensions, (Pairs{{"activity", "A7"}, {"grant", "G1"}}));
}

TEST(DraftFromProtoTest, LeavesTheFunctionalAmountToTheRateWhenThereIsNone) {
  v1::JournalEntry entry = Rent();
  entry.mutable_postings(0)->clear_functional_amount();
  EXPECT_FALSE(DraftFromProto(entry, "r-1")->postings[0].functional.has_value());
}

TEST(DraftFromProtoTest, RefusesWithThePathToTheFaultyField) {
  struct Case {
    std::string reason;
    std::string field;
    void (*spoil)(v1::JournalEntry*);
  };
  const Case cases[] = {
      {"INVALID_DATE", "effective_date", [](auto* e) { e->set_effective_date("2026-02-29"); }},
      {"INVALID_DATE", "effective_date", [](auto* e) { e->clear_effective_date(); }},
      {"INVALID_KIND", "kind", [](auto* e) { e->set_kind(v1::ENTRY_KIND_REVERSAL); }},
      {"INVALID_KIND", "kind", [](auto* e) { e->set_kind(v1::ENTRY_KIND_CLOSING); }},
      {"INVALID_KIND", "kind", [](auto* e) { e->set_kind(static_cast<v1::EntryKind>(77)); }},
      {"INVALID_AMOUNT", "postings[1].amount.amount",
       [](auto* e) { e->mutable_postings(1)->mutable_amount()->set_amount("1e3"); }},
      {"INVALID_AMOUNT", "postings[0].amount.amount",
       [](auto* e) { e->mutable_postings(0)->clear_amount(); }},
      {"INVALID_AMOUNT", "postings[1].functional_amount.amount",
       [](auto* e) { e->mutable_postings(1)->mutable_functional_amount()->set_amount("1.000,5"); }},
      {"TOO_MANY_POSTINGS", "postings",
       [](auto* e) {
         while (e->postings_size() <= 10'000) e->add_postings();
       }},
  };
  for (const Case& c : cases) {
    v1::JournalEntry entry = Rent();
    c.spoil(&entry);
    EXPECT_THAT(DraftFromProto(entry, "r-1"), RefusesAt(c.reason, c.field));
  }
}

TEST(EntryToProtoTest, SaysEverythingInTheBooksOwnWords) {
  const BookSnapshot book = SmallBook();
  const v1::JournalEntry expected = Parsed(R"pb(
    name: "books/main/entries/42"
    sequence: 42
    number: "JU-2026-000012"
    series: "JU"
    effective_date: "2026-03-31"
    record_time { seconds: 1775000000 nanos: 123456000 }
    kind: ENTRY_KIND_REVERSAL
    description: "Rent of the office"
    tags { key: "a" value: "1" }
    postings {
      account: "5.1"
      amount { amount: "100.50" currency: "USD" }
      functional_amount { amount: "1608000.00" currency: "IDR" }
      fund: "EU"
      dimensions { key: "activity" value: "A7" }
      dimensions { key: "grant" value: "G1" }
      memo: "March"
    }
    postings {
      account: "1.1"
      amount { amount: "-100.50" currency: "USD" }
      functional_amount { amount: "-1608000.00" currency: "IDR" }
      fund: "EU"
    }
    reverses: "books/main/entries/40"
    reversed_by: "books/main/entries/50"
    leaf_hash: "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"
  )pb");
  EXPECT_EQ(EntryToProto(book, PostedRent()).DebugString(), expected.DebugString());
}

TEST(EntryToProtoTest, ComesBackAsTheDraftItWas) {
  const BookSnapshot book = SmallBook();
  v1::JournalEntry entry = EntryToProto(book, PostedRent());
  entry.set_kind(v1::ENTRY_KIND_STANDARD);
  const EntryDraft draft = DraftFromProto(entry, "again").value();
  EXPECT_EQ(draft.postings[0].amount, Dec("100.50"));
  EXPECT_EQ(draft.postings[0].dimensions.size(), 2u);
  EXPECT_EQ(draft.postings[1].functional->amount, Dec("-1608000"));
}

TEST(TimestampOfTest, KeepsMicrosecondsOnBothSidesOfTheEpoch) {
  EXPECT_EQ(TimestampOf(absl::FromUnixMicros(1'500'000)).nanos(), 500'000'000);
  const auto before = TimestampOf(absl::FromUnixMicros(-1));
  EXPECT_EQ(before.seconds(), -1);
  EXPECT_EQ(before.nanos(), 999'999'000);
}

}  // namespace
}  // namespace lumbung
