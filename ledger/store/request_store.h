// The first answer to every changing request that carries a request_id, other than posting, whose
// entries carry their own. Kept for ever: an offline laptop may resend after months.
//
// Both functions run in the database transaction of the change itself, so that the change and its
// answer are stored together or not at all.
#ifndef LUMBUNG_LEDGER_STORE_REQUEST_STORE_H_
#define LUMBUNG_LEDGER_STORE_REQUEST_STORE_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

struct RequestKey {
  std::string method;
  std::string request_id;
  std::string body_hash;  // SHA-256 of the request, 32 bytes.
};

// The stored answer, or nothing. Holds the organization, so that of two equal requests at the same
// time the second finds the first one's answer. ORGANIZATION_NOT_FOUND; REQUEST_ID_REUSED when the
// body was another.
absl::StatusOr<std::optional<std::string>> FindAnswer(TransactionScope& scope,
                                                      const RequestKey& request);

void SaveAnswer(TransactionScope& scope, const RequestKey& request, absl::string_view response);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_REQUEST_STORE_H_
