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
absl::Status ReadBeancount(const FileSource& files, absl::string_view main_file, JournalSink& sink);

// Which column of a CSV file means what; see lumbung.ledger.v1.CsvMapping for the fields.
struct CsvMapping {
  char delimiter = ',';
  bool has_header = true;
  int skip_lines = 0;
  std::string date_format = "%Y-%m-%d";
  NumberLocale number_locale = NumberLocale::kPlain;
  std::map<std::string, std::string> columns;
  std::map<std::string, std::string> defaults;
};
// INVALID_MAPPING, naming the field.
absl::Status ValidateCsvMapping(const CsvMapping& mapping);
absl::Status ReadCsv(const FileSource& files, absl::string_view main_file,
                     const CsvMapping& mapping, JournalSink& sink);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_READERS_H_
