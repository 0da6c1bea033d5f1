// One account's postings with opening balance, running balance and closing balance: what `register`
// prints, and `report general-ledger` for every account.
#ifndef LUMBUNG_SERVICES_HOST_CLI_ACCOUNT_LEDGER_H_
#define LUMBUNG_SERVICES_HOST_CLI_ACCOUNT_LEDGER_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/invocation.h"

namespace lumbung::cli {

// What is known of the account's currencies before its postings are read.
struct LedgerShape {
  // Postings of descendants are in it too: each names its account.
  bool with_account = false;
  // More than one currency, or one that is valued in another.
  bool with_currency = false;
  // The currency of value, when postings are in another one; else empty.
  std::string functional_currency;
};
LedgerShape ShapeOf(const std::vector<v1::AccountBalance>& balances);

// Calls `visit` with every message of the stream.
absl::Status StreamPostings(
    Invocation& call, const v1::QueryPostingsRequest& request,
    const std::function<absl::Status(const v1::QueryPostingsResponse&)>& visit);

// Writes one account's ledger as a table.
absl::Status WriteLedgerTable(Invocation& call, const Chart& chart,
                              const v1::QueryPostingsRequest& request, const LedgerShape& shape);

// The CSV form, a row per posting; several accounts may follow each other in one table.
std::vector<Column> LedgerCsvColumns();
std::vector<Cell> LedgerCsvCells(const v1::QueryPostingsResponse::Line& line);
absl::Status WriteLedgerCsvRows(Invocation& call, const v1::QueryPostingsRequest& request,
                                TableWriter& table);

// The JSON form: {"account": ..., "opening": [...], "lines": [...]}, written as it comes.
absl::Status WriteLedgerJson(Invocation& call, const v1::QueryPostingsRequest& request);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_ACCOUNT_LEDGER_H_
