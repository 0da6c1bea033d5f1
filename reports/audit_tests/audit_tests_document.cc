#include "reports/audit_tests/audit_tests_document.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "ledger/core/status.h"
#include "reports/audit_tests/first_digits.h"
#include "reports/model/date_words.h"

namespace lumbung::reports {
namespace {

constexpr std::size_t kTestCount = std::size(kJournalTests);

struct Turnover {
  Decimal debit;
  Decimal credit;
};

struct Handled {
  std::int64_t entries = 0;
  Decimal amount;
};

class AuditTestsDocument {
 public:
  AuditTestsDocument(const AuditSource& source, const AuditTestSettings& settings,
                     const DocumentFrame& frame, DocumentWriter& writer)
      : source_(source), book_(*source.book), tests_(settings), frame_(frame), writer_(writer) {}

  absl::Status Write();

 private:
  std::string Say(const char* id, const char* en) const {
    return frame_.language == Language::kIndonesian ? id : en;
  }
  DocumentHead Head(const char* name, std::string title) const;
  DocumentColumn Amount(const char* key, std::string title) const;
  static DocumentColumn Count(const char* key, std::string title);
  DocumentFoot Foot() const;
  std::string NumberOf(const PostedEntry& entry) const;
  std::string MomentOf(absl::Time time) const;

  absl::Status Learn();
  absl::Status CountFindings();
  absl::Status WriteSummary();
  absl::Status WriteFindings();
  absl::Status WriteNumbers();
  absl::Status WriteFirstDigits();
  absl::Status WritePeople();
  // Accounts and funds whose turnover by entries is not that of the trial balance.
  absl::StatusOr<std::vector<DocumentRow>> Incomplete() const;

