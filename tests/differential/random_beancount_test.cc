// Random journals, read by us and by beancount itself: both refuse them, or both see the same
// postings.
#include "tests/differential/random_beancount.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ledger/core/decimal.h"
#include "ledger/core/status.h"
#include "ledger/import/readers.h"
#include "tests/differential/peer_program.h"
#include "tests/ledger/import/journal_testing.h"

namespace lumbung::import {
namespace {

constexpr int kJournals = 400;

// Keeps postings as text, and checks balances as beancount does.
class ComparingSink final : public JournalSink {
 public:
  absl::Status OnTransaction(ParsedTransaction&& transaction) override {
    for (const ParsedPosting& posting : transaction.postings) {
      Decimal& balance = balances_[posting.account][posting.amount.commodity];
      balance = *Add(balance, posting.amount.quantity);
      lines_.push_back(absl::StrCat(transaction.date.ToString(), " ", posting.account, " ",
                                    Text(posting.amount), " weighs ", Text(posting.weight)));
    }
    return absl::OkStatus();
  }
  absl::Status OnAssertion(const ParsedAssertion& assertion) override {
    Decimal held;
    for (const auto& [account, amounts] : balances_) {
      const auto amount = amounts.find(assertion.expected.commodity);
      const bool below =
          account == assertion.account || absl::StartsWith(account, assertion.account + ":");
      if (below && amount != amounts.end()) held = *Add(held, amount->second);
    }
    if (Subtract(held, assertion.expected.quantity)->Abs() <= assertion.tolerance) {
      return absl::OkStatus();
    }
    return FailedPrecondition("ASSERTION_FAILED", "", assertion.place.ToString());
  }
  absl::Status OnAccount(const ParsedAccount&) override { return absl::OkStatus(); }
  absl::Status OnCommodity(const ParsedCommodity&) override { return absl::OkStatus(); }
  absl::Status OnPrice(const ParsedPrice&) override { return absl::OkStatus(); }
  absl::Status OnUnsupported(const Place&, absl::string_view) override { return absl::OkStatus(); }

  std::string Lines() {
    std::sort(lines_.begin(), lines_.end());
    return absl::StrJoin(lines_, "\n");
  }

 private:
  static std::string Text(const ParsedAmount& amount) {
    const Decimal rounded = *amount.quantity.Round(12, Rounding::kHalfEven);
    return absl::StrCat(rounded.Trimmed().ToString(), " ", amount.commodity);
  }

  std::map<std::string, std::map<std::string, Decimal>> balances_;
  std::vector<std::string> lines_;
};

std::uint64_t Seed() {
  std::uint64_t seed = 0;
  const char* const given = std::getenv("LUMBUNG_TEST_SEED");
  if (given != nullptr && absl::SimpleAtoi(given, &seed)) return seed;
  return std::random_device()();
}

// What beancount prints of each file, by name.
std::map<std::string, std::string> AskBeancount(const std::vector<std::string>& names) {
  const std::string command = absl::StrCat(LUMBUNG_BEANCOUNT_PYTHON, " ", LUMBUNG_DUMP_BEANCOUNT,
                                           " ", absl::StrJoin(names, " "));
  const std::string output = OutputOfPeer(command);
  std::map<std::string, std::string> answers;
  std::string* answer = nullptr;
  for (const absl::string_view line : absl::StrSplit(output, '\n')) {
    if (std::find(names.begin(), names.end(), line) != names.end()) {
      answer = &answers[std::string(line)];
    } else if (answer != nullptr && !line.empty()) {
      absl::StrAppend(answer, answer->empty() ? "" : "\n", line);
    }
  }
  return answers;
}

using RandomBeancountTest = PeerTest;

TEST_F(RandomBeancountTest, JournalsReadAsBeancountReadsThem) {
  const std::uint64_t seed = Seed();
  std::cout << "LUMBUNG_TEST_SEED=" << seed << std::endl;
  std::vector<std::string> names;
  for (int i = 0; i < kJournals; ++i) {
    names.push_back(Save(absl::StrCat(i, ".beancount"),
                                 RandomBeancountJournal(seed + static_cast<std::uint64_t>(i))));
  }
  const std::map<std::string, std::string> theirs = AskBeancount(names);
  ASSERT_EQ(theirs.size(), names.size());

  std::map<std::string, int> outcomes;  // By reason; "" for the journals that are accepted.
  for (int i = 0; i < kJournals; ++i) {
    ComparingSink sink;
    const absl::Status status =
        ReadBeancount(FolderFiles(folder()), absl::StrCat(i, ".beancount"), sink);
    const std::string& expected = theirs.at(names[static_cast<std::size_t>(i)]);
    ++outcomes[ReasonOf(status)];
    // Exactness is where we are stricter than beancount; and it has crashes of its own.
    if (ReasonOf(status) == "UNSUPPORTED" || absl::StartsWith(expected, "crashed")) continue;
    const bool refused = absl::StartsWith(expected, "refused");
    const bool agree = status.ok() ? sink.Lines() == expected : refused;
    EXPECT_TRUE(agree) << "seed " << seed + static_cast<std::uint64_t>(i) << "\n"
                       << RandomBeancountJournal(seed + static_cast<std::uint64_t>(i))
                       << "\n--- beancount:\n"
                       << expected << "\n--- ours: " << status << "\n"
                       << (status.ok() ? sink.Lines() : "");
    if (!agree) break;
  }
  // The journals must not all be refused for one reason: then nothing would be compared.
  for (const auto& [reason, count] : outcomes) {
    std::cout << (reason.empty() ? "accepted" : reason) << ": " << count << "\n";
  }
  EXPECT_GT(outcomes[""], kJournals / 8);
  EXPECT_GT(outcomes.size(), 5u);
}

}  // namespace
}  // namespace lumbung::import
