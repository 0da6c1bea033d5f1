#include "ledger/import/balance_assignments.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/hledger_scanner.h"
#include "ledger/import/line_reader.h"
#include "ledger/import/null_sink.h"

namespace lumbung::import {
namespace {

using Balance = std::map<std::string, Decimal>;  // By commodity.

absl::Status AddTo(const ParsedAmount& amount, Balance* balance) {
  Decimal& sum = (*balance)[amount.commodity];
  LUMBUNG_ASSIGN_OR_RETURN(sum, Add(sum, amount.quantity));
  return absl::OkStatus();
}

absl::Status SubtractFrom(const Balance& subtrahend, Balance* balance) {
  for (const auto& [commodity, quantity] : subtrahend) {
    LUMBUNG_RETURN_IF_ERROR(AddTo({quantity.Negated(), commodity}, balance));
  }
  return absl::OkStatus();
}

// Replaces every assignment by postings with its amounts. The assertion stays on the last of them.
void Assign(const AssignedAmounts& amounts, DraftTransaction* draft) {
  std::vector<DraftPosting> postings;
  auto next = amounts.begin();
  for (DraftPosting& posting : draft->postings) {
    if (!posting.IsAssignment() || next == amounts.end()) {
      postings.push_back(std::move(posting));
      continue;
    }
    std::optional<ParsedAssertion> assertion = std::move(posting.parsed.assertion);
    posting.parsed.assertion.reset();
    posting.has_amount = true;
    for (const ParsedAmount& amount : *next) {
      postings.push_back(posting);
      postings.back().parsed.amount = amount;
    }
    postings.back().parsed.assertion = std::move(assertion);
    ++next;
  }
  draft->postings = std::move(postings);
}

class Computation {
 public:
  Computation(const HledgerSurvey& survey, const BalanceRules& rules,
              absl::flat_hash_map<std::int64_t, AssignedAmounts>* amounts)
      : survey_(survey), rules_(rules), amounts_(*amounts) {}

  // Takes the transactions in file order.
  absl::Status OnDraft(DraftTransaction& draft);
  // Does what had to wait for the last of them.
  absl::Status Finish();

 private:
  // A posting of a balanced transaction, or a transaction with assignments.
  struct Step {
    Date date;
    std::int64_t ordinal = 0;
    DraftTransaction draft;  // With one posting, or whole.
    bool is_posting = false;
  };

  absl::Status TakePostings(DraftTransaction& draft);
  absl::Status Take(Step step);
  absl::Status Apply(Step& step);
  absl::Status ApplyAssignments(std::int64_t ordinal, DraftTransaction& draft);
  absl::StatusOr<std::vector<ParsedAmount>> AssignBalance(const ParsedAssertion& assertion);
  absl::Status AddPosting(const DraftPosting& posting);
  absl::Status BalanceAll(DraftTransaction& draft);