  const AuditSource& source_;
  const BookSnapshot& book_;
  JournalTests tests_;
  const DocumentFrame& frame_;
  DocumentWriter& writer_;
  std::int64_t entries_ = 0;
  std::array<std::int64_t, kTestCount> found_ = {};
  std::array<Decimal, kTestCount> found_amount_ = {};
  std::map<std::pair<AccountId, FundId>, Turnover> turnover_;
  std::map<std::pair<std::string, std::string>, Handled> people_;
  FirstDigits digits_;
};

DocumentHead AuditTestsDocument::Head(const char* name, std::string title) const {
  DocumentHead head;
  head.name = name;
  head.language = frame_.language;
  head.organization = frame_.organization;
  head.title = std::move(title);
  head.subtitle = PeriodsInWords({source_.period}, frame_.language);
  head.unit = absl::StrCat(Say("Dalam ", "In "),
                           book_.FindCurrency(book_.book().functional_currency)->code);
  head.marks = frame_.marks;
  return head;
}

DocumentColumn AuditTestsDocument::Amount(const char* key, std::string title) const {
  return {key, std::move(title), ColumnKind::kAmount, 18,
          book_.FindCurrency(book_.book().functional_currency)->scale};
}

DocumentColumn AuditTestsDocument::Count(const char* key, std::string title) {
  return {key, std::move(title), ColumnKind::kAmount, 10, 0};
}

DocumentFoot AuditTestsDocument::Foot() const {
  DocumentFoot foot;
  foot.provenance = frame_.provenance;
  foot.checkpoint = frame_.checkpoint;
  return foot;
}

std::string AuditTestsDocument::NumberOf(const PostedEntry& entry) const {
  return FormatEntryNumber(book_.FindSeries(entry.content.series)->code, entry.content.fiscal_year,
                           entry.number);
}

std::string AuditTestsDocument::MomentOf(absl::Time time) const {
  return absl::FormatTime("%Y-%m-%d %H:%M", time,
                          absl::FixedTimeZone(tests_.settings().utc_offset_minutes * 60));
}

absl::Status AuditTestsDocument::Learn() {
  return source_.visit_entries([this](const AuditEntry& audited) -> absl::Status {
    const PostedEntry& entry = *audited.entry;
    ++entries_;
    tests_.Learn(entry);
    Handled& handled = people_[{audited.entered_by, audited.approved_by}];
    ++handled.entries;
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, EntryAmount(entry));
    LUMBUNG_ASSIGN_OR_RETURN(handled.amount, Add(handled.amount, amount));
    for (const ValidPosting& posting : entry.content.postings) {
      digits_.Add(posting.functional_amount);
      Turnover& turnover = turnover_[{posting.account, posting.dimensions.fund}];
      Decimal& side = posting.functional_amount.IsNegative() ? turnover.credit : turnover.debit;
      LUMBUNG_ASSIGN_OR_RETURN(side, Add(side, posting.functional_amount.Abs()));
    }
    return absl::OkStatus();
  });
}

absl::Status AuditTestsDocument::CountFindings() {
  return source_.visit_entries([this](const AuditEntry& audited) -> absl::Status {
    for (std::size_t i = 0; i < kTestCount; ++i) {
      LUMBUNG_ASSIGN_OR_RETURN(const bool is_found, tests_.Finds(kJournalTests[i], *audited.entry));
      if (!is_found) continue;
      ++found_[i];
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, EntryAmount(*audited.entry));
      LUMBUNG_ASSIGN_OR_RETURN(found_amount_[i], Add(found_amount_[i], amount));
    }
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<DocumentRow>> AuditTestsDocument::Incomplete() const {
  std::vector<DocumentRow> rows;
  auto by_entries = turnover_;
  const auto add = [&](AccountId account, FundId fund, const Turnover& kept,
                       const Turnover& found) {
    if (kept.debit == found.debit && kept.credit == found.credit) return;
    DocumentRow row;
    row.style = RowStyle::kProblem;
    row.cells = {
        absl::StrCat(book_.FindAccount(account)->code, " ",
                     book_.FindAccount(account)->display_name, " (", book_.FindFund(fund)->key,
                     "): ", Say("jurnal memberi ", "entries give "), found.debit.ToString(), " / ",
                     found.credit.ToString(), Say(", neraca saldo ", ", trial balance "),
                     kept.debit.ToString(), " / ", kept.credit.ToString())};
    rows.push_back(std::move(row));
  };
  for (const TrialBalanceLine& line : source_.trial_balance) {
    Turnover found;
    const auto place = by_entries.find({line.account, line.fund});
    if (place != by_entries.end()) {
      found = place->second;
      by_entries.erase(place);
    }
    add(line.account, line.fund, {line.debit, line.credit}, found);
  }
  for (const auto& [place, found] : by_entries) add(place.first, place.second, {}, found);
  return rows;
}

absl::Status AuditTestsDocument::WriteSummary() {
  DocumentHead head = Head("audit-tests", Say("UJI AUDIT ATAS JURNAL", "AUDITOR'S JOURNAL TESTS"));
  head.columns = {{"test", Say("Uji", "Test"), ColumnKind::kLabel, 0, 0},
                  Count("examined", Say("Diperiksa", "Examined")),
                  Count("found", Say("Ditemukan", "Found")),
                  Amount("amount", Say("Nilai temuan", "Amount found"))};
  LUMBUNG_RETURN_IF_ERROR(writer_.Begin(head));
  for (std::size_t i = 0; i < kTestCount; ++i) {
    DocumentRow row;
    row.id = absl::StrCat("test-", i + 1);
    row.cells = {TestLabel(kJournalTests[i], tests_.settings()).In(frame_.language),
                 Decimal::FromInteger(entries_), Decimal::FromInteger(found_[i]), found_amount_[i]};
    LUMBUNG_RETURN_IF_ERROR(writer_.Add(row));
  }
  std::int64_t wrong_runs = 0;
  for (const NumberRun& run : source_.number_runs) {
    if (run.Missing() != 0 || run.Repeated() != 0) ++wrong_runs;
  }
  DocumentRow numbers;
  numbers.id = "numbers";
  numbers.cells = {Say("Seri nomor dengan celah atau nomor ganda (seluruh buku)",
                       "Number series with gaps or duplicates (whole book)"),
                   Decimal::FromInteger(static_cast<std::int64_t>(source_.number_runs.size())),
                   Decimal::FromInteger(wrong_runs)};
  LUMBUNG_RETURN_IF_ERROR(writer_.Add(numbers));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<DocumentRow> incomplete, Incomplete());
  DocumentRow complete;
  complete.id = "completeness";
  complete.cells = {Say("Akun dan dana yang saldo awal + jurnal tidak sama dengan saldo akhirnya",
                        "Accounts and funds whose opening + entries is not their closing balance"),
                    Decimal::FromInteger(static_cast<std::int64_t>(source_.trial_balance.size())),
                    Decimal::FromInteger(static_cast<std::int64_t>(incomplete.size()))};
  LUMBUNG_RETURN_IF_ERROR(writer_.Add(complete));
  for (const DocumentRow& row : incomplete) LUMBUNG_RETURN_IF_ERROR(writer_.Add(row));

  DocumentFoot foot = Foot();
  Turnover by_entries;
  for (const auto& [place, turnover] : turnover_) {
    LUMBUNG_ASSIGN_OR_RETURN(by_entries.debit, Add(by_entries.debit, turnover.debit));
    LUMBUNG_ASSIGN_OR_RETURN(by_entries.credit, Add(by_entries.credit, turnover.credit));
  }
  Turnover kept;
  for (const TrialBalanceLine& line : source_.trial_balance) {
    LUMBUNG_ASSIGN_OR_RETURN(kept.debit, Add(kept.debit, line.debit));
    LUMBUNG_ASSIGN_OR_RETURN(kept.credit, Add(kept.credit, line.credit));
  }
  foot.checks = {{Say("Debit semua jurnal = debit neraca saldo",
                      "Debits of all entries = debits of the trial balance"),
                  by_entries.debit, kept.debit},
                 {Say("Kredit semua jurnal = kredit neraca saldo",
                      "Credits of all entries = credits of the trial balance"),
                  by_entries.credit, kept.credit}};
  foot.notes = {
      Say("Temuan bukanlah kesalahan: ini yang pertama-tama dilihat oleh auditor.",
          "A finding is not an error: it is what an auditor looks at first."),
      absl::StrCat(Say("Waktu pencatatan menurut jam UTC", "Times of recording by the clock UTC"),
                   absl::StrFormat("%+03d:%02d", tests_.settings().utc_offset_minutes / 60,
                                   std::abs(tests_.settings().utc_offset_minutes % 60)),
                   ".")};
  foot.place_and_date = frame_.place_and_date;
  foot.signatures = frame_.signatures;
  return writer_.End(foot);
}

absl::Status AuditTestsDocument::WriteFindings() {
  DocumentHead head = Head("audit-findings", Say("JURNAL YANG DITEMUKAN", "ENTRIES FOUND"));
  head.columns = {
      {"date", Say("Tanggal", "Date"), ColumnKind::kDate, 10, 0},
      {"number", Say("Nomor", "Number"), ColumnKind::kCode, 15, 0},
      {"recorded", Say("Dicatat", "Recorded"), ColumnKind::kCode, 16, 0},
      {"entry", Say("Uraian dan sebab", "Description and why"), ColumnKind::kLabel, 0, 0},
      {"entered_by", Say("Pembuat", "Entered by"), ColumnKind::kText, 10, 0},
      {"approved_by", Say("Penyetuju", "Approved by"), ColumnKind::kText, 10, 0},
      Amount("amount", Say("Nilai", "Amount"))};
  LUMBUNG_RETURN_IF_ERROR(writer_.Begin(head));
  LUMBUNG_RETURN_IF_ERROR(source_.visit_entries([this](const AuditEntry& audited) -> absl::Status {
    const PostedEntry& entry = *audited.entry;
    std::vector<std::string> reasons;
    for (const JournalTest test : kJournalTests) {
      LUMBUNG_ASSIGN_OR_RETURN(const bool is_found, tests_.Finds(test, entry));
      if (is_found) reasons.push_back(TestLabel(test, tests_.settings()).In(frame_.language));
    }
    if (reasons.empty()) return absl::OkStatus();
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, EntryAmount(entry));
    DocumentRow row;
    row.id = absl::StrCat(ToInteger(entry.id));
    row.cells = {entry.content.effective_date,
                 NumberOf(entry),
                 MomentOf(entry.recorded_at),
                 absl::StrCat(entry.content.description, " [", absl::StrJoin(reasons, "; "), "]"),
                 audited.entered_by,
                 audited.approved_by,
                 amount};
    return writer_.Add(row);
  }));
  return writer_.End(Foot());
}

absl::Status AuditTestsDocument::WriteNumbers() {
  DocumentHead head = Head("number-series", Say("URUTAN NOMOR", "NUMBER SERIES"));
  head.subtitle = Say("Seluruh buku", "The whole book");
  head.unit = "";
  head.columns = {{"series", Say("Seri", "Series"), ColumnKind::kLabel, 0, 0},
                  {"period", Say("Masa", "Period"), ColumnKind::kCode, 10, 0},
                  Count("first", Say("Pertama", "First")),
                  Count("last", Say("Terakhir", "Last")),
                  Count("count", Say("Banyaknya", "Count")),
                  Count("missing", Say("Hilang", "Missing")),
                  Count("repeated", Say("Ganda", "Repeated"))};
  LUMBUNG_RETURN_IF_ERROR(writer_.Begin(head));
  for (const NumberRun& run : source_.number_runs) {
    DocumentRow row;
    if (run.Missing() != 0 || run.Repeated() != 0) row.style = RowStyle::kProblem;
    row.cells = {
        absl::StrCat(run.is_of_vouchers ? Say("Bukti ", "Vouchers ") : Say("Jurnal ", "Entries "),
                     run.series),
        run.period,
        Decimal::FromInteger(run.first),
        Decimal::FromInteger(run.last),
        Decimal::FromInteger(run.count),
        Decimal::FromInteger(run.Missing()),
        Decimal::FromInteger(run.Repeated())};
    LUMBUNG_RETURN_IF_ERROR(writer_.Add(row));
  }
  return writer_.End(Foot());
}

absl::Status AuditTestsDocument::WriteFirstDigits() {
  DocumentHead head =
      Head("first-digits", Say("ANGKA PERTAMA (HUKUM BENFORD)", "FIRST DIGITS (BENFORD'S LAW)"));
  head.unit = Say("Semua ayat jurnal pada masa ini", "All postings of the period");
  const auto percent = [](double share) {
    return *Decimal::Parse(absl::StrFormat("%.1f", share * 100));
  };
  const auto share_column = [](const char* key, std::string title) {
    return DocumentColumn{key, std::move(title), ColumnKind::kAmount, 12, 1};
  };
  head.columns = {{"digit", Say("Angka", "Digit"), ColumnKind::kLabel, 0, 0},
                  Count("count", Say("Banyaknya", "Count")),
                  share_column("share", Say("Bagian %", "Share %")),
                  share_column("expected", Say("Harapan %", "Expected %")),
                  share_column("difference", Say("Selisih %", "Difference %"))};
  LUMBUNG_RETURN_IF_ERROR(writer_.Begin(head));
  for (int digit = 1; digit <= 9; ++digit) {
    DocumentRow row;
    row.cells = {absl::StrCat(digit), Decimal::FromInteger(digits_.count(digit)),
                 percent(digits_.Share(digit)), percent(FirstDigits::Expected(digit)),
                 percent(digits_.Share(digit) - FirstDigits::Expected(digit))};
    LUMBUNG_RETURN_IF_ERROR(writer_.Add(row));
  }
  DocumentFoot foot = Foot();
  foot.notes.push_back(absl::StrCat(Say("Rata-rata selisih mutlak ", "Mean absolute deviation "),
                                    absl::StrFormat("%.4f", digits_.Deviation()), " (",
                                    digits_.total(), Say(" ayat): ", " postings): "),
                                    digits_.Verdict().In(frame_.language), "."));
  return writer_.End(foot);
}

absl::Status AuditTestsDocument::WritePeople() {
  DocumentHead head = Head("approvers", Say("PEMBUAT DAN PENYETUJU", "WHO ENTERED AND APPROVED"));
  head.columns = {{"entered_by", Say("Pembuat", "Entered by"), ColumnKind::kLabel, 0, 0},
                  {"approved_by", Say("Penyetuju", "Approved by"), ColumnKind::kText, 24, 0},
                  Count("entries", Say("Jurnal", "Entries")),
                  Amount("amount", Say("Nilai", "Amount"))};
  LUMBUNG_RETURN_IF_ERROR(writer_.Begin(head));
  for (const auto& [who, handled] : people_) {
    const bool has_voucher = !who.first.empty();
    DocumentRow row;
    row.cells = {has_voucher ? who.first : Say("tanpa bukti transaksi", "without a voucher"),
                 has_voucher && who.first == who.second
                     ? absl::StrCat(who.second, Say(" (orang yang sama)", " (the same person)"))
                     : who.second,
                 Decimal::FromInteger(handled.entries), handled.amount};
    LUMBUNG_RETURN_IF_ERROR(writer_.Add(row));
  }
  return writer_.End(Foot());
}

absl::Status AuditTestsDocument::Write() {
  LUMBUNG_RETURN_IF_ERROR(Learn());
  LUMBUNG_RETURN_IF_ERROR(CountFindings());
  LUMBUNG_RETURN_IF_ERROR(WriteSummary());
  LUMBUNG_RETURN_IF_ERROR(WriteFindings());
  LUMBUNG_RETURN_IF_ERROR(WriteNumbers());
  LUMBUNG_RETURN_IF_ERROR(WriteFirstDigits());
  return WritePeople();
}

}  // namespace

absl::Status WriteAuditTests(const AuditSource& source, const AuditTestSettings& settings,
                             const DocumentFrame& frame, DocumentWriter& writer) {
  return AuditTestsDocument(source, settings, frame, writer).Write();
}

}  // namespace lumbung::reports
