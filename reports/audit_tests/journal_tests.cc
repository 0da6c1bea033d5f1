#include "reports/audit_tests/journal_tests.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "ledger/core/status.h"

namespace lumbung::reports {
namespace {

absl::TimeZone ClockOf(const AuditTestSettings& settings) {
  return absl::FixedTimeZone(settings.utc_offset_minutes * 60);
}

bool IsOnWeekend(const PostedEntry& entry, const AuditTestSettings& settings) {
  const absl::Weekday day =
      absl::GetWeekday(absl::ToCivilDay(entry.recorded_at, ClockOf(settings)));
  return day == absl::Weekday::saturday || day == absl::Weekday::sunday;
}

bool IsAfterHours(const PostedEntry& entry, const AuditTestSettings& settings) {
  const auto hour = absl::ToCivilHour(entry.recorded_at, ClockOf(settings)).hour();
  return hour < settings.work_starts_hour || hour >= settings.work_ends_hour;
}

bool IsBackDated(const PostedEntry& entry, const AuditTestSettings& settings) {
  const Date& date = entry.content.effective_date;
  const absl::CivilDay dated(date.year(), date.month(), date.day());
  return absl::ToCivilDay(entry.recorded_at, ClockOf(settings)) - dated >= settings.back_dated_days;
}

absl::StatusOr<bool> IsRound(const PostedEntry& entry, const Decimal& unit) {
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, EntryAmount(entry));
  if (amount.IsZero()) return false;
  const int scale = std::max(amount.scale(), unit.scale());
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal whole, amount.WithScale(scale));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal step, unit.WithScale(scale));
  return whole.units() % step.units() == 0;
}

bool IsReversal(const PostedEntry& entry) {
  return entry.content.kind == EntryKind::kReversal;
}

// Debited accounts and credited ones, each once.
std::pair<std::set<AccountId>, std::set<AccountId>> SidesOf(const PostedEntry& entry) {
  std::pair<std::set<AccountId>, std::set<AccountId>> sides;
  for (const ValidPosting& posting : entry.content.postings) {
    (posting.functional_amount.IsNegative() ? sides.second : sides.first).insert(posting.account);
  }
  return sides;
}

// The same for entries with the same postings, whatever their order and date.
std::string FingerprintOf(const PostedEntry& entry) {
  std::vector<std::string> postings;
  for (const ValidPosting& posting : entry.content.postings) {
    postings.push_back(
        absl::StrCat(ToInteger(posting.account), "/", ToInteger(posting.dimensions.fund), "/",
                     ToInteger(posting.currency), "/", posting.amount.Trimmed().ToString()));
  }
  std::sort(postings.begin(), postings.end());
  return absl::StrJoin(postings, ";");
}

}  // namespace

Label TestLabel(JournalTest test, const AuditTestSettings& settings) {
  const auto hours = [&] {
    return absl::StrFormat("%02d:00-%02d:00", settings.work_starts_hour, settings.work_ends_hour);
  };
  switch (test) {
    case JournalTest::kBackDated:
      return {
          absl::StrCat("Dicatat ", settings.back_dated_days, " hari atau lebih setelah tanggalnya"),
          absl::StrCat("Recorded ", settings.back_dated_days, " days or more after its date")};
    case JournalTest::kWeekend:
      return {"Dicatat pada hari Sabtu atau Minggu", "Recorded on a Saturday or Sunday"};
    case JournalTest::kAfterHours:
      return {absl::StrCat("Dicatat di luar jam kerja ", hours()),
              absl::StrCat("Recorded outside working hours ", hours())};
    case JournalTest::kRoundSum:
      return {absl::StrCat("Jumlah bulat, kelipatan ", settings.round_unit.ToString()),
              absl::StrCat("Round sum, a multiple of ", settings.round_unit.ToString())};
    case JournalTest::kReversed:
      return {"Jurnal balik, atau jurnal yang dibalik",
              "A reversal, or an entry that was reversed"};
    case JournalTest::kReposted:
      return {"Ayat yang sama dengan jurnal yang telah dibalik",
              "The same postings as an entry that was reversed"};
    case JournalTest::kRarePair:
      return {absl::StrCat("Pasangan akun tidak lazim, di paling banyak ",
                           settings.rare_pair_entries, " jurnal"),
              absl::StrCat("Unusual pair of accounts, in at most ", settings.rare_pair_entries,
                           " entries")};
  }
  return {};
}

absl::StatusOr<Decimal> EntryAmount(const PostedEntry& entry) {
  Decimal amount;
  for (const ValidPosting& posting : entry.content.postings) {
    if (posting.functional_amount.IsNegative()) continue;
    LUMBUNG_ASSIGN_OR_RETURN(amount, Add(amount, posting.functional_amount));
  }
  return amount;
}

void JournalTests::Learn(const PostedEntry& entry) {
  const auto [debited, credited] = SidesOf(entry);
  if (debited.size() * credited.size() <= kMaxPairs) {
    for (const AccountId debit : debited) {
      for (const AccountId credit : credited) ++pairs_[{debit, credit}];
    }
  }
  if (entry.reversed_by.has_value()) {
    const auto [place, is_new] = reversed_.emplace(FingerprintOf(entry), entry.id);
    if (!is_new) place->second = std::min(place->second, entry.id);
  }
}

bool JournalTests::HasRarePair(const PostedEntry& entry) const {
  const auto [debited, credited] = SidesOf(entry);
  if (debited.size() * credited.size() > kMaxPairs) return true;
  for (const AccountId debit : debited) {
    for (const AccountId credit : credited) {
      const auto found = pairs_.find({debit, credit});
      if (found != pairs_.end() && found->second <= settings_.rare_pair_entries) return true;
    }
  }
  return false;
}

bool JournalTests::IsReposted(const PostedEntry& entry) const {
  if (IsReversal(entry)) return false;
  const auto found = reversed_.find(FingerprintOf(entry));
  return found != reversed_.end() && found->second < entry.id;
}

absl::StatusOr<bool> JournalTests::Finds(JournalTest test, const PostedEntry& entry) const {
  switch (test) {
    case JournalTest::kBackDated:
      return IsBackDated(entry, settings_);
    case JournalTest::kWeekend:
      return IsOnWeekend(entry, settings_);
    case JournalTest::kAfterHours:
      return IsAfterHours(entry, settings_);
    case JournalTest::kRoundSum:
      return IsRound(entry, settings_.round_unit);
    case JournalTest::kReversed:
      return IsReversal(entry) || entry.reversed_by.has_value();
    case JournalTest::kReposted:
      return IsReposted(entry);
    case JournalTest::kRarePair:
      return HasRarePair(entry);
  }
  return false;
}

}  // namespace lumbung::reports
