#include "ledger/import/transaction_balancer.h"

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

using ::testing::HasSubstr;

Decimal Number(absl::string_view text) {
  return Decimal::Parse(text).value();
}

struct Line {
  const char* account;
  const char* quantity;  // Null: elided.
  const char* commodity = "$";
  const char* price = nullptr;  // In dollars.
  bool price_is_total = false;
  const char* lot_price = nullptr;  // In dollars.
  PostingKind kind = PostingKind::kReal;
};

DraftTransaction Draft(const std::vector<Line>& lines) {
  DraftTransaction draft;
  draft.parsed.place = {"a.journal", 1};
  draft.parsed.date = Date::FromCivil(2023, 1, 31).value();
  for (const Line& line : lines) {
    DraftPosting& posting = draft.postings.emplace_back();
    posting.parsed.place = {"a.journal", static_cast<int>(draft.postings.size()) + 1};
    posting.parsed.account = line.account;
    posting.kind = line.kind;
    posting.has_amount = line.quantity != nullptr;
    if (posting.has_amount) posting.parsed.amount = {Number(line.quantity), line.commodity};
    if (line.price != nullptr) {
      posting.price = DraftPrice{{Number(line.price), "$"}, line.price_is_total};
    }
    if (line.lot_price != nullptr) {
      posting.lot_price = DraftPrice{{Number(line.lot_price), "$"}, false};
      posting.lot = line.lot_price;
    }
  }
  return draft;
}

std::string Text(const ParsedAmount& amount) {
  return absl::StrCat(amount.quantity.ToString(), " ", amount.commodity);
}

// "account amount (weight)" of every posting and the residue; or the refusal. Two decimals are
// shown.
std::string Balance(const std::vector<Line>& lines, bool elided_postings_last = false,
                    PostingKind kind = PostingKind::kReal) {
  DraftTransaction draft = Draft(lines);
  BalanceRules rules;
  rules.elided_postings_last = elided_postings_last;
  rules.decimals_shown = [](absl::string_view commodity) -> std::optional<int> {
    if (commodity.empty()) return std::nullopt;
    return 2;
  };
  const auto residue = BalancePostings(kind, rules, &draft);
  if (!residue.ok()) {
    return absl::StrCat(ReasonOf(residue.status()), ": ", std::string(residue.status().message()));
  }
  std::string text;
  for (const DraftPosting& posting : draft.postings) {
    const ParsedPosting& parsed = posting.parsed;
    absl::StrAppend(&text, text.empty() ? "" : ", ", parsed.account, " ", Text(parsed.amount));
    if (Text(parsed.weight) != Text(parsed.amount)) {
      absl::StrAppend(&text, " (", Text(parsed.weight), ")");
    }
    if (parsed.amount_inferred) absl::StrAppend(&text, "!");
  }
  for (const ParsedAmount& amount : *residue) absl::StrAppend(&text, ", residue ", Text(amount));
  return text;
}

TEST(BalancePostingsTest, FillsTheElidedAmount) {
  EXPECT_EQ(Balance({{"a", "5.00"}, {"b", nullptr}, {"c", "-2"}}), "a 5.00 $, b -3.00 $!, c -2 $");
  EXPECT_EQ(Balance({{"a", "5"}, {"b", "-5"}, {"c", nullptr}}), "a 5 $, b -5 $, c 0 $!");
}

TEST(BalancePostingsTest, FillsOneElidedAmountPerCommodity) {
  const std::vector<Line> lines = {
      {"a", "5", "EUR"}, {"b", nullptr}, {"c", "3", "$"}, {"d", "1", "A"}, {"e", "-1", "A"}};
  EXPECT_EQ(Balance(lines), "a 5 EUR, b -3 $!, b -5 EUR!, c 3 $, d 1 A, e -1 A");
  EXPECT_EQ(Balance(lines, true), "a 5 EUR, b -3 $!, c 3 $, d 1 A, e -1 A, b -5 EUR!");
}

TEST(BalancePostingsTest, FillsTheElidedAmountAtCost) {
  EXPECT_EQ(Balance({{"a", "10", "A", "1.35"}, {"b", nullptr}}), "a 10 A (13.50 $), b -13.50 $!");
  EXPECT_EQ(Balance({{"a", "-10", "A", "13.50", true}, {"b", nullptr}}),
            "a -10 A (-13.50 $), b 13.50 $!");
}

TEST(BalancePostingsTest, RefusesTwoElidedAmounts) {
  EXPECT_THAT(Balance({{"a", nullptr}, {"b", "1"}, {"c", nullptr}}),
              HasSubstr("TWO_ELIDED_AMOUNTS: a.journal:4: the posting to \"c\" has no amount, but "
                        "neither has the one at line 2"));
}

TEST(BalancePostingsTest, InfersThePriceOfTwoCommodities) {
  EXPECT_EQ(Balance({{"a", "-135", "$"}, {"b", "100", "EUR"}}), "a -135 $ (-100 EUR), b 100 EUR");
  EXPECT_EQ(Balance({{"b", "100", "EUR"}, {"a", "-135", "$"}}), "b 100 EUR (135 $), a -135 $");
}

