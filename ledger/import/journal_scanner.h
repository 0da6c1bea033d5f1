// The part of reading that hledger and ledger journals share: files and what they include, the
// lines of a transaction, comment blocks, and the blocks that are left out. What a line means is
// left to the scanner of each format.
//
// A scanner reads its journal once, from the first line to the last. Not thread-safe.
#ifndef LUMBUNG_LEDGER_IMPORT_JOURNAL_SCANNER_H_
#define LUMBUNG_LEDGER_IMPORT_JOURNAL_SCANNER_H_

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/draft_transaction.h"
#include "ledger/import/line_reader.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

inline constexpr std::size_t kMaxPostings = 10'000;
inline constexpr std::size_t kMaxIncludeDepth = 32;
// Files that include the next one twice each would otherwise be read some billion times.
inline constexpr std::size_t kMaxIncludes = 10'000;

class JournalScanner {
 public:
  // Receives every transaction, not yet balanced, when its last line was read. It may take it
  // apart.
  using DraftHandler = std::function<absl::Status(DraftTransaction&)>;

  // Everything but the transactions goes to `sink`. Both are called in file order.
  JournalScanner(const FileSource& files, JournalSink& sink, DraftHandler on_draft)
      : files_(files), sink_(sink), on_draft_(std::move(on_draft)) {}
  virtual ~JournalScanner() = default;
  JournalScanner(const JournalScanner&) = delete;
  JournalScanner& operator=(const JournalScanner&) = delete;

  absl::Status Scan(absl::string_view main_file) { return ScanFile(std::string(main_file)); }

 protected:
  // What each format decides. A returned refusal without a place gets that of the current line.
  virtual bool IsCommentLine(absl::string_view line) const = 0;
  // A line that starts in the first column and is neither blank, a comment, a transaction, nor an
  // automated or periodic block.
  virtual absl::Status OnDirective(absl::string_view line) = 0;
  virtual absl::Status OnHeader(absl::string_view line, DraftTransaction* draft) = 0;
  // An indented line of a transaction that is not a comment.
  virtual absl::Status OnPosting(absl::string_view text, DraftTransaction* draft) = 0;
  // The text after ";", on the line of the posting (or of the header, when `posting` is null) or on
  // a line below it.
  virtual absl::Status OnComment(absl::string_view text, DraftTransaction* draft,
                                 DraftPosting* posting) = 0;
  virtual void OnAutomatedBlock() {}
  // Around each included file, for what ends with it. The main file is included by nobody.
  virtual void EnterInclude() = 0;
  virtual void LeaveInclude() = 0;

  // Services for the formats.
  absl::Status Send(const ParsedAccount& account) { return Answer(sink_.OnAccount(account)); }
  absl::Status Send(const ParsedCommodity& commodity) {
    return Answer(sink_.OnCommodity(commodity));
  }
  absl::Status Send(const ParsedPrice& price) { return Answer(sink_.OnPrice(price)); }
  absl::Status Unsupported(absl::string_view directive) {
    return Answer(sink_.OnUnsupported(Here(), directive));
  }
  Place Here() const { return reader_->place(); }
  absl::Status ParseError(absl::string_view message) const {
    return RefusalAt(Here(), "PARSE_ERROR", message);
  }
  absl::Status UnknownLine(absl::string_view line) const;
  // Gives the refusal that ends the scan the place of the current line, unless it has one or comes
  // from the sink.
  absl::Status Located(const absl::Status& status);
  absl::Status ExpectEndOfLine(absl::string_view rest) const;
  // Moves to the next line when it is indented and not blank.
  absl::StatusOr<bool> NextIndented();
  // The current line without the white space around it.
  absl::string_view Text() const;
  // Makes the current line the next one again.
  void Unread() { reader_->Unread(); }
  absl::Status SkipIndented();
  // Skips to the line that `ends` accepts. False when the file ends before.
  absl::StatusOr<bool> SkipBlock(const std::function<bool(absl::string_view)>& ends);
  // Reads the files that match `pattern`, relative to the current one. INCLUDE_NOT_FOUND,
  // INCLUDE_TOO_DEEP, INCLUDE_CYCLE.
  absl::Status Include(absl::string_view pattern);

 private:
  // What a sink answers is passed on as it is.
  absl::Status Answer(absl::Status status) {
    if (!status.ok()) failed_ = true;
    return status;
  }
  absl::Status ScanFile(std::string path);
  absl::Status ScanLines();
  absl::Status ScanLine(absl::string_view line);
  absl::Status ScanTransaction(absl::string_view header);
  absl::Status ScanBlock(absl::string_view directive);

  const FileSource& files_;
  JournalSink& sink_;
  DraftHandler on_draft_;
  LineReader* reader_ = nullptr;         // Of the file that is being read.
  std::vector<std::string> open_files_;  // From the main file to the current one.
  std::size_t includes_ = 0;
  DraftTransaction draft_;
  bool failed_ = false;
};

// Adds a line to a comment of several lines. Empty lines before the first word are dropped.
void AppendCommentLine(absl::string_view line, std::string* comment);

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_JOURNAL_SCANNER_H_
