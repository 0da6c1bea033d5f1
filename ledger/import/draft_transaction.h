// A transaction as it stands in an hledger or ledger file, before it is balanced: amounts may be
// missing and prices are not yet applied.
#ifndef LUMBUNG_LEDGER_IMPORT_DRAFT_TRANSACTION_H_
#define LUMBUNG_LEDGER_IMPORT_DRAFT_TRANSACTION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "ledger/core/date.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

enum class PostingKind {
  kReal,
  kVirtual,          // "(account)": outside double entry.
  kBalancedVirtual,  // "[account]": balances with its like, apart from the real postings.
};

// "@ 5 USD" or, for the whole amount, "@@ 50 USD".
struct DraftPrice {
  ParsedAmount amount;
  bool is_total = false;
};

struct DraftPosting {
  ParsedPosting parsed;
  PostingKind kind = PostingKind::kReal;
  // Without an amount, a posting takes what balances the transaction or, when it has an assertion,
  // what makes the assertion true (a balance assignment).
  bool has_amount = false;
  std::optional<DraftPrice> price;
  // ledger only: the price of the lot that is bought or sold, and all its annotations as written.
  // Units of different lots do not cancel out.
  std::optional<DraftPrice> lot_price;
  std::string lot;
  // hledger only: the posting's own date. Its transaction's date is the one that is imported.
  std::optional<Date> date;

  bool IsElided() const { return !has_amount && !parsed.assertion.has_value(); }
  bool IsAssignment() const { return !has_amount && parsed.assertion.has_value(); }
};

struct DraftTransaction {
  ParsedTransaction parsed;  // Without its postings.
  std::vector<DraftPosting> postings;
};

// Hands a balanced transaction on with its real postings. One that has no postings of any kind is
// reported; virtual postings were reported when they were read.
absl::Status SendTransaction(DraftTransaction& draft, JournalSink& sink);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_DRAFT_TRANSACTION_H_
