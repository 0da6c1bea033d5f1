// ImportPlan: what a file asks of a book, gathered in a first pass over it: which accounts, currencies
// and rates it needs, what it leaves out, and whether it balances to the last digit. Nothing of the
// entries themselves is kept, so that a plan is small whatever the size of the file.
#ifndef LUMBUNG_LEDGER_IMPORT_IMPORT_PLAN_H_
#define LUMBUNG_LEDGER_IMPORT_IMPORT_PLAN_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/core/book_snapshot.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

// The code under which amounts without a commodity symbol are kept.
inline constexpr char kNoCommodity[] = "(none)";
// How many examples of a finding are kept; all are counted.
inline constexpr std::size_t kMaxExamples = 100;

struct PlannedAccount {
  AccountType type = AccountType::kAsset;
  bool postable = false;
  bool type_known = false;
  std::string note;
};

struct PlannedCurrency {
  // Decimals that the file's amounts, costs and prices need.
  int scale = 0;
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
  std::vector<ParsedPrice> prices;
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

// The sink of the first pass.
class PlanningSink : public JournalSink {
 public:
  explicit PlanningSink(const CurrencyNames* names) : names_(names) {}

  absl::Status OnTransaction(ParsedTransaction&& transaction) override;
  absl::Status OnAccount(const ParsedAccount& account) override;
  absl::Status OnCommodity(const ParsedCommodity& commodity) override;
  absl::Status OnPrice(const ParsedPrice& price) override;
  absl::Status OnAssertion(const ParsedAssertion& assertion) override;
  absl::Status OnUnsupported(const Place& place, absl::string_view directive) override;

  // Gives every account a type and its ancestors; call once, after the pass.
  ImportPlan Finish();

 private:
  void NeedAmount(const ParsedAmount& amount);
  void NeedAssertion(const ParsedAssertion& assertion);

  const CurrencyNames* names_;
  ImportPlan plan_;
};

// Whether leaving the directive out changes what the file's own program would report: an import then
// needs the user's consent.
bool ChangesFigures(absl::string_view directive);

// The type that an account's name tells by its first word, in English or Indonesian.
std::optional<AccountType> TypeFromName(absl::string_view account);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_IMPORT_PLAN_H_
