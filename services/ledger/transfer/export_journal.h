// Exporting a book: its journal as text for another program, in order of date, as it stood at one
// moment. Memory does not grow with the number of entries.
#ifndef LUMBUNG_SERVICES_LEDGER_TRANSFER_EXPORT_JOURNAL_H_
#define LUMBUNG_SERVICES_LEDGER_TRANSFER_EXPORT_JOURNAL_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"
#include "ledger/core/ids.h"
#include "ledger/export/export_writer.h"
#include "ledger/import/readers.h"
#include "ledger/store/connection_pool.h"

namespace lumbung::transfer {

struct ExportOptions {
  import::JournalFormat format = import::JournalFormat::kHledger;
  // Both included; open when absent.
  std::optional<Date> from;
  std::optional<Date> to;
  absl::Time deadline = absl::InfiniteFuture();
};

// The number of entries written. Postable accounts are declared, headers are not: the formats make
// them from names. The book's default fund goes without saying, but for CSV. UNKNOWN_FORMAT for a
// format that nothing is written in (ledger reads hledger's), BOOK_NOT_FOUND, NOT_REPRESENTABLE, or
// what `sink` returned.
absl::StatusOr<std::int64_t> ExportJournal(store::ConnectionPool& pool, BookKey book,
                                           const ExportOptions& options,
                                           const ledger_export::ChunkSink& sink);

}  // namespace lumbung::transfer

#endif  // LUMBUNG_SERVICES_LEDGER_TRANSFER_EXPORT_JOURNAL_H_
