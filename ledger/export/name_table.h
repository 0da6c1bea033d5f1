// What a writer remembers of the accounts and currencies it was told of: how each is written. Not
// thread-safe.
#ifndef LUMBUNG_LEDGER_EXPORT_NAME_TABLE_H_
#define LUMBUNG_LEDGER_EXPORT_NAME_TABLE_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "ledger/core/entry.h"
#include "ledger/core/status.h"
#include "ledger/export/export_writer.h"

namespace lumbung::ledger_export {

class NameTable {
 public:
  // `reason` refuses names that were never added.
  explicit NameTable(std::string reason) : reason_(std::move(reason)) {}

  void Add(const std::string& name, std::string written) {
    written_.insert_or_assign(name, std::move(written));
  }
  // How the name is written; valid until the next Add().
  absl::StatusOr<absl::string_view> Find(const std::string& name) const {
    const auto found = written_.find(name);
    if (found != written_.end()) return found->second;
    return InvalidArgument(reason_, "",
                           absl::StrCat("\"", name, "\" was not declared before its first use"));
  }

 private:
  std::string reason_;
  absl::flat_hash_map<std::string, std::string> written_;
};

// "adjusting": how a kind is named in text.
absl::string_view NameOfKind(EntryKind kind);

// Whether the posting has a functional amount that only a cost can state.
inline bool NeedsCost(const ExportPosting& posting) {
  return posting.functional.currency != posting.amount.currency &&
         !posting.amount.quantity.IsZero();
}
// Whether it values nothing: no cost makes an amount of zero weigh anything.
inline bool IsRevaluation(const ExportPosting& posting) {
  return posting.functional.currency != posting.amount.currency &&
         posting.amount.quantity.IsZero() && !posting.functional.quantity.IsZero();
}

}  // namespace lumbung::ledger_export

#endif  // LUMBUNG_LEDGER_EXPORT_NAME_TABLE_H_
