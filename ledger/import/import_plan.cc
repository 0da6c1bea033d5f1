#include "ledger/import/import_plan.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/currency.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

struct RootName {
  absl::string_view name;
  AccountType type;
};

constexpr RootName kRootNames[] = {
    {"asset", AccountType::kAsset},          {"assets", AccountType::kAsset},
    {"aset", AccountType::kAsset},           {"accrued", AccountType::kAsset},
    {"liability", AccountType::kLiability},  {"liabilities", AccountType::kLiability},
    {"debt", AccountType::kLiability},       {"debts", AccountType::kLiability},
    {"liabilitas", AccountType::kLiability}, {"kewajiban", AccountType::kLiability},
    {"equity", AccountType::kNetAsset},      {"ekuitas", AccountType::kNetAsset},
    {"income", AccountType::kIncome},        {"incomes", AccountType::kIncome},
    {"revenue", AccountType::kIncome},       {"revenues", AccountType::kIncome},
    {"pendapatan", AccountType::kIncome},    {"expense", AccountType::kExpense},
    {"expenses", AccountType::kExpense},     {"beban", AccountType::kExpense},
};

std::optional<AccountType> TypeFromTag(char tag) {
  switch (tag) {
    case 'A':
    case 'C':
      return AccountType::kAsset;
    case 'L':
      return AccountType::kLiability;
    case 'E':
    case 'V':
      return AccountType::kNetAsset;
    case 'R':
      return AccountType::kIncome;
    case 'X':
      return AccountType::kExpense;
    default:
      return std::nullopt;
  }
}

std::string ParentOf(const std::string& account) {
  const std::size_t colon = account.rfind(':');
  return colon == std::string::npos ? "" : account.substr(0, colon);
}

template <typename T>
void Widen(std::optional<T>* low, std::optional<T>* high, const T& value) {
  if (!low->has_value() || value < **low) *low = value;
  if (!high->has_value() || value > **high) *high = value;
}

}  // namespace

std::string CurrencyNames::CodeOf(const std::string& symbol) const {
  const auto found = names_.find(symbol);
  if (found != names_.end()) return found->second;
  return symbol.empty() ? kNoCommodity : symbol;
}

bool ChangesFigures(absl::string_view directive) {
  for (const absl::string_view word :
       {"virtual", "automated", "deferred", "plugin", "timeclock", "without amounts"}) {
    if (absl::StrContains(directive, word)) return true;
  }
  return false;
}

std::optional<AccountType> TypeFromName(absl::string_view account) {
  const std::string root = absl::AsciiStrToLower(account.substr(0, account.find(':')));
  for (const RootName& candidate : kRootNames) {
    if (candidate.name == root) return candidate.type;
  }
  return std::nullopt;
}

PlannedCurrency& PlanningSink::NeedCurrency(const ParsedAmount& amount) {
  return plan_.currencies[names_->CodeOf(amount.commodity)];
}

void PlanningSink::NeedAmount(const ParsedAmount& amount) {
  PlannedCurrency& currency = NeedCurrency(amount);
  currency.scale = std::max(currency.scale, amount.quantity.MinimalScale());
}

void PlanningSink::NeedAssertion(const ParsedAssertion& assertion) {
  ++plan_.assertion_count;
  plan_.accounts[assertion.account];
  NeedAmount(assertion.expected);
  (assertion.include_descendants ? plan_.asserted_subtrees : plan_.asserted_accounts)
      .insert(assertion.account);
}

void PlanningSink::NeedTags(const std::vector<std::pair<std::string, std::string>>& tags) {
  for (const auto& [key, value] : tags) {
    if (value.empty() || dimensions_.count(key) == 0) continue;
    if (plan_.tag_values[key].insert(value).second) ++tag_value_count_;
  }
}

absl::Status PlanningSink::CheckSize(const Place& place) const {
  absl::string_view what;
  std::size_t limit = 0;
  if (plan_.accounts.size() > kMaxPlannedAccounts) {
    what = "accounts";
    limit = kMaxPlannedAccounts;
  } else if (plan_.currencies.size() > kMaxPlannedCurrencies) {
    what = "commodities";
    limit = kMaxPlannedCurrencies;
  } else if (plan_.prices.size() > kMaxPlannedPrices) {
    what = "prices";
    limit = kMaxPlannedPrices;
  } else if (tag_value_count_ > kMaxPlannedTagValues) {
    what = "values of dimensions";
    limit = kMaxPlannedTagValues;
  } else {
    return absl::OkStatus();
  }
  return InvalidArgument("TOO_MANY_NAMES", "",
                         absl::StrCat(place.ToString(), ": the file has more than ", limit, " ",
                                      what));
}

