#include "services/ledger/api/entry_lookup.h"

#include <cstdint>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/entry.h"
#include "ledger/core/status.h"
#include "ledger/store/journal_query.h"

namespace lumbung::ledger::api {

absl::StatusOr<EntryId> FindEntry(store::TransactionScope& scope, const BookSnapshot& book,
                                  const std::string& id) {
  std::int64_t sequence = 0;
  if (absl::SimpleAtoi(id, &sequence)) return EntryId{sequence};
  const std::optional<EntryNumber> number = ParseEntryNumber(id);
  const Series* series = number.has_value() ? book.FindSeries(number->series) : nullptr;
  if (series == nullptr) {
    return NotFound("ENTRY_NOT_FOUND", "name",
                    absl::StrCat("the book has no entry '", id,
                                 "'; a sequence such as 42 or a number such as JU-2026-000042 "
                                 "names one"));
  }
  return store::FindEntryByNumber(scope, book.book().key, series->id, number->fiscal_year,
                                  number->number);
}

}  // namespace lumbung::ledger::api
