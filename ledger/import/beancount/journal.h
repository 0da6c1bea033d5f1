// All directives of a beancount file and what it includes, in the order in which beancount takes
// them: by date; on one day first `open`, then `balance`, then the rest, `document` and `close`
// last; then by line.
//
// The files are read twice and more: once to check the grammar and to note 24 bytes a directive,
// and then again in order. Nothing else is kept in memory. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_JOURNAL_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_JOURNAL_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "ledger/import/beancount/directive.h"
#include "ledger/import/beancount/options.h"
#include "ledger/import/beancount/parser.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import::beancount {

// At most so many pushed tags and metadata may be in force at one place.
inline constexpr std::size_t kMaxPushed = 64;
inline constexpr int kMaxIncludeDepth = 32;
inline constexpr std::size_t kMaxFiles = 10'000;

class Journal {
 public:
  // `files` must outlive the journal.
  explicit Journal(const FileSource& files) : files_(files) {}

  // Reads everything once. Call it first. What Parser refuses; INVALID_OPTION, INVALID_ACCOUNT,
  // INCLUDE_NOT_FOUND, INCLUDE_TOO_DEEP, TOO_MANY_FILES.
  absl::Status Scan(absl::string_view main_file);

  // Visits the directives in order, as often as needed. Transactions have the pushed tags and
  // metadata that apply to them. `position` counts from 0. Of the directives without a date only
  // plugins and unsupported options are visited, before all others. Returns what `visit` returns.
  using Visitor =
      std::function<absl::Status(Directive& directive, const Place& place, std::size_t position)>;
  absl::Status Visit(const Visitor& visit);

  // What the scan has found. The options are those of the main file, as in beancount.
  const Options& options() const { return options_; }
  // Accounts that name their way of booking; accounts that are closed, and when.
  const absl::flat_hash_map<std::string, Booking>& bookings() const { return bookings_; }
  const absl::flat_hash_map<std::string, Day>& closings() const { return closings_; }
  const absl::flat_hash_set<std::string>& padded_accounts() const { return padded_accounts_; }

 private:
  struct Entry {
    std::int64_t offset;
    Day date;
    std::int32_t line;
    std::uint32_t context;  // The tags and metadata in force: an index of contexts_.
    std::uint16_t file;     // An index of names_.
    std::int8_t rank;       // Within the day.
  };
  struct Pushed {
    std::string key;
    std::string value;  // Of metadata.
    int line;
  };
  struct Context {
    std::vector<Pushed> tags;
    std::vector<Pushed> metadata;
  };
  // What is in force while one file is scanned.
  struct FileState {
    Options options;
    Context context;
    bool context_is_stored = true;  // As the last one of contexts_, or empty as the first one.
    std::uint32_t context_index = 0;
    int depth = 0;
  };
  struct PendingFile {
    std::string name;
    int depth;
    Place included_from;
  };

  absl::Status ScanFile(const PendingFile& pending);
  absl::Status ScanDirective(const Directive& directive, const Place& place, FileState* state);
  absl::Status ScanAccounts(const Directive& directive, const Place& place,
                            const Options& options) const;
  absl::Status ChangeContext(const Directive& directive, const Place& place, FileState* state);
  absl::Status AddIncludes(const std::string& pattern, const Place& place, int depth);
  void AddEntry(const Directive& directive, FileState* state);
  static void ApplyContext(const Context& context, Transaction* transaction);

  // The parser of a file, opened anew when it was closed to save open files.
  absl::StatusOr<Parser*> ParserOf(std::uint16_t file);

  const FileSource& files_;
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<Parser>> parsers_;  // By file; empty while closed.
  std::size_t open_parsers_ = 0;
  std::vector<PendingFile> pending_;
  std::vector<Entry> entries_;
  std::vector<Context> contexts_ = {Context{}};

  Options options_;
  absl::flat_hash_map<std::string, Booking> bookings_;
  absl::flat_hash_map<std::string, Day> closings_;
  absl::flat_hash_set<std::string> padded_accounts_;
};

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_JOURNAL_H_