TEST(BalancePostingsTest, SharesAnInferredPriceSoThatNothingIsLost) {
  EXPECT_EQ(Balance({{"a", "-1"}, {"a", "-1"}, {"a", "-1"}, {"b", "10.00", "EUR"}}),
            "a -1 $ (-3.33 EUR), a -1 $ (-3.34 EUR), a -1 $ (-3.33 EUR), b 10.00 EUR");
  EXPECT_EQ(Balance({{"a", "-10"}, {"b", "4", "EUR"}, {"a", "5"}, {"b", "5", "EUR"}}),
            "a -10 $ (-18 EUR), b 4 EUR, a 5 $ (9 EUR), b 5 EUR");
}

TEST(BalancePostingsTest, InfersNoPriceWhereItWouldBeAGuess) {
  EXPECT_THAT(Balance({{"a", "1"}, {"b", "1", "EUR"}}), HasSubstr("UNBALANCED"));
  EXPECT_THAT(Balance({{"a", "1"}, {"b", "-1", "EUR"}, {"c", "1", "A"}}), HasSubstr("UNBALANCED"));
  EXPECT_THAT(Balance({{"a", "1"}, {"b", "-1", "EUR"}, {"c", "1", "A", "1"}}),
              HasSubstr("UNBALANCED"));
}

TEST(BalancePostingsTest, LeavesUpToHalfOfTheLastDecimalAsResidue) {
  EXPECT_EQ(Balance({{"a", "1", "A", "1.005"}, {"b", "-1"}}),
            "a 1 A (1.005 $), b -1 $, residue 0.005 $");
  EXPECT_THAT(Balance({{"a", "1", "A", "1.0051"}, {"b", "-1"}}), HasSubstr("UNBALANCED"));
  EXPECT_THAT(Balance({{"a", "1.001", ""}, {"b", "-1", ""}}), HasSubstr("UNBALANCED"));
}

TEST(BalancePostingsTest, SaysWhatIsLeftAndOfWhat) {
  EXPECT_EQ(
      Balance({{"assets:dollars", "-135"}, {"assets:euros", "100", "A", "1.30"}}),
      "UNBALANCED: a.journal:1: the transaction of 2023-01-31 (lines 1-3) leaves -5.00 $; its "
      "postings must sum to zero: assets:dollars -135 $; assets:euros 100 A (130.00 $)");
  std::vector<Line> many(30, Line{"a", "1"});
  EXPECT_THAT(Balance(many), HasSubstr("a 1 $; and 18 more"));
}

TEST(BalancePostingsTest, WeighsALotAtItsOwnPrice) {
  EXPECT_EQ(Balance({{"a", "-10", "A", "60", false, "50"}, {"b", "600"}, {"c", nullptr}}),
            "a -10 A (-500 $), b 600 $, c -100 $!");
  EXPECT_EQ(Balance({{"a", "10", "A", nullptr, false, "50"}, {"b", "-500"}}),
            "a 10 A (500 $), b -500 $");
  EXPECT_THAT(Balance({{"a", "10", "A", nullptr, false, "50"}, {"b", "-600"}}),
              HasSubstr("leaves -100 $"));
}

TEST(BalancePostingsTest, DoesNotMixLots) {
  EXPECT_THAT(Balance({{"a", "1", "A", nullptr, false, "5"},
                       {"b", "-1", "A", nullptr, false, "6"},
                       {"c", "1"}}),
              HasSubstr("UNBALANCED"));
  // Two lots alone are an exchange of one for the other, as ledger has it.
  EXPECT_EQ(Balance({{"a", "1", "A", nullptr, false, "5"}, {"a", "-1", "A", nullptr, false, "6"}}),
            "a 1 A, a -1 A");
}

TEST(BalancePostingsTest, BalancesOneKindAtATime) {
  const PostingKind square = PostingKind::kBalancedVirtual;
  const std::vector<Line> lines = {{"a", "1"},
                                   {"b", nullptr},
                                   {"c", "7", "$", nullptr, false, nullptr, square},
                                   {"d", nullptr, "$", nullptr, false, nullptr, square}};
  EXPECT_EQ(Balance(lines), "a 1 $, b -1 $!, c 7 $ (0 ), d 0 ");
  EXPECT_EQ(Balance(lines, false, square), "a 1 $ (0 ), b 0 , c 7 $, d -7 $!");
}

TEST(BalancePostingsTest, RefusesToOverflow) {
  const std::string nines(38, '9');
  EXPECT_THAT(Balance({{"a", nines.c_str()}, {"b", nines.c_str()}}),
              HasSubstr("OVERFLOW: a.journal:3: "));
  EXPECT_THAT(Balance({{"a", nines.c_str(), "A", "1.1"}, {"b", "1"}}),
              HasSubstr("OVERFLOW: a.journal:2: "));
}

}  // namespace
}  // namespace lumbung::import
