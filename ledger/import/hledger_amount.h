// Amounts as hledger writes them, and what it remembers of commodities to read them.
//
// Numbers may use a period or a comma as decimal mark and the other, or a blank, between groups of
// digits. A single mark, as in "1,000", is taken for a decimal mark unless something said
// otherwise: a `decimal-mark` directive, the `commodity` directive of that commodity, or a `D`
// directive, in this order.
#ifndef LUMBUNG_LEDGER_IMPORT_HLEDGER_AMOUNT_H_
#define LUMBUNG_LEDGER_IMPORT_HLEDGER_AMOUNT_H_

#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/draft_transaction.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

struct HledgerStyle {
  std::optional<char> decimal_mark;
  int decimals = 0;
};

struct HledgerDefaultCommodity {
  std::string commodity;
  HledgerStyle style;
};

// What the rest of a file says about numbers. Copied into included files and dropped at their end.
struct HledgerNumberRules {
  std::optional<char> decimal_mark = std::nullopt;                          // decimal-mark
  std::optional<HledgerDefaultCommodity> default_commodity = std::nullopt;  // D
};

// What the whole journal says about commodities.
class HledgerCommodities {
 public:
  // A `commodity` directive, with or without a format.
  void Declare(absl::string_view commodity, const std::optional<HledgerStyle>& style);
  // A posting's amount or a market price, which a commodity without a format is shown like.
  void See(absl::string_view commodity, int decimals);

  const HledgerStyle* Declared(absl::string_view commodity) const;
  // With how many decimals hledger shows the commodity, as far as the journal was read: those of
  // its directive, of the last `D`, or else the most that were seen.
  std::optional<int> DecimalsShown(absl::string_view commodity,
                                   const HledgerNumberRules& rules) const;

 private:
  struct Commodity {
    std::optional<HledgerStyle> declared;
    std::optional<int> most_decimals;
  };
  Commodity& Find(absl::string_view commodity);

  absl::flat_hash_map<std::string, Commodity> commodities_;
  // The commodity of the last amount, which is most often that of the next one. Points into
  // `commodities_` until that grows.
  const std::string* last_name_ = nullptr;
  Commodity* last_ = nullptr;
};

struct HledgerAmount {
  ParsedAmount amount;
  HledgerStyle style;
  // Whether the number had no symbol and took that of the `D` directive.
  bool took_default_commodity = false;
};

// An amount without price. PARSE_ERROR, INVALID_AMOUNT.
absl::StatusOr<HledgerAmount> TakeHledgerAmount(absl::string_view* rest,
                                                const HledgerNumberRules& rules,
                                                const HledgerCommodities& commodities);
// A symbol, in quotes or not. PARSE_ERROR.
absl::StatusOr<std::string> TakeHledgerSymbol(absl::string_view* rest);
// Whether a price comes next: "@", "@@", "(@)" or "(@@)".
bool StartsHledgerPrice(absl::string_view rest);
absl::StatusOr<DraftPrice> TakeHledgerPrice(absl::string_view* rest,
                                            const HledgerNumberRules& rules,
                                            const HledgerCommodities& commodities);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_HLEDGER_AMOUNT_H_
