// What the foundation does with its three grants: instalments in dollars and rupiah, conversions,
// advances and their settlement, partners, overhead, revaluation.
//
// Restricted money is kept so that every entry balances in each of its funds: the expense stands in
// the default fund, the payment in the grant's fund, and between them the release from
// restriction, 3.2.90 out of the grant's fund and 3.1.90 into the default fund, by the same amount.
// A fund's bank balance is therefore what is left to spend of it.
#ifndef LUMBUNG_SERVICES_HOST_DEMO_GRANT_STORY_H_
#define LUMBUNG_SERVICES_HOST_DEMO_GRANT_STORY_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/host/demo/foundation.h"
#include "services/host/demo/journal.h"

namespace lumbung::demo {

class GrantStory {
 public:
  explicit GrantStory(Journal& journal) : journal_(journal) {}

  // Instalments, activities and partners of a month of the story (0 is the first).
  void PlayMonth(int month, Date first);
  // Bank fees; at a quarter's end also overhead and the revaluation of dollars. After all else.
  void CloseMonth(int month, Date first);

  // The grant pays the office back what the office has spent on it.
  void Reimburse(Grant grant, Date date, std::string description, std::int64_t amount);

 private:
  struct Spending {
    absl::string_view account;
    std::int64_t amount;
  };
  struct Advance {
    Grant grant{};
    absl::string_view activity;
    absl::string_view person;
    absl::string_view purpose;
    std::int64_t amount = 0;
    int number = 0;
    // Settled in the month after its own.
    bool late = false;
  };

  void ReceiveInstalments(int month, Date first);
  void ConvertDollars(int month, Date first);
  void BuyAssets(Date first);
  void PayDirectCosts(int month, Date first);
  void RunAdvances(int month, Date first);
  void Settle(const Advance& advance, Date date);
  void WorkWithPartners(int month, Date first);
  void PayBankFees(int month, Date first);
  void ChargeOverhead(Date first);
  void RevalueDollars(Date first);

  // The lines of spending restricted money as laid down, but for the payment itself. Counts as
  // direct cost.
  std::vector<Line> Spend(Grant grant, absl::string_view activity,
                          const std::vector<Spending>& spendings);

  Journal& journal_;
  std::vector<Advance> late_advances_;
  int last_advance_ = 0;
  // Since the last charge of overhead.
  std::array<std::int64_t, kGrantCount> direct_cost_{};
};

}  // namespace lumbung::demo

#endif  // LUMBUNG_SERVICES_HOST_DEMO_GRANT_STORY_H_
