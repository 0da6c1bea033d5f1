// Taking a book out: accounts, currencies and entries in, text out in the format of another
// program.
//
// A writer is pure: it knows nothing of books or databases. It is fed in this order: all
// dimensions, currencies and accounts, then the entries, then Finish(). It writes to a sink in
// chunks and keeps in memory only what it was told of accounts and dimensions. What it writes, the
// target program and our own reader of the format read back to the same postings. Not thread-safe.
#ifndef LUMBUNG_LEDGER_EXPORT_EXPORT_WRITER_H_
#define LUMBUNG_LEDGER_EXPORT_EXPORT_WRITER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/core/entry.h"

namespace lumbung::ledger_export {

struct ExportCurrency {
  std::string code;
  int scale = 0;
  std::string display_name;
};

struct ExportAccount {
  // The account's key: "1.1.01.01", or the full name it was imported under, "Assets:Cash".
  std::string id;
  std::string display_name;
  AccountType type = AccountType::kAsset;
  bool closed = false;
};

struct ExportAmount {
  Decimal quantity;
  std::string currency;
};

struct ExportPosting {
  std::string account;  // The id of an ExportAccount.
  ExportAmount amount;  // Debit positive, credit negative.
  // The amount at which the posting balances. In the same currency it equals `amount`.
  ExportAmount functional;
  std::string fund;
  std::vector<std::pair<std::string, std::string>> dimensions;  // (dimension key, value key)
  std::string memo;
};

struct ExportEntry {
  std::string number;  // "JU-2026-000123"
  std::string uid;     // What identifies the entry for ever; may be empty.
  Date effective_date;
  std::string description;
  std::string reference;
  EntryKind kind = EntryKind::kStandard;
  std::vector<std::pair<std::string, std::string>> tags;
  std::vector<ExportPosting> postings;
};

// Takes the text, at most kChunkBytes at once. An error stops the writer, which returns it.
using ChunkSink = std::function<absl::Status(absl::string_view chunk)>;
inline constexpr std::size_t kChunkBytes = std::size_t{48} << 10;

class ExportWriter {
 public:
  virtual ~ExportWriter() = default;
  ExportWriter(const ExportWriter&) = delete;
  ExportWriter& operator=(const ExportWriter&) = delete;

  // A dimension that postings may name.
  virtual absl::Status AddDimension(absl::string_view key) = 0;
  // NOT_REPRESENTABLE when the format has no way to write the code.
  virtual absl::Status AddCurrency(const ExportCurrency& currency) = 0;
  virtual absl::Status AddAccount(const ExportAccount& account) = 0;
  // UNKNOWN_ACCOUNT, UNKNOWN_CURRENCY or UNKNOWN_DIMENSION for what was not added before.
  virtual absl::Status AddEntry(const ExportEntry& entry) = 0;
  // Hands over what is left. Nothing may be added after it.
  virtual absl::Status Finish() = 0;

 protected:
  ExportWriter() = default;
};

// hledger. Account ids are account names, see hledger_names.h. The reference is the code. What
// hledger has no place for is a tag: `entry-number`, `entry-kind`, `entry-uid`; on postings `fund`,
// `memo` and one named like each dimension.
std::unique_ptr<ExportWriter> NewHledgerWriter(ChunkSink sink);

// Beancount. Account names begin with the root of their type, see beancount_names.h. What beancount
// has no place for is metadata: `entry-number`, `entry-reference`, `entry-kind`, `entry-uid`; on
// postings `fund`, `memo` and one key named like each dimension. Tags without a value and the tag
// "link" are beancount's own tags and links where their text allows.
std::unique_ptr<ExportWriter> NewBeancountWriter(ChunkSink sink);

// In both, an amount in another currency than its functional amount is written `10 USD @@ 150000
// IDR`, so that the entry balances to the last digit. A posting of nothing that has a functional
// amount all the same (a revaluation) cannot be said so: it is written in the functional currency,
// with the tag `revalues` naming the other.

struct CsvExportOptions {
  // Puts an apostrophe before texts that begin with = + - or @, which spreadsheets would otherwise
  // take for formulas. Numbers are never changed.
  bool guard_formulas = false;
};
// CSV (RFC 4180): a header and one row a posting, with the columns entry, number, date, kind,
// description, reference, account, account_name, amount, currency, functional_amount,
// functional_currency, fund, memo, tags and one `dimension:<key>` for each dimension. Amounts are
// plain decimals. Tags are `key=value`, separated by "; ", with "%", ";" and "=" as %25, %3B, %3D.
std::unique_ptr<ExportWriter> NewCsvWriter(ChunkSink sink, const CsvExportOptions& options);

}  // namespace lumbung::ledger_export

#endif  // LUMBUNG_LEDGER_EXPORT_EXPORT_WRITER_H_
