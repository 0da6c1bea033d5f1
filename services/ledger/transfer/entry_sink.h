// EntrySink: the second pass of an import. Turns the transactions of a file into entries, leaves
// out those that the book has, and posts the others in chunks inside the import's database
// transaction.
//
// From the first problem on nothing more is posted; the rest of the file is only checked, so that
// the user learns of all problems at once.
#ifndef LUMBUNG_SERVICES_LEDGER_TRANSFER_ENTRY_SINK_H_
#define LUMBUNG_SERVICES_LEDGER_TRANSFER_ENTRY_SINK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "ledger/core/entry.h"
#include "ledger/core/entry_validation.h"
#include "ledger/import/assertion_checker.h"
#include "ledger/import/draft_builder.h"
#include "ledger/import/parsed_journal.h"
#include "ledger/store/transactional_posting.h"
#include "services/ledger/transfer/entry_identity.h"
#include "services/ledger/transfer/import_journal.h"
#include "services/ledger/transfer/problems.h"

namespace lumbung::transfer {

class EntrySink final : public import::JournalSink {
 public:
  EntrySink(store::TransactionalPoster* poster, import::AssertionChecker* assertions,
            import::DraftBuilder builder, PostingPermissions permissions)
      : poster_(poster),
        assertions_(assertions),
        builder_(std::move(builder)),
        permissions_(permissions),
        book_has_entries_(poster->head().last_entry_id > 0) {}

  absl::Status OnTransaction(import::ParsedTransaction&& transaction) override;
  absl::Status OnAssertion(const import::ParsedAssertion& assertion) override;
  // The plan has taken care of these.
  absl::Status OnAccount(const import::ParsedAccount&) override { return absl::OkStatus(); }
  absl::Status OnCommodity(const import::ParsedCommodity&) override { return absl::OkStatus(); }
  absl::Status OnPrice(const import::ParsedPrice&) override { return absl::OkStatus(); }
  absl::Status OnUnsupported(const import::Place&, absl::string_view) override {
    return absl::OkStatus();
  }

  // After the pass, which ended with `read`: posts what is left, and refuses with all problems.
  absl::Status Finish(absl::Status read);

  // What was posted: counts, totals and digest.
  ImportReport Report() const;

 private:
  struct Turnover {
    Decimal debit, credit, functional_debit, functional_credit;
  };

  absl::Status Flush();
  // Removes the drafts that the book has.
  absl::Status DropExisting();
  // Checks each draft by itself and notes what is wrong. OK when nothing is.
  void CheckEach();
  absl::Status Count(const std::vector<PostedEntry>& posted);
  absl::Status CountPosting(const ValidPosting& posting);

  store::TransactionalPoster* const poster_;
  import::AssertionChecker* const assertions_;
  const import::DraftBuilder builder_;
  const PostingPermissions permissions_;
  const bool book_has_entries_;

  EntryIdentities identities_;
  std::vector<EntryDraft> drafts_;
  std::vector<import::Place> places_;
  std::size_t pending_postings_ = 0;
  ProblemList problems_;
  ImportReport report_;
  std::map<std::tuple<AccountId, CurrencyId, CurrencyId>, Turnover> turnover_;
};

}  // namespace lumbung::transfer

#endif  // LUMBUNG_SERVICES_LEDGER_TRANSFER_ENTRY_SINK_H_
