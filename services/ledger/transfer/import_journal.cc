#include "services/ledger/transfer/import_journal.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "ledger/import/assertion_checker.h"
#include "ledger/store/account_store.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/import_store.h"
#include "ledger/store/transaction.h"
#include "ledger/store/transactional_posting.h"
#include "services/ledger/transfer/entry_sink.h"
#include "services/ledger/transfer/prepare_book.h"
#include "services/ledger/transfer/problems.h"

namespace lumbung::transfer {
namespace {

using import::AssertionReport;
using import::ImportPlan;
using import::JournalFormat;

// From here on balances are added at the end, in one pass.
constexpr std::int64_t kBulkEntries = 2'000;
constexpr std::size_t kDetectionBytes = 64 << 10;
// How often an import is begun again when the database goes away under it.
constexpr int kMaxAttempts = 5;

// Asked at every call whether the user still wants the import.
class CancellableSink final : public import::JournalSink {
 public:
  CancellableSink(import::JournalSink* sink, ImportProgress* progress)
      : sink_(sink), progress_(progress) {}

  absl::Status OnTransaction(import::ParsedTransaction&& transaction) override {
    if (progress_->cancelled()) {
      return Refusal(absl::StatusCode::kCancelled, "CANCELLED", "", "the import was cancelled");
    }
    if (++count_ % 1'000 == 0) progress_->OnProgress(count_);
    return sink_->OnTransaction(std::move(transaction));
  }
  absl::Status OnAccount(const import::ParsedAccount& account) override {
    return sink_->OnAccount(account);
  }
  absl::Status OnCommodity(const import::ParsedCommodity& commodity) override {
    return sink_->OnCommodity(commodity);
  }
  absl::Status OnPrice(const import::ParsedPrice& price) override { return sink_->OnPrice(price); }
  absl::Status OnAssertion(const import::ParsedAssertion& assertion) override {
    return sink_->OnAssertion(assertion);
  }
  absl::Status OnUnsupported(const import::Place& place, absl::string_view directive) override {
    return sink_->OnUnsupported(place, directive);
  }

 private:
  import::JournalSink* const sink_;
  ImportProgress* const progress_;
  std::int64_t count_ = 0;
};

absl::StatusOr<JournalFormat> FormatOf(const import::FileSource& files,
                                       const ImportOptions& options) {
  if (options.format.has_value()) return *options.format;
  LUMBUNG_ASSIGN_OR_RETURN(const auto stream, files.Open(options.main_file));
  std::string head(kDetectionBytes, '\0');
  stream->read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream->gcount()));
  return import::DetectFormat(options.main_file, head);
}

class JournalImport {
 public:
  JournalImport(store::ConnectionPool& pool, BookKey book, const import::FileSource& files,
                const ImportOptions& options, ImportProgress& progress)
      : pool_(pool),
        book_(book),
        files_(files),
        options_(options),
        progress_(progress),
        names_(options.currency_names) {}

  absl::StatusOr<ImportReport> Run() {
    LUMBUNG_RETURN_IF_ERROR(MakePlan());
    LUMBUNG_RETURN_IF_ERROR(CheckPlan());
    LUMBUNG_ASSIGN_OR_RETURN(ImportReport report, WriteWithRetries());
    if (!options_.dry_run) AfterCommit(report);
    return report;
  }

 private:
  absl::Status Read(import::JournalSink& sink) {
    CancellableSink cancellable(&sink, &progress_);
    switch (format_) {
      case JournalFormat::kHledger:
        return import::ReadHledger(files_, options_.main_file, cancellable);
      case JournalFormat::kLedger:
        return import::ReadLedger(files_, options_.main_file, cancellable);
      case JournalFormat::kBeancount:
        return import::ReadBeancount(files_, options_.main_file, cancellable);
      case JournalFormat::kCsv:
        if (!options_.csv_mapping.has_value()) {
          return InvalidArgument(
              "INVALID_MAPPING", "csv_mapping",
              "a CSV file needs a saved mapping that says what its columns mean");
        }
        return import::ReadCsv(files_, options_.main_file, *options_.csv_mapping, cancellable);
    }
    return absl::InternalError("unknown journal format");
  }

