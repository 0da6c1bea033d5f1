// Amounts as ledger writes them, and what it remembers of commodities to read them.
//
// A period is a decimal mark and a comma stands between groups of three digits, until a number of
// the commodity shows that its comma is the decimal mark ("1.000,00"); from there on it stays so.
// What ledger calls the precision of a commodity is the most decimals written so far, unless its
// `commodity` directive fixed it.
//
// ledger reckons time in seconds, so that 1h and 60m are the same to it. Here they are commodities
// like any other.
#ifndef LUMBUNG_LEDGER_IMPORT_LEDGER_AMOUNT_H_
#define LUMBUNG_LEDGER_IMPORT_LEDGER_AMOUNT_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/draft_transaction.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

class LedgerCommodities {
 public:
  // A symbol that stands for another one from now on.
  void AddAlias(absl::string_view alias, absl::string_view commodity);
  absl::string_view Resolve(absl::string_view symbol) const;

  // An amount as in a posting, which shows how its commodity is written.
  void See(absl::string_view commodity, int decimals, bool decimal_comma);
  // The precision no longer changes.
  void Fix(absl::string_view commodity);
  bool UsesDecimalComma(absl::string_view commodity) const;
  // Nothing for amounts without a commodity: they must balance exactly.
  std::optional<int> DecimalsShown(absl::string_view commodity) const;

 private:
  struct Commodity {
    int decimals = 0;
    bool decimal_comma = false;
    bool fixed = false;
  };
  Commodity& Find(absl::string_view commodity);

  absl::flat_hash_map<std::string, Commodity> commodities_;
  absl::flat_hash_map<std::string, std::string> aliases_;
  // The commodity of the last amount. Points into `commodities_` until that grows.
  const std::string* last_name_ = nullptr;
  Commodity* last_ = nullptr;
};

struct LedgerAmount {
  ParsedAmount amount;
  std::optional<DraftPrice> lot_price;  // "{$30}", "{{$300}}"
  std::string lot;                      // All annotations: "{$30}[2023/1/31](first)".
  bool has_lot_date = false;            // "[2023/1/31]"
  bool has_lot_note = false;            // "(first)"
  int decimals = 0;
  bool decimal_comma = false;
};

// An amount with the annotations of its lot. PARSE_ERROR, INVALID_AMOUNT.
absl::StatusOr<LedgerAmount> TakeLedgerAmount(absl::string_view* rest,
                                              const LedgerCommodities& commodities);
// A symbol, in quotes or not; empty when something else comes next. PARSE_ERROR.
absl::StatusOr<std::string> TakeLedgerSymbol(absl::string_view* rest);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_LEDGER_AMOUNT_H_
