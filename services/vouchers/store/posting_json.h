// The lines of a voucher as JSON, the form in which they stand in a row of the database. What comes
// out is what went in, to the last decimal.
#ifndef LUMBUNG_SERVICES_VOUCHERS_STORE_POSTING_JSON_H_
#define LUMBUNG_SERVICES_VOUCHERS_STORE_POSTING_JSON_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/entry.h"

namespace lumbung::vouchers {

std::string PostingsToJson(const std::vector<PostingDraft>& postings);

// INTERNAL when it is not what PostingsToJson writes.
absl::StatusOr<std::vector<PostingDraft>> PostingsFromJson(absl::string_view json);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_STORE_POSTING_JSON_H_
