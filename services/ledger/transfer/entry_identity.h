// How an import knows what it has imported before: each transaction of a file gets a request_id
// that follows from its content alone, whatever the book, the file's name or the import's options.
// Transactions with equal content are told apart by their order: the second of two equal coffees is
// always the second.
//
// Not thread-safe.
#ifndef LUMBUNG_SERVICES_LEDGER_TRANSFER_ENTRY_IDENTITY_H_
#define LUMBUNG_SERVICES_LEDGER_TRANSFER_ENTRY_IDENTITY_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::transfer {

class EntryIdentities {
 public:
  // "imp-" and 64 hexadecimal digits. In file order.
  std::string NextRequestId(const import::ParsedTransaction& transaction);

  // SHA-256 over what came so far, in order, as hexadecimal.
  std::string Digest() const;

 private:
  // Occurrences by the first 64 bits of the content's hash. Two contents that share them would only
  // number their occurrences together.
  absl::flat_hash_map<std::uint64_t, std::uint32_t> occurrences_;
  std::string running_hash_;
};

}  // namespace lumbung::transfer

#endif  // LUMBUNG_SERVICES_LEDGER_TRANSFER_ENTRY_IDENTITY_H_
