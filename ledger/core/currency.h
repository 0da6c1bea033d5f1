// Currencies and commodities: a code and the number of decimals an amount may have (its scale).
#ifndef LUMBUNG_LEDGER_CORE_CURRENCY_H_
#define LUMBUNG_LEDGER_CORE_CURRENCY_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lumbung {

inline constexpr int kMaxCurrencyScale = 12;

// The code of amounts that a journal gives without a commodity.
inline constexpr char kNoCommodity[] = "(none)";

struct IsoCurrency {
  absl::string_view code;  // "IDR"
  int numeric;             // 360
  int scale;               // 2: the minor unit of ISO 4217
  absl::string_view name;  // "Rupiah"
};

// The active codes of ISO 4217 that have a minor unit, sorted by code. (Precious metals and the
// like, whose minor unit is "N.A.", are left out: a book that needs them defines a commodity.)
absl::Span<const IsoCurrency> IsoCurrencies();
std::optional<IsoCurrency> FindIsoCurrency(absl::string_view code);

// A commodity code: 1 to 32 bytes of valid UTF-8, no control characters, no double quote, not blank
// at either end. INVALID_ID.
absl::Status ValidateCurrencyCode(absl::string_view code);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_CURRENCY_H_
