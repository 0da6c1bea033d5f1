// A monetary unit sample of postings as a document.
#ifndef LUMBUNG_REPORTS_AUDIT_TESTS_AUDIT_SAMPLE_DOCUMENT_H_
#define LUMBUNG_REPORTS_AUDIT_TESTS_AUDIT_SAMPLE_DOCUMENT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "ledger/core/ids.h"
#include "reports/audit_pack/audit_source.h"
#include "reports/model/document.h"

namespace lumbung::reports {

struct SampleSettings {
  // Of all accounts when empty.
  std::vector<AccountId> accounts;
  // Otherwise credits.
  bool debits = true;
  // How many units of money are drawn; positive.
  int size = 1;
  std::string seed;
};

// The postings drawn, in the order of the entries' visit, and how the draw is done again. Reads the
// entries twice. INVALID_SETTING, OVERFLOW, and what the writer refuses.
absl::Status WriteAuditSample(const AuditSource& source, const SampleSettings& settings,
                              const DocumentFrame& frame, DocumentWriter& writer);

}  // namespace lumbung::reports

#endif  // LUMBUNG_REPORTS_AUDIT_TESTS_AUDIT_SAMPLE_DOCUMENT_H_
