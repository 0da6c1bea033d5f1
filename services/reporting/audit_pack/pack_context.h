// What every part of an audit pack is made from: one view of the database, and the archive.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_CONTEXT_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_CONTEXT_H_

#include <cstdint>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date_range.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/transaction.h"
#include "reports/audit_pack/pack_archive.h"
#include "services/log/store/checkpoint_store.h"

namespace lumbung::reporting {

// Members stay in the order in which they are set.
using Json = nlohmann::ordered_json;

// What a pack is of.
struct PackFacts {
  store::Organization organization;
  std::shared_ptr<const BookSnapshot> book;
  // Both ends are set.
  DateRange period;
  log::StoredCheckpoint checkpoint;
  std::string origin;
  // Of the book's entries below the checkpoint; 0 when there are none.
  std::int64_t last_sequence = 0;
  bool with_audit_trail = false;
  absl::Time made_at;
  std::string scratch_dir;
};

struct PackContext {
  const PackFacts& facts;
  // REPEATABLE READ: all parts see the same books.
  store::TransactionScope& scope;
  reports::PackArchive& archive;
};

// One line of a .jsonl file. What is not UTF-8 becomes U+FFFD.
std::string JsonLine(const Json& object);
// A file of its own, with line breaks for readers.
std::string JsonFile(const Json& object);
// "net-asset"
absl::string_view TypeWord(AccountType type);
std::string Base64(absl::string_view bytes);
std::string Hex(absl::string_view bytes);
// "2026-01-31T03:04:05.123456Z"
std::string Utc(absl::Time time);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_CONTEXT_H_
