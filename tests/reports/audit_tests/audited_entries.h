// Entries written as an auditor would jot them down, and a journal of them in memory.
#ifndef LUMBUNG_TESTS_REPORTS_AUDIT_TESTS_AUDITED_ENTRIES_H_
#define LUMBUNG_TESTS_REPORTS_AUDIT_TESTS_AUDITED_ENTRIES_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"
#include "reports/audit_pack/audit_source.h"
#include "reports/model/document.h"

namespace lumbung::testing {

struct AuditedLine {
  std::string account;
  // Debits positive.
  std::string amount;
};

struct AuditedSketch {
  std::string date = "2026-03-04";
  // UTC: "2026-03-04T03:00:00Z", a Wednesday, ten in Jakarta.
  std::string recorded = "2026-03-04T03:00:00Z";
  std::vector<AuditedLine> lines = {{"1.1.21", "123456"}, {"4.1.10", "-123456"}};
  EntryKind kind = EntryKind::kStandard;
  // Sequence of the entry that reversed it; 0 is none.
  std::int64_t reversed_by = 0;
  std::string entered_by;
  std::string approved_by;
};

// Entries 1, 2, 3 ... of SmallBook, all in the fund umum.
class AuditedJournal {
 public:
  AuditedJournal();

  // The entry stays where it is.
  const PostedEntry& Add(const AuditedSketch& sketch);
  // With the trial balance that follows from the entries, and their numbers.
  reports::AuditSource Source() const;
  const BookSnapshot& book() const { return *book_; }

 private:
  struct Kept {
    PostedEntry entry;
    std::string entered_by;
    std::string approved_by;
  };
  const std::shared_ptr<const BookSnapshot> book_;
  std::deque<Kept> entries_;
};

// What was written, document by document.
class RecordingWriter final : public reports::DocumentWriter {
 public:
  struct Document {
    reports::DocumentHead head;
    std::vector<reports::DocumentRow> rows;
    reports::DocumentFoot foot;
  };
  absl::Status Begin(const reports::DocumentHead& head) override {
    documents.push_back({head, {}, {}});
    return absl::OkStatus();
  }
  absl::Status Add(const reports::DocumentRow& row) override {
    documents.back().rows.push_back(row);
    return absl::OkStatus();
  }
  absl::Status End(const reports::DocumentFoot& foot) override {
    documents.back().foot = foot;
    return absl::OkStatus();
  }
  absl::Status Finish() override { return absl::OkStatus(); }

  const Document& Named(const std::string& name) const;

  std::vector<Document> documents;
};

// "2026-03-04 | JU-2026-000001 | ... | 123456.00": the cells of a row, as text.
std::string TextOf(const reports::DocumentRow& row);

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_REPORTS_AUDIT_TESTS_AUDITED_ENTRIES_H_
