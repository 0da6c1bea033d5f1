#include "services/ledger/transfer/prepare_book.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/currency.h"
#include "ledger/core/status.h"
#include "ledger/store/account_store.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/import_store.h"
#include "services/ledger/transfer/problems.h"

namespace lumbung::transfer {
namespace {

using import::ImportPlan;
using import::PlannedAccount;
using import::PlannedCurrency;

constexpr char kImportSource[] = "import";

std::string ParentName(const std::string& account) {
  const std::size_t colon = account.rfind(':');
  return colon == std::string::npos ? "" : account.substr(0, colon);
}

std::string LastSegment(const std::string& account) {
  const std::string segment = account.substr(account.rfind(':') + 1);
  return segment.empty() ? account : segment;
}

class BookPreparer {
 public:
  BookPreparer(store::TransactionScope& scope, const BookSnapshot& book, const ImportPlan& plan,
               const import::CurrencyNames& names, const PreparationOptions& options)
      : scope_(scope), book_(book), plan_(plan), names_(names), options_(options) {}

  absl::StatusOr<Preparation> Run() {
    LUMBUNG_RETURN_IF_ERROR(PlanCurrencies());
    PlanAccounts();
    PlanDimensionValues();
    LUMBUNG_RETURN_IF_ERROR(problems_.ToStatus());
    LUMBUNG_RETURN_IF_ERROR(Create());
    return std::move(result_);
  }

 private:
  BookKey key() const { return book_.book().key; }

  void Problem(absl::string_view reason, absl::string_view field, const std::string& message) {
    problems_.Add(FailedPrecondition(reason, field, message));
  }
  void Assume(const std::string& what, const std::string& place) {
    import::Unsupported& assumed = result_.assumptions[what];
    ++assumed.count;
    if (assumed.places.size() < import::kMaxExamples) assumed.places.push_back(place);
  }

  absl::Status PlanCurrencies() {
    for (const auto& [code, planned] : plan_.currencies) {
      if (const Currency* currency = book_.FindCurrency(code)) {
        LUMBUNG_RETURN_IF_ERROR(FitCurrency(*currency, planned));
      } else if (options_.existing_only) {
        Problem("UNKNOWN_CURRENCY", "currency_names",
                absl::StrCat("the book has no currency '", code, "'"));
      } else if (planned.scale > kMaxCurrencyScale) {
        RefuseScale(code, kMaxCurrencyScale, planned.scale);
      } else {
        PlanNewCurrency(code, planned);
      }
    }
    return absl::OkStatus();
  }

  absl::Status FitCurrency(const Currency& currency, const PlannedCurrency& planned) {
    const int wanted = std::min(std::max(planned.scale, planned.cost_scale), kMaxCurrencyScale);
    if (wanted > currency.scale && !options_.existing_only) {
      LUMBUNG_ASSIGN_OR_RETURN(const bool raised,
                               store::RaiseCurrencyScale(scope_, key(), currency.id, wanted));
      if (raised) {
        Assume(
            absl::StrCat(currency.code, " gets ", wanted, " decimals instead of ", currency.scale),
            currency.code);
        return absl::OkStatus();
      }
    }
    if (planned.scale > currency.scale) RefuseScale(currency.code, currency.scale, planned.scale);
    return absl::OkStatus();
  }

  void RefuseScale(const std::string& code, int has, int needs) {
    Problem("SCALE_EXCEEDED", "currency",
            absl::StrCat("amounts in ", code, " have at most ", has, " decimals; the file has ",
                         needs));
  }

  void PlanNewCurrency(const std::string& code, const PlannedCurrency& planned) {
    store::NewCurrency currency;
    currency.code = code;
    int scale = std::max(planned.scale, std::min(planned.cost_scale, kMaxCurrencyScale));
    if (const auto iso = FindIsoCurrency(code)) scale = std::max(scale, iso->scale);
    currency.scale = scale;
    currency.commodity = true;
    currency.display_name = planned.name;
    currencies_.push_back(std::move(currency));
  }

  void PlanAccounts() {
    for (const Account& account : book_.accounts()) {
      if (account.postable) key_by_code_.emplace(account.code, account.key);
    }
    std::map<std::string, PlannedAccount> wanted;
    for (const auto& [name, planned] : plan_.accounts) {
      const bool asserted =
          plan_.asserted_accounts.count(name) + plan_.asserted_subtrees.count(name) > 0;
      if ((planned.postable || asserted) && !IsThere(name)) AddWithParents(name, &wanted);
    }
    PlanResidueAccount(&wanted);
    if (options_.existing_only) {
      for (const auto& [name, planned] : wanted) {
        if (planned.postable) {
          Problem("UNKNOWN_ACCOUNT", "account",
                  absl::StrCat("the book has no account '", name, "'"));
        }
      }
      return;
    }
    // In name order a parent comes before its children.
    for (const auto& [name, planned] : wanted) PlanNewAccount(name, planned);
  }

  // Whether the book has the account, by key or by code.
  bool IsThere(const std::string& name) {
    if (book_.FindAccount(name) != nullptr) return true;
    const auto by_code = key_by_code_.find(name);
    if (by_code == key_by_code_.end()) return false;
    result_.account_keys[name] = by_code->second;
    return true;
  }

  void AddWithParents(std::string name, std::map<std::string, PlannedAccount>* wanted) {
    for (; !name.empty() && book_.FindAccount(name) == nullptr; name = ParentName(name)) {
      const auto planned = plan_.accounts.find(name);
      wanted->emplace(name, planned == plan_.accounts.end() ? PlannedAccount() : planned->second);
    }
  }

