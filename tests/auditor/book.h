// The model's book: everything that was agreed upon so far, as plain data, and sums over it made
// the slow way, from the first posting to the last.
#ifndef LUMBUNG_TESTS_AUDITOR_BOOK_H_
#define LUMBUNG_TESTS_AUDITOR_BOOK_H_

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lumbung/ledger/v1/ledger_service.pb.h"
#include "lumbung/ledger/v1/resources.pb.h"
#include "tests/auditor/plain_values.h"

namespace lumbung::auditor {

namespace v1 = ::lumbung::ledger::v1;

using Dimensions = std::map<std::string, std::string>;

struct Account {
  std::string parent;
  v1::AccountType type = v1::ACCOUNT_TYPE_ASSET;
  bool postable = true;
  bool closed = false;
  std::map<std::string, v1::DimensionRequirement> rules = {};
};

struct Fund {
  v1::FundRestriction restriction = v1::FUND_RESTRICTION_WITHOUT;
  bool closed = false;
};

struct Currency {
  int scale = 2;
  bool commodity = false;
};

// Units of the functional currency for one of `currency`, from a day on.
struct Rate {
  std::string currency;
  std::string date;
  ExactNumber rate;
};

// A posting, its amounts in the smallest units of their currencies.
struct Line {
  std::string account;
  std::string fund;
  Dimensions dimensions;
  std::string currency;
  std::string functional_currency;
  ExactInteger amount;
  ExactInteger functional_amount;
  std::string memo;
};

// The request id of entries that no client asked for.
inline constexpr char kNoClientsRequestId[] = "\n";

struct Entry {
  // As the server has to show it. What only the server can know (record_time, leaf_hash) is taken
  // from its first answer and must stay the same ever after.
  v1::JournalEntry shown;
  std::vector<Line> lines;
  std::string request_id;
  // What was asked for, in the spelling of SameRequest.
  v1::JournalEntry asked;
};

struct Period {
  v1::PeriodState state = v1::PERIOD_STATE_OPEN;
  // Closed by a call of its own, and not reopened since.
  bool was_closed = false;
  // As it was last shown: its time and hash must stay the same.
  v1::Period shown;
};

// The first answer to a change other than an entry.
struct Remembered {
  std::string request;
  std::string answer;
};

// What turnover is told apart by.
struct RowKey {
  std::string account;
  std::string fund;
  Dimensions dimensions;
  std::string currency;
  std::string functional_currency;

  friend auto operator<=>(const RowKey&, const RowKey&) = default;
};

struct Turnover {
  ExactInteger debit;
  ExactInteger credit;
  ExactInteger functional_debit;
  ExactInteger functional_credit;

  void Add(const Line& line);
  bool IsZero() const;
};

using Rows = std::map<RowKey, Turnover>;

struct Book {
  std::string name;
  std::string functional_currency;
  std::string default_fund;
  int fiscal_year_start_month = 1;
  std::map<std::string, Account> accounts;
  std::map<std::string, Fund> funds;
  std::map<std::string, Currency> currencies;
  std::map<std::string, std::set<std::string>> dimensions;
  std::set<std::string> series;
  // In the order of recording.
  std::vector<Rate> rates;
  std::vector<v1::BalanceAssertion> assertions;
  // The entry with sequence n stands at n - 1.
  std::vector<Entry> entries;
  std::map<std::pair<std::string, int>, std::int64_t> last_numbers;
  std::map<std::string, Period> periods;
  // The newest hard-closed month; empty when there is none.
  std::string hard_closed_through;
  // By method and request id.
  std::map<std::pair<std::string, std::string>, Remembered> answers;

  const Account* FindAccount(const std::string& id) const;
  int ScaleOf(const std::string& currency) const { return currencies.at(currency).scale; }
  // The account and everything below it.
  std::set<std::string> Subtree(const std::string& root) const;
  // The ancestor at this depth, or the account itself when it is not deeper. 1 is the top.
  std::string AncestorAt(const std::string& account, int depth) const;
  // The newest on or before the day; of one day, the one recorded last.
  const Rate* FindRate(const std::string& currency, const std::string& date) const;
  v1::PeriodState StateOf(const std::string& month) const;
  v1::Period ShowPeriod(const std::string& month) const;

  const Entry* FindRequest(const std::string& request_id) const;
  // By `books/{book}/entries/{sequence}`.
  const Entry* FindEntry(const std::string& entry_name) const;
  // Gives the entry its sequence and number, fills `shown`, and links what it reverses.
  const Entry& Append(Entry entry);
  // Takes the newest entry back.
  void RemoveLast();

  // Sums the lines of all entries that `counts` says count, under the keys it gives them.
  using Counting =
      std::function<std::optional<RowKey>(const v1::JournalEntry& entry, const Line& line)>;
  Rows Sum(const Counting& counts) const;
  // Balance in the currency's smallest units; of every fund when it is empty.
  ExactInteger BalanceOf(const v1::BalanceAssertion& asked) const;

  v1::Posting ShowLine(const Line& line) const;
  v1::AccountBalance ShowRow(const RowKey& key, const Turnover& turnover) const;
};

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_BOOK_H_
