// How hledger turns the account name that is written into the one that is meant: the parents of
// `apply account` are put before it, then the aliases rewrite it, the latest first.
//
// Copied into included files and dropped at their end. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_ACCOUNT_NAMES_H_
#define LUMBUNG_LEDGER_IMPORT_ACCOUNT_NAMES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace re2 {
class RE2;
}

namespace lumbung::import {

// Each alias takes memory, and time for every account.
inline constexpr int kMaxAliases = 10'000;
inline constexpr int kMaxAliasPatterns = 200;

class AccountNames {
 public:
  AccountNames() = default;
  // What was resolved before is not copied: it can be large, and includes copy often.
  AccountNames(const AccountNames& other)
      : parents_(other.parents_), aliases_(other.aliases_), patterns_(other.patterns_) {}
  AccountNames& operator=(const AccountNames&) = delete;
  AccountNames(AccountNames&&) = default;
  AccountNames& operator=(AccountNames&&) = default;

  // "OLD = NEW" or "/REGEX/ = REPLACEMENT". PARSE_ERROR.
  absl::Status AddAlias(absl::string_view definition);
  void ClearAliases();
  void PushParent(absl::string_view parent);
  // False when there is none.
  bool PopParent();

  // The full name. Without parents and aliases that is `name` itself. PARSE_ERROR when the aliases
  // leave nothing of it, or make it too long.
  absl::StatusOr<std::string> Resolve(absl::string_view name);

 private:
  struct Alias {
    std::string old_name;                     // Of a plain alias.
    std::shared_ptr<const re2::RE2> pattern;  // Of a regex alias; shared with copies.
    std::string replacement;
  };
  static void Apply(const Alias& alias, std::string* name);
  absl::StatusOr<std::string> ResolveAnew(absl::string_view name) const;

  std::vector<std::string> parents_;
  std::vector<Alias> aliases_;
  int patterns_ = 0;
  // What was resolved since the last change.
  absl::flat_hash_map<std::string, std::string> resolved_;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_ACCOUNT_NAMES_H_
