// What must hold of anything a journal reader hands on, whatever bytes it was given.
#ifndef LUMBUNG_TESTS_FUZZ_CHECKING_SINK_H_
#define LUMBUNG_TESTS_FUZZ_CHECKING_SINK_H_

#include <istream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "ledger/core/decimal.h"
#include "ledger/core/status.h"
#include "ledger/import/parsed_journal.h"
#include "tests/fuzz/expect.h"

namespace lumbung::import {

// The input as the one file of an import.
class FuzzFile final : public FileSource {
 public:
  static constexpr char kName[] = "books";
  explicit FuzzFile(std::string content) : content_(std::move(content)) {}

  absl::StatusOr<std::unique_ptr<std::istream>> Open(absl::string_view path) const override {
    if (path != kName) return NotFound("INCLUDE_NOT_FOUND", "", "there is no such file");
    return std::make_unique<std::istringstream>(content_);
  }
  std::vector<std::string> Match(absl::string_view /*glob*/) const override { return {kName}; }

 private:
  std::string content_;
};

class CheckingSink final : public JournalSink {
 public:
  absl::Status OnTransaction(ParsedTransaction&& transaction) override {
    CheckPlace(transaction.place);
    std::map<std::string, std::vector<Decimal>> weights;
    for (const ParsedPosting& posting : transaction.postings) {
      CheckPlace(posting.place);
      FUZZ_EXPECT(!posting.account.empty());
      weights[posting.weight.commodity].push_back(posting.weight.quantity);
    }
    // The weights sum to exactly the residue.
    std::map<std::string, Decimal> residue;
    for (const ParsedAmount& amount : transaction.residue) {
      FUZZ_EXPECT(!amount.quantity.IsZero());
      FUZZ_EXPECT(residue.emplace(amount.commodity, amount.quantity).second);
    }
    for (const auto& [commodity, of_commodity] : weights) {
      const absl::StatusOr<Decimal> sum = Sum(of_commodity);
      FUZZ_EXPECT(sum.ok());
      FUZZ_EXPECT(*sum == residue[commodity]);
      residue.erase(commodity);
    }
    FUZZ_EXPECT(residue.empty());
    return absl::OkStatus();
  }
  absl::Status OnAccount(const ParsedAccount& account) override {
    CheckPlace(account.place);
    FUZZ_EXPECT(!account.account.empty());
    return absl::OkStatus();
  }
  absl::Status OnCommodity(const ParsedCommodity& commodity) override {
    CheckPlace(commodity.place);
    return absl::OkStatus();
  }
  absl::Status OnPrice(const ParsedPrice& price) override {
    CheckPlace(price.place);
    return absl::OkStatus();
  }
  absl::Status OnAssertion(const ParsedAssertion& assertion) override {
    CheckPlace(assertion.place);
    FUZZ_EXPECT(!assertion.account.empty());
    return absl::OkStatus();
  }
  absl::Status OnUnsupported(const Place& place, absl::string_view directive) override {
    CheckPlace(place);
    FUZZ_EXPECT(!directive.empty());
    return absl::OkStatus();
  }

  // A refusal has a reason, and says where and why in a message of readable length.
  static void CheckRefusal(const absl::Status& status) {
    if (status.ok()) return;
    FUZZ_EXPECT(!ReasonOf(status).empty());
    FUZZ_EXPECT(absl::StartsWith(status.message(), std::string(FuzzFile::kName) + ":"));
    FUZZ_EXPECT(status.message().size() < 2000);
  }

 private:
  static void CheckPlace(const Place& place) {
    FUZZ_EXPECT(place.file == FuzzFile::kName && place.line > 0);
  }
};

}  // namespace lumbung::import

#endif  // LUMBUNG_TESTS_FUZZ_CHECKING_SINK_H_
