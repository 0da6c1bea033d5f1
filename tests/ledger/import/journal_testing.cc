#include "tests/ledger/import/journal_testing.h"

#include <cstddef>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

std::string Text(const ParsedAmount& amount) {
  if (amount.commodity.empty()) return amount.quantity.ToString();
  return absl::StrCat(amount.quantity.ToString(), " ", amount.commodity);
}

std::string Text(const ParsedAssertion& assertion) {
  return absl::StrCat(
      assertion.at_start_of_day ? "start-of-day " : "", assertion.sole_commodity ? "==" : "=",
      assertion.include_descendants ? "*" : "", " ", Text(assertion.expected),
      assertion.tolerance.IsZero() ? "" : absl::StrCat(" ~ ", assertion.tolerance.ToString()));
}

std::string Comment(absl::string_view comment) {
  if (comment.empty()) return "";
  return absl::StrCat(" ; ", absl::StrReplaceAll(comment, {{"\n", "\\n"}}));
}

std::string Text(const std::vector<std::pair<std::string, std::string>>& tags) {
  std::string text;
  for (const auto& [name, value] : tags) absl::StrAppend(&text, " #", name, "=", value);
  return text;
}

std::string Text(const ParsedPosting& posting, const ParsedTransaction& transaction) {
  std::string text =
      absl::StrCat("  ", posting.status == ' ' ? "" : std::string{posting.status, ' '},
                   posting.account, "  ", Text(posting.amount));
  if (posting.amount_inferred) absl::StrAppend(&text, " inferred");
  if (Text(posting.weight) != Text(posting.amount)) {
    absl::StrAppend(&text, " weighs ", Text(posting.weight));
  }
  if (posting.assertion.has_value()) {
    absl::StrAppend(&text, " ", Text(*posting.assertion));
    if (posting.assertion->date != transaction.date) {
      absl::StrAppend(&text, " on ", posting.assertion->date.ToString());
    }
  }
  return absl::StrCat(text, Comment(posting.comment), Text(posting.tags), "\n");
}

}  // namespace

absl::StatusOr<std::unique_ptr<std::istream>> MemoryFiles::Open(absl::string_view path) const {
  const auto found = files_.find(std::string(path));
  if (found == files_.end()) {
    return NotFound("INCLUDE_NOT_FOUND", "", absl::StrCat("no file \"", path, "\" was uploaded"));
  }
  return std::make_unique<std::istringstream>(found->second);
}

std::vector<std::string> MemoryFiles::Match(absl::string_view glob) const {
  const std::size_t star = glob.find('*');
  std::vector<std::string> names;
  for (const auto& [name, content] : files_) {
    if (star == absl::string_view::npos ? name == glob
                                        : absl::StartsWith(name, glob.substr(0, star)) &&
                                              absl::EndsWith(name, glob.substr(star + 1)) &&
                                              name.find('/', star) == std::string::npos) {
      names.push_back(name);
    }
  }
  return names;
}

absl::StatusOr<std::unique_ptr<std::istream>> FolderFiles::Open(absl::string_view path) const {
  auto file = std::make_unique<std::ifstream>(absl::StrCat(folder_, "/", path), std::ios::binary);
  if (!file->is_open()) {
    return NotFound("INCLUDE_NOT_FOUND", "", absl::StrCat(folder_, "/", path, " cannot be opened"));
  }
  return file;
}

absl::Status RecordingSink::OnTransaction(ParsedTransaction&& transaction) {
  absl::StrAppend(&text_, transaction.date.ToString());
  if (transaction.status != ' ') absl::StrAppend(&text_, " ", std::string{transaction.status});
  if (!transaction.code.empty()) absl::StrAppend(&text_, " (", transaction.code, ")");
  if (!transaction.payee.empty()) absl::StrAppend(&text_, " ", transaction.payee, " |");
  if (!transaction.description.empty()) absl::StrAppend(&text_, " ", transaction.description);
  absl::StrAppend(&text_, Comment(transaction.comment), Text(transaction.tags), "\n");
  for (const ParsedPosting& posting : transaction.postings) {
    absl::StrAppend(&text_, Text(posting, transaction));
  }
  for (const ParsedAmount& residue : transaction.residue) {
    absl::StrAppend(&text_, "  residue ", Text(residue), "\n");
  }
  transactions_.push_back(std::move(transaction));
  return absl::OkStatus();
}

absl::Status RecordingSink::OnAccount(const ParsedAccount& account) {
  absl::StrAppend(
      &text_, "account ", account.account,
      account.type == ' ' ? "" : std::string{' ', account.type},
      account.closed_on.has_value() ? absl::StrCat(" closed ", account.closed_on->ToString()) : "",
      Comment(account.comment), "\n");
  return absl::OkStatus();
}

absl::Status RecordingSink::OnCommodity(const ParsedCommodity& commodity) {
  absl::StrAppend(&text_, "commodity ", commodity.commodity,
                  commodity.scale.has_value() ? absl::StrCat(" scale ", *commodity.scale) : "",
                  commodity.name.empty() ? "" : absl::StrCat(" ", commodity.name), "\n");
  return absl::OkStatus();
}

absl::Status RecordingSink::OnPrice(const ParsedPrice& price) {
  absl::StrAppend(&text_, "price ", price.date.ToString(), " ", price.commodity, " ",
                  Text(price.price), "\n");
  return absl::OkStatus();
}

absl::Status RecordingSink::OnAssertion(const ParsedAssertion& assertion) {
  absl::StrAppend(&text_, "assert ", assertion.date.ToString(), " ", assertion.account, " ",
                  Text(assertion), "\n");
  return absl::OkStatus();
}

absl::Status RecordingSink::OnUnsupported(const Place& place, absl::string_view directive) {
  unsupported_.push_back(absl::StrCat(place.ToString(), " ", directive));
  absl::StrAppend(&text_, "unsupported ", place.line, " ", directive, "\n");
  return absl::OkStatus();
}

std::string ReadFiles(const Reader& reader, absl::string_view main_file,
                      std::map<std::string, std::string> files) {
  const MemoryFiles source(std::move(files));
  RecordingSink sink;
  const absl::Status status = reader(source, main_file, sink);
  if (status.ok()) return sink.text();
  return absl::StrCat(ReasonOf(status), ": ", std::string(status.message()));
}

std::string ReadText(const Reader& reader, absl::string_view name, absl::string_view content) {
  return ReadFiles(reader, name, {{std::string(name), std::string(content)}});
}

}  // namespace lumbung::import
