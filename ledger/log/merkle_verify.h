// Checks of Merkle proofs, as RFC 9162 gives them (sections 2.1.3.2 and 2.1.4.2). Everything here
// may come from somebody who wants to deceive: sizes, lengths and hashes are checked before
// anything is computed, and a proof has exactly the length that the sizes demand.
#ifndef LUMBUNG_LEDGER_LOG_MERKLE_VERIFY_H_
#define LUMBUNG_LEDGER_LOG_MERKLE_VERIFY_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lumbung::log {

// OK when the leaf is at `index` in the tree of `size` leaves with this root. PROOF_RANGE,
// PROOF_MALFORMED (a length that is not right), PROOF_WRONG.
absl::Status VerifyInclusion(absl::string_view leaf_hash, std::uint64_t index, std::uint64_t size,
                             absl::string_view root, absl::Span<const std::string> proof);

// OK when the tree of `new_size` leaves begins with the tree of `old_size`. Refusals as above.
absl::Status VerifyConsistency(std::uint64_t old_size, absl::string_view old_root,
                               std::uint64_t new_size, absl::string_view new_root,
                               absl::Span<const std::string> proof);

}  // namespace lumbung::log

#endif  // LUMBUNG_LEDGER_LOG_MERKLE_VERIFY_H_
