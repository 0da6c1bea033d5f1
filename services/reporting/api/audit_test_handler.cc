#include "services/reporting/api/audit_test_handler.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/organization_store.h"
#include "reports/audit_tests/audit_sample_document.h"
#include "reports/audit_tests/audit_tests_document.h"
#include "services/common/field_values.h"
#include "services/reporting/api/book_request.h"
#include "services/reporting/audit_pack/read_audit_source.h"
#include "services/reporting/statements/document_options.h"

namespace lumbung::reporting::api {
namespace {

constexpr int kMaxSampleSize = 1'000;
constexpr std::size_t kMaxSeedBytes = 100;
constexpr int kMaxBackDatedDays = 3'660;
constexpr int kMaxOffsetMinutes = 14 * 60;
constexpr int kMaxRareEntries = 1'000;

absl::Status InvalidSetting(absl::string_view field, absl::string_view what) {
  return InvalidArgument("INVALID_SETTING", field, what);
}

// `value` unless it is 0, the default.
int Or(int value, int fallback) {
  return value == 0 ? fallback : value;
}

absl::StatusOr<reports::AuditTestSettings> SettingsFrom(const v1::AuditTestSettings& asked) {
  reports::AuditTestSettings settings;
  settings.back_dated_days = Or(asked.back_dated_days(), settings.back_dated_days);
  settings.work_starts_hour = Or(asked.work_starts_hour(), settings.work_starts_hour);
  settings.work_ends_hour = Or(asked.work_ends_hour(), settings.work_ends_hour);
  settings.utc_offset_minutes = Or(asked.utc_offset_minutes(), settings.utc_offset_minutes);
  settings.rare_pair_entries = Or(asked.rare_pair_entries(), settings.rare_pair_entries);
  if (settings.back_dated_days < 1 || settings.back_dated_days > kMaxBackDatedDays) {
    return InvalidSetting("settings.back_dated_days",
                          absl::StrCat("found ", asked.back_dated_days(), "; 1 to ",
                                       kMaxBackDatedDays, " days are allowed"));
  }
  if (settings.work_starts_hour < 0 || settings.work_ends_hour > 24 ||
      settings.work_starts_hour >= settings.work_ends_hour) {
    return InvalidSetting(
        "settings.work_starts_hour",
        absl::StrCat("found ", settings.work_starts_hour, " to ", settings.work_ends_hour,
                     "; work starts before it ends, within 0 to 24"));
  }
  if (settings.utc_offset_minutes < -kMaxOffsetMinutes ||
      settings.utc_offset_minutes > kMaxOffsetMinutes) {
    return InvalidSetting(
        "settings.utc_offset_minutes",
        absl::StrCat("found ", asked.utc_offset_minutes(), "; clocks are at most ",
                     kMaxOffsetMinutes, " minutes away from UTC"));
  }
  if (settings.rare_pair_entries < 1 || settings.rare_pair_entries > kMaxRareEntries) {
    return InvalidSetting("settings.rare_pair_entries",
                          absl::StrCat("found ", asked.rare_pair_entries(), "; 1 to ",
                                       kMaxRareEntries, " entries are allowed"));
  }
  if (asked.round_unit().empty()) return settings;
  const absl::StatusOr<Decimal> unit = Decimal::Parse(asked.round_unit());
  if (!unit.ok() || unit->Sign() <= 0) {
    return InvalidSetting(
        "settings.round_unit",
        absl::StrCat("found '", asked.round_unit(), "'; a positive amount is wanted, as 1000000"));
  }
  settings.round_unit = *unit;
  return settings;
}

absl::StatusOr<reports::SampleSettings> SampleFrom(const v1::PrintAuditSampleRequest& request) {
  LUMBUNG_RETURN_IF_ERROR(CheckAccounts(request.accounts()));
  if (request.side() != v1::SAMPLED_SIDE_DEBIT && request.side() != v1::SAMPLED_SIDE_CREDIT) {
    return InvalidSetting("side", "debits or credits are sampled; say which");
  }
  if (request.size() < 1 || request.size() > kMaxSampleSize) {
    return InvalidSetting("size", absl::StrCat("found ", request.size(), "; 1 to ", kMaxSampleSize,
                                               " units of money are drawn"));
  }
  if (request.seed().empty() || request.seed().size() > kMaxSeedBytes) {
    return InvalidSetting("seed", absl::StrCat("found ", request.seed().size(), " bytes; 1 to ",
                                               kMaxSeedBytes, " are allowed"));
  }
  reports::SampleSettings settings;
  settings.debits = request.side() == v1::SAMPLED_SIDE_DEBIT;
  settings.size = request.size();
  settings.seed = request.seed();
  return settings;
}

// The book over the days, with what stands around a document of it.
struct Subject {
  reports::AuditSource source;
  reports::DocumentFrame frame;
};

absl::StatusOr<Subject> ReadSubject(store::TransactionScope& scope, const CallScope& call,
                                    BookKey key, const DateRange& days,
                                    const v1::DocumentOptions& options) {
  LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, key));
  const auto book = std::make_shared<const BookSnapshot>(std::move(contents));
  LUMBUNG_ASSIGN_OR_RETURN(const store::Organization organization,
                           store::FindOrganization(scope, call.access.organization));
  Subject subject;
  LUMBUNG_ASSIGN_OR_RETURN(subject.source, ReadAuditSource(scope, organization, book, days));
  LUMBUNG_ASSIGN_OR_RETURN(subject.frame, BookFrame(scope, call, options, *book));
  return subject;
}

}  // namespace

