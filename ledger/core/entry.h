// Journal entries in their three states: a draft names things by key, as its writer did; a valid
// entry has passed the ladder of entry_validation.h and refers to one book's parts; a posted entry
// has its place and number and never changes (INV-010).
#ifndef LUMBUNG_LEDGER_CORE_ENTRY_H_
#define LUMBUNG_LEDGER_CORE_ENTRY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/core/ids.h"

namespace lumbung {

// The numbers are those stored in the database and in canonical bytes; they never change.
enum class EntryKind : std::int16_t {
  kStandard = 1,
  kOpening = 2,
  kAdjusting = 3,
  kReversal = 4,
  kClosing = 5,
};

struct FunctionalAmount {
  Decimal amount;
  std::string currency;
};

struct PostingDraft {
  std::string account;  // Account key.
  Decimal amount;       // Debit positive, credit negative.
  std::string currency;
  // The amount at which the posting balances; by the rate of the day when absent.
  std::optional<FunctionalAmount> functional;
  std::string fund;  // Fund key; the book's default fund when empty.
  std::vector<std::pair<std::string, std::string>> dimensions;  // (dimension key, value key)
  std::string memo;
};

struct EntryDraft {
  Date effective_date;
  EntryKind kind = EntryKind::kStandard;
  std::string series;  // "JU" when empty.
  std::string description;
  std::string reference;
  std::string source;
  std::vector<std::pair<std::string, std::string>> tags;
  std::vector<PostingDraft> postings;
  std::string request_id;
  // Set on reversals only.
  std::optional<EntryId> reverses;
};

// A fund and the values of a posting on the other dimensions, sorted by dimension.
struct DimensionSet {
  FundId fund{};
  std::vector<std::pair<DimensionId, ValueId>> members;
  friend bool operator==(const DimensionSet&, const DimensionSet&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const DimensionSet& set) {
    return H::combine(std::move(h), set.fund, set.members);
  }
};

struct ValidPosting {
  AccountId account{};
  DimensionSet dimensions;
  CurrencyId currency{};
  Decimal amount;  // At the currency's scale.
  CurrencyId functional_currency{};
  Decimal functional_amount;  // At the functional currency's scale.
  std::string memo;
};

struct ValidEntry {
  Date effective_date;
  int fiscal_year = 0;
  EntryKind kind = EntryKind::kStandard;
  SeriesId series{};
  std::string description;
  std::string reference;
  std::string source;
  std::vector<std::pair<std::string, std::string>> tags;  // Sorted by key.
  std::vector<ValidPosting> postings;
  std::string request_id;
  std::string request_hash;  // SHA-256 of the draft, 32 bytes.
  std::optional<EntryId> reverses;
  // The caller may post into soft-closed periods.
  bool adjuster = false;
};

struct PostedEntry {
  EntryId id{};
  std::int64_t number = 0;
  absl::Time recorded_at;
  std::string leaf_hash;  // 32 bytes
  // The content, exactly as it was checked and stored. request_hash and adjuster are not part of
  // it.
  ValidEntry content;
  std::optional<EntryId> reversed_by;
};

// "JU-2026-000123": how an entry's number is written.
std::string FormatEntryNumber(const std::string& series_code, int fiscal_year, std::int64_t number);

struct EntryNumber {
  std::string series;
  int fiscal_year = 0;
  std::int64_t number = 0;
};
// Reads it back; leading zeros of the number may be missing. Nothing when it is no entry number.
std::optional<EntryNumber> ParseEntryNumber(absl::string_view text);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_ENTRY_H_
