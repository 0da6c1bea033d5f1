// What can only be known of an hledger journal once all of it was read. Most journals are read
// without: it takes a pass of its own, made when a transaction does not balance exactly or assigns
// a balance.
#ifndef LUMBUNG_LEDGER_IMPORT_HLEDGER_SURVEY_H_
#define LUMBUNG_LEDGER_IMPORT_HLEDGER_SURVEY_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/hledger_scanner.h"
#include "ledger/import/null_sink.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

class HledgerSurvey {
 public:
  static absl::StatusOr<std::unique_ptr<const HledgerSurvey>> Make(const FileSource& files,
                                                                   absl::string_view main_file);

  std::optional<int> DecimalsShown(absl::string_view commodity) const {
    return scanner_.DecimalsShown(commodity);
  }
  // Whether no transaction, and no posting with a date of its own, is earlier than one before it.
  bool in_date_order() const { return in_date_order_; }
  // Whether some posting assigns a balance to the account, alone or with its descendants.
  bool IsAssigned(absl::string_view account) const;

 private:
  HledgerSurvey(const FileSource& files);

  void Note(const DraftTransaction& draft);

  NullSink sink_;
  HledgerScanner scanner_;
  bool in_date_order_ = true;
  std::optional<Date> last_date_;
  absl::flat_hash_set<std::string> assigned_;
  absl::flat_hash_set<std::string> assigned_with_descendants_;
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_HLEDGER_SURVEY_H_
