#include "ledger/export/beancount_names.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::ledger_export {
namespace {

using ::lumbung::testing::Refuses;

struct Named {
  const char* id;
  AccountType type;
  const char* account;
};

constexpr Named kAccounts[] = {
    {"Assets:Cash", AccountType::kAsset, "Assets:Cash"},
    {"Equity:Opening-Balances", AccountType::kNetAsset, "Equity:Opening-Balances"},
    {"1.1.01.01", AccountType::kAsset, "Assets:1-1-01-01"},
    {"4.2.01.91", AccountType::kIncome, "Income:4-2-01-91"},
    {"Cash", AccountType::kAsset, "Assets:X-x00:Cash"},
    {"Assets", AccountType::kAsset, "Assets:X-x00:Assets"},
    {"Assets:Cash", AccountType::kLiability, "Liabilities:X-x00:Assets:Cash"},
    {"Assets:1.1", AccountType::kAsset, "Assets:X-x00:Assets:1-1"},
    {"expenses:food", AccountType::kExpense, "Expenses:X-x00:Xexpenses:Xfood"},
    {"Assets:Petty cash", AccountType::kAsset, "Assets:Petty-x20cash"},
    {"Assets:1-2", AccountType::kAsset, "Assets:1-x2D2"},
    {"Assets:X", AccountType::kAsset, "Assets:XX"},
    {"Assets:XIU", AccountType::kAsset, "Assets:XIU"},
    {"Assets:Xerox", AccountType::kAsset, "Assets:XXerox"},
    {"Assets:A-x41", AccountType::kAsset, "Assets:A-x2Dx41"},
    {"Assets::Cash", AccountType::kAsset, "Assets:X:Cash"},
    {"Assets:Ü", AccountType::kAsset, "Assets:X-xC3-x9C"},
};

TEST(BeancountNamesTest, AccountsStandBelowTheRootOfTheirType) {
  for (const Named& named : kAccounts) {
    EXPECT_EQ(BeancountAccount(named.id, named.type), named.account);
    EXPECT_EQ(IdOfBeancountAccount(named.account), named.id);
  }
}

bool IsLegalAccount(const std::string& account) {
  const std::vector<std::string> parts = absl::StrSplit(account, ':');
  return parts.size() > 1 && std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
           return !part.empty() &&
                  (absl::ascii_isupper(static_cast<unsigned char>(part[0])) ||
                   absl::ascii_isdigit(static_cast<unsigned char>(part[0]))) &&
                  std::all_of(part.begin(), part.end(), [](char c) {
                    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-';
                  });
         });
}

// Short texts of the characters that the encoding gives a meaning: collisions would show here.
TEST(BeancountNamesTest, DifferentAccountsAreNeverWrittenAlike) {
  const std::vector<std::string> kPieces = {"X", "x",   "-", "-x",     "2D",     "00", "1",
                                            ".", "1.1", ":", "A",      "a",      "%",  "\"",
                                            " ", "é",   "",  "Assets", "Assets:"};
  std::mt19937 random(7);  // NOLINT: the same names in every run.
  std::map<std::string, std::string> ids;
  for (int i = 0; i < 200'000; ++i) {
    std::string id;
    for (int n = std::uniform_int_distribution<int>(1, 5)(random); n > 0; --n) {
      id += kPieces[std::uniform_int_distribution<std::size_t>(0, kPieces.size() - 1)(random)];
    }
    const std::string account = BeancountAccount(id, AccountType::kAsset);
    ASSERT_TRUE(IsLegalAccount(account)) << id << " -> " << account;
    ASSERT_EQ(IdOfBeancountAccount(account), id) << account;
    ASSERT_EQ(ids.emplace(account, id).first->second, id) << account;
  }
}

TEST(BeancountNamesTest, CommoditiesStayOrAreSpelledOut) {
  for (const char* code : {"USD", "BRK.B", "X1", "AAPL'22"})
    EXPECT_EQ(*BeancountCommodity(code), code);
  EXPECT_EQ(*BeancountCommodity("$"), "X.'24");
  EXPECT_EQ(*BeancountCommodity("kg"), "X._K_G");
  EXPECT_EQ(*BeancountCommodity("TRUE"), "X.TRUE");
  EXPECT_EQ(*BeancountCommodity("X.A"), "X.X'2EA");
  for (const char* code : {"$", "kg", "TRUE", "X.A", "€", "(none)", "A", "a'B_c-"}) {
    EXPECT_EQ(CodeOfBeancountCommodity(*BeancountCommodity(code)), code);
  }
  EXPECT_THAT(BeancountCommodity("village credit unit"), Refuses("NOT_REPRESENTABLE"));
}

TEST(BeancountNamesTest, KeysStayOrAreSpelledOut) {
  for (const char* key : {"grant", "budget-line", "invoice_no"}) EXPECT_EQ(BeancountKey(key), key);
  for (const char* key :
       {"Grant", "k", "cost centre", "entry-number", "x-a", "fund", "lineno", ""}) {
    EXPECT_TRUE(absl::StartsWith(BeancountKey(key), "x-")) << key;
    EXPECT_EQ(KeyOfBeancountKey(BeancountKey(key)), key);
  }
}

TEST(BeancountNamesTest, StringsEscapeWhatWouldEndThem) {
  EXPECT_EQ(BeancountString("a \"b\" \\ c\nd"), "\"a \\\"b\\\" \\\\ c\\nd\"");
}

}  // namespace
}  // namespace lumbung::ledger_export
