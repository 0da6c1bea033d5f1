#include "tests/fuzz/journal_check.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"
#include "tests/fuzz/expect.h"
#include "tests/support/exact_number.h"

namespace lumbung::testing {
namespace {

using import::ParsedAmount;

constexpr absl::string_view kMainFile = "main";

const std::set<std::string> kReasons = {
    "PARSE_ERROR", "UNBALANCED", "TWO_ELIDED_AMOUNTS", "INVALID_DATE", "INVALID_AMOUNT",
    "LINE_TOO_LONG", "INCLUDE_NOT_FOUND", "INCLUDE_TOO_DEEP", "INCLUDE_CYCLE", "OVERFLOW",
    // Beancount checks more than the journal's form.
    "ACCOUNT_CLOSED", "ACCOUNT_NOT_OPEN", "ACCOUNT_OPENED_TWICE", "AMBIGUOUS_LOT",
    "COMMODITY_DECLARED_TWICE", "CONTRADICTORY_BALANCE", "CURRENCY_NOT_ALLOWED",
    "DIVISION_BY_ZERO", "INCOMPLETE_AMOUNT", "INVALID_ACCOUNT", "INVALID_COST", "INVALID_OPTION",
    "LOT_NOT_FOUND", "MISSING_VALUE", "PAD_AT_COST", "TOO_MANY_FILES", "TOO_MANY_POSTINGS",
    "UNSUPPORTED",
    // CSV. A column that the header has twice is the mapping's fault.
    "INVALID_MAPPING", "ROW_TOO_LONG", "UNKNOWN_DELIMITER",
};

// Names are the uploader's to check.
bool IsFileName(absl::string_view name) {
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return absl::ascii_isgraph(static_cast<unsigned char>(c)); });
}

class Files final : public import::FileSource {
 public:
  explicit Files(absl::string_view input) {
    std::string* file = &files_[std::string(kMainFile)];
    for (const absl::string_view line : absl::StrSplit(input, '\n')) {
      absl::string_view name = line;
      if (absl::ConsumePrefix(&name, "=== ") && IsFileName(name)) {
        file = &files_[std::string(name)];
      } else {
        absl::StrAppend(file, line, "\n");
      }
    }
  }

  absl::StatusOr<std::unique_ptr<std::istream>> Open(absl::string_view path) const override {
    const auto file = files_.find(std::string(path));
    if (file == files_.end()) return NotFound("INCLUDE_NOT_FOUND", "", "no such file");
    return std::make_unique<std::istringstream>(file->second);
  }
  std::vector<std::string> Match(absl::string_view /*glob*/) const override {
    std::vector<std::string> names;
    for (const auto& [name, text] : files_) names.push_back(name);
    return names;
  }

 private:
  std::map<std::string, std::string> files_;
};

void CheckText(absl::string_view text) {
  FUZZ_EXPECT(IsValidUtf8(text));
  FUZZ_EXPECT(text.find('\0') == absl::string_view::npos);
}

void AddTo(const ParsedAmount& amount, std::map<std::string, ExactNumber>* sums) {
  (*sums)[amount.commodity] += Exact(amount.quantity);
}

class Checker final : public import::JournalSink {
 public:
  absl::Status OnTransaction(import::ParsedTransaction&& transaction) override {
    FUZZ_EXPECT(transaction.place.line > 0);
    FUZZ_EXPECT(!transaction.postings.empty());
    CheckText(transaction.description);
    CheckText(transaction.payee);
    CheckText(transaction.comment);
    std::map<std::string, ExactNumber> weights;
    std::map<std::string, ExactNumber> residue;
    for (const import::ParsedPosting& posting : transaction.postings) {
      FUZZ_EXPECT(!posting.account.empty());
      CheckText(posting.account);
      CheckText(posting.amount.commodity);
      CheckText(posting.comment);
      AddTo(posting.weight, &weights);
      FUZZ_EXPECT(posting.place.line > 0);
    }
    for (const ParsedAmount& amount : transaction.residue) {
      FUZZ_EXPECT(!amount.quantity.IsZero());
      AddTo(amount, &residue);
    }
    for (const auto& [commodity, sum] : weights) FUZZ_EXPECT(sum == residue[commodity]);
    return absl::OkStatus();
  }
  absl::Status OnAccount(const import::ParsedAccount& account) override {
    FUZZ_EXPECT(!account.account.empty());
    CheckText(account.account);
    return absl::OkStatus();
  }
  absl::Status OnCommodity(const import::ParsedCommodity& commodity) override {
    CheckText(commodity.commodity);
    return absl::OkStatus();
  }
  absl::Status OnPrice(const import::ParsedPrice& price) override {
    CheckText(price.commodity);
    return absl::OkStatus();
  }
  absl::Status OnAssertion(const import::ParsedAssertion& assertion) override {
    FUZZ_EXPECT(!assertion.account.empty());
    return absl::OkStatus();
  }
  absl::Status OnUnsupported(const import::Place& place, absl::string_view directive) override {
    FUZZ_EXPECT(place.line > 0);
    FUZZ_EXPECT(!directive.empty());
    CheckText(directive);
    return absl::OkStatus();
  }
};

}  // namespace

void CheckJournalReader(const JournalReader& reader, absl::string_view input) {
  const Files files(input);
  Checker checker;
  const absl::Status status = reader(files, kMainFile, checker);
  if (status.ok()) return;
  FUZZ_EXPECT(kReasons.count(ReasonOf(status)) > 0);
  FUZZ_EXPECT(absl::StrContains(status.message(), ":"));
  FUZZ_EXPECT(status.message().size() < 100'000);
  CheckText(status.message());
}

}  // namespace lumbung::testing
