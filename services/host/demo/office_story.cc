#include "services/host/demo/office_story.h"

#include <array>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/decimal.h"
#include "services/host/demo/chart_codes.h"

namespace lumbung::demo {
namespace {

constexpr absl::string_view kEndowmentFund = "abadi";

// Contributions to BPJS in hundredths of a percent of gross.
constexpr std::int64_t kEmployeeContribution = 400;
constexpr std::int64_t kEmployerContribution = 1'024;

std::int64_t HundredthsOfPercent(std::int64_t amount, std::int64_t rate) {
  return amount * rate / 10'000;
}

std::int64_t YearlyRent(int year) {
  return year == 2025 ? 50'000'000 : 52'000'000;
}
constexpr std::int64_t kYearlyInsurance = 1'200'000;

// By hours, in whole rupiah, so that the parts sum to the amount: office first, then the grants.
using Shares = std::array<std::int64_t, 1 + kGrantCount>;
Shares ShareByHours(std::int64_t amount, const Shares& hours) {
  std::vector<Decimal> weights;
  for (const std::int64_t share : hours) weights.push_back(Decimal::FromInteger(share));
  const std::vector<Decimal> parts =
      AllocateByLargestRemainder(Decimal::FromInteger(amount), weights, /*scale=*/0).value();
  Shares shares{};
  for (std::size_t i = 0; i < shares.size(); ++i) {
    shares[i] = static_cast<std::int64_t>(parts[i].units());
  }
  return shares;
}

// The timesheet of a month: a few hours more or less than usual, and the office's where a grant has
// not begun.
Shares HoursOf(const Employee& employee, int month) {
  Shares hours = employee.hours;
  for (const Grant grant : kGrants) {
    const auto i = 1 + static_cast<std::size_t>(grant);
    if (hours[i] == 0) continue;
    if (month < FirstMonthOf(grant)) {
      hours[0] += std::exchange(hours[i], std::int64_t{0});
    } else if (hours[0] > 0) {
      const std::int64_t more = (month + static_cast<int>(grant)) % 5 - 2;
      hours[i] += more;
      hours[0] -= more;
    }
  }
  return hours;
}

}  // namespace

void OfficeStory::Open(Date first) {
  std::vector<Line> lines = {
      Debit(kCash, 3'500'000),
      Debit(kPettyCash, 2'000'000),
      Debit(kOfficeBank, 486'250'000),
      Debit(kDeposits, 300'000'000),
      Debit(kServiceReceivables, 18'000'000),
      Debit(kVehicles, 180'000'000),
      Credit(kVehicleDepreciation, 36'000'000),
      Debit(kEquipment, 60'000'000),
      Credit(kEquipmentDepreciation, 18'000'000),
      Credit(kAccruedExpenses, 40'000'000),
      Credit(kTax21Payable, 4'065'000),
      Credit(kSocialSecurityPayable, 8'472'800),
      Credit(kEmployeeBenefits, 85'000'000),
      Credit(kOperatingReserve, 150'000'000),
  };
  std::int64_t surplus = 0;
  for (const Line& line : lines) surplus += line.amount;
  lines.push_back(Credit(kAccumulatedSurplus, surplus));
  constexpr std::int64_t kEndowment = 200'000'000;
  lines.push_back(Debit(kEndowmentBank, kEndowment).In(kEndowmentFund));
  lines.push_back(Credit(kEndowmentPrincipal, kEndowment).In(kEndowmentFund));
  journal_.PostOpening(first, absl::StrCat("Saldo awal per ", first.ToString()), std::move(lines));
}

void OfficeStory::PayWithheld(Date first) {
  const std::string of_month = MonthName(first.AddMonths(-1));
  const std::int64_t social_security = -journal_.Balance(kSocialSecurityPayable, Coin::kRupiah);
  journal_.Post(
      Voucher::kBankOut, BusinessDay(first, 8), absl::StrCat("Iuran BPJS ", of_month),
      {Debit(kSocialSecurityPayable, social_security), Credit(kOfficeBank, social_security)});
  for (const absl::string_view account : {kTax21Payable, kTax23Payable, kTax42Payable}) {
    std::vector<Line> lines;
    const auto pay = [&](absl::string_view fund, absl::string_view bank) {
      const std::int64_t owed = -journal_.Balance(account, Coin::kRupiah, fund);
      lines.push_back(Debit(account, owed).In(fund));
      lines.push_back(Credit(bank, owed).In(fund));
    };
    pay("", kOfficeBank);
    for (const Grant grant : kGrants) {
      pay(IdOf(grant), kProjectBank);
    }
    const char* tax = account == kTax21Payable   ? "PPh 21"
                      : account == kTax23Payable ? "PPh 23"
                                                 : "PPh 4(2)";
    journal_.Post(Voucher::kBankOut, BusinessDay(first, 14),
                  absl::StrCat("Setoran ", tax, " masa ", of_month), std::move(lines));
  }
}

void OfficeStory::PlayMonth(int month, Date first) {
  ReceiveDonations(month, first);
  ProvideServices(month, first);
  PayBills(month, first);
  ReplenishPettyCash(month, first);
  PaySalaries(month, first);
}

void OfficeStory::ReceiveDonations(int month, Date first) {
  // People give more in the month of fasting and at the year's end.
  const bool season = first.month() == 12 || first.month() == 3;
  const std::int64_t factor = season ? 2 : 1;
  journal_.Post(Voucher::kBankIn, BusinessDay(first, 9), "Sumbangan individu melalui transfer",
                {Debit(kOfficeBank, factor * Vary(9'500'000, 850'000, month, 1)),
                 Credit(kDonations, factor * Vary(9'500'000, 850'000, month, 1))});
  journal_.Post(Voucher::kBankIn, BusinessDay(first, 22), "Sumbangan individu melalui laman donasi",
                {Debit(kOfficeBank, factor * Vary(14'250'000, 1'150'000, month, 2)),
                 Credit(kDonations, factor * Vary(14'250'000, 1'150'000, month, 2))});
  if (first.month() == 1 || first.month() == 7) {
    journal_.Post(Voucher::kBankIn, BusinessDay(first, 15), "Iuran anggota semester",
                  {Debit(kOfficeBank, 6'000'000), Credit(kMembershipDues, 6'000'000)});
  }
}

void OfficeStory::ProvideServices(int month, Date first) {
  // Last month's invoice is paid; the client withholds PPh 23, which counts against our own tax.
  const std::int64_t due = journal_.Balance(kServiceReceivables, Coin::kRupiah);
  const std::int64_t withheld = due * 2 / 100;
  journal_.Post(Voucher::kBankIn, BusinessDay(first, 16), "Pelunasan jasa pelatihan",
                {Debit(kOfficeBank, due - withheld), Debit(kPrepaidTaxes, withheld),
                 Credit(kServiceReceivables, due)});
  if (month % 2 == 0) {
    const std::int64_t fee = Vary(26'000'000, 1'500'000, month, 4);
    journal_.Post(Voucher::kMemorial, BusinessDay(first, 20), "Tagihan jasa pelatihan desa",
                  {Debit(kServiceReceivables, fee), Credit(kServiceIncome, fee)});
  }
}

void OfficeStory::PayBills(int month, Date first) {
  const auto pay = [&](int day, absl::string_view account, std::int64_t amount,
                       absl::string_view description) {
    journal_.Post(Voucher::kBankOut, BusinessDay(first, day),
                  absl::StrCat(description, " ", MonthName(first)),
                  {Debit(account, amount), Credit(kOfficeBank, amount)});
  };
  pay(15, kCommunication, 1'250'000 + Vary(620'000, 21'500, month, 1), "Internet dan telepon");
  const std::int64_t electricity = Vary(1'450'000, 46'750, month, 2);
  pay(18, kUtilities, electricity, "Listrik");
  pay(18, kUtilities, Vary(240'000, 8'500, month, 3), "Air");
  if (EndsQuarter(month)) pay(11, kMaintenance, 1'850'000, "Servis mobil operasional");
  if (month == 3) {
    journal_.PostMistake(Voucher::kBankOut, BusinessDay(first, 18),
                         absl::StrCat("Listrik ", MonthName(first)),
                         {Debit(kCommunication, electricity), Credit(kOfficeBank, electricity)},
                         BusinessDay(first, 22), "Pembalikan: listrik tercatat dua kali");
    constexpr std::int64_t kAuditFee = 40'000'000;
    constexpr std::int64_t kWithheld = kAuditFee * 2 / 100;
    journal_.Post(Voucher::kBankOut, BusinessDay(first, 15), "Jasa audit 2024, dipotong PPh 23",
                  {Debit(kAccruedExpenses, kAuditFee), Credit(kTax23Payable, kWithheld),
                   Credit(kOfficeBank, kAuditFee - kWithheld)});
  }
  if (first.month() == 1) {
    const std::int64_t rent = YearlyRent(first.year());
    journal_.Post(Voucher::kBankOut, BusinessDay(first, 6),
                  absl::StrCat("Sewa kantor ", first.year(), ", dipotong PPh 4(2)"),
                  {Debit(kPrepaidRent, rent), Credit(kTax42Payable, rent / 10),
                   Credit(kOfficeBank, rent - rent / 10)});
    journal_.Post(
        Voucher::kBankOut, BusinessDay(first, 8), absl::StrCat("Asuransi kendaraan ", first.year()),
        {Debit(kPrepaidInsurance, kYearlyInsurance), Credit(kOfficeBank, kYearlyInsurance)});
  }
}

void OfficeStory::ReplenishPettyCash(int month, Date first) {
  // The float is 2,000,000. In July the count found 260,000 beside vouchers of 1,735,500.
  const bool short_count = month == 6;
  const std::int64_t supplies = short_count ? 685'500 : Vary(590'000, 27'500, month, 5);
  const std::int64_t transport = short_count ? 450'000 : Vary(430'000, 18'000, month, 6);
  const std::int64_t refreshments = short_count ? 600'000 : Vary(520'000, 24'000, month, 4);
  const std::int64_t missing = short_count ? 4'500 : 0;
  journal_.Post(
      Voucher::kBankOut, BusinessDay(first, 27),
      absl::StrCat("Pengisian kas kecil ", MonthName(first)),
      {Debit(kOfficeSupplies, supplies), Debit(kTravel, transport), Debit(kMeetings, refreshments),
       Debit(kOtherExpenses, missing).Noting("Selisih kurang, berita acara opname kas"),
       Credit(kOfficeBank, supplies + transport + refreshments + missing)});
}

void OfficeStory::PaySalaries(int month, Date first) {
  RunPayroll(month, BusinessDay(first, 25), absl::StrCat("Gaji ", MonthName(first)), kSalaries,
             /*with_social_security=*/true);
  // Before the feast, which moves through the year.
  if (month == 2 || month == 14) {
    RunPayroll(month, BusinessDay(first, month == 2 ? 21 : 13), absl::StrCat("THR ", first.year()),
               kHolidayBonus, /*with_social_security=*/false);
  }
}

void OfficeStory::RunPayroll(int month, Date date, absl::string_view what,
                             absl::string_view gross_account, bool with_social_security) {
  Shares gross{};
  Shares employer{};
  std::int64_t tax = 0;
  std::int64_t employee_contributions = 0;
  for (const Employee& employee : Employees()) {
    if (month < employee.from_month) continue;
    const Shares hours = HoursOf(employee, month);
    const std::int64_t contribution =
        with_social_security ? HundredthsOfPercent(employee.gross, kEmployerContribution) : 0;
    const Shares gross_shares = ShareByHours(employee.gross, hours);
    const Shares employer_shares = ShareByHours(contribution, hours);
    for (std::size_t i = 0; i < gross.size(); ++i) {
      gross[i] += gross_shares[i];
      employer[i] += employer_shares[i];
    }
    tax += HundredthsOfPercent(employee.gross, employee.tax_rate);
    if (with_social_security) {
      employee_contributions += HundredthsOfPercent(employee.gross, kEmployeeContribution);
    }
  }
  std::vector<Line> lines = {Debit(gross_account, gross[0]), Debit(kSocialSecurity, employer[0])};
  std::int64_t total_gross = gross[0];
  std::int64_t total_employer = employer[0];
  for (const Grant grant : kGrants) {
    const auto i = 1 + static_cast<std::size_t>(grant);
    const auto charge = [&](absl::string_view account, std::int64_t amount) {
      lines.push_back(
          Debit(account, amount).For("grant", IdOf(grant)).For("activity", "pengelolaan"));
    };
    charge(gross_account, gross[i]);
    charge(kSocialSecurity, employer[i]);
    total_gross += gross[i];
    total_employer += employer[i];
  }
  lines.push_back(Credit(kTax21Payable, tax));
  lines.push_back(Credit(kSocialSecurityPayable, employee_contributions + total_employer));
  lines.push_back(Credit(kOfficeBank, total_gross - tax - employee_contributions));
  journal_.Post(Voucher::kBankOut, date, std::string(what), std::move(lines));
  for (const Grant grant : kGrants) {
    const auto i = 1 + static_cast<std::size_t>(grant);
    grants_.Reimburse(grant, BusinessDay(date.FirstOfMonth(), date.day() + 1),
                      absl::StrCat("Penggantian ", what, " oleh ", NameOf(grant)),
                      gross[i] + employer[i]);
  }
}

void OfficeStory::CloseMonth(int month, Date first) {
  const Date last_weekday = BusinessDay(first, 31);
  const std::int64_t interest = Vary(310'000, 12'500, month, 2);
  const std::int64_t deposit_interest = 1'000'000;
  const std::int64_t final_tax = (interest + deposit_interest) * 20 / 100;
  journal_.Post(
      Voucher::kBankIn, last_weekday, "Bunga giro dan deposito, dipotong pajak final",
      {Debit(kOfficeBank, interest + deposit_interest - final_tax), Debit(kTaxExpense, final_tax),
       Credit(kInvestmentIncome, interest + deposit_interest)});
  journal_.Post(Voucher::kBankOut, last_weekday, "Biaya administrasi bank",
                {Debit(kBankCharges, 25'000), Credit(kOfficeBank, 25'000)});
  if (EndsQuarter(month)) {
    journal_.Post(Voucher::kBankIn, last_weekday, "Hasil dana abadi setelah pajak final",
                  {Debit(kEndowmentBank, 2'400'000).In(kEndowmentFund),
                   Credit(kEndowmentReturn, 2'400'000).In(kEndowmentFund)});
  }
  WriteOffPrepaid(month, first);
  Depreciate(first);
  if (first.month() == 12) {
    const Date last = first.LastOfMonth();
    journal_.PostAdjusting(last, absl::StrCat("Akrual jasa audit ", first.year()),
                           {Debit(kAudit, 42'000'000), Credit(kAccruedExpenses, 42'000'000)});
    journal_.PostAdjusting(
        last, absl::StrCat("Imbalan kerja ", first.year()),
        {Debit(kSocialSecurity, 12'500'000), Credit(kEmployeeBenefits, 12'500'000)});
  }
}

void OfficeStory::WriteOffPrepaid(int month, Date first) {
  const int number = month % 12 + 1;
  const std::int64_t rent = MonthlyPart(YearlyRent(first.year()), 12, number);
  const std::int64_t insurance = MonthlyPart(kYearlyInsurance, 12, number);
  journal_.PostAdjusting(first.LastOfMonth(),
                         absl::StrCat("Beban sewa dan asuransi ", MonthName(first)),
                         {Debit(kRent, rent), Credit(kPrepaidRent, rent),
                          Debit(kInsurance, insurance), Credit(kPrepaidInsurance, insurance)});
}

void OfficeStory::Depreciate(Date first) {
  std::vector<Line> lines;
  std::int64_t total = 0;
  for (const FixedAsset& asset : FixedAssets()) {
    const int number = (first.year() - asset.first_month.year()) * 12 + first.month() -
                       asset.first_month.month() + 1;
    if (number < 1 || number > asset.months) continue;
    const std::int64_t part = MonthlyPart(asset.cost, asset.months, number);
    lines.push_back(Credit(asset.depreciation_account, part).Noting(asset.name));
    total += part;
  }
  lines.insert(lines.begin(), Debit(kDepreciation, total));
  journal_.PostAdjusting(first.LastOfMonth(), absl::StrCat("Penyusutan ", MonthName(first)),
                         std::move(lines));
}

}  // namespace lumbung::demo
