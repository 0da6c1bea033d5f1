#include "services/host/demo/foundation.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"

namespace lumbung::demo {
namespace {

constexpr DemoFund kFunds[] = {
    {"benih", "Hibah Benih Desa", FundRestriction::kPurpose},
    {"pesisir", "Hibah Pesisir Tangguh", FundRestriction::kPurpose},
    {"literasi", "Hibah Literasi Anak Negeri", FundRestriction::kPurpose},
    {"abadi", "Dana Abadi Beasiswa", FundRestriction::kEndowment},
};

constexpr DemoValue kValues[] = {
    {"grant", "benih", "Benih Desa (Terra Verde Fund)"},
    {"grant", "pesisir", "Pesisir Tangguh (Blue Shore Alliance)"},
    {"grant", "literasi", "Literasi Anak Negeri (PT Cakrawala Energi)"},
    {"activity", "sekolah-lapang", "Sekolah lapang petani"},
    {"activity", "bank-benih", "Bank benih desa"},
    {"activity", "mangrove", "Penanaman mangrove"},
    {"activity", "usaha-nelayan", "Usaha kelompok nelayan"},
    {"activity", "taman-baca", "Taman baca"},
    {"activity", "pelatihan-guru", "Pelatihan guru"},
    {"activity", "pengelolaan", "Pengelolaan program"},
    {"partner", "tani-makmur", "Kelompok Tani Makmur"},
    {"partner", "nelayan-bahari", "Kelompok Nelayan Bahari"},
};

struct GrantFacts {
  absl::string_view id;
  absl::string_view name;
  absl::string_view donor;
  std::int64_t overhead_percent;
  int first_month;
};

constexpr GrantFacts kGrantFacts[] = {
    {"benih", "Benih Desa", "Terra Verde Fund", 7, 1},
    {"pesisir", "Pesisir Tangguh", "Blue Shore Alliance", 7, 5},
    {"literasi", "Literasi Anak Negeri", "PT Cakrawala Energi", 5, 1},
};

const GrantFacts& FactsOf(Grant grant) {
  return kGrantFacts[static_cast<int>(grant)];
}

Date Day(int year, int month, int day) {
  return Date::FromCivil(year, month, day).value();
}

}  // namespace

absl::Span<const DemoFund> Funds() {
  return kFunds;
}
absl::Span<const DemoPerson> People() {
  static constexpr DemoPerson kPeople[] = {
      {kFinanceOfficer, "Siti Rahayu", {"finance_officer", ""}},
      {kManager, "Budi Santoso", {"approver", "manager"}},
      {"made", "Made Wirawan", {"treasurer", ""}},
      {kAuditor, "Agus Pranoto", {"auditor", ""}},
  };
  return kPeople;
}

absl::Span<const DemoValue> DimensionValues() {
  return kValues;
}

absl::string_view IdOf(Grant grant) {
  return FactsOf(grant).id;
}
absl::string_view NameOf(Grant grant) {
  return FactsOf(grant).name;
}
absl::string_view DonorOf(Grant grant) {
  return FactsOf(grant).donor;
}
std::int64_t OverheadPercentOf(Grant grant) {
  return FactsOf(grant).overhead_percent;
}
int FirstMonthOf(Grant grant) {
  return FactsOf(grant).first_month;
}

absl::Span<const DemoRate> DollarRates() {
  static const auto* const rates = new std::vector<DemoRate>{
      {Day(2024, 12, 31), 16'160}, {Day(2025, 1, 31), 16'310},  {Day(2025, 2, 10), 16'345},
      {Day(2025, 2, 28), 16'570},  {Day(2025, 3, 31), 16'590},  {Day(2025, 4, 10), 16'780},
      {Day(2025, 4, 30), 16'740},  {Day(2025, 5, 30), 16'330},  {Day(2025, 6, 30), 16'240},
      {Day(2025, 7, 31), 16'450},  {Day(2025, 8, 11), 16'280},  {Day(2025, 8, 29), 16'470},
      {Day(2025, 9, 30), 16'680},  {Day(2025, 10, 31), 16'630}, {Day(2025, 11, 20), 16'735},
      {Day(2025, 11, 28), 16'660}, {Day(2025, 12, 31), 16'720}, {Day(2026, 1, 30), 16'790},
      {Day(2026, 2, 9), 16'815},   {Day(2026, 2, 27), 16'770},  {Day(2026, 3, 31), 16'830},
  };
  return *rates;
}

std::int64_t DollarRateOn(Date date) {
  const auto later =
      std::upper_bound(DollarRates().begin(), DollarRates().end(), date,
                       [](Date wanted, const DemoRate& rate) { return wanted < rate.date; });
  return std::prev(later)->rupiah;
}

absl::Span<const Employee> Employees() {
  static constexpr Employee kEmployees[] = {
      // name, gross, tax, from, {office, benih, pesisir, literasi}
      {"Ratna Kusumawati, direktur", 22'000'000, 900, 0, {88, 32, 24, 16}},
      {"Hendra Saputra, manajer keuangan", 15'000'000, 600, 0, {104, 28, 16, 12}},
      {"Maria Kolo, manajer program", 16'000'000, 700, 0, {20, 70, 43, 27}},
      {"Bayu Pratama, koordinator Benih Desa", 11'500'000, 350, 1, {0, 160, 0, 0}},
      {"Siti Rahmah, fasilitator Benih Desa", 7'500'000, 125, 1, {0, 160, 0, 0}},
      {"Yohanes Bria, koordinator Pesisir Tangguh", 11'000'000, 300, 5, {0, 0, 160, 0}},
      {"Laila Fitri, koordinator Literasi", 9'500'000, 175, 1, {0, 0, 0, 160}},
      {"Agus Setiawan, staf administrasi", 6'500'000, 100, 0, {160, 0, 0, 0}},
  };
  return kEmployees;
}

absl::Span<const FixedAsset> FixedAssets() {
  static const auto* const assets = new std::vector<FixedAsset>{
      {"Mobil operasional", 180'000'000, 120, Day(2023, 1, 1), "1.2.33", "1.2.43"},
      {"Perabot dan inventaris kantor", 60'000'000, 60, Day(2023, 7, 1), "1.2.34", "1.2.44"},
      {"Empat laptop lapangan", 45'500'000, 48, Day(2025, 3, 1), "1.2.34", "1.2.44"},
      {"Sepeda motor lapangan", 25'000'000, 120, Day(2025, 7, 1), "1.2.33", "1.2.43"},
  };
  return *assets;
}

std::int64_t MonthlyPart(std::int64_t cost, int months, int number) {
  const auto until = [cost, months](std::int64_t month) {
    return (2 * cost * month + months) / (2 * months);
  };
  return until(number) - until(number - 1);
}

std::int64_t Vary(std::int64_t usual, std::int64_t step, int month, int salt) {
  return usual + step * ((month * 5 + salt * 3) % 7 - 3);
}

bool EndsQuarter(int month) {
  return month % 3 == 2;
}

Date BusinessDay(Date first, int day) {
  const int last = first.LastOfMonth().day();
  Date date = first.AddDays(std::min(day, last) - 1);
  constexpr int kSaturday = 5;
  if (date.weekday() < kSaturday) return date;
  const Date monday = date.AddDays(7 - date.weekday());
  return monday.month() == first.month() ? monday : date.AddDays(kSaturday - 1 - date.weekday());
}

std::string MonthName(Date month) {
  static constexpr const char* kNames[] = {"Januari",   "Februari", "Maret",    "April",
                                           "Mei",       "Juni",     "Juli",     "Agustus",
                                           "September", "Oktober",  "November", "Desember"};
  return absl::StrCat(kNames[month.month() - 1], " ", month.year());
}

}  // namespace lumbung::demo