  absl::Status MakePlan() {
    progress_.OnStage("reading", 0);
    LUMBUNG_ASSIGN_OR_RETURN(const std::set<std::string> dimensions, DimensionKeys());
    LUMBUNG_ASSIGN_OR_RETURN(format_, FormatOf(files_, options_));
    import::PlanningSink sink(&names_, dimensions);
    LUMBUNG_RETURN_IF_ERROR(Read(sink));
    plan_ = sink.Finish();
    return absl::OkStatus();
  }

  absl::StatusOr<std::set<std::string>> DimensionKeys() {
    return store::InTransaction(
        pool_, {book_.organization, store::Access::kReadOnly},
        [&](store::TransactionScope& scope) -> absl::StatusOr<std::set<std::string>> {
          LUMBUNG_ASSIGN_OR_RETURN(const BookContents contents,
                                   store::LoadBookContents(scope, book_));
          std::set<std::string> keys;
          for (const Dimension& dimension : contents.dimensions) keys.insert(dimension.key);
          return keys;
        });
  }

  // What needs no book to be refused.
  absl::Status CheckPlan() const {
    ProblemList problems;
    for (const auto& [directive, unsupported] : plan_.unsupported) {
      if (options_.allow_unsupported || !import::ChangesFigures(directive)) continue;
      problems.Add(FailedPrecondition(
          "UNSUPPORTED", "allow_unsupported",
          absl::StrCat(unsupported.places.front(), ": ", directive, " is not supported (",
                       unsupported.count, " in all), and leaving it out changes figures")));
    }
    if (options_.residue_account.empty()) {
      for (const import::Residue& residue : plan_.residues) {
        problems.Add(FailedPrecondition(
            "RESIDUE", "residue_account",
            absl::StrCat(residue.place.ToString(), ": the transaction is off balance by ",
                         residue.amount.quantity.ToString(), " ", residue.amount.commodity,
                         ", within its format's tolerance; name a residue account to book it")));
      }
      problems.CountMore(plan_.residue_count - static_cast<std::int64_t>(plan_.residues.size()));
    }
    return problems.ToStatus();
  }

  absl::StatusOr<ImportReport> WriteWithRetries() {
    for (int attempt = 1;; ++attempt) {
      // An import whose outcome is unknown is simply repeated: what it committed is found again.
      absl::StatusOr<ImportReport> report =
          store::InTransaction(pool_,
                               {book_.organization, options_.dry_run ? store::Access::kDryRun
                                                                     : store::Access::kReadWrite},
                               [&](store::TransactionScope& scope) { return Write(scope); });
      if (!absl::IsUnavailable(report.status()) || attempt == kMaxAttempts ||
          progress_.cancelled()) {
        return report;
      }
      absl::SleepFor(absl::Milliseconds(100 << attempt));
    }
  }

  // The body of the one database transaction; may run more than once.
  absl::StatusOr<ImportReport> Write(store::TransactionScope& scope) {
    LUMBUNG_ASSIGN_OR_RETURN(const posting::LoadedBook before,
                             store::LoadBookIn(scope, book_, true));
    LUMBUNG_ASSIGN_OR_RETURN(Preparation prepared,
                             PrepareBook(scope, *before.snapshot, plan_, names_,
                                         {options_.residue_account, options_.existing_only}));
    LUMBUNG_ASSIGN_OR_RETURN(
        store::TransactionalPoster poster,
        store::TransactionalPoster::Open(
            scope, book_,
            {plan_.entry_count > kBulkEntries, options_.now(), options_.random_bytes}));
    import::AssertionChecker assertions(&plan_, &names_);
    EntrySink sink(&poster, &assertions,
                   import::DraftBuilder(&poster.book(), &names_,
                                        {prepared.account_keys, prepared.residue_account,
                                         absl::StrCat("import:", FormatName())}),
                   options_.permissions);
    progress_.OnStage(options_.dry_run ? "checking" : "posting", plan_.entry_count);
    LUMBUNG_RETURN_IF_ERROR(sink.Finish(Read(sink)));
    LUMBUNG_ASSIGN_OR_RETURN(const AssertionReport asserted, CheckAssertions(assertions));
    progress_.OnStage("adding balances", 0);
    LUMBUNG_RETURN_IF_ERROR(poster.Finish());

    ImportReport report = sink.Report();
    report.assertions_checked = asserted.checked;
    // When every entry was there already, the file has nothing new to say.
    if (report.entry_count > 0) {
      LUMBUNG_ASSIGN_OR_RETURN(report.assertions_stored,
                               StoreAssertions(scope, poster.book(), asserted, prepared));
    }
    for (const std::string& key : prepared.accounts_to_close) {
      store::AccountChanges changes;
      changes.closed = true;
      LUMBUNG_RETURN_IF_ERROR(store::UpdateAccount(scope, book_, key, "", changes).status());
    }
    Complete(prepared, &report);
    return report;
  }

