// The ledger journal format, as of ledger 3.3: lines in, drafts of transactions and directives out.
#ifndef LUMBUNG_LEDGER_IMPORT_LEDGER_SCANNER_H_
#define LUMBUNG_LEDGER_IMPORT_LEDGER_SCANNER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/journal_scanner.h"
#include "ledger/import/ledger_amount.h"

namespace lumbung::import {

class LedgerScanner final : public JournalScanner {
 public:
  using JournalScanner::JournalScanner;

  // With how many decimals ledger shows the commodity, as far as the journal was read.
  std::optional<int> DecimalsShown(absl::string_view commodity) const {
    return commodities_.DecimalsShown(commodity);
  }
  // The account that balances transactions of a single posting; empty when there is none.
  const std::string& bucket() const { return bucket_; }
  // Whether the journal, so far, has rules that add postings which are not imported.
  bool has_automated_postings() const { return has_automated_postings_; }

 private:
  // What `apply` (and `year`) put into effect until the matching `end` or the end of the file.
  struct Application {
    enum Kind { kAccount, kTag, kYear, kRate } kind;
    std::string value;  // The full account, or the tag as a comment would write it.
    std::optional<int> outer_year;
  };
  struct IncludeState {
    std::size_t applications;
    std::optional<int> year;
  };

  bool IsCommentLine(absl::string_view line) const override;
  absl::Status OnDirective(absl::string_view line) override;
  absl::Status OnHeader(absl::string_view line, DraftTransaction* draft) override;
  absl::Status OnPosting(absl::string_view text, DraftTransaction* draft) override;
  absl::Status OnComment(absl::string_view text, DraftTransaction* draft,
                         DraftPosting* posting) override;
  void OnAutomatedBlock() override { has_automated_postings_ = true; }
  void EnterInclude() override { includes_.push_back({applications_.size(), year_}); }
  void LeaveInclude() override;

  // Parts of a posting line.
  absl::Status TakeAccount(absl::string_view* rest, DraftPosting* posting);
  absl::Status TakeAmount(absl::string_view* rest, DraftPosting* posting);
  absl::Status TakeCost(absl::string_view* rest, DraftPosting* posting);
  absl::Status TakeAssertion(absl::string_view* rest, Date date, DraftPosting* posting);

  // One directive each; `rest` is what stands after its word.
  absl::Status OnLetterDirective(absl::string_view line);
  absl::Status OnApply(absl::string_view rest);
  absl::Status OnEnd(absl::string_view rest);
  absl::Status OnYear(absl::string_view rest);
  absl::Status OnAlias(absl::string_view rest);
  absl::Status OnAccount(absl::string_view rest);
  absl::Status OnCommodity(absl::string_view rest);
  absl::Status OnCommodityFormat(absl::string_view rest, ParsedCommodity* commodity);
  absl::Status OnDefaultCommodity(absl::string_view rest);
  absl::Status OnMarketPrice(absl::string_view rest);
  absl::Status LeaveOut(absl::string_view directive);

  absl::Status AddAlias(absl::string_view alias, std::string account);
  // With the account of `apply account` before it.
  std::string UnderParent(absl::string_view name) const;
  // The account that a posting means: by alias, or else under the parent.
  std::string Resolve(absl::string_view name) const;

  LedgerCommodities commodities_;
  std::optional<int> year_;
  std::vector<Application> applications_;
  std::vector<IncludeState> includes_;
  absl::flat_hash_map<std::string, std::string> aliases_;
  std::string bucket_;
  bool has_automated_postings_ = false;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_LEDGER_SCANNER_H_
