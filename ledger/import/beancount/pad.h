// Finding out what each `pad` must insert, in one walk over the journal: a padded account is
// brought to the amount of the next `balance` of each currency. Only the balances of padded
// accounts are kept. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_PAD_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_PAD_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "ledger/core/decimal.h"
#include "ledger/import/beancount/booking.h"
#include "ledger/import/beancount/directive.h"
#include "ledger/import/beancount/inventory.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import::beancount {

// What one pad inserts for one balance directive.
struct Padding {
  Decimal units;  // Into the padded account, and out of the source account.
  std::string currency;
  Decimal expected;  // By the balance directive.
};

// By the position of the pad in the journal.
using Paddings = absl::flat_hash_map<std::size_t, std::vector<Padding>>;

class PadPlanner {
 public:
  explicit PadPlanner(const absl::flat_hash_set<std::string>& padded_accounts);

  // The directives in the journal's order. OVERFLOW.
  absl::Status OnPosting(const BookedPosting& posting);
  void OnPad(const Pad& pad, std::size_t position);
  // PAD_AT_COST: units held at cost cannot be padded.
  absl::Status OnBalance(const Balance& balance, const Decimal& tolerance, const Place& place);

  Paddings Result() && { return std::move(paddings_); }

 private:
  struct PaddedAccount {
    Inventory balance;  // Of the account and all accounts below it.
    std::optional<std::size_t> active_pad;
    std::set<std::string> padded_currencies;  // Since the active pad.
  };

  // The padded accounts among `account` and those above it.
  const std::vector<PaddedAccount*>& PaddedAbove(const std::string& account);

  std::map<std::string, PaddedAccount> padded_;
  absl::flat_hash_map<std::string, std::vector<PaddedAccount*>> above_;
  Paddings paddings_;
};

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_PAD_H_
