// A sink for passes over a journal that are only made to learn something.
#ifndef LUMBUNG_LEDGER_IMPORT_NULL_SINK_H_
#define LUMBUNG_LEDGER_IMPORT_NULL_SINK_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::import {

class NullSink final : public JournalSink {
 public:
  absl::Status OnTransaction(ParsedTransaction&& /*transaction*/) override {
    return absl::OkStatus();
  }
  absl::Status OnAccount(const ParsedAccount& /*account*/) override { return absl::OkStatus(); }
  absl::Status OnCommodity(const ParsedCommodity& /*commodity*/) override {
    return absl::OkStatus();
  }
  absl::Status OnPrice(const ParsedPrice& /*price*/) override { return absl::OkStatus(); }
  absl::Status OnAssertion(const ParsedAssertion& /*assertion*/) override {
    return absl::OkStatus();
  }
  absl::Status OnUnsupported(const Place& /*place*/, absl::string_view /*directive*/) override {
    return absl::OkStatus();
  }
};

}  // namespace lumbung::import

#endif  // LUMBUNG_LEDGER_IMPORT_NULL_SINK_H_
