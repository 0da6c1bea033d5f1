#include "ledger/posting/closing_entry.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/entry_validation.h"
#include "ledger/core/status.h"

namespace lumbung::posting {
namespace {

constexpr char kClosingSeries[] = "JT";

// An account's place in the chart, then what its balances are told apart by. Ordered, so that the
// same balances always give the same entry.
using BalanceKey = std::tuple<std::size_t, FundId, std::vector<std::pair<DimensionId, ValueId>>,
                              CurrencyId, CurrencyId>;

struct Net {
  Decimal amount;
  Decimal functional;
};

bool IsIncomeOrExpense(const Account& account) {
  return account.type == AccountType::kIncome || account.type == AccountType::kExpense;
}

class Closer {
 public:
  Closer(const BookSnapshot& book, const FiscalYearClosing& closing)
      : book_(book), closing_(closing) {
    for (std::size_t i = 0; i < book.accounts().size(); ++i) place_[book.accounts()[i].id] = i;
  }

  absl::Status AddTurnover(absl::Span<const BalanceRow> turnover) {
    for (const BalanceRow& row : turnover) {
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal balance, row.Balance());
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal functional, row.FunctionalBalance());
      LUMBUNG_RETURN_IF_ERROR(AddBalance(row.account, row.dimensions, row.currency,
                                         row.functional_currency, balance, functional));
    }
    return absl::OkStatus();
  }