absl::Status PlanningSink::OnTransaction(ParsedTransaction&& transaction) {
  ++plan_.entry_count;
  plan_.posting_count += static_cast<std::int64_t>(transaction.postings.size());
  Widen(&plan_.first_date, &plan_.last_date, transaction.date);
  if (!dimensions_.empty()) NeedTags(transaction.tags);
  for (const ParsedPosting& posting : transaction.postings) {
    plan_.accounts[posting.account].postable = true;
    NeedAmount(posting.amount);
    PlannedCurrency& weight = NeedCurrency(posting.weight);
    weight.cost_scale = std::max(weight.cost_scale, posting.weight.quantity.MinimalScale());
    if (posting.assertion.has_value()) NeedAssertion(*posting.assertion);
    if (!dimensions_.empty()) NeedTags(posting.tags);
  }
  for (const ParsedAmount& residue : transaction.residue) {
    if (++plan_.residue_count <= static_cast<std::int64_t>(kMaxExamples)) {
      plan_.residues.push_back({transaction.place, residue});
    }
  }
  return CheckSize(transaction.place);
}

absl::Status PlanningSink::OnAccount(const ParsedAccount& account) {
  PlannedAccount& planned = plan_.accounts[account.account];
  // A declared account is one that entries may use, even if none does yet.
  planned.postable = true;
  if (!account.comment.empty()) planned.note = account.comment;
  if (account.closed_on.has_value()) planned.closed = true;
  if (const auto type = TypeFromTag(account.type)) {
    planned.type = *type;
    planned.type_known = true;
  }
  return CheckSize(account.place);
}

absl::Status PlanningSink::OnCommodity(const ParsedCommodity& commodity) {
  PlannedCurrency& currency = plan_.currencies[names_->CodeOf(commodity.commodity)];
  currency.scale = std::max(currency.scale, commodity.scale.value_or(0));
  if (!commodity.name.empty()) currency.name = commodity.name;
  return CheckSize(commodity.place);
}

absl::Status PlanningSink::OnPrice(const ParsedPrice& price) {
  const std::string base = names_->CodeOf(price.commodity);
  const std::string quote = names_->CodeOf(price.price.commodity);
  if (base == quote || price.price.quantity.Sign() <= 0) {
    return OnUnsupported(price.place, "price of zero or less, or of a commodity in itself");
  }
  plan_.currencies[base];
  plan_.currencies[quote];
  const auto key =
      std::make_tuple(price.date, base, quote, price.price.quantity.Trimmed().ToString());
  if (known_prices_.insert(key).second) plan_.prices.push_back(price);
  return CheckSize(price.place);
}

absl::Status PlanningSink::OnAssertion(const ParsedAssertion& assertion) {
  NeedAssertion(assertion);
  return CheckSize(assertion.place);
}

absl::Status PlanningSink::OnUnsupported(const Place& place, absl::string_view directive) {
  Unsupported& unsupported = plan_.unsupported[std::string(directive)];
  ++unsupported.count;
  if (unsupported.places.size() < kMaxExamples) unsupported.places.push_back(place.ToString());
  return absl::OkStatus();
}

ImportPlan PlanningSink::Finish() {
  std::vector<std::string> names;
  for (const auto& [name, account] : plan_.accounts) names.push_back(name);
  for (std::string parent : names) {
    while (!(parent = ParentOf(parent)).empty()) plan_.accounts[parent];
  }
  // In name order a parent comes before its children, so that a type is inherited once it is known.
  for (auto& [name, account] : plan_.accounts) {
    if (account.type_known) continue;
    const auto parent = plan_.accounts.find(ParentOf(name));
    const std::optional<AccountType> by_name = TypeFromName(name);
    if (parent != plan_.accounts.end() && parent->second.type_known) {
      account.type = parent->second.type;
      account.type_known = true;
    } else if (by_name.has_value()) {
      account.type = *by_name;
      account.type_known = true;
    }
  }
  return std::move(plan_);
}

}  // namespace lumbung::import