  const HledgerSurvey& survey_;
  const BalanceRules& rules_;
  absl::flat_hash_map<std::int64_t, AssignedAmounts>& amounts_;
  std::int64_t ordinal_ = 0;
  std::map<std::string, Balance> balances_;  // Of accounts that are assigned to.
  std::vector<Step> waiting_;
};

absl::Status CheckAssignments(const DraftTransaction& draft) {
  for (const DraftPosting& posting : draft.postings) {
    if (posting.price.has_value()) {
      return RefusalAt(
          posting.parsed.place, "PARSE_ERROR",
          "a price in a transaction with a balance assignment is not supported, because "
          "versions of hledger disagree about it; write the assigned amount");
    }
    if (posting.IsAssignment() && posting.date.has_value()) {
      return RefusalAt(posting.parsed.place, "PARSE_ERROR",
                       "a balance assignment may not have a posting date; write its amount");
    }
  }
  return absl::OkStatus();
}

absl::Status Computation::OnDraft(DraftTransaction& draft) {
  const std::int64_t ordinal = ordinal_++;
  bool assigns = false;
  bool concerned = false;
  for (const DraftPosting& posting : draft.postings) {
    assigns = assigns || posting.IsAssignment();
    concerned = concerned || survey_.IsAssigned(posting.parsed.account);
  }
  if (!assigns) return concerned ? TakePostings(draft) : absl::OkStatus();
  LUMBUNG_RETURN_IF_ERROR(CheckAssignments(draft));
  const Date date = draft.parsed.date;
  return Take(Step{date, ordinal, std::move(draft), false});
}

absl::Status Computation::TakePostings(DraftTransaction& draft) {
  LUMBUNG_RETURN_IF_ERROR(BalanceAll(draft));
  for (DraftPosting& posting : draft.postings) {
    if (!posting.has_amount || !survey_.IsAssigned(posting.parsed.account)) continue;
    Step step;
    step.date = posting.date.value_or(draft.parsed.date);
    step.is_posting = true;
    step.draft.postings.push_back(std::move(posting));
    LUMBUNG_RETURN_IF_ERROR(Take(std::move(step)));
  }
  return absl::OkStatus();
}

absl::Status Computation::Take(Step step) {
  if (survey_.in_date_order()) return Apply(step);
  waiting_.push_back(std::move(step));
  return absl::OkStatus();
}

absl::Status Computation::Finish() {
  std::stable_sort(waiting_.begin(), waiting_.end(),
                   [](const Step& a, const Step& b) { return a.date < b.date; });
  for (Step& step : waiting_) LUMBUNG_RETURN_IF_ERROR(Apply(step));
  return absl::OkStatus();
}

absl::Status Computation::Apply(Step& step) {
  if (!step.is_posting) return ApplyAssignments(step.ordinal, step.draft);
  return AddPosting(step.draft.postings.front());
}

absl::Status Computation::AddPosting(const DraftPosting& posting) {
  if (!survey_.IsAssigned(posting.parsed.account)) return absl::OkStatus();
  return AddTo(posting.parsed.amount, &balances_[posting.parsed.account]);
}

absl::Status Computation::ApplyAssignments(std::int64_t ordinal, DraftTransaction& draft) {
  AssignedAmounts amounts;
  for (const DraftPosting& posting : draft.postings) {
    if (posting.has_amount) {
      LUMBUNG_RETURN_IF_ERROR(AddPosting(posting));
    } else if (posting.IsAssignment()) {
      LUMBUNG_ASSIGN_OR_RETURN(std::vector<ParsedAmount> assigned,
                               AssignBalance(*posting.parsed.assertion));
      amounts.push_back(std::move(assigned));
    }
  }
  Assign(amounts, &draft);
  amounts_.emplace(ordinal, std::move(amounts));
  LUMBUNG_RETURN_IF_ERROR(BalanceAll(draft));
  for (const DraftPosting& posting : draft.postings) {
    if (posting.parsed.amount_inferred) LUMBUNG_RETURN_IF_ERROR(AddPosting(posting));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ParsedAmount>> Computation::AssignBalance(
    const ParsedAssertion& assertion) {
  Balance& balance = balances_[assertion.account];
  Balance assigned;
  if (!assertion.sole_commodity) assigned = balance;
  assigned[assertion.expected.commodity] = assertion.expected.quantity;
  if (assertion.include_descendants) {
    const std::string prefix = assertion.account + ":";
    for (auto it = balances_.lower_bound(prefix);
         it != balances_.end() && absl::StartsWith(it->first, prefix); ++it) {
      LUMBUNG_RETURN_IF_ERROR(SubtractFrom(it->second, &assigned));
    }
  }
  Balance change = assigned;
  LUMBUNG_RETURN_IF_ERROR(SubtractFrom(balance, &change));
  balance = std::move(assigned);
  std::vector<ParsedAmount> amounts;
  for (const auto& [commodity, quantity] : change) {
    if (!quantity.IsZero()) amounts.push_back({quantity, commodity});
  }
  if (amounts.empty()) {
    amounts.push_back({change[assertion.expected.commodity], assertion.expected.commodity});
  }
  return amounts;
}

absl::Status Computation::BalanceAll(DraftTransaction& draft) {
  for (const PostingKind kind : {PostingKind::kReal, PostingKind::kBalancedVirtual}) {
    LUMBUNG_RETURN_IF_ERROR(BalancePostings(kind, rules_, &draft).status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<BalanceAssignments> BalanceAssignments::Compute(const FileSource& files,
                                                               absl::string_view main_file,
                                                               const HledgerSurvey& survey,
                                                               const BalanceRules& rules) {
  BalanceAssignments assignments;
  Computation computation(survey, rules, &assignments.amounts_);
  NullSink sink;
  HledgerScanner scanner(files, sink,
                         [&](DraftTransaction& draft) { return computation.OnDraft(draft); });
  LUMBUNG_RETURN_IF_ERROR(scanner.Scan(main_file));
  LUMBUNG_RETURN_IF_ERROR(computation.Finish());
  return assignments;
}

void BalanceAssignments::Fill(std::int64_t ordinal, DraftTransaction* draft) const {
  const auto found = amounts_.find(ordinal);
  if (found == amounts_.end()) return;
  for (DraftPosting& posting : draft->postings) {
    if (posting.IsAssignment()) posting.parsed.amount_inferred = true;
  }
  Assign(found->second, draft);
}

}  // namespace lumbung::import