  absl::Status TakeOut(const PostedEntry& entry) {
    for (const ValidPosting& posting : entry.content.postings) {
      LUMBUNG_RETURN_IF_ERROR(AddBalance(posting.account, posting.dimensions, posting.currency,
                                         posting.functional_currency, posting.amount.Negated(),
                                         posting.functional_amount.Negated()));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::optional<EntryDraft>> Draft() {
    EntryDraft draft;
    for (const auto& [key, net] : balances_) {
      if (net.amount.IsZero() && net.functional.IsZero()) continue;
      LUMBUNG_RETURN_IF_ERROR(CloseBalance(key, net, &draft));
    }
    if (draft.postings.empty()) return std::optional<EntryDraft>();
    AddNetAssets(&draft);
    const int start_month = book_.book().fiscal_year_start_month;
    draft.effective_date = FiscalYearEnd(closing_.fiscal_year, start_month);
    draft.kind = EntryKind::kClosing;
    draft.series = kClosingSeries;
    draft.description =
        absl::StrCat("Penutupan tahun buku (year-end close) ", closing_.fiscal_year);
    draft.source = "year-end close";
    return std::optional<EntryDraft>(std::move(draft));
  }

 private:
  // What goes to net assets in one place, and by how many postings.
  struct Surplus {
    Decimal amount;
    int postings = 0;
  };
  using SurplusKey =
      std::tuple<std::string, FundId, std::vector<std::pair<DimensionId, ValueId>>, CurrencyId>;

  absl::Status AddBalance(AccountId account, const DimensionSet& set, CurrencyId currency,
                          CurrencyId functional_currency, const Decimal& amount,
                          const Decimal& functional) {
    if (!IsIncomeOrExpense(*book_.FindAccount(account))) return absl::OkStatus();
    Net& net =
        balances_[{place_.at(account), set.fund, set.members, currency, functional_currency}];
    LUMBUNG_ASSIGN_OR_RETURN(net.amount, Add(net.amount, amount));
    LUMBUNG_ASSIGN_OR_RETURN(net.functional, Add(net.functional, functional));
    return absl::OkStatus();
  }

  absl::Status CloseBalance(const BalanceKey& key, const Net& net, EntryDraft* draft) {
    const auto& [place, fund, members, currency, functional_currency] = key;
    const Account& account = book_.accounts()[place];
    LUMBUNG_ASSIGN_OR_RETURN(const Account* target, TargetOf(*book_.FindFund(fund), account));
    Surplus& surplus =
        surplus_[{target->key, fund, Allowed(*target, members), functional_currency}];
    LUMBUNG_ASSIGN_OR_RETURN(surplus.amount, Add(surplus.amount, net.functional));

    PostingDraft posting = PostingOf(account.key, {fund, members}, currency, functional_currency);
    posting.amount = net.amount.Negated();
    posting.functional->amount = net.functional.Negated();
    if (net.amount.Sign() * net.functional.Sign() < 0) {
      // Exchange differences can turn the sign; a single posting cannot say that.
      PostingDraft difference = posting;
      posting.functional->amount = Decimal();
      difference.amount = Decimal();
      draft->postings.push_back(std::move(difference));
      ++surplus.postings;
    }
    draft->postings.push_back(std::move(posting));
    ++surplus.postings;
    return absl::OkStatus();
  }

  void AddNetAssets(EntryDraft* draft) const {
    for (const auto& [key, surplus] : surplus_) {
      // What cancels out needs no counterpart; but a posting never stands alone in its fund.
      if (surplus.amount.IsZero() && surplus.postings > 1) continue;
      const auto& [account, fund, members, currency] = key;
      PostingDraft posting = PostingOf(account, {fund, members}, currency, currency);
      posting.amount = surplus.amount;
      posting.functional->amount = surplus.amount;
      draft->postings.push_back(std::move(posting));
    }
  }

  absl::StatusOr<const Account*> TargetOf(const Fund& fund, const Account& account) const {
    if (fund.restriction == FundRestriction::kAgency) {
      return FailedPrecondition(
          "AGENCY_FUND_INCOME", "fiscal_year",
          absl::StrCat("fund '", fund.key, "' is held for others, yet account '", account.key,
                       "' has a balance in it; move it to a liability before the close"));
    }
    const bool restricted = fund.restriction != FundRestriction::kWithout;
    const char* const field = restricted ? "restricted_account" : "unrestricted_account";
    const std::string& key =
        restricted ? closing_.restricted_account : closing_.unrestricted_account;
    const Account* target = book_.FindAccount(key);
    if (target == nullptr) {
      return NotFound("UNKNOWN_ACCOUNT", field,
                      absl::StrCat("the book has no account '", key,
                                   "'; it is to receive the "
                                   "surplus of fund '",
                                   fund.key, "'"));
    }
    if (target->type != AccountType::kNetAsset) {
      return InvalidArgument("TYPE_MISMATCH", field,
                             absl::StrCat("'", key, "' is not a net asset account"));
    }
    return target;
  }

  // The members that the net asset account does not forbid.
  static std::vector<std::pair<DimensionId, ValueId>> Allowed(
      const Account& target, std::vector<std::pair<DimensionId, ValueId>> members) {
    members.erase(std::remove_if(members.begin(), members.end(),
                                 [&](const auto& member) {
                                   return std::any_of(target.rules.begin(), target.rules.end(),
                                                      [&](const AccountDimensionRule& rule) {
                                                        return rule.dimension == member.first &&
                                                               rule.requirement ==
                                                                   DimensionRequirement::kForbidden;
                                                      });
                                 }),
                  members.end());
    return members;
  }

  PostingDraft PostingOf(const std::string& account, const DimensionSet& set, CurrencyId currency,
                         CurrencyId functional_currency) const {
    PostingDraft posting;
    posting.account = account;
    posting.currency = book_.FindCurrency(currency)->code;
    posting.functional = FunctionalAmount{Decimal(), book_.FindCurrency(functional_currency)->code};
    posting.fund = book_.FindFund(set.fund)->key;
    for (const auto& [dimension_id, value_id] : set.members) {
      const Dimension* dimension = book_.FindDimension(dimension_id);
      posting.dimensions.emplace_back(dimension->key, book_.FindValue(*dimension, value_id)->key);
    }
    return posting;
  }

  const BookSnapshot& book_;
  const FiscalYearClosing& closing_;
  absl::flat_hash_map<AccountId, std::size_t> place_;
  std::map<BalanceKey, Net> balances_;
  std::map<SurplusKey, Surplus> surplus_;
};

// A posting as text, amounts without idle zeros.
std::string LineOf(const PostingDraft& posting, bool negated) {
  const auto amount = [negated](const Decimal& value) {
    return (negated ? value.Negated() : value).Trimmed().ToString();
  };
  std::string line = absl::StrCat(posting.account, "\n", amount(posting.amount), "\n",
                                  posting.currency, "\n", amount(posting.functional->amount), "\n",
                                  posting.functional->currency, "\n", posting.fund);
  for (const auto& [dimension, value] : posting.dimensions) {
    absl::StrAppend(&line, "\n", dimension, "\n", value);
  }
  return line;
}

std::vector<std::string> SortedLines(const EntryDraft& draft, bool negated) {
  std::vector<std::string> lines;
  for (const PostingDraft& posting : draft.postings) lines.push_back(LineOf(posting, negated));
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

absl::StatusOr<std::optional<EntryDraft>> ClosingEntry(const BookSnapshot& book,
                                                       const FiscalYearClosing& closing,
                                                       absl::Span<const BalanceRow> turnover,
                                                       const PostedEntry* in_force) {
  Closer closer(book, closing);
  LUMBUNG_RETURN_IF_ERROR(closer.AddTurnover(turnover));
  if (in_force != nullptr) LUMBUNG_RETURN_IF_ERROR(closer.TakeOut(*in_force));
  return closer.Draft();
}

bool HasSamePostings(const BookSnapshot& book, const EntryDraft& draft, const PostedEntry& entry) {
  const EntryDraft mirror = ReversalOf(book, entry, entry.content.effective_date);
  return draft.effective_date == entry.content.effective_date &&
         SortedLines(draft, false) == SortedLines(mirror, true);
}

}  // namespace lumbung::posting
