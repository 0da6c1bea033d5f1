// A journal entry for the eye: its heading, and its postings as a table.
#ifndef LUMBUNG_SERVICES_HOST_CLI_ENTRY_VIEW_H_
#define LUMBUNG_SERVICES_HOST_CLI_ENTRY_VIEW_H_

#include <optional>

#include "absl/status/status.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/invocation.h"

namespace lumbung::cli {

// What the entry is worth: the sum of its debits in the currency at which it balances. Nothing when
// its postings balance in more than one.
std::optional<v1::Money> WorthOf(const v1::JournalEntry& entry);

// In table format: heading and postings. In CSV: one row per posting. As JSON: the message.
absl::Status WriteEntry(Invocation& call, const v1::JournalEntry& entry);

// The postings as a table, with the columns that some of them need.
void WritePostings(Invocation& call, const Chart& chart, const v1::JournalEntry& entry);

// The CSV form: one row per posting, wherever entries are written.
std::vector<Column> EntryCsvColumns();
std::vector<Cell> EntryCsvCells(const Invocation& call, const v1::JournalEntry& entry,
                                const v1::Posting& posting);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_ENTRY_VIEW_H_
