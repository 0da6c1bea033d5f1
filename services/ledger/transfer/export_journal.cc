#include "services/ledger/transfer/export_journal.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/status.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/journal_cursor.h"
#include "ledger/store/transaction.h"

namespace lumbung::transfer {
namespace {

using import::JournalFormat;
using ledger_export::ExportEntry;
using ledger_export::ExportPosting;
using ledger_export::ExportWriter;

absl::StatusOr<std::unique_ptr<ExportWriter>> WriterFor(JournalFormat format,
                                                        ledger_export::ChunkSink sink) {
  switch (format) {
    case JournalFormat::kHledger:
      return ledger_export::NewHledgerWriter(std::move(sink));
    case JournalFormat::kBeancount:
      return ledger_export::NewBeancountWriter(std::move(sink));
    case JournalFormat::kCsv:
      return ledger_export::NewCsvWriter(std::move(sink), {});
    case JournalFormat::kLedger:
      break;
  }
  return InvalidArgument("UNKNOWN_FORMAT", "format",
                         "books are written for hledger, for beancount and as CSV");
}

class BookExport {
 public:
  BookExport(const BookSnapshot* book, bool name_default_fund, ExportWriter* writer)
      : book_(book), name_default_fund_(name_default_fund), writer_(writer) {}

  absl::Status Declare() {
    for (const Dimension& dimension : book_->dimensions()) {
      LUMBUNG_RETURN_IF_ERROR(writer_->AddDimension(dimension.key));
    }
    for (const Currency& currency : book_->currencies()) {
      LUMBUNG_RETURN_IF_ERROR(
          writer_->AddCurrency({currency.code, currency.scale, currency.display_name}));
    }
    for (const Account& account : book_->accounts()) {
      if (!account.postable) continue;
      LUMBUNG_RETURN_IF_ERROR(
          writer_->AddAccount({account.key, account.display_name, account.type, account.closed}));
    }
    return absl::OkStatus();
  }

  absl::Status Write(const PostedEntry& entry) {
    ExportEntry out;
    out.number = FormatEntryNumber(book_->FindSeries(entry.content.series)->code,
                                   entry.content.fiscal_year, entry.number);
    out.uid = absl::StrCat(book_->book().uid, "/", ToInteger(entry.id));
    out.effective_date = entry.content.effective_date;
    out.description = entry.content.description;
    out.reference = entry.content.reference;
    out.kind = entry.content.kind;
    out.tags = entry.content.tags;
    out.postings.reserve(entry.content.postings.size());
    for (const ValidPosting& posting : entry.content.postings) {
      out.postings.push_back(PostingOf(posting));
    }
    ++count_;
    return writer_->AddEntry(out);
  }

  std::int64_t count() const { return count_; }

 private:
  ExportPosting PostingOf(const ValidPosting& posting) const {
    ExportPosting out;
    out.account = book_->FindAccount(posting.account)->key;
    out.amount = {posting.amount, book_->FindCurrency(posting.currency)->code};
    out.functional = {posting.functional_amount,
                      book_->FindCurrency(posting.functional_currency)->code};
    if (name_default_fund_ || posting.dimensions.fund != book_->book().default_fund) {
      out.fund = book_->FindFund(posting.dimensions.fund)->key;
    }
    for (const auto& [dimension_id, value_id] : posting.dimensions.members) {
      const Dimension* dimension = book_->FindDimension(dimension_id);
      out.dimensions.emplace_back(dimension->key, book_->FindValue(*dimension, value_id)->key);
    }
    out.memo = posting.memo;
    return out;
  }

  const BookSnapshot* const book_;
  const bool name_default_fund_;
  ExportWriter* const writer_;
  std::int64_t count_ = 0;
};

}  // namespace

absl::StatusOr<std::int64_t> ExportJournal(store::ConnectionPool& pool, BookKey book,
                                           const ExportOptions& options,
                                           const ledger_export::ChunkSink& sink) {
  bool sent = false;
  const auto counting_sink = [&](absl::string_view chunk) {
    sent = true;
    return sink(chunk);
  };
  return store::InTransaction(
      pool, {book.organization, store::Access::kReadOnly, options.deadline},
      [&](store::TransactionScope& scope) -> absl::StatusOr<std::int64_t> {
        // What was sent cannot be taken back: the body must not begin again.
        if (sent) return absl::UnavailableError("the export broke off");
        LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<ExportWriter> writer,
                                 WriterFor(options.format, counting_sink));
        LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, book));
        const BookSnapshot snapshot(std::move(contents));
        BookExport book_export(&snapshot, options.format == JournalFormat::kCsv, writer.get());
        LUMBUNG_RETURN_IF_ERROR(book_export.Declare());
        LUMBUNG_RETURN_IF_ERROR(store::VisitEntries(
            scope, book, options.from, options.to,
            [&](const PostedEntry& entry) { return book_export.Write(entry); }));
        LUMBUNG_RETURN_IF_ERROR(writer->Finish());
        return book_export.count();
      });
}

}  // namespace lumbung::transfer
