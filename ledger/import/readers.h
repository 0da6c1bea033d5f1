// The journal readers. Each reads one file and what it includes, in constant memory but for what
// the format itself must remember (aliases, declared accounts, balances that `pad` or assignments
// need).
//
// Errors, all with `file:line` in the message: PARSE_ERROR (what was found, what was expected),
// UNBALANCED (with the residue), TWO_ELIDED_AMOUNTS, INVALID_DATE, INVALID_AMOUNT, OVERFLOW,
// INCLUDE_NOT_FOUND, INCLUDE_TOO_DEEP, INCLUDE_CYCLE, LINE_TOO_LONG, or whatever the sink returned.
//
// Of hledger (as of 1.25) and ledger (3.3) everything that makes an entry is read, and balanced by
// the program's own rules. Left out, and reported one by one: automated and periodic transactions,
// virtual postings, secondary and posting dates (the entry keeps its first date), lots (their price
// still decides what ledger weighs), timeclock entries, value expressions outside amounts,
// declarations of payees and tags, options. An expression in an amount is refused.
#ifndef LUMBUNG_LEDGER_IMPORT_READERS_H_
#define LUMBUNG_LEDGER_IMPORT_READERS_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/user_number.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

enum class JournalFormat { kHledger, kLedger, kBeancount, kCsv };

// Decides by name (".beancount", ".bean", ".journal", ".hledger", ".j", ".ledger", ".dat", ".csv")
// and, where the name does not tell, by the first 64 KiB of content. UNKNOWN_FORMAT.
absl::StatusOr<JournalFormat> DetectFormat(absl::string_view file_name, absl::string_view head);

// Limits on untrusted input: 1 MiB a line, 10,000 postings a transaction, 32 levels of include.
absl::Status ReadHledger(const FileSource& files, absl::string_view main_file, JournalSink& sink);
absl::Status ReadLedger(const FileSource& files, absl::string_view main_file, JournalSink& sink);
// Beancount's own order: by date, on one day first `open`, then `balance`, then the rest in the
// order of lines; a pad is followed by what it inserts. What beancount reports as an error is
// refused, and so is what cannot be computed exactly. Also: INVALID_ACCOUNT, INVALID_OPTION,
// INVALID_COST, INCOMPLETE_AMOUNT, LOT_NOT_FOUND, AMBIGUOUS_LOT, UNSUPPORTED, ACCOUNT_NOT_OPEN,
// ACCOUNT_CLOSED, ACCOUNT_OPENED_TWICE, CURRENCY_NOT_ALLOWED, COMMODITY_DECLARED_TWICE,
// CONTRADICTORY_BALANCE, PAD_AT_COST, DIVISION_BY_ZERO, OVERFLOW, TOO_MANY_FILES,
// TOO_MANY_POSTINGS. Balance directives are handed on, not checked. Links, flags and lots come as
// the tags "link", "flag" and "lot".
absl::Status ReadBeancount(const FileSource& files, absl::string_view main_file, JournalSink& sink);

// Find out which of , ; tab and | separates the columns.
inline constexpr char kDetectDelimiter = '\0';

// Which column of a CSV file means what; see lumbung.ledger.v1.CsvMapping for the fields.
struct CsvMapping {
  char delimiter = ',';  // Or kDetectDelimiter.
  bool has_header = true;
  int skip_lines = 0;
  std::string date_format = "%Y-%m-%d";
  NumberLocale number_locale = NumberLocale::kPlain;
  std::map<std::string, std::string> columns;
  std::map<std::string, std::string> defaults;
};
// INVALID_MAPPING, naming the field.
absl::Status ValidateCsvMapping(const CsvMapping& mapping);
// Each row is a posting: rows with the same value in the column `entry`, which stand together, form
// an entry; without that column each row is one, against its contra_account. The reference is the
// transaction's code, the memo the posting's comment; fund and dimensions are tags of the posting,
// "fund" and the dimension's key. Every refusal names the row, and the column and field at fault.
// As above, and INVALID_MAPPING (the header lacks a column), MISSING_VALUE, TOO_MANY_POSTINGS,
// ROW_TOO_LONG, UNKNOWN_DELIMITER.
absl::Status ReadCsv(const FileSource& files, absl::string_view main_file,
                     const CsvMapping& mapping, JournalSink& sink);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_READERS_H_
