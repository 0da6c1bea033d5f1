// The canonical bytes and hash of a closed period's trial balance, against the goldens and against
// a second implementation.
#include "ledger/log/trial_balance.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "tests/goldens/vectors.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::goldens {
namespace {

using nlohmann::json;
using testing::Dec;
using testing::IsOk;

constexpr char kFile[] = "trial_balance.v1.json";

BalanceRow RowOf(const BookSnapshot& book, const json& input) {
  const auto text = [&input](const char* field) { return input[field].get<std::string>(); };
  BalanceRow row;
  row.account = book.FindAccount(text("account"))->id;
  row.dimensions.fund = book.FindFund(text("fund"))->id;
  // In the book's order, as every set of dimensions is.
  for (const Dimension& dimension : book.dimensions()) {
    const auto named = input["dimensions"].find(dimension.key);
    if (named == input["dimensions"].end()) continue;
    row.dimensions.members.emplace_back(dimension.id,
                                        book.FindValue(dimension, named->get<std::string>())->id);
  }
  row.currency = book.FindCurrency(text("currency"))->id;
  row.functional_currency = book.FindCurrency(text("functional_currency"))->id;
  row.debit = Dec(text("debit"));
  row.credit = Dec(text("credit"));
  row.functional_debit = Dec(text("functional_debit"));
  row.functional_credit = Dec(text("functional_credit"));
  return row;
}

TEST(CanonicalTrialBalanceTest, AgreesWithTheGoldensAndWithTheSecondImplementation) {
  const GoldenFile golden = ReadGoldenFile(kFile);
  const auto recomputed = RecomputeInPython(kFile);
  ASSERT_FALSE(golden.vectors.empty());
  EXPECT_EQ(recomputed.size(), golden.vectors.size()) << "every vector has a name of its own";
  for (const json& vector : golden.vectors) {
    SCOPED_TRACE(vector["name"]);
    const json& input = vector["trial_balance"];
    std::vector<BalanceRow> rows;
    for (const json& row : input["rows"]) rows.push_back(RowOf(*golden.book, row));
    const Date last_day = Date::Parse(input["last_day"].get<std::string>()).value();
    // Any day of the month names it.
    for (const Date day : {last_day, last_day.FirstOfMonth()}) {
      const auto bytes = log::TrialBalanceBytes(*golden.book, day, rows);
      const auto hash = log::TrialBalanceHash(*golden.book, day, rows);
      ASSERT_THAT(bytes, IsOk());
      ASSERT_THAT(hash, IsOk());
      ExpectGolden(vector, {absl::BytesToHexString(*bytes), absl::BytesToHexString(*hash)},
                   recomputed);
    }
  }
}

}  // namespace
}  // namespace lumbung::goldens
