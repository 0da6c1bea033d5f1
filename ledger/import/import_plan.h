// ImportPlan: what a file asks of a book, gathered in a first pass over it: which accounts,
// currencies and rates it needs, what it leaves out, and whether it balances to the last digit.
// Nothing of the entries themselves is kept, so that a plan is small whatever the size of the file.
#ifndef LUMBUNG_LEDGER_IMPORT_IMPORT_PLAN_H_
#define LUMBUNG_LEDGER_IMPORT_IMPORT_PLAN_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/core/book_snapshot.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

// How many examples of a finding are kept; all are counted.
inline constexpr std::size_t kMaxExamples = 100;

// Limits on what a plan remembers of a file.
inline constexpr std::size_t kMaxPlannedAccounts = 100'000;
inline constexpr std::size_t kMaxPlannedCurrencies = 10'000;
inline constexpr std::size_t kMaxPlannedPrices = 1'000'000;
inline constexpr std::size_t kMaxPlannedTagValues = 100'000;

struct PlannedAccount {
  AccountType type = AccountType::kAsset;
  bool postable = false;
  // False when neither the file nor the name tells; it is then taken as an asset.
  bool type_known = false;
  bool closed = false;
  std::string note;
};

struct PlannedCurrency {
  // Decimals that the file's amounts need. They must fit.
  int scale = 0;
  // Decimals that costs, which are products, need besides. Where they do not fit, there is a
  // residue.
  int cost_scale = 0;
  std::string name;
};

struct Unsupported {
  std::int64_t count = 0;
  std::vector<std::string> places;
};

struct Residue {
  Place place;
  ParsedAmount amount;
};

struct ImportPlan {
  std::int64_t entry_count = 0;
  std::int64_t posting_count = 0;
  std::optional<Date> first_date;
  std::optional<Date> last_date;
  // By full name; parents are there too.
  std::map<std::string, PlannedAccount> accounts;
  // By code in the book.
  std::map<std::string, PlannedCurrency> currencies;
  // In file order, without repetitions.
  std::vector<ParsedPrice> prices;
  // Of the tags that name a dimension.
  std::map<std::string, std::set<std::string>> tag_values;
  std::map<std::string, Unsupported> unsupported;
  std::vector<Residue> residues;
  std::int64_t residue_count = 0;
  // Accounts that some assertion speaks of; with descendants where it does.
  std::set<std::string> asserted_accounts;
  std::set<std::string> asserted_subtrees;
  std::int64_t assertion_count = 0;
};

// Symbol in the file -> currency code in the book.
class CurrencyNames {
 public:
  explicit CurrencyNames(std::map<std::string, std::string> names) : names_(std::move(names)) {}
  std::string CodeOf(const std::string& symbol) const;

 private:
  std::map<std::string, std::string> names_;
};

// The sink of the first pass. TOO_MANY_NAMES when the file exceeds the limits above.
class PlanningSink : public JournalSink {
 public:
  // `dimensions` are the keys of the book's dimensions.
  PlanningSink(const CurrencyNames* names, std::set<std::string> dimensions)
      : names_(names), dimensions_(std::move(dimensions)) {}

  absl::Status OnTransaction(ParsedTransaction&& transaction) override;
  absl::Status OnAccount(const ParsedAccount& account) override;
  absl::Status OnCommodity(const ParsedCommodity& commodity) override;
  absl::Status OnPrice(const ParsedPrice& price) override;
  absl::Status OnAssertion(const ParsedAssertion& assertion) override;
  absl::Status OnUnsupported(const Place& place, absl::string_view directive) override;

  // Gives every account a type and its ancestors; call once, after the pass.
  ImportPlan Finish();

 private:
  PlannedCurrency& NeedCurrency(const ParsedAmount& amount);
  void NeedAmount(const ParsedAmount& amount);
  void NeedAssertion(const ParsedAssertion& assertion);
  void NeedTags(const std::vector<std::pair<std::string, std::string>>& tags);
  absl::Status CheckSize(const Place& place) const;

  const CurrencyNames* names_;
  const std::set<std::string> dimensions_;
  std::size_t tag_value_count_ = 0;
  std::set<std::tuple<Date, std::string, std::string, std::string>> known_prices_;
  ImportPlan plan_;
};

// Whether leaving the directive out changes what the file's own program would report: an import
// then needs the user's consent.
bool ChangesFigures(absl::string_view directive);

// The type that an account's name tells by its first word, in English or Indonesian.
std::optional<AccountType> TypeFromName(absl::string_view account);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_IMPORT_PLAN_H_