absl::Status AuditTestHandler::PrintAuditTests(CallScope& call,
                                               const v1::PrintAuditTestsRequest& request,
                                               StreamWriter<v1::PrintAuditTestsResponse>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key,
                           parts_.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(const DateRange days, DaysFrom(request.from_date(), request.to_date()));
  LUMBUNG_ASSIGN_OR_RETURN(const reports::AuditTestSettings settings,
                           SettingsFrom(request.settings()));
  LUMBUNG_RETURN_IF_ERROR(CheckOptions(request.options()));
  const auto write = [&](store::TransactionScope& scope, reports::ByteSink& sink) -> absl::Status {
    LUMBUNG_ASSIGN_OR_RETURN(const Subject subject,
                             ReadSubject(scope, call, key, days, request.options()));
    LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<reports::DocumentWriter> out,
                             NewDocument(parts_, request.options(), &sink));
    LUMBUNG_RETURN_IF_ERROR(
        reports::WriteAuditTests(subject.source, settings, subject.frame, *out));
    return out->Finish();
  };
  return StreamDocument(parts_, call, key.organization, write, writer);
}

absl::Status AuditTestHandler::PrintAuditSample(
    CallScope& call, const v1::PrintAuditSampleRequest& request,
    StreamWriter<v1::PrintAuditSampleResponse>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key,
                           parts_.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(const DateRange days, DaysFrom(request.from_date(), request.to_date()));
  LUMBUNG_ASSIGN_OR_RETURN(reports::SampleSettings settings, SampleFrom(request));
  LUMBUNG_RETURN_IF_ERROR(CheckOptions(request.options()));
  const auto write = [&](store::TransactionScope& scope, reports::ByteSink& sink) -> absl::Status {
    LUMBUNG_ASSIGN_OR_RETURN(const Subject subject,
                             ReadSubject(scope, call, key, days, request.options()));
    LUMBUNG_ASSIGN_OR_RETURN(settings.accounts,
                             AccountsFrom(*subject.source.book, request.accounts()));
    LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<reports::DocumentWriter> out,
                             NewDocument(parts_, request.options(), &sink));
    LUMBUNG_RETURN_IF_ERROR(
        reports::WriteAuditSample(subject.source, settings, subject.frame, *out));
    return out->Finish();
  };
  return StreamDocument(parts_, call, key.organization, write, writer);
}

}  // namespace lumbung::reporting::api
