#include "reports/audit_tests/audit_sample_document.h"

#include <cstdint>
#include <functional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "reports/audit_tests/monetary_unit_sample.h"
#include "reports/model/date_words.h"

namespace lumbung::reports {
namespace {

class SampleDocument {
 public:
  SampleDocument(const AuditSource& source, const SampleSettings& settings,
                 const DocumentFrame& frame, DocumentWriter& writer)
      : source_(source),
        book_(*source.book),
        currency_(*book_.FindCurrency(book_.book().functional_currency)),
        settings_(settings),
        accounts_(settings.accounts.begin(), settings.accounts.end()),
        frame_(frame),
        writer_(writer) {}

  absl::Status Write();

 private:
  using PostingVisitor =
      std::function<absl::Status(const AuditEntry&, const ValidPosting&, const Decimal& amount)>;

  std::string Say(const char* id, const char* en) const {
    return frame_.language == Language::kIndonesian ? id : en;
  }
  // Every posting of the population, with what it is worth.
  absl::Status VisitPopulation(const PostingVisitor& visit) const;
  absl::Status WriteRow(const AuditEntry& audited, const ValidPosting& posting,
                        const Decimal& amount, int hits);
  DocumentHead Head() const;
  DocumentFoot Foot(const Decimal& population, const MonetaryUnitSample& sample) const;

  const AuditSource& source_;
  const BookSnapshot& book_;
  const Currency& currency_;
  const SampleSettings& settings_;
  const absl::flat_hash_set<AccountId> accounts_;
  const DocumentFrame& frame_;
  DocumentWriter& writer_;
  std::int64_t postings_ = 0;
  std::int64_t drawn_ = 0;
  Decimal drawn_amount_;
};

absl::Status SampleDocument::VisitPopulation(const PostingVisitor& visit) const {
  return source_.visit_entries([&](const AuditEntry& audited) -> absl::Status {
    for (const ValidPosting& posting : audited.entry->content.postings) {
      const Decimal& amount = posting.functional_amount;
      if (amount.IsZero() || amount.IsNegative() == settings_.debits) continue;
      if (!accounts_.empty() && !accounts_.contains(posting.account)) continue;
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal exact, amount.Abs().WithScale(currency_.scale));
      LUMBUNG_RETURN_IF_ERROR(visit(audited, posting, exact));
    }
    return absl::OkStatus();
  });
}

DocumentHead SampleDocument::Head() const {
  DocumentHead head;
  head.name = "audit-sample";
  head.language = frame_.language;
  head.organization = frame_.organization;
  head.title = Say("SAMPEL AUDIT (SATUAN UANG)", "MONETARY UNIT SAMPLE");
  head.subtitle = PeriodsInWords({source_.period}, frame_.language);
  head.unit = absl::StrCat(settings_.debits ? Say("Ayat debit, dalam ", "Debits, in ")
                                            : Say("Ayat kredit, dalam ", "Credits, in "),
                           currency_.code);
  head.marks = frame_.marks;
  head.columns = {{"date", Say("Tanggal", "Date"), ColumnKind::kDate, 10, 0},
                  {"number", Say("Nomor", "Number"), ColumnKind::kCode, 15, 0},
                  {"description", Say("Uraian", "Description"), ColumnKind::kLabel, 0, 0},
                  {"account", Say("Akun", "Account"), ColumnKind::kCode, 11, 0},
                  {"reference", Say("Bukti", "Voucher"), ColumnKind::kCode, 24, 0},
                  {"hits", Say("Terpilih", "Hits"), ColumnKind::kAmount, 8, 0},
                  {"amount", Say("Nilai", "Amount"), ColumnKind::kAmount, 18, currency_.scale}};
  return head;
}

absl::Status SampleDocument::WriteRow(const AuditEntry& audited, const ValidPosting& posting,
                                      const Decimal& amount, int hits) {
  const PostedEntry& entry = *audited.entry;
  DocumentRow row;
  row.id = absl::StrCat(ToInteger(entry.id));
  std::string text = entry.content.description;
  if (!posting.memo.empty()) absl::StrAppend(&text, " - ", posting.memo);
  row.cells = {entry.content.effective_date,
               FormatEntryNumber(book_.FindSeries(entry.content.series)->code,
                                 entry.content.fiscal_year, entry.number),
               std::move(text),
               book_.FindAccount(posting.account)->code,
               entry.content.reference,
               Decimal::FromInteger(hits),
               amount};
  return writer_.Add(row);
}

DocumentFoot SampleDocument::Foot(const Decimal& population,
                                  const MonetaryUnitSample& sample) const {
  DocumentFoot foot;
  foot.notes = {
      absl::StrCat(Say("Populasi: ", "Population: "), postings_,
                   Say(" ayat bernilai ", " postings worth "), population.ToString(),
                   Say("; terpilih ", "; drawn "), drawn_,
                   Say(" ayat bernilai ", " postings worth "), drawn_amount_.ToString(), "."),
      absl::StrCat(Say("Benih: ", "Seed: "), settings_.seed, Say("; ukuran: ", "; size: "),
                   settings_.size, Say("; interval: ", "; interval: "),
                   sample.interval().ToString(), Say("; awal: ", "; start: "),
                   sample.start().ToString(), "."),
      Say("Ayat dijajarkan menurut tanggal lalu urutan pencatatan; satuan uang terkecil dihitung "
          "dari "
          "nol. Terpilih satuan awal, awal + interval, dan seterusnya. Interval = populasi dibagi "
          "ukuran, dibulatkan ke bawah; awal = 16 bita pertama SHA-256 atas benih, modulo "
          "interval.",
          "Postings stand by date, then in the order of recording; the smallest units of money are "
          "counted from zero. Drawn are the units start, start + interval, and so on. Interval = "
          "population divided by size, rounded down; start = the first 16 bytes of SHA-256 over "
          "the "
          "seed, modulo interval.")};
  foot.place_and_date = frame_.place_and_date;
  foot.signatures = frame_.signatures;
  foot.provenance = frame_.provenance;
  foot.checkpoint = frame_.checkpoint;
  return foot;
}

absl::Status SampleDocument::Write() {
  LUMBUNG_ASSIGN_OR_RETURN(Decimal population, Decimal().WithScale(currency_.scale));
  LUMBUNG_RETURN_IF_ERROR(VisitPopulation(
      [&](const AuditEntry&, const ValidPosting&, const Decimal& amount) -> absl::Status {
        ++postings_;
        LUMBUNG_ASSIGN_OR_RETURN(population, Add(population, amount));
        return absl::OkStatus();
      }));
  LUMBUNG_ASSIGN_OR_RETURN(MonetaryUnitSample sample,
                           MonetaryUnitSample::Draw(population, settings_.size, settings_.seed));
  LUMBUNG_RETURN_IF_ERROR(writer_.Begin(Head()));
  LUMBUNG_RETURN_IF_ERROR(
      VisitPopulation([&](const AuditEntry& audited, const ValidPosting& posting,
                          const Decimal& amount) -> absl::Status {
        const int hits = sample.Take(amount);
        if (hits == 0) return absl::OkStatus();
        ++drawn_;
        LUMBUNG_ASSIGN_OR_RETURN(drawn_amount_, Add(drawn_amount_, amount));
        return WriteRow(audited, posting, amount, hits);
      }));
  return writer_.End(Foot(population, sample));
}

}  // namespace

absl::Status WriteAuditSample(const AuditSource& source, const SampleSettings& settings,
                              const DocumentFrame& frame, DocumentWriter& writer) {
  return SampleDocument(source, settings, frame, writer).Write();
}

}  // namespace lumbung::reports
