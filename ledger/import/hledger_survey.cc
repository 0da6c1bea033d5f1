#include "ledger/import/hledger_survey.h"

#include <cstddef>

#include "absl/memory/memory.h"
#include "ledger/core/status.h"

namespace lumbung::import {

HledgerSurvey::HledgerSurvey(const FileSource& files)
    : scanner_(files, sink_, [this](const DraftTransaction& draft) {
        Note(draft);
        return absl::OkStatus();
      }) {}

absl::StatusOr<std::unique_ptr<const HledgerSurvey>> HledgerSurvey::Make(
    const FileSource& files, absl::string_view main_file) {
  auto survey = absl::WrapUnique(new HledgerSurvey(files));
  LUMBUNG_RETURN_IF_ERROR(survey->scanner_.Scan(main_file));
  return survey;
}

void HledgerSurvey::Note(const DraftTransaction& draft) {
  const Date date = draft.parsed.date;
  if (last_date_.has_value() && date < *last_date_) in_date_order_ = false;
  last_date_ = date;
  for (const DraftPosting& posting : draft.postings) {
    if (posting.date.has_value()) in_date_order_ = false;
    if (!posting.IsAssignment()) continue;
    assigned_.insert(posting.parsed.account);
    if (posting.parsed.assertion->include_descendants) {
      assigned_with_descendants_.insert(posting.parsed.account);
    }
  }
}

bool HledgerSurvey::IsAssigned(absl::string_view account) const {
  if (assigned_.contains(account)) return true;
  if (assigned_with_descendants_.empty()) return false;
  for (std::size_t colon = account.rfind(':'); colon != absl::string_view::npos;
       colon = account.rfind(':')) {
    account = account.substr(0, colon);
    if (assigned_with_descendants_.contains(account)) return true;
  }
  return false;
}

}  // namespace lumbung::import
