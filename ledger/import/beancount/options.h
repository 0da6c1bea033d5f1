// The options of a beancount file, as far as they change what its figures are. Plain values.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_OPTIONS_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_OPTIONS_H_

#include <array>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"

namespace lumbung::import::beancount {

// How a reduction finds its lots when several match.
enum class Booking { kStrict, kNone, kAverage, kFifo, kLifo };

// "STRICT" and so on. INVALID_OPTION.
absl::StatusOr<Booking> BookingOf(absl::string_view name);

struct Options {
  // The names of the five root accounts, in the order of kRootTypes.
  std::array<std::string, 5> roots = {"Assets", "Liabilities", "Equity", "Income", "Expenses"};
  Decimal tolerance_multiplier = *Decimal::FromUnits(5, 1);
  // Currency -> tolerance where no amount implies one; "*" is for all others.
  std::map<std::string, Decimal> tolerance_default;
  bool tolerance_from_cost = false;
  Booking booking = Booking::kStrict;

  // What setting an option has done.
  enum class Effect {
    kSet,
    kNoFigures,    // A known option that changes no figure: "title".
    kUnsupported,  // One that might: "plugin_processing_mode".
  };
  // INVALID_OPTION for a name that beancount does not know or a value it does not take.
  absl::StatusOr<Effect> Set(absl::string_view name, absl::string_view value);

  // The type of an account by its root, as in ParsedAccount; ' ' when the root is none of the five.
  char TypeOf(absl::string_view account) const;
};

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_OPTIONS_H_
