// What the tests of all readers share: files in memory, and a sink that writes down what it is told
// so that a test can compare text.
#ifndef LUMBUNG_TESTS_LEDGER_IMPORT_JOURNAL_TESTING_H_
#define LUMBUNG_TESTS_LEDGER_IMPORT_JOURNAL_TESTING_H_

#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

class MemoryFiles final : public FileSource {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  absl::StatusOr<std::unique_ptr<std::istream>> Open(absl::string_view path) const override;
  // Understands "*" within one folder.
  std::vector<std::string> Match(absl::string_view glob) const override;

 private:
  std::map<std::string, std::string> files_;
};

// Reads files where they stand, under one folder.
class FolderFiles final : public FileSource {
 public:
  explicit FolderFiles(std::string folder) : folder_(std::move(folder)) {}

  absl::StatusOr<std::unique_ptr<std::istream>> Open(absl::string_view path) const override;
  std::vector<std::string> Match(absl::string_view /*glob*/) const override { return {}; }

 private:
  std::string folder_;
};

// Keeps everything.
class RecordingSink final : public JournalSink {
 public:
  absl::Status OnTransaction(ParsedTransaction&& transaction) override;
  absl::Status OnAccount(const ParsedAccount& account) override;
  absl::Status OnCommodity(const ParsedCommodity& commodity) override;
  absl::Status OnPrice(const ParsedPrice& price) override;
  absl::Status OnAssertion(const ParsedAssertion& assertion) override;
  absl::Status OnUnsupported(const Place& place, absl::string_view directive) override;

  const std::vector<ParsedTransaction>& transactions() const { return transactions_; }
  // "file:line directive".
  const std::vector<std::string>& unsupported() const { return unsupported_; }
  // All calls, one line each and one for every posting, in order. What is empty is left out.
  const std::string& text() const { return text_; }

 private:
  std::vector<ParsedTransaction> transactions_;
  std::vector<std::string> unsupported_;
  std::string text_;
};

using Reader = std::function<absl::Status(const FileSource&, absl::string_view, JournalSink&)>;

// What a reader says of one file called `name`: the recorded text, or "REASON: message".
std::string ReadText(const Reader& reader, absl::string_view name, absl::string_view content);
std::string ReadFiles(const Reader& reader, absl::string_view main_file,
                      std::map<std::string, std::string> files);

}  // namespace lumbung::import

#endif  // LUMBUNG_TESTS_LEDGER_IMPORT_JOURNAL_TESTING_H_
