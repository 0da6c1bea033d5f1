// What requests about a book's documents have in common: days, accounts, and the frame.
#ifndef LUMBUNG_SERVICES_REPORTING_API_BOOK_REQUEST_H_
#define LUMBUNG_SERVICES_REPORTING_API_BOOK_REQUEST_H_

#include <string>
#include <vector>

#include <google/protobuf/repeated_field.h>

#include "absl/status/statusor.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date_range.h"
#include "ledger/store/transaction.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "reports/model/document.h"
#include "services/common/call_scope.h"

namespace lumbung::reporting::api {

// Both ends, of fields `from_date` and `to_date`. INVALID_DATE, INVALID_FILTER.
absl::StatusOr<DateRange> DaysFrom(const std::string& from, const std::string& to);

using TypedAccounts = google::protobuf::RepeatedPtrField<std::string>;

// At most 100. INVALID_FILTER at `accounts`.
absl::Status CheckAccounts(const TypedAccounts& typed);
// The accounts, by id or by the code of one that takes postings, with everything below them, each
// once. UNKNOWN_ACCOUNT at `accounts`.
absl::StatusOr<std::vector<AccountId>> AccountsFrom(const BookSnapshot& book,
                                                    const TypedAccounts& typed);

// With the organization's name and marks, what the figures are of, and the newest checkpoint.
absl::StatusOr<reports::DocumentFrame> BookFrame(store::TransactionScope& scope,
                                                 const CallScope& call,
                                                 const v1::DocumentOptions& options,
                                                 const BookSnapshot& book);

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_BOOK_REQUEST_H_
