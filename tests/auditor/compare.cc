#include "tests/auditor/compare.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include <google/protobuf/util/message_differencer.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/auditor/book.h"

namespace lumbung::auditor {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kMostLines = 20;

// Net amounts of an entry, told apart as far as a posting can.
using Nets = std::map<RowKey, std::pair<ExactNumber, ExactNumber>>;

Nets NetsOf(const v1::JournalEntry& entry) {
  const auto value_of = [](const v1::Money& money) {
    const auto amount = ReadAmount(money.amount());
    return amount.has_value() ? amount->value() : ExactNumber(0);
  };
  Nets nets;
  for (const v1::Posting& posting : entry.postings()) {
    const RowKey key{posting.account(), posting.fund(),
                     Dimensions(posting.dimensions().begin(), posting.dimensions().end()),
                     posting.amount().currency(), posting.functional_amount().currency()};
    nets[key].first += value_of(posting.amount());
    nets[key].second += value_of(posting.functional_amount());
  }
  for (auto net = nets.begin(); net != nets.end();) {
    const bool is_nil = net->second.first == 0 && net->second.second == 0;
    net = is_nil ? nets.erase(net) : std::next(net);
  }
  return nets;
}

}  // namespace

void FillIn(const v1::JournalEntry& actual, v1::JournalEntry* expected) {
  if (!expected->has_record_time() && actual.has_record_time()) {
    *expected->mutable_record_time() = actual.record_time();
  }
  if (expected->leaf_hash().empty() && actual.leaf_hash().size() == kHashBytes) {
    expected->set_leaf_hash(actual.leaf_hash());
  }
}

void FillIn(const v1::BatchCreateJournalEntriesResponse& actual,
            v1::BatchCreateJournalEntriesResponse* expected) {
  const int count = std::min(actual.journal_entries_size(), expected->journal_entries_size());
  for (int i = 0; i < count; ++i) {
    FillIn(actual.journal_entries(i), expected->mutable_journal_entries(i));
  }
}

void FillIn(const v1::StreamJournalEntriesResponse& actual,
            v1::StreamJournalEntriesResponse* expected) {
  const int count = std::min(actual.results_size(), expected->results_size());
  for (int i = 0; i < count; ++i) {
    auto* result = expected->mutable_results(i);
    if (result->reason().empty()) continue;
    // Of a refusal the model knows the reason only.
    result->set_code(actual.results(i).code());
    result->set_field(actual.results(i).field());
    result->set_message(actual.results(i).message());
  }
}

void FillIn(const v1::Period& actual, v1::Period* expected) {
  if (expected->state() == v1::PERIOD_STATE_OPEN) return;
  if (!expected->has_close_time() && actual.has_close_time()) {
    *expected->mutable_close_time() = actual.close_time();
  }
  if (expected->state() == v1::PERIOD_STATE_HARD_CLOSED && expected->trial_balance_hash().empty() &&
      actual.trial_balance_hash().size() == kHashBytes) {
    expected->set_trial_balance_hash(actual.trial_balance_hash());
  }
}

void FillIn(const v1::CloseFiscalYearResponse& actual, v1::CloseFiscalYearResponse* expected) {
  if (actual.has_reversal() && expected->has_reversal()) {
    FillIn(actual.reversal(), expected->mutable_reversal());
  }
  if (!actual.has_closing_entry() || !expected->has_closing_entry()) return;
  v1::JournalEntry* closing = expected->mutable_closing_entry();
  if (closing->has_record_time()) return;
  FillIn(actual.closing_entry(), closing);
  closing->set_description(actual.closing_entry().description());
  if (NetsOf(actual.closing_entry()) == NetsOf(*closing)) {
    *closing->mutable_postings() = actual.closing_entry().postings();
  }
}

void FillIn(const v1::BalanceAssertion& actual, v1::BalanceAssertion* expected) {
  if (!expected->name().empty()) return;
  expected->set_name(actual.name());
  *expected->mutable_record_time() = actual.record_time();
}

void FillIn(const v1::ExchangeRate& actual, v1::ExchangeRate* expected) {
  if (!expected->name().empty()) return;
  expected->set_name(actual.name());
  *expected->mutable_record_time() = actual.record_time();
}

void FillIn(const v1::Account& actual, v1::Account* expected) {
  v1::Account whole = actual;
  whole.set_account_id(expected->account_id());
  whole.set_closed(expected->closed());
  *expected = std::move(whole);
}

void FillIn(const v1::Fund& actual, v1::Fund* expected) {
  v1::Fund whole = actual;
  whole.set_fund_id(expected->fund_id());
  whole.set_closed(expected->closed());
  *expected = std::move(whole);
}

std::string Difference(const google::protobuf::Message& expected,
                       const google::protobuf::Message& actual) {
  google::protobuf::util::MessageDifferencer differencer;
  std::string report;
  differencer.ReportDifferencesToString(&report);
  if (differencer.Compare(expected, actual)) return "";
  // One missing row shifts all that follow: the beginning tells what is wrong.
  std::vector<std::string> lines = absl::StrSplit(report, '\n');
  if (lines.size() > kMostLines) lines.resize(kMostLines, "...");
  return absl::StrCat(absl::StrJoin(lines, "\n"), "\nexpected: ", expected.ShortDebugString(),
                      "\ngot: ", actual.ShortDebugString());
}

}  // namespace lumbung::auditor
