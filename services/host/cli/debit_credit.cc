#include "services/host/cli/debit_credit.h"

#include "ledger/core/status.h"

namespace lumbung::cli {
namespace {

absl::Status AddTo(Decimal& sum, const Decimal& amount) {
  LUMBUNG_ASSIGN_OR_RETURN(sum, lumbung::Add(sum, amount));
  return absl::OkStatus();
}

}  // namespace

DebitCredit SplitBySign(absl::string_view amount) {
  if (amount.empty() || amount.front() != '-') return {std::string(amount), ""};
  return {"", std::string(amount.substr(1))};
}

absl::Status DebitCreditTotal::Add(absl::string_view amount) {
  const DebitCredit split = SplitBySign(amount);
  return AddTurnover(split.debit, split.credit);
}

absl::Status DebitCreditTotal::AddTurnover(absl::string_view debit, absl::string_view credit) {
  if (!debit.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, Decimal::Parse(debit));
    LUMBUNG_RETURN_IF_ERROR(AddTo(debit_, amount));
  }
  if (!credit.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, Decimal::Parse(credit));
    LUMBUNG_RETURN_IF_ERROR(AddTo(credit_, amount));
  }
  return absl::OkStatus();
}

}  // namespace lumbung::cli
