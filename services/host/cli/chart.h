// Chart: a book's accounts as the client needs them, to turn what a user types into an account id
// and an account id into a name at its place in the tree. Immutable once loaded.
#ifndef LUMBUNG_SERVICES_HOST_CLI_CHART_H_
#define LUMBUNG_SERVICES_HOST_CLI_CHART_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/host/cli/client_session.h"
#include "services/host/cli/table.h"
#include "services/host/cli/text.h"

namespace lumbung::cli {

class Chart {
 public:
  // `accounts` in tree order, as the server lists them.
  explicit Chart(std::vector<v1::Account> accounts);
  static absl::StatusOr<Chart> Load(ClientSession& session);

  const std::vector<v1::Account>& accounts() const { return accounts_; }
  // nullptr when there is no such account.
  const v1::Account* Find(absl::string_view account_id) const;

  // The account id that `typed` means: an id, or else the code of exactly one postable account or,
  // when no postable account has it, of exactly one header. What means nothing is returned as it
  // is: the server says what is wrong with it.
  std::string Resolve(absl::string_view typed) const;

  // Position in tree order; accounts that are not in the chart come last.
  std::size_t PositionOf(absl::string_view account_id) const;
  // 0 at the top.
  int DepthOf(absl::string_view account_id) const;
  // The ids from the top down to the account's parent.
  std::vector<std::string> AncestorsOf(absl::string_view account_id) const;

  // The code, or the id of an account that is not in the chart.
  std::string CodeOf(absl::string_view account_id) const;
  // The name in the reader's language; empty for an account that is not in the chart.
  std::string NameOf(absl::string_view account_id, Language language) const;
  // "1.1.01.01 Kas"; the code alone when the name says the same.
  std::string CodeAndName(absl::string_view account_id, Language language) const;

 private:
  std::vector<v1::Account> accounts_;
  absl::flat_hash_map<std::string, std::size_t> by_id_;
  absl::flat_hash_map<std::string, std::vector<std::size_t>> by_code_;
};

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_CHART_H_
