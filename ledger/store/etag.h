// Etags: a digest of what a resource says, so that an update can be refused when the resource is
// not the one its writer saw. Stable across processes and machines.
#ifndef LUMBUNG_LEDGER_STORE_ETAG_H_
#define LUMBUNG_LEDGER_STORE_ETAG_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "ledger/core/book_snapshot.h"

namespace lumbung::store {

std::string EtagOf(const Book& book);
std::string EtagOf(const Account& account);
std::string EtagOf(const Fund& fund);
std::string EtagOf(const Dimension& dimension);
std::string EtagOf(const DimensionValue& value);
std::string EtagOf(const Currency& currency);

// ETAG_MISMATCH when `given` is neither empty nor `current`.
absl::Status CheckEtag(absl::string_view given, absl::string_view current);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_ETAG_H_
