#include "ledger/import/beancount/pad.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/line_reader.h"

namespace lumbung::import::beancount {

PadPlanner::PadPlanner(const absl::flat_hash_set<std::string>& padded_accounts) {
  for (const std::string& account : padded_accounts) padded_.try_emplace(account);
}

absl::Status PadPlanner::OnPosting(const BookedPosting& posting) {
  for (PaddedAccount* padded : PaddedAbove(posting.source->account)) {
    LUMBUNG_RETURN_IF_ERROR(padded->balance.Add(posting.units, posting.currency, posting.cost));
  }
  return absl::OkStatus();
}

void PadPlanner::OnPad(const Pad& pad, std::size_t position) {
  PaddedAccount& padded = padded_.find(pad.account)->second;
  padded.active_pad = position;
  padded.padded_currencies.clear();
}

absl::Status PadPlanner::OnBalance(const Balance& balance, const Decimal& tolerance,
                                   const Place& place) {
  // Beancount compares the balance of the padded account even with what is expected of an account
  // below it. That is odd, but it is what its users' books rest on.
  for (PaddedAccount* padded : PaddedAbove(balance.account)) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal held, padded->balance.UnitsOf(balance.currency));
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal units, Subtract(balance.number, held));
    const bool first = padded->padded_currencies.insert(balance.currency).second;
    if (units.Abs() <= tolerance || !padded->active_pad.has_value() || !first) continue;
    if (padded->balance.HoldsAtCost(balance.currency)) {
      return RefusalAt(place, "PAD_AT_COST",
                       absl::StrCat(balance.account, " holds ", balance.currency,
                                    " at cost, which a pad cannot bring to a balance"));
    }
    paddings_[*padded->active_pad].push_back(Padding{units, balance.currency, balance.number});
    LUMBUNG_RETURN_IF_ERROR(padded->balance.Add(units, balance.currency, std::nullopt));
  }
  return absl::OkStatus();
}

const std::vector<PadPlanner::PaddedAccount*>& PadPlanner::PaddedAbove(const std::string& account) {
  const auto [it, created] = above_.try_emplace(account);
  if (!created) return it->second;
  for (std::size_t end = account.find(':'); true; end = account.find(':', end + 1)) {
    const auto padded = padded_.find(account.substr(0, end));
    if (padded != padded_.end()) it->second.push_back(&padded->second);
    if (end == std::string::npos) return it->second;
  }
}

}  // namespace lumbung::import::beancount