  static absl::StatusOr<AssertionReport> CheckAssertions(import::AssertionChecker& checker) {
    LUMBUNG_ASSIGN_OR_RETURN(AssertionReport report, checker.Check());
    ProblemList problems;
    for (const std::string& failure : report.failures) {
      problems.Add(FailedPrecondition("ASSERTION_FAILED", "", failure));
    }
    LUMBUNG_RETURN_IF_ERROR(problems.ToStatus());
    return report;
  }

  absl::StatusOr<std::int64_t> StoreAssertions(store::TransactionScope& scope,
                                               const BookSnapshot& book,
                                               const AssertionReport& asserted,
                                               const Preparation& prepared) const {
    std::vector<store::ImportedAssertion> assertions;
    std::set<std::tuple<AccountId, bool, Date, CurrencyId>> seen;
    for (const import::DayEndAssertion& kept : asserted.day_end) {
      const auto key = prepared.account_keys.find(kept.account);
      const Account* account =
          book.FindAccount(key == prepared.account_keys.end() ? kept.account : key->second);
      const Currency* currency = book.FindCurrency(kept.currency);
      if (account == nullptr || currency == nullptr) continue;
      if (!seen.emplace(account->id, kept.include_descendants, kept.date, currency->id).second) {
        continue;
      }
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal expected, kept.expected.WithScale(currency->scale));
      assertions.push_back(
          {account->id, kept.include_descendants, kept.date, currency->id, expected});
    }
    LUMBUNG_ASSIGN_OR_RETURN(const std::size_t stored,
                             store::StoreAssertions(scope, book_, assertions, "import"));
    return static_cast<std::int64_t>(stored);
  }

  void Complete(const Preparation& prepared, ImportReport* report) const {
    report->format = format_;
    report->accounts_created = prepared.accounts_created;
    report->currencies_created = prepared.currencies_created;
    report->dimension_values_created = prepared.dimension_values_created;
    report->rates_created = prepared.rates_created;
    report->unsupported = plan_.unsupported;
    report->unsupported.insert(prepared.assumptions.begin(), prepared.assumptions.end());
    report->residues = plan_.residues;
    report->residue_count = plan_.residue_count;
    report->first_date = plan_.first_date;
    report->last_date = plan_.last_date;
  }

  absl::string_view FormatName() const {
    constexpr std::array<absl::string_view, 4> kNames = {"hledger", "ledger", "beancount", "csv"};
    return kNames[static_cast<std::size_t>(format_)];
  }

  // The import stands; what follows only makes what comes next faster, so its failures are not the
  // import's.
  void AfterCommit(const ImportReport& report) {
    if (options_.on_book_changed) options_.on_book_changed(book_);
    if (report.entry_count <= kBulkEntries) return;
    progress_.OnStage("summing up", 0);
    (void)store::FoldTurnover(pool_, book_, absl::InfiniteFuture());
  }

  store::ConnectionPool& pool_;
  const BookKey book_;
  const import::FileSource& files_;
  const ImportOptions& options_;
  ImportProgress& progress_;
  const import::CurrencyNames names_;
  JournalFormat format_{};
  ImportPlan plan_;
};

}  // namespace

absl::StatusOr<ImportReport> ImportJournal(store::ConnectionPool& pool, BookKey book,
                                           const import::FileSource& files,
                                           const ImportOptions& options, ImportProgress& progress) {
  return JournalImport(pool, book, files, options, progress).Run();
}

}  // namespace lumbung::transfer
