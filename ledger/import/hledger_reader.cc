// Reading an hledger journal: one pass, in which every transaction is balanced as soon as it was
// read. Further passes over the same files are made only when a transaction needs what follows it,
// see hledger_survey.h and balance_assignments.h.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "ledger/core/status.h"
#include "ledger/import/balance_assignments.h"
#include "ledger/import/hledger_scanner.h"
#include "ledger/import/hledger_survey.h"
#include "ledger/import/readers.h"
#include "ledger/import/transaction_balancer.h"

namespace lumbung::import {
namespace {

class HledgerReader {
 public:
  HledgerReader(const FileSource& files, absl::string_view main_file, JournalSink& sink)
      : files_(files), main_file_(main_file), sink_(sink) {
    rules_.decimals_shown = [this](absl::string_view commodity) {
      return DecimalsShown(commodity);
    };
  }

  absl::Status Read() {
    HledgerScanner scanner(files_, sink_,
                           [this](DraftTransaction& draft) { return OnDraft(draft); });
    return scanner.Scan(main_file_);
  }

 private:
  absl::Status OnDraft(DraftTransaction& draft) {
    const std::int64_t ordinal = ordinal_++;
    if (std::any_of(draft.postings.begin(), draft.postings.end(),
                    [](const DraftPosting& posting) { return posting.IsAssignment(); })) {
      LUMBUNG_RETURN_IF_ERROR(ComputeAssignments());
      assignments_->Fill(ordinal, &draft);
    }
    LUMBUNG_ASSIGN_OR_RETURN(draft.parsed.residue,
                             BalancePostings(PostingKind::kReal, rules_, &draft));
    return SendTransaction(draft, sink_);
  }

  absl::Status Survey() {
    if (survey_ != nullptr) return absl::OkStatus();
    LUMBUNG_ASSIGN_OR_RETURN(survey_, HledgerSurvey::Make(files_, main_file_));
    return absl::OkStatus();
  }

  absl::StatusOr<std::optional<int>> DecimalsShown(absl::string_view commodity) {
    LUMBUNG_RETURN_IF_ERROR(Survey());
    return survey_->DecimalsShown(commodity);
  }

  absl::Status ComputeAssignments() {
    if (assignments_.has_value()) return absl::OkStatus();
    LUMBUNG_RETURN_IF_ERROR(Survey());
    LUMBUNG_ASSIGN_OR_RETURN(assignments_,
                             BalanceAssignments::Compute(files_, main_file_, *survey_, rules_));
    return absl::OkStatus();
  }

  const FileSource& files_;
  const std::string main_file_;
  JournalSink& sink_;
  BalanceRules rules_;
  std::int64_t ordinal_ = 0;
  std::unique_ptr<const HledgerSurvey> survey_;
  std::optional<BalanceAssignments> assignments_;
};

}  // namespace

absl::Status ReadHledger(const FileSource& files, absl::string_view main_file, JournalSink& sink) {
  return HledgerReader(files, main_file, sink).Read();
}

}  // namespace lumbung::import
