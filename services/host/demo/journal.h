// Journal: where the stories of the demo write their entries down. It keeps running balances of its
// own, so that a story can ask what is in the bank, and so that the bank statements of the demo
// come from another hand than the ledger's. Whole rupiah and dollars only. Used by one thread.
#ifndef LUMBUNG_SERVICES_HOST_DEMO_JOURNAL_H_
#define LUMBUNG_SERVICES_HOST_DEMO_JOURNAL_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "ledger/core/date.h"
#include "lumbung/ledger/v1/resources.pb.h"

namespace lumbung::demo {

namespace v1 = ::lumbung::ledger::v1;

enum class Coin { kRupiah, kDollar };

// One posting; a debit is positive.
struct Line {
  std::string account;
  Coin coin = Coin::kRupiah;
  std::int64_t amount = 0;  // In `coin`.
  std::int64_t rupiah = 0;
  std::string fund;  // The default fund when empty.
  std::map<std::string, std::string> dimensions;
  std::string memo;

  Line In(absl::string_view fund_id) &&;
  Line For(absl::string_view dimension, absl::string_view value) &&;
  Line Noting(absl::string_view text) &&;
};

Line Debit(absl::string_view account, std::int64_t rupiah);
Line Credit(absl::string_view account, std::int64_t rupiah);
// Dollars that are worth `rupiah` in this entry.
Line DebitDollars(absl::string_view account, std::int64_t dollars, std::int64_t rupiah);
Line CreditDollars(absl::string_view account, std::int64_t dollars, std::int64_t rupiah);

// The document behind an entry. Each kind is numbered on its own, anew each year.
enum class Voucher { kCashOut, kBankIn, kBankOut, kMemorial };

// An entry that is found to be wrong and reversed.
struct DemoReversal {
  std::size_t entry = 0;  // Position in DemoMonth::entries.
  Date date;
  std::string description;
};

// What one month sends to the server.
struct DemoMonth {
  Date first;
  std::vector<v1::JournalEntry> entries;  // By date.
  std::vector<DemoReversal> reversals;
  std::vector<v1::BalanceAssertion> assertions;
};

class Journal {
 public:
  // Entries without lines of an amount are left out, and so are such lines.
  void Post(Voucher voucher, Date date, std::string description, std::vector<Line> lines);
  void PostAdjusting(Date date, std::string description, std::vector<Line> lines);
  void PostOpening(Date date, std::string description, std::vector<Line> lines);
  // An entry that is reversed on `reversal_date`: it leaves no trace in the balances.
  void PostMistake(Voucher voucher, Date date, std::string description, std::vector<Line> lines,
                   Date reversal_date, std::string reason);

  // What is in an account by now, over all funds; or in one fund ("" is the default fund).
  std::int64_t Balance(absl::string_view account, Coin coin) const;
  std::int64_t Balance(absl::string_view account, Coin coin, absl::string_view fund) const;
  // The same at its value in rupiah, whatever the coin.
  std::int64_t Value(absl::string_view account, absl::string_view fund) const;

  // Notes what the statement of an account says at the end of a day: the balance by now.
  void Assert(absl::string_view account, Coin coin, Date date, absl::string_view source);

  // Everything since the last call, in order of date and numbered.
  DemoMonth TakeMonth(Date first);

 private:
  struct Written {
    Voucher voucher{};
    Date date;
    v1::JournalEntry entry;
    std::optional<std::pair<Date, std::string>> reversal;
  };

  Written Write(Voucher voucher, Date date, std::string description, std::vector<Line> lines,
                v1::EntryKind kind) const;
  void Enter(Voucher voucher, Date date, std::string description, std::vector<Line> lines,
             v1::EntryKind kind);
  std::string NextReference(Voucher voucher, Date date);

  std::vector<Written> written_;
  std::vector<v1::BalanceAssertion> assertions_;
  // By account, fund and coin: (amount, rupiah).
  std::map<std::tuple<std::string, std::string, Coin>, std::pair<std::int64_t, std::int64_t>>
      balances_;
  std::map<std::pair<Voucher, int>, int> last_reference_;
};

}  // namespace lumbung::demo

#endif  // LUMBUNG_SERVICES_HOST_DEMO_JOURNAL_H_
