// The middle steps of booking, for the postings of one currency group: find the lots that are
// reduced, then interpolate what is missing. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_GROUP_BOOKER_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_GROUP_BOOKER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"
#include "ledger/import/beancount/booking.h"
#include "ledger/import/beancount/categorize.h"
#include "ledger/import/beancount/directive.h"
#include "ledger/import/beancount/inventory.h"
#include "ledger/import/beancount/ratio.h"
#include "ledger/import/beancount/tolerance.h"
#include "ledger/import/line_reader.h"

namespace lumbung::import::beancount {

// A posting on its way from written to booked.
struct Draft {
  std::size_t index = 0;
  const Posting* source = nullptr;
  std::optional<Decimal> units;  // Empty: to be interpolated.
  std::string currency;
  // A posting at cost has a spec until its cost is known: at once for a reduction, which takes the
  // cost of its lot, after interpolation for an augmentation.
  std::optional<CostSpec> spec;
  std::optional<Cost> cost;
  std::string price_currency;  // Empty without a price.
  std::optional<Ratio> price;  // Empty although there is a price: to be interpolated.
  bool interpolated = false;
};

// The draft of a posting whose currencies are known. OVERFLOW.
absl::StatusOr<Draft> DraftOf(const Posting& posting, const Member& member);

// What a complete draft counts for when the transaction is balanced. UNSUPPORTED, OVERFLOW.
absl::StatusOr<Decimal> WeightOf(const Draft& draft);

// Books the postings of one currency group.
class GroupBooker {
 public:
  GroupBooker(const Place& place, Day date, const Tolerances& tolerances, Inventories& inventories)
      : place_(place), date_(date), tolerances_(tolerances), inventories_(inventories) {}

  // Turns a posting at cost into the reductions of the lots it takes, or appends it as it is. The
  // next posting of the group finds the lots reduced.
  absl::Status AddPosting(Draft draft, Booking booking);
  // Takes the reductions back out of the inventories; call it when all postings are in.
  void RestoreLots();
  // Fills the one gap there may be, and every cost.
  absl::Status Interpolate();

  std::vector<Draft>& drafts() { return drafts_; }

 private:
  enum class Gap { kUnits, kCostPerUnit, kCostTotal, kPrice };
  // Units taken from one lot.
  struct Taking {
    Lot lot;
    Decimal units;
  };
  // A lot as it was before something was taken from it.
  struct Taken {
    Inventory* inventory;
    std::string currency;
    Lot lot;
  };

  absl::Status Reduce(const Draft& draft, Booking booking, Inventory& inventory);
  // Which of the matching lots the reduction takes, by the account's way of booking.
  absl::StatusOr<std::vector<Taking>> Choose(const Draft& draft, Booking booking,
                                             const std::vector<Lot>& matches) const;
  absl::StatusOr<std::vector<Taking>> ChooseStrictly(const Draft& draft,
                                                     const std::vector<Lot>& matches) const;
  absl::StatusOr<std::vector<Taking>> TakeInOrder(const Draft& draft,
                                                  const std::vector<Lot>& lots) const;

  // The draft that has a number missing, and which one. TWO_ELIDED_AMOUNTS.
  absl::StatusOr<std::optional<std::pair<std::size_t, Gap>>> FindGap() const;
  // What the gap must weigh for the group to sum to zero.
  absl::StatusOr<Decimal> MissingWeight(std::size_t gap_index);
  // Fills the gap of the draft. False when nothing is missing, so that the posting falls away.
  absl::StatusOr<bool> Fill(Draft* draft, Gap gap, const Decimal& weight) const;
  absl::Status FillUnits(Draft* draft, const Decimal& weight) const;
  absl::Status FillCost(Draft* draft, Gap gap, const Decimal& weight) const;
  absl::Status CheckCost(const Draft& draft) const;

  absl::Status Refuse(const Draft& draft, absl::string_view reason,
                      absl::string_view message) const {
    return RefusalAt(PlaceOf(draft), reason, message);
  }
  Place PlaceOf(const Draft& draft) const { return Place{place_.file, draft.source->line}; }

  const Place& place_;
  const Day date_;
  const Tolerances& tolerances_;
  Inventories& inventories_;
  std::vector<Draft> drafts_;
  std::vector<Taken> taken_;
};

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_GROUP_BOOKER_H_
