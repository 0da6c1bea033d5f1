#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/entry.h"
#include "ledger/core/status.h"
#include "ledger/store/journal_cursor.h"
#include "reports/source/book_documents.h"
#include "reports/source/book_words.h"

namespace lumbung::reports {
namespace {

constexpr int kJournalDateWidth = 10;
constexpr int kJournalNumberWidth = 15;
constexpr int kJournalFundWidth = 12;

class JournalDocument {
 public:
  JournalDocument(const BookDocumentRequest& request, DocumentWriter& writer)
      : book_(*request.book), words_(request), writer_(writer) {}

  absl::Status Begin();
  absl::Status WriteEntry(const PostedEntry& entry);
  absl::Status End();

 private:
  absl::Status WritePosting(const ValidPosting& posting);

  const BookSnapshot& book_;
  const BookWords words_;
  DocumentWriter& writer_;
  std::int64_t entries_ = 0;
  Decimal debit_;
  Decimal credit_;
};

absl::Status JournalDocument::Begin() {
  DocumentHead head = words_.Head("journal", words_.Say("JURNAL", "JOURNAL"));
  head.columns = {
      {"date", words_.Say("Tanggal", "Date"), ColumnKind::kDate, kJournalDateWidth, 0},
      {"number", words_.Say("Nomor", "Number"), ColumnKind::kCode, kJournalNumberWidth, 0},
      {"account", words_.Say("Akun dan uraian", "Account and description"), ColumnKind::kLabel, 0,
       0},
      {"fund", words_.Say("Dana", "Fund"), ColumnKind::kCode, kJournalFundWidth, 0},
      words_.Amount("debit", words_.Say("Debit", "Debit")),
      words_.Amount("credit", words_.Say("Kredit", "Credit"))};
  return writer_.Begin(head);
}

absl::Status JournalDocument::WriteEntry(const PostedEntry& entry) {
  ++entries_;
  DocumentRow heading;
  heading.id = absl::StrCat(ToInteger(entry.id));
  std::string text = entry.content.description;
  if (!entry.content.reference.empty()) absl::StrAppend(&text, " (", entry.content.reference, ")");
  heading.cells = {entry.content.effective_date,
                   FormatEntryNumber(book_.FindSeries(entry.content.series)->code,
                                     entry.content.fiscal_year, entry.number),
                   std::move(text)};
  LUMBUNG_RETURN_IF_ERROR(writer_.Add(heading));
  for (const ValidPosting& posting : entry.content.postings) {
    LUMBUNG_RETURN_IF_ERROR(WritePosting(posting));
  }
  return absl::OkStatus();
}

absl::Status JournalDocument::WritePosting(const ValidPosting& posting) {
  LUMBUNG_RETURN_IF_ERROR(words_.CheckFunctional(posting.functional_currency));
  const Decimal& amount = posting.functional_amount;
  DocumentRow row;
  std::string text = words_.CodeAndNameOf(*book_.FindAccount(posting.account));
  if (!posting.memo.empty()) absl::StrAppend(&text, " - ", posting.memo);
  row.cells = {std::monostate(), std::monostate(),
               std::move(text),  book_.FindFund(posting.dimensions.fund)->key,
               std::monostate(), std::monostate()};
  // Credits stand further in, as in a journal written by hand.
  if (amount.IsNegative()) {
    row.indent = 2;
    row.cells[5] = amount.Negated();
    LUMBUNG_ASSIGN_OR_RETURN(credit_, Subtract(credit_, amount));
  } else {
    row.indent = 1;
    row.cells[4] = amount;
    LUMBUNG_ASSIGN_OR_RETURN(debit_, Add(debit_, amount));
  }
  return writer_.Add(row);
}

absl::Status JournalDocument::End() {
  DocumentRow total;
  total.style = RowStyle::kTotal;
  total.id = "total";
  total.cells = {
      std::monostate(),
      std::monostate(),
      absl::StrCat(words_.Say("JUMLAH ", "TOTAL OF "), entries_, words_.Say(" JURNAL", " ENTRIES")),
      std::monostate(),
      debit_,
      credit_};
  LUMBUNG_RETURN_IF_ERROR(writer_.Add(total));
  return writer_.End(
      words_.Foot({{words_.Say("Jumlah debit = jumlah kredit", "Total debits = total credits"),
                    debit_, credit_}}));
}

}  // namespace

absl::Status WriteJournal(store::TransactionScope& scope, const BookDocumentRequest& request,
                          DocumentWriter& writer) {
  JournalDocument document(request, writer);
  LUMBUNG_RETURN_IF_ERROR(document.Begin());
  LUMBUNG_RETURN_IF_ERROR(store::VisitEntries(
      scope, request.book->book().key, request.period.from, request.period.to,
      [&document](const PostedEntry& entry) { return document.WriteEntry(entry); }));
  return document.End();
}

}  // namespace lumbung::reports
