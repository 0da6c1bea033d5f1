// BookSnapshot: everything a book is made of, at one metadata version, in memory. Entries are
// checked against it; the database accepts a post only when the book still stands at that version,
// so that a check against a snapshot is as good as a check under the book's lock.
//
// Immutable once built, and shared between threads.
#ifndef LUMBUNG_LEDGER_CORE_BOOK_SNAPSHOT_H_
#define LUMBUNG_LEDGER_CORE_BOOK_SNAPSHOT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/core/ids.h"

namespace lumbung {

// The numbers are those stored in the database and in canonical bytes; they never change.
enum class AccountType : std::int16_t {
  kAsset = 1,
  kLiability = 2,
  kNetAsset = 3,
  kIncome = 4,
  kExpense = 5
};
enum class FundRestriction : std::int16_t {
  kWithout = 1,
  kPurpose = 2,
  kTime = 3,
  kEndowment = 4,
  kAgency = 5
};
enum class DimensionRequirement : std::int16_t { kRequired = 1, kForbidden = 2 };
enum class PeriodState : std::int16_t { kOpen = 1, kSoftClosed = 2, kHardClosed = 3 };

struct Book {
  BookKey key;
  std::string slug;
  std::string uid;  // 36 characters
  std::string display_name;
  CurrencyId functional_currency{};
  int fiscal_year_start_month = 1;
  std::string chart_template;  // "isak35-ngo@1" or empty
  FundId default_fund{};
};

struct AccountDimensionRule {
  DimensionId dimension{};
  DimensionRequirement requirement{};
};

struct Account {
  AccountId id{};
  std::string key;
  std::string code;
  std::string display_name;
  std::string display_name_id;
  std::optional<AccountId> parent;
  AccountType type{};
  bool postable = true;
  bool contra = false;
  bool closed = false;
  std::string note;
  std::vector<AccountDimensionRule> rules;
};

struct Fund {
  FundId id{};
  std::string key;
  std::string display_name;
  FundRestriction restriction{};
  bool closed = false;
};

struct Currency {
  CurrencyId id{};
  std::string code;
  int scale = 0;
  bool commodity = false;
  std::string display_name;
};

struct DimensionValue {
  ValueId id{};
  std::string key;
  std::string display_name;
  bool closed = false;
};

struct Dimension {
  DimensionId id{};
  std::string key;
  std::string display_name;
  std::vector<DimensionValue> values;
};

struct ExchangeRate {
  std::int32_t id = 0;
  CurrencyId base{};
  CurrencyId quote{};
  Date date;
  Decimal rate;
  std::string source;
  absl::Time recorded_at;
};

struct Series {
  SeriesId id{};
  std::string code;
};

// A month that is not simply open.
struct Period {
  Date month;
  PeriodState state{};
};

// What a snapshot is built from, in any order.
struct BookContents {
  Book book;
  std::int64_t metadata_version = 0;
  std::vector<Account> accounts;
  std::vector<Fund> funds;
  std::vector<Currency> currencies;
  std::vector<Dimension> dimensions;
  std::vector<ExchangeRate> rates;
  std::vector<Series> series;
  std::vector<Period> periods;
};

class BookSnapshot {
 public:
  explicit BookSnapshot(BookContents contents);
  BookSnapshot(const BookSnapshot&) = delete;
  BookSnapshot& operator=(const BookSnapshot&) = delete;

  const Book& book() const { return contents_.book; }
  std::int64_t metadata_version() const { return contents_.metadata_version; }

  // In tree order: a parent before its children, siblings by code, then key.
  const std::vector<Account>& accounts() const { return contents_.accounts; }
  const std::vector<Fund>& funds() const { return contents_.funds; }
  const std::vector<Currency>& currencies() const { return contents_.currencies; }
  const std::vector<Dimension>& dimensions() const { return contents_.dimensions; }
  // By pair, then date, then id.
  const std::vector<ExchangeRate>& rates() const { return contents_.rates; }

  // Null when there is none.
  const Account* FindAccount(absl::string_view key) const;
  const Account* FindAccount(AccountId id) const;
  const Fund* FindFund(absl::string_view key) const;
  const Fund* FindFund(FundId id) const;
  const Currency* FindCurrency(absl::string_view code) const;
  const Currency* FindCurrency(CurrencyId id) const;
  const Dimension* FindDimension(absl::string_view key) const;
  const Dimension* FindDimension(DimensionId id) const;
  const DimensionValue* FindValue(const Dimension& dimension, absl::string_view key) const;
  const DimensionValue* FindValue(const Dimension& dimension, ValueId id) const;
  const Series* FindSeries(absl::string_view code) const;
  const Series* FindSeries(SeriesId id) const;

  // The account and all its descendants, in tree order.
  std::vector<AccountId> Subtree(AccountId root) const;
  // 1 at the top.
  int Depth(AccountId id) const;
  // The ancestor at `depth`, or the account itself when it is not deeper.
  AccountId AncestorAtDepth(AccountId id, int depth) const;

  // The newest rate of the pair on or before `date`; of one day, the one recorded last.
  const ExchangeRate* FindRate(CurrencyId base, CurrencyId quote, Date date) const;

  PeriodState PeriodStateOf(Date date) const;
  // The last day that is hard-closed, if any.
  std::optional<Date> HardClosedThrough() const { return hard_closed_through_; }

 private:
  BookContents contents_;
  absl::flat_hash_map<std::string, std::size_t> account_by_key_;
  absl::flat_hash_map<AccountId, std::size_t> account_by_id_;
  absl::flat_hash_map<std::string, std::size_t> fund_by_key_;
  absl::flat_hash_map<std::string, std::size_t> currency_by_code_;
  absl::flat_hash_map<CurrencyId, std::size_t> currency_by_id_;
  absl::flat_hash_map<std::string, std::size_t> dimension_by_key_;
  absl::flat_hash_map<std::pair<DimensionId, std::string>, std::size_t> value_by_key_;
  absl::flat_hash_map<std::int32_t, PeriodState> period_by_month_;
  std::optional<Date> hard_closed_through_;
};

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_BOOK_SNAPSHOT_H_
