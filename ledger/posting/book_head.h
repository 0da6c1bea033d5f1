// BookHead: where a book stands. Whoever holds the current head knows which ids and numbers the
// next entry gets; the database accepts a post only from one who does.
#ifndef LUMBUNG_LEDGER_POSTING_BOOK_HEAD_H_
#define LUMBUNG_LEDGER_POSTING_BOOK_HEAD_H_

#include <cstdint>
#include <map>
#include <utility>

#include "absl/time/time.h"
#include "ledger/core/ids.h"

namespace lumbung::posting {

struct BookHead {
  std::int64_t metadata_version = 0;
  std::int64_t last_entry_id = 0;
  std::int32_t last_dimension_set_id = 0;
  absl::Time last_recorded_at = absl::InfinitePast();
  // (series, fiscal year) -> last number given.
  std::map<std::pair<SeriesId, int>, std::int64_t> last_numbers;
};

}  // namespace lumbung::posting

#endif  // LUMBUNG_LEDGER_POSTING_BOOK_HEAD_H_
