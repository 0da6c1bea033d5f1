#include "ledger/import/journal_scanner.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/import/text_lexer.h"

namespace lumbung::import {
namespace {

bool IsBlankLine(absl::string_view line) {
  return std::all_of(line.begin(), line.end(), IsSpace);
}

// `target` as seen from the folder of `file`, without "." and "..". Empty when it leaves the
// upload.
std::string Relative(absl::string_view file, absl::string_view target) {
  std::vector<absl::string_view> parts;
  if (absl::StartsWith(target, "/") || absl::StartsWith(target, "~")) return "";
  const std::size_t slash = file.rfind('/');
  const absl::string_view folder =
      slash == absl::string_view::npos ? absl::string_view() : file.substr(0, slash);
  for (const absl::string_view path : {folder, target}) {
    for (const absl::string_view part : absl::StrSplit(path, '/', absl::SkipEmpty())) {
      if (part == ".") continue;
      if (part != "..") {
        parts.push_back(part);
      } else if (parts.empty()) {
        return "";
      } else {
        parts.pop_back();
      }
    }
  }
  return absl::StrJoin(parts, "/");
}

}  // namespace

void AppendCommentLine(absl::string_view line, std::string* comment) {
  line = Trimmed(line);
  if (comment->empty()) {
    comment->assign(line.data(), line.size());
  } else {
    absl::StrAppend(comment, "\n", line);
  }
}

absl::Status JournalScanner::Located(const absl::Status& status) {
  if (status.ok() || failed_) return status;
  failed_ = true;
  const bool located = absl::StartsWith(status.message(), absl::StrCat(reader_->file(), ":"));
  if (located || ReasonOf(status).empty()) return status;
  return RefusalAt(Here(), ReasonOf(status), status.message());
}

absl::Status JournalScanner::UnknownLine(absl::string_view line) const {
  return ParseError(absl::StrCat("found ", Describe(line),
                                 ", expected a transaction, a comment, or a directive with all it "
                                 "needs"));
}

absl::Status JournalScanner::ExpectEndOfLine(absl::string_view rest) const {
  if (IsBlankLine(rest)) return absl::OkStatus();
  return ParseError(absl::StrCat("found ", Describe(rest),
                                 ", expected a comment (\";\") or the end of the line"));
}

absl::StatusOr<bool> JournalScanner::NextIndented() {
  LUMBUNG_ASSIGN_OR_RETURN(const bool more, reader_->Next());
  if (!more) return false;
  const absl::string_view line = reader_->line();
  if (!line.empty() && IsSpace(line.front()) && !IsBlankLine(line)) return true;
  reader_->Unread();
  return false;
}

absl::string_view JournalScanner::Text() const {
  return Trimmed(reader_->line());
}

absl::Status JournalScanner::SkipIndented() {
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, NextIndented());
    if (!more) return absl::OkStatus();
  }
}

absl::StatusOr<bool> JournalScanner::SkipBlock(const std::function<bool(absl::string_view)>& ends) {
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, reader_->Next());
    if (!more || ends(reader_->line())) return more;
  }
}

absl::Status JournalScanner::Include(absl::string_view pattern) {
  pattern = Trimmed(pattern);
  const auto not_found = [&](absl::string_view why) {
    return RefusalAt(Here(), "INCLUDE_NOT_FOUND",
                     absl::StrCat("cannot include ", Describe(pattern), ": ", why));
  };
  const std::string path = Relative(open_files_.back(), pattern);
  if (path.empty()) return not_found("it lies outside the upload");
  if (path.find_first_of("*?") == std::string::npos) return ScanFile(path);
  const std::vector<std::string> matches = files_.Match(path);
  if (matches.empty()) return not_found("no file of the upload matches");
  for (const std::string& match : matches) LUMBUNG_RETURN_IF_ERROR(ScanFile(match));
  return absl::OkStatus();
}

absl::Status JournalScanner::ScanFile(std::string path) {
  const bool included = reader_ != nullptr;
  if (std::find(open_files_.begin(), open_files_.end(), path) != open_files_.end()) {
    return RefusalAt(Here(), "INCLUDE_CYCLE",
                     absl::StrCat("the file \"", path, "\" includes itself, by way of ",
                                  absl::StrJoin(open_files_, ", ")));
  }
  if (included && ++includes_ > kMaxIncludes) {
    return RefusalAt(Here(), "INCLUDE_TOO_DEEP",
                     absl::StrCat("a journal may include at most ", kMaxIncludes, " files"));
  }
  if (open_files_.size() > kMaxIncludeDepth) {
    return RefusalAt(Here(), "INCLUDE_TOO_DEEP",
                     absl::StrCat("files may include each other ", kMaxIncludeDepth, " deep"));
  }
  absl::StatusOr<std::unique_ptr<std::istream>> input = files_.Open(path);
  if (!input.ok()) return included ? Located(input.status()) : input.status();

  LineReader reader(*std::move(input), path);
  LineReader* const includer = std::exchange(reader_, &reader);
  open_files_.push_back(std::move(path));
  if (included) EnterInclude();
  const absl::Status status = ScanLines();
  if (included) LeaveInclude();
  open_files_.pop_back();
  reader_ = includer;
  return status;
}

absl::Status JournalScanner::ScanLines() {
  while (true) {
    const absl::StatusOr<bool> more = reader_->Next();
    if (!more.ok()) return Located(more.status());
    if (!*more) return absl::OkStatus();
    const absl::Status status = ScanLine(reader_->line());
    if (!status.ok()) return Located(status);
  }
}

absl::Status JournalScanner::ScanLine(absl::string_view line) {
  if (line.empty()) return absl::OkStatus();
  const char first = line.front();
  if (IsDigit(first)) return ScanTransaction(line);
  if (IsSpace(first)) {
    const absl::string_view text = Trimmed(line);
    if (text.empty() || IsCommentLine(text)) return absl::OkStatus();
    return ParseError(absl::StrCat("found the indented line ", Describe(text),
                                   " outside a transaction, expected a date or a directive"));
  }
  if (IsCommentLine(line)) return absl::OkStatus();
  if (first == '=') {
    OnAutomatedBlock();
    return ScanBlock("automated posting");
  }
  if (first == '~') return ScanBlock("periodic transaction");
  return OnDirective(line);
}

absl::Status JournalScanner::ScanBlock(absl::string_view directive) {
  LUMBUNG_RETURN_IF_ERROR(Unsupported(directive));
  return SkipIndented();
}

absl::Status JournalScanner::ScanTransaction(absl::string_view header) {
  draft_.parsed = ParsedTransaction();
  draft_.parsed.place = Here();
  draft_.postings.clear();
  LUMBUNG_RETURN_IF_ERROR(OnHeader(header, &draft_));
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, NextIndented());
    if (!more) break;
    absl::string_view text = Text();
    if (TakeChar(&text, ';')) {
      LUMBUNG_RETURN_IF_ERROR(
          OnComment(text, &draft_, draft_.postings.empty() ? nullptr : &draft_.postings.back()));
      continue;
    }
    if (draft_.postings.size() == kMaxPostings) {
      return ParseError(absl::StrCat("a transaction may have at most ", kMaxPostings, " postings"));
    }
    LUMBUNG_RETURN_IF_ERROR(OnPosting(text, &draft_));
  }
  return Answer(on_draft_(draft_));
}

}  // namespace lumbung::import
