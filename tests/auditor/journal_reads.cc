// Questions about entries, one by one, listed, and as the register of an account.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "tests/auditor/filters.h"
#include "tests/auditor/reads.h"

namespace lumbung::auditor {
namespace {

constexpr std::size_t kMaxOtherAccounts = 8;

// ---- Entries ----

std::optional<ExactNumber> BoundOf(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return ReadAmount(text)->value();
}

class EntryFilter {
 public:
  EntryFilter(const Book& book, const v1::ListJournalEntriesRequest& request)
      : book_(book),
        request_(request),
        accounts_(request.account().empty() ? std::set<std::string>()
                                            : book.Subtree(request.account())),
        at_least_(BoundOf(request.min_amount())),
        at_most_(BoundOf(request.max_amount())) {}

  bool Matches(const Entry& entry) const {
    const v1::JournalEntry& shown = entry.shown;
    return IsWithin(shown.effective_date(), request_.from_date(), request_.to_date()) &&
           (request_.source().empty() || shown.source() == request_.source()) &&
           (request_.kind() == v1::ENTRY_KIND_UNSPECIFIED || shown.kind() == request_.kind()) &&
           (request_.request_id().empty() || entry.request_id == request_.request_id()) &&
           HasText(shown) &&
           std::any_of(entry.lines.begin(), entry.lines.end(),
                       [this](const Line& line) { return MatchesLine(line); });
  }

 private:
  bool HasText(const v1::JournalEntry& shown) const {
    const std::string wanted = absl::AsciiStrToLower(request_.text());
    const auto contains = [&](const std::string& text) {
      return absl::StrContains(absl::AsciiStrToLower(text), wanted);
    };
    return contains(shown.description()) || contains(shown.reference()) ||
           std::any_of(shown.postings().begin(), shown.postings().end(),
                       [&](const v1::Posting& posting) { return contains(posting.memo()); });
  }

  // One and the same posting has to fit.
  bool MatchesLine(const Line& line) const {
    const ExactNumber amount(boost::multiprecision::abs(line.amount),
                             testing::PowerOfTen(book_.ScaleOf(line.currency)));
    return (request_.account().empty() || accounts_.count(line.account) > 0) &&
           (request_.currency().empty() || line.currency == request_.currency()) &&
           (!at_least_.has_value() || amount >= *at_least_) &&
           (!at_most_.has_value() || amount <= *at_most_) && HasDimensions(line, request_);
  }

  const Book& book_;
  const v1::ListJournalEntriesRequest& request_;
  const std::set<std::string> accounts_;
  const std::optional<ExactNumber> at_least_;
  const std::optional<ExactNumber> at_most_;
};

std::string FaultOf(const Book& book, const v1::ListJournalEntriesRequest& request) {
  std::string reason = FaultOfDates(request.from_date(), request.to_date());
  if (!reason.empty()) return reason;
  for (const std::string& bound : {request.min_amount(), request.max_amount()}) {
    if (!bound.empty() && !ReadAmount(bound).has_value()) return "INVALID_AMOUNT";
  }
  const auto at_least = BoundOf(request.min_amount());
  const auto at_most = BoundOf(request.max_amount());
  if (at_least.has_value() && at_most.has_value() && *at_most < *at_least) return "INVALID_FILTER";
  return FirstOf({FaultOfAccount(book, request.account()),
                  FaultOfCurrency(book, request.currency()), FaultOfDimensions(book, request)});
}

// ---- Registers ----

// The accounts on the other side of the entry. A posting of nothing counts as a debit.
std::vector<std::string> OtherAccounts(const Entry& entry, const Line& line) {
  std::vector<std::string> others;
  for (const Line& other : entry.lines) {
    const bool opposite = line.amount < 0 ? other.amount > 0 : other.amount < 0;
    const bool listed = std::count(others.begin(), others.end(), other.account) > 0;
    if (opposite && !listed && others.size() < kMaxOtherAccounts) others.push_back(other.account);
  }
  return others;
}

class Register {
 public:
  Register(const Book& book, const v1::QueryPostingsRequest& request)
      : book_(book), request_(request), accounts_({request.account()}) {
    if (request.include_descendants()) accounts_ = book.Subtree(request.account());
  }

