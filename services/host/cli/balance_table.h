// Balances by account as a tree with totals: what `balance`, `report trial-balance` and the summary
// of an import print.
#ifndef LUMBUNG_SERVICES_HOST_CLI_BALANCE_TABLE_H_
#define LUMBUNG_SERVICES_HOST_CLI_BALANCE_TABLE_H_

#include <string>
#include <vector>

#include <google/protobuf/repeated_field.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/invocation.h"

namespace lumbung::cli {

enum class BalanceLayout {
  kNet,       // The balance in one of two columns, debit or credit.
  kTurnover,  // Debits, credits, and the balance they leave.
};

struct BalanceTableOptions {
  BalanceLayout layout = BalanceLayout::kNet;
  bool by_fund = false;
  std::vector<std::string> by_dimensions;
  bool totals = true;
  // Indent accounts under the headers that lead to them.
  bool tree = true;
};

using BalanceRows = google::protobuf::RepeatedPtrField<v1::AccountBalance>;

// Writes table or CSV. Accounts stand in the order of the chart, under the headers that lead to
// them. When a row is in another currency than it is valued in, currency and value get columns of
// their own, and every currency its total. CSV has one fixed set of columns. Fails when an amount
// is no decimal.
absl::Status WriteBalances(Invocation& call, const Chart& chart, const BalanceRows& rows,
                           const BalanceTableOptions& options);

// Whether debits equal credits in every functional currency.
absl::StatusOr<bool> DebitsEqualCredits(const BalanceRows& rows);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_BALANCE_TABLE_H_
