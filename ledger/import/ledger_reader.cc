// Reading a ledger journal: one pass. ledger takes everything in file order, so that a balance
// assignment depends on nothing below it; the balances of all accounts are kept for it.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/ledger_scanner.h"
#include "ledger/import/readers.h"
#include "ledger/import/transaction_balancer.h"

namespace lumbung::import {
namespace {

class LedgerReader {
 public:
  LedgerReader(const FileSource& files, JournalSink& sink)
      : sink_(sink),
        scanner_(files, sink, [this](DraftTransaction& draft) { return OnDraft(draft); }) {
    rules_.elided_postings_last = true;
    rules_.decimals_shown = [this](absl::string_view commodity) {
      return scanner_.DecimalsShown(commodity);
    };
  }

  absl::Status Read(absl::string_view main_file) { return scanner_.Scan(main_file); }

 private:
  using Balance = std::vector<ParsedAmount>;

  absl::Status OnDraft(DraftTransaction& draft);
  absl::Status AssignBalances(DraftTransaction& draft);
  absl::StatusOr<Balance> BalanceBefore(const DraftTransaction& draft, std::size_t index);
  absl::Status AddToBalances(const DraftTransaction& draft);

  JournalSink& sink_;
  LedgerScanner scanner_;
  BalanceRules rules_;
  absl::flat_hash_map<std::string, Balance> balances_;
};

absl::Status AddTo(const ParsedAmount& amount, std::vector<ParsedAmount>* balance) {
  for (ParsedAmount& sum : *balance) {
    if (sum.commodity != amount.commodity) continue;
    LUMBUNG_ASSIGN_OR_RETURN(sum.quantity, Add(sum.quantity, amount.quantity));
    return absl::OkStatus();
  }
  balance->push_back(amount);
  return absl::OkStatus();
}

// What must be added to `balance` to make the assertion true. "= 0" clears the one commodity that
// the account holds, whichever it is.
absl::StatusOr<ParsedAmount> AmountToReach(const ParsedAssertion& assertion,
                                           const std::vector<ParsedAmount>& balance) {
  const ParsedAmount& expected = assertion.expected;
  ParsedAmount amount = expected;
  int commodities = 0;
  for (const ParsedAmount& sum : balance) {
    if (sum.quantity.IsZero()) continue;
    if (!assertion.sole_commodity && sum.commodity != expected.commodity) continue;
    ++commodities;
    LUMBUNG_ASSIGN_OR_RETURN(amount.quantity, Subtract(expected.quantity, sum.quantity));
    amount.commodity = sum.commodity;
  }
  if (commodities <= 1 && (amount.commodity == expected.commodity || expected.quantity.IsZero())) {
    return amount;
  }
  return RefusalAt(
      assertion.place, "PARSE_ERROR",
      "the account holds other commodities; assign the balance of each with its symbol");
}

absl::Status LedgerReader::OnDraft(DraftTransaction& draft) {
  const auto says_something = [](const DraftPosting& posting) { return !posting.IsElided(); };
  if (!draft.postings.empty() &&
      std::none_of(draft.postings.begin(), draft.postings.end(), says_something)) {
    return sink_.OnUnsupported(draft.parsed.place, "transaction without amounts");
  }
  LUMBUNG_RETURN_IF_ERROR(AssignBalances(draft));
  if (draft.postings.size() == 1 && draft.postings[0].kind == PostingKind::kReal &&
      !scanner_.bucket().empty()) {
    DraftPosting bucket;
    bucket.parsed.place = draft.postings[0].parsed.place;
    bucket.parsed.status = draft.postings[0].parsed.status;
    bucket.parsed.account = scanner_.bucket();
    draft.postings.push_back(std::move(bucket));
  }
  LUMBUNG_ASSIGN_OR_RETURN(draft.parsed.residue,
                           BalancePostings(PostingKind::kReal, rules_, &draft));
  LUMBUNG_RETURN_IF_ERROR(AddToBalances(draft));
  return SendTransaction(draft, sink_);
}

// Gives the postings that only say what the balance shall be their amounts.
absl::Status LedgerReader::AssignBalances(DraftTransaction& draft) {
  for (std::size_t i = 0; i < draft.postings.size(); ++i) {
    DraftPosting& posting = draft.postings[i];
    if (!posting.IsAssignment() || posting.kind != PostingKind::kReal) continue;
    if (scanner_.has_automated_postings()) {
      return RefusalAt(posting.parsed.place, "PARSE_ERROR",
                       "a balance assignment cannot be computed, because automated postings are "
                       "left out; write the posting's amount");
    }
    LUMBUNG_ASSIGN_OR_RETURN(const Balance before, BalanceBefore(draft, i));
    LUMBUNG_ASSIGN_OR_RETURN(posting.parsed.amount,
                             AmountToReach(*posting.parsed.assertion, before));
    posting.has_amount = true;
    posting.parsed.amount_inferred = true;
  }
  return absl::OkStatus();
}

// The balance of the account of the `index`-th posting, just before it. Elided amounts of the same
// transaction are not part of it.
absl::StatusOr<LedgerReader::Balance> LedgerReader::BalanceBefore(const DraftTransaction& draft,
                                                                  std::size_t index) {
  const std::string& account = draft.postings[index].parsed.account;
  const auto found = balances_.find(account);
  Balance balance = found == balances_.end() ? Balance() : found->second;
  for (std::size_t i = 0; i < index; ++i) {
    const DraftPosting& other = draft.postings[i];
    if (other.kind != PostingKind::kReal || !other.has_amount) continue;
    if (other.parsed.account != account) continue;
    LUMBUNG_RETURN_IF_ERROR(AddTo(other.parsed.amount, &balance));
  }
  return balance;
}

absl::Status LedgerReader::AddToBalances(const DraftTransaction& draft) {
  for (const DraftPosting& posting : draft.postings) {
    if (posting.kind != PostingKind::kReal) continue;
    LUMBUNG_RETURN_IF_ERROR(AddTo(posting.parsed.amount, &balances_[posting.parsed.account]));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadLedger(const FileSource& files, absl::string_view main_file, JournalSink& sink) {
  return LedgerReader(files, sink).Read(main_file);
}

}  // namespace lumbung::import