  v1::QueryPostingsResponse Write() {
    v1::QueryPostingsResponse out;
    for (const auto& [key, turnover] : Opening()) {
      if (!turnover.IsZero()) *out.add_opening() = book_.ShowRow(key, turnover);
      balances_[key.currency] += turnover.debit - turnover.credit;
      functional_balances_[key.functional_currency] +=
          turnover.functional_debit - turnover.functional_credit;
    }
    std::vector<const Entry*> by_date;
    for (const Entry& entry : book_.entries) by_date.push_back(&entry);
    std::stable_sort(by_date.begin(), by_date.end(), [](const Entry* a, const Entry* b) {
      return a->shown.effective_date() < b->shown.effective_date();
    });
    for (const Entry* entry : by_date) {
      if (!IsWithin(entry->shown.effective_date(), request_.from_date(), request_.to_date())) {
        continue;
      }
      for (const Line& line : entry->lines) {
        if (Counts(line) && HasRoom(out)) WriteLine(*entry, line, out.add_lines());
      }
    }
    return out;
  }

 private:
  bool Counts(const Line& line) const {
    return accounts_.count(line.account) > 0 &&
           (request_.currency().empty() || line.currency == request_.currency()) &&
           HasDimensions(line, request_);
  }

  bool HasRoom(const v1::QueryPostingsResponse& out) const {
    return request_.limit() == 0 || out.lines_size() < request_.limit();
  }

  // What came before the first day, all accounts together.
  Rows Opening() const {
    if (request_.from_date().empty()) return {};
    return book_.Sum([&](const v1::JournalEntry& entry, const Line& line) {
      std::optional<RowKey> key;
      if (entry.effective_date() < request_.from_date() && Counts(line)) {
        key = RowKey{"", "", {}, line.currency, line.functional_currency};
      }
      return key;
    });
  }

  void WriteLine(const Entry& entry, const Line& line, v1::QueryPostingsResponse::Line* out) {
    ExactInteger& balance = balances_[line.currency];
    ExactInteger& functional_balance = functional_balances_[line.functional_currency];
    balance += line.amount;
    functional_balance += line.functional_amount;
    out->set_entry(entry.shown.name());
    out->set_number(entry.shown.number());
    out->set_sequence(entry.shown.sequence());
    out->set_effective_date(entry.shown.effective_date());
    out->set_description(entry.shown.description());
    out->set_reference(entry.shown.reference());
    *out->mutable_posting() = book_.ShowLine(line);
    out->set_running_balance(AmountText(balance, book_.ScaleOf(line.currency)));
    out->set_running_functional_balance(
        AmountText(functional_balance, book_.ScaleOf(line.functional_currency)));
    for (const std::string& other : OtherAccounts(entry, line)) out->add_other_accounts(other);
  }

  const Book& book_;
  const v1::QueryPostingsRequest& request_;
  std::set<std::string> accounts_;
  std::map<std::string, ExactInteger> balances_;
  std::map<std::string, ExactInteger> functional_balances_;
};

std::string FaultOf(const Book& book, const v1::QueryPostingsRequest& request) {
  return FirstOf({FaultOfDates(request.from_date(), request.to_date()),
                  request.limit() < 0 ? "INVALID_FILTER" : "",
                  FaultOfAccount(book, request.account()),
                  FaultOfCurrency(book, request.currency()), FaultOfDimensions(book, request)});
}

}  // namespace

Answer<v1::JournalEntry> Read(const Book& book, const v1::GetJournalEntryRequest& request) {
  const Entry* by_sequence = book.FindEntry(request.name());
  if (by_sequence != nullptr) return {"", by_sequence->shown};
  const auto by_number =
      std::find_if(book.entries.begin(), book.entries.end(), [&](const Entry& entry) {
        return book.name + "/entries/" + entry.shown.number() == request.name();
      });
  if (by_number == book.entries.end()) return {"ENTRY_NOT_FOUND", {}};
  return {"", by_number->shown};
}

Answer<v1::ListJournalEntriesResponse> Read(const Book& book,
                                            const v1::ListJournalEntriesRequest& request) {
  Answer<v1::ListJournalEntriesResponse> answer;
  answer.reason = FaultOf(book, request);
  if (answer.refused()) return answer;
  const EntryFilter filter(book, request);
  std::vector<const Entry*> found;
  for (const Entry& entry : book.entries) {
    if (filter.Matches(entry)) found.push_back(&entry);
  }
  if (request.newest_first()) std::reverse(found.begin(), found.end());
  for (const Entry* entry : found) *answer.message.add_journal_entries() = entry->shown;
  return answer;
}

Answer<v1::QueryPostingsResponse> Read(const Book& book, const v1::QueryPostingsRequest& request) {
  Answer<v1::QueryPostingsResponse> answer;
  answer.reason = FaultOf(book, request);
  if (!answer.refused()) answer.message = Register(book, request).Write();
  return answer;
}

}  // namespace lumbung::auditor
