// What hledger and ledger print, read back so that tests can compare it with our readers.
#ifndef LUMBUNG_TESTS_DIFFERENTIAL_PEER_OUTPUT_H_
#define LUMBUNG_TESTS_DIFFERENTIAL_PEER_OUTPUT_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

// Rows of CSV. `escape` is how a quote is written inside a quoted field: '"' doubled or '\\'.
std::vector<std::vector<std::string>> ParseCsv(absl::string_view text, char escape);

// One posting as a line of text: date, status, code, description, account, quantity without
// trailing zeros, commodity, comments. What is compared.
using PostingLines = std::vector<std::string>;

// hledger's `print -O csv`, in the order in which the journal was read. Virtual postings are left
// out.
PostingLines HledgerPostings(absl::string_view csv);
PostingLines HledgerPostings(const std::vector<ParsedTransaction>& transactions);

// ledger's `csv`, likewise. It shows the transaction's mark for postings without one of their own,
// and its note behind theirs, without a blank between them.
PostingLines LedgerPostings(absl::string_view csv);
PostingLines LedgerPostings(const std::vector<ParsedTransaction>& transactions);

// Where the two differ first, with the lines around it; empty when they agree.
std::string FirstDifference(const PostingLines& ours, const PostingLines& theirs);

// Balances by account and commodity, without zeros.
using Balances = std::map<std::pair<std::string, std::string>, Decimal>;

// `balance -B --flat` as CSV (hledger) and as text (ledger).
Balances HledgerBalances(absl::string_view csv);
Balances LedgerBalances(absl::string_view text);
// The weights, which is what -B shows. With `with_descendants`, an account includes those below it.
Balances WeightBalances(const std::vector<ParsedTransaction>& transactions, bool with_descendants);
Balances AmountBalances(const std::vector<ParsedTransaction>& transactions);
// "account: 5 USD" where `ours`, rounded as `theirs` shows it, differs; empty when they agree.
// Accounts of `ours` that `theirs` lacks must be zero to the decimals shown elsewhere.
std::vector<std::string> Differences(const Balances& ours, const Balances& theirs);

}  // namespace lumbung::import

#endif  // LUMBUNG_TESTS_DIFFERENTIAL_PEER_OUTPUT_H_
