// What holds for every statement of every chart, on random books.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "reports/definitions/definitions.h"
#include "reports/model/statement.h"
#include "tests/reports/model/small_books.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::reports {
namespace {

using testing::FiguresOf;
using ::testing::IsEmpty;
using testing::Refuses;
using testing::SmallBook;
using testing::SmallEntry;
using testing::TwoYears;

Statement Evaluate(const StatementDefinition& definition, const Figures& figures) {
  const auto statement = EvaluateStatement(definition, figures);
  EXPECT_TRUE(statement.ok()) << statement.status();
  return *statement;
}

Decimal AmountOf(const Statement& statement, const std::string& row, std::size_t column) {
  for (const StatementRow& candidate : statement.rows) {
    if (candidate.id == row && !row.empty()) return candidate.amounts.at(column);
  }
  // What is nil may not be printed.
  return Decimal();
}

std::vector<const StatementDefinition*> DefinitionsOf(const std::string& chart) {
  std::vector<const StatementDefinition*> found;
  for (const StatementDefinition& definition : Definitions()) {
    if (definition.charts.front() == chart) found.push_back(&definition);
  }
  return found;
}

class RandomBooks : public ::testing::TestWithParam<const char*> {
 protected:
  RandomBooks() {
    std::uint64_t seed = std::random_device()();
    const char* const fixed = std::getenv("LUMBUNG_SEED");
    if (fixed != nullptr && !absl::SimpleAtoi(fixed, &seed)) ADD_FAILURE() << "LUMBUNG_SEED";
    random_.seed(seed);
    trace_ = std::make_unique<::testing::ScopedTrace>(__FILE__, __LINE__,
                                                      absl::StrCat("LUMBUNG_SEED=", seed));
  }

  int Below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }

  std::shared_ptr<const BookSnapshot> Book(const std::string& slug = "utama") {
    return SmallBook(slug, "IDR", GetParam());
  }
  static std::string Cash() {
    return std::string(GetParam()) == "isak35-ngo" ? "1.1.11" : "1.1.01.01";
  }

  // Entries that balance in each fund, over accounts of every kind, in three years.
  std::vector<SmallEntry> Entries(const BookSnapshot& book) {
    std::vector<std::string> accounts;
    for (const Account& account : book.accounts()) {
      if (account.postable) accounts.push_back(account.key);
    }
    std::vector<SmallEntry> entries(60);
    for (SmallEntry& entry : entries) {
      entry.date = Date::FromDays(Date::Parse("2024-07-01")->days() + Below(900)).ToString();
      const std::string fund = book.funds()[static_cast<std::size_t>(Below(3))].key;
      std::int64_t left = 0;
      for (int i = 0, count = 1 + Below(3); i < count; ++i) {
        const std::int64_t amount = Below(2'000'001) - 1'000'000;
        entry.postings.push_back({accounts[random_() % accounts.size()], fund, amount});
        left -= amount;
      }
      // Often cash, so that there are flows.
      entry.postings.push_back(
          {Below(2) == 0 ? Cash() : accounts[random_() % accounts.size()], fund, left});
    }
    return entries;
  }

  std::mt19937_64 random_;
  std::unique_ptr<::testing::ScopedTrace> trace_;
};

// Of the statements alone: the inter-fund account and releases are one-sided in random books.
bool MustBeSound(const EvaluatedCheck& check) {
  return check.label.en != "Releases in = releases out";
}

TEST_P(RandomBooks, EveryTieHoldsAndEveryAccountIsInOneLine) {
  for (int round = 0; round < 20; ++round) {
    const Figures figures = TwoYears(Entries(*Book()), Book());
    for (const StatementDefinition* definition : DefinitionsOf(GetParam())) {
      const Statement statement = Evaluate(*definition, figures);
      EXPECT_THAT(statement.misplaced, IsEmpty()) << definition->id;
      for (const EvaluatedCheck& check : statement.checks) {
        if (!MustBeSound(check)) continue;
        EXPECT_EQ(check.left, check.right) << definition->id << ": " << check.label.en;
      }
    }
  }
}

TEST_P(RandomBooks, OpenedFiguresAddUp) {
  const Figures figures = TwoYears(Entries(*Book()), Book());
  for (const StatementDefinition* definition : DefinitionsOf(GetParam())) {
    const Statement statement = Evaluate(*definition, figures);
    for (const StatementRow& row : statement.rows) {
      for (std::size_t i = 0; i < row.amounts.size(); ++i) {
        const auto contributions = OpenFigure(*definition, figures, row.id, statement.columns[i]);
        ASSERT_TRUE(contributions.ok()) << contributions.status();
        Decimal sum;
        for (const Contribution& part : *contributions) sum = *Add(sum, part.amount);
        EXPECT_EQ(sum, row.amounts[i]) << definition->id << " " << row.id;
      }
    }
  }
  EXPECT_THAT(OpenFigure(*DefinitionsOf(GetParam())[0], figures, "kas", {}),
              Refuses("ROW_NOT_FOUND"));
}

TEST_P(RandomBooks, TotalsAreTheSumsOfTheirTerms) {
  const Figures figures = TwoYears(Entries(*Book()), Book());
  for (const StatementDefinition* definition : DefinitionsOf(GetParam())) {
    const Statement statement = Evaluate(*definition, figures);
    for (const StatementRow& row : statement.rows) {
      for (std::size_t i = 0; i < row.amounts.size() && !row.terms.empty(); ++i) {
        Decimal sum;
        for (const FormulaTerm& term : row.terms) {
          const Decimal& amount = statement.rows[static_cast<std::size_t>(term.row)].amounts[i];
          sum = *Add(sum, term.sign < 0 ? amount.Negated() : amount);
        }
        EXPECT_EQ(sum, row.amounts[i]) << definition->id << " " << row.id;
      }
    }
  }
}

TEST_P(RandomBooks, ConsolidatedIsTheSumOfTheBooks) {
  Figures both;
  both.books = {Book("pusat"), Book("cabang")};
  Figures each[2];
  both.periods.resize(1);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto entries = Entries(*both.books[i]);
    PeriodFigures alone = FiguresOf(*both.books[i], 0, entries, "2026-01-01", "2026-12-31");
    const PeriodFigures with = FiguresOf(*both.books[i], i, entries, "2026-01-01", "2026-12-31");
    each[i].books = {both.books[i]};
    each[i].periods = {std::move(alone)};
    both.periods[0].from = with.from;
    both.periods[0].to = with.to;
    both.periods[0].figures.insert(both.periods[0].figures.end(), with.figures.begin(),
                                   with.figures.end());
  }
  for (const StatementDefinition* definition : DefinitionsOf(GetParam())) {
    const Statement whole = Evaluate(*definition, both);
    const Statement first = Evaluate(*definition, each[0]);
    const Statement second = Evaluate(*definition, each[1]);
    for (const StatementRow& row : whole.rows) {
      for (std::size_t i = 0; i < row.amounts.size(); ++i) {
        const Decimal sum = *Add(AmountOf(first, row.id, i), AmountOf(second, row.id, i));
        EXPECT_EQ(sum, row.amounts[i]) << definition->id << " " << row.id;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Charts, RandomBooks,
                         ::testing::Values("isak35-ngo", "bumdes-136", "bumdesma-lkd"));

}  // namespace
}  // namespace lumbung::reports
