#include "services/host/cli/amount_syntax.h"

#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/host/cli/failure.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

constexpr NumberLocale kId = NumberLocale::kIndonesian;
constexpr NumberLocale kEn = NumberLocale::kEnglish;
constexpr NumberLocale kPlain = NumberLocale::kPlain;

// "account amount currency [fund] [dimensions] [memo] [value]", or the exit code of the refusal.
std::string Read(Side side, const std::string& text, NumberLocale locale) {
  PostingDefaults defaults;
  defaults.locale = locale;
  const absl::StatusOr<v1::Posting> posting = ParsePosting(side, text, defaults);
  if (!posting.ok()) return absl::StrCat("exit ", static_cast<int>(ExitCodeOf(posting.status())));
  std::string read = absl::StrCat(posting->account(), " ", posting->amount().amount());
  for (const std::string& part :
       {posting->amount().currency(), posting->fund(), ShowPairs(posting->dimensions()),
        posting->memo(), posting->functional_amount().amount(),
        posting->functional_amount().currency()}) {
    if (!part.empty()) absl::StrAppend(&read, " ", part);
  }
  return read;
}

TEST(PostingSyntax, ReadsAccountAmountAndCurrency) {
  const struct {
    NumberLocale locale;
    const char* text;
    const char* read;
  } cases[] = {
      {kId, "5.1.01=1.250.000", "5.1.01 1250000"},
      {kId, "5.1.01=1250000", "5.1.01 1250000"},
      {kId, "5.1.01=1.250.000,50", "5.1.01 1250000.50"},
      {kId, "5.1.01=Rp 1.250.000,-", "5.1.01 1250000 IDR"},
      {kId, "5.1.01=Rp1.250.000", "5.1.01 1250000 IDR"},
      {kId, "5.1.01=100,50 USD", "5.1.01 100.50 USD"},
      {kId, "5.1.01=USD 100,50", "5.1.01 100.50 USD"},
      {kEn, "5.1.01=1,250,000.50", "5.1.01 1250000.50"},
      {kPlain, "5.1.01=1250000.50", "5.1.01 1250000.50"},
      {kPlain, "Assets:Cash=5 VTSAX", "Assets:Cash 5 VTSAX"},
      {kPlain, "Odd=name=5", "Odd=name 5"},
      // Never guessed.
      {kId, "5.1.01=1,250,000", "exit 2"},
      {kId, "5.1.01=1250000.50", "exit 2"},
      {kEn, "5.1.01=1.250.000", "exit 2"},
      {kPlain, "5.1.01=1.250.000", "exit 2"},
      {kPlain, "5.1.01=$5", "exit 2"},
      // Not a posting.
      {kPlain, "5.1.01", "exit 2"},
      {kPlain, "=5", "exit 2"},
      {kPlain, "5.1.01=", "exit 2"},
      {kPlain, "5.1.01=-5", "exit 2"},
      {kPlain, "5.1.01=5;grant", "exit 2"},
      {kPlain, "5.1.01=5;=G1", "exit 2"},
  };
  for (const auto& c : cases) EXPECT_EQ(Read(Side::kDebit, c.text, c.locale), c.read) << c.text;
}

TEST(PostingSyntax, ReadsFundDimensionsMemoAndValue) {
  EXPECT_EQ(
      Read(Side::kDebit, "5.1=100 USD;fund=usaid;grant=G1;unit=U2;memo=Taxi;value=1.600.000", kId),
      "5.1 100 USD usaid grant=G1 unit=U2 Taxi 1600000");
}

TEST(PostingSyntax, CreditsAreNegativeInAmountAndValue) {
  EXPECT_EQ(Read(Side::kCredit, "1.1=100 USD;value=1600000 IDR", kPlain),
            "1.1 -100 USD -1600000 IDR");
}

TEST(PostingSyntax, DefaultsGiveWayToWhatThePostingSays) {
  PostingDefaults defaults;
  defaults.fund = "umum";
  defaults.dimensions = {{"grant", "G1"}, {"unit", "U1"}};
  const absl::StatusOr<v1::Posting> posting =
      ParsePosting(Side::kDebit, "5.1=5;fund=usaid;grant=G2", defaults);
  ASSERT_TRUE(posting.ok()) << posting.status();
  EXPECT_EQ(posting->fund(), "usaid");
  EXPECT_EQ(ShowPairs(posting->dimensions()), "grant=G2 unit=U1");
}

TEST(PostingSyntax, NamesTheFlagThatIsWrong) {
  const absl::Status status = ParsePosting(Side::kCredit, "1.1", PostingDefaults()).status();
  EXPECT_EQ(FieldOf(status), "--credit");
}

}  // namespace
}  // namespace lumbung::cli