  void PlanResidueAccount(std::map<std::string, PlannedAccount>* wanted) {
    const std::string& name = options_.residue_account;
    if (name.empty()) return;
    result_.residue_account = name;
    if (IsThere(name)) {
      const auto other_key = result_.account_keys.find(name);
      if (other_key != result_.account_keys.end()) result_.residue_account = other_key->second;
      return;
    }
    const auto type = import::TypeFromName(name);
    if (!type.has_value() && wanted->count(name) == 0) {
      Problem("UNKNOWN_ACCOUNT", "residue_account",
              absl::StrCat("the book has no account '", name,
                           "', and its name does not tell its type"));
      return;
    }
    AddWithParents(name, wanted);
    PlannedAccount& planned = (*wanted)[name];
    planned.postable = true;
    if (!planned.type_known && type.has_value()) {
      planned.type = *type;
      planned.type_known = true;
    }
  }

  std::optional<AccountType> TypeOf(const std::string& name) const {
    if (const Account* account = book_.FindAccount(name)) return account->type;
    const auto created = new_types_.find(name);
    if (created == new_types_.end()) return std::nullopt;
    return created->second;
  }

  void PlanNewAccount(const std::string& name, const PlannedAccount& planned) {
    store::NewAccount account;
    account.key = name;
    account.display_name = LastSegment(name);
    account.postable = planned.postable;
    account.note = planned.note;
    account.type = planned.type;
    const std::string parent = ParentName(name);
    if (!planned.type_known) {
      const auto by_name = import::TypeFromName(name);
      const auto inherited = TypeOf(parent);
      if (inherited.has_value()) {
        account.type = *inherited;
      } else if (by_name.has_value()) {
        account.type = *by_name;
      } else {
        Assume("account of unknown type, taken as an asset", name);
      }
    }
    for (account.parent = parent; !account.parent.empty();
         account.parent = ParentName(account.parent)) {
      const auto type = TypeOf(account.parent);
      if (type.has_value() && store::MayStandBelow(account.type, *type)) break;
    }
    if (account.parent != parent) {
      Assume("account of another type than its parent, put elsewhere in the tree", name);
    }
    if (planned.closed) result_.accounts_to_close.push_back(name);
    new_types_[name] = account.type;
    accounts_.push_back(std::move(account));
  }

  void PlanDimensionValues() {
    for (const auto& [dimension_key, values] : plan_.tag_values) {
      const Dimension* dimension = book_.FindDimension(dimension_key);
      if (dimension == nullptr) continue;
      for (const std::string& value : values) {
        if (book_.FindValue(*dimension, value) != nullptr) continue;
        if (options_.existing_only) {
          Problem("UNKNOWN_DIMENSION_VALUE", dimension_key,
                  absl::StrCat("dimension '", dimension_key, "' has no value '", value, "'"));
        } else {
          values_.push_back({dimension_key, value, value});
        }
      }
    }
  }

  // Those that the book does not have at that rate for that day already.
  std::vector<store::NewExchangeRate> NewRates() const {
    std::set<std::tuple<Date, CurrencyId, CurrencyId, std::string>> known;
    for (const ExchangeRate& rate : book_.rates()) {
      known.emplace(rate.date, rate.base, rate.quote, rate.rate.Trimmed().ToString());
    }
    std::vector<store::NewExchangeRate> rates;
    for (const import::ParsedPrice& price : plan_.prices) {
      const std::string base = names_.CodeOf(price.commodity);
      const std::string quote = names_.CodeOf(price.price.commodity);
      const Currency* base_currency = book_.FindCurrency(base);
      const Currency* quote_currency = book_.FindCurrency(quote);
      const Decimal rate = price.price.quantity.Trimmed();
      if (base_currency != nullptr && quote_currency != nullptr &&
          known.count({price.date, base_currency->id, quote_currency->id, rate.ToString()}) > 0) {
        continue;
      }
      rates.push_back({base, quote, price.date, rate, kImportSource});
    }
    return rates;
  }

  absl::Status Create() {
    LUMBUNG_ASSIGN_OR_RETURN(const auto currencies,
                             store::CreateCurrencies(scope_, key(), currencies_));
    LUMBUNG_ASSIGN_OR_RETURN(const auto accounts, CreateAccounts());
    LUMBUNG_ASSIGN_OR_RETURN(const auto values,
                             store::CreateDimensionValues(scope_, key(), values_));
    LUMBUNG_ASSIGN_OR_RETURN(const auto rates,
                             store::CreateExchangeRates(scope_, key(), NewRates()));
    result_.currencies_created = static_cast<std::int64_t>(currencies.size());
    result_.accounts_created = static_cast<std::int64_t>(accounts.size());
    result_.dimension_values_created = static_cast<std::int64_t>(values.size());
    result_.rates_created = static_cast<std::int64_t>(rates.size());
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Account>> CreateAccounts() {
    auto created = store::CreateAccounts(scope_, key(), accounts_);
    if (!created.ok()) return PrefixField(created.status(), "accounts");
    return created;
  }

  store::TransactionScope& scope_;
  const BookSnapshot& book_;
  const ImportPlan& plan_;
  const import::CurrencyNames& names_;
  const PreparationOptions& options_;
  std::map<std::string, std::string> key_by_code_;
  std::map<std::string, AccountType> new_types_;
  std::vector<store::NewCurrency> currencies_;
  std::vector<store::NewAccount> accounts_;
  std::vector<store::NewDimensionValue> values_;
  ProblemList problems_;
  Preparation result_;
};

}  // namespace

absl::StatusOr<Preparation> PrepareBook(store::TransactionScope& scope, const BookSnapshot& book,
                                        const ImportPlan& plan, const import::CurrencyNames& names,
                                        const PreparationOptions& options) {
  return BookPreparer(scope, book, plan, names, options).Run();
}

}  // namespace lumbung::transfer
