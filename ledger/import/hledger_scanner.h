// The hledger journal format, as of hledger 1.25: lines in, drafts of transactions and directives
// out.
#ifndef LUMBUNG_LEDGER_IMPORT_HLEDGER_SCANNER_H_
#define LUMBUNG_LEDGER_IMPORT_HLEDGER_SCANNER_H_

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/account_names.h"
#include "ledger/import/hledger_amount.h"
#include "ledger/import/journal_scanner.h"

namespace lumbung::import {

class HledgerScanner final : public JournalScanner {
 public:
  using JournalScanner::JournalScanner;

  // With how many decimals hledger shows the commodity. Final once the scan is done.
  std::optional<int> DecimalsShown(absl::string_view commodity) const {
    return commodities_.DecimalsShown(commodity, scope_.numbers);
  }

 private:
  // What a file sets for itself and for the files it includes from there on.
  struct Scope {
    HledgerNumberRules numbers;
    std::optional<int> default_year;
    AccountNames accounts;
  };

  bool IsCommentLine(absl::string_view line) const override;
  absl::Status OnDirective(absl::string_view line) override;
  absl::Status OnHeader(absl::string_view line, DraftTransaction* draft) override;
  absl::Status OnPosting(absl::string_view text, DraftTransaction* draft) override;
  absl::Status OnComment(absl::string_view text, DraftTransaction* draft,
                         DraftPosting* posting) override;
  void EnterInclude() override;
  void LeaveInclude() override;

  // Parts of a posting line.
  absl::Status TakeAccount(absl::string_view* rest, DraftPosting* posting);
  absl::Status TakePricesAndLot(absl::string_view* rest, DraftPosting* posting);
  absl::Status TakeAssertion(absl::string_view* rest, Date date, DraftPosting* posting);

  // One directive each; `rest` is what stands after its word.
  absl::Status OnInclude(absl::string_view rest);
  absl::Status OnAccount(absl::string_view rest);
  absl::Status OnCommodity(absl::string_view rest);
  absl::Status OnCommodityFormats(absl::string_view rest);
  absl::Status OnEnd(absl::string_view line);
  absl::Status OnLetterDirective(absl::string_view line);
  absl::Status OnDefaultCommodity(absl::string_view rest);
  absl::Status OnMarketPrice(absl::string_view rest);
  absl::Status OnDecimalMark(absl::string_view rest);
  absl::Status LeaveOut(absl::string_view directive);

  // An amount that says how numbers of its commodity look.
  absl::StatusOr<HledgerAmount> TakeFormat(absl::string_view* rest);
  absl::StatusOr<HledgerAmount> TakeAmount(absl::string_view* rest) {
    return TakeHledgerAmount(rest, scope_.numbers, commodities_);
  }

  HledgerCommodities commodities_;
  Scope scope_;
  std::vector<Scope> outer_scopes_;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_HLEDGER_SCANNER_H_
