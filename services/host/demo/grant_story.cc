#include "services/host/demo/grant_story.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/host/demo/chart_codes.h"

namespace lumbung::demo {
namespace {

constexpr absl::string_view kManagement = "pengelolaan";
// What the bank takes off the day's rate.
constexpr std::int64_t kBankSpread = 45;

// `amount` for this grant, in its fund.
Line InGrant(Line line, Grant grant) {
  return std::move(line).In(IdOf(grant)).For("grant", IdOf(grant));
}

struct Instalment {
  int month;
  int day;
  Grant grant;
  std::int64_t dollars;
};
constexpr Instalment kDollarInstalments[] = {
    {1, 10, Grant::kBenih, 40'000}, {3, 10, Grant::kPesisir, 25'000},
    {7, 11, Grant::kBenih, 40'000}, {10, 20, Grant::kPesisir, 25'000},
    {13, 9, Grant::kBenih, 40'000},
};

// Pesisir Tangguh pays in advance of a condition: income when the condition is met, at the value at
// which the money came.
struct ConditionMet {
  int month;
  int day;
  int instalment;  // Position in kDollarInstalments.
  const char* condition;
};
constexpr ConditionMet kConditionsMet[] = {
    {4, 15, 1, "laporan awal disetujui"},
    {12, 20, 3, "laporan kemajuan disetujui"},
};

struct DirectCost {
  Grant grant;
  absl::string_view activity;
  absl::string_view account;
  std::int64_t usual;
  std::int64_t step;
  int day;
  const char* description;
};
constexpr DirectCost kDirectCosts[] = {
    {Grant::kBenih, "bank-benih", kAssistance, 14'500'000, 650'000, 17, "Paket benih dan pupuk"},
    {Grant::kBenih, "sekolah-lapang", kTravel, 3'200'000, 140'000, 21, "Perjalanan pendamping"},
    {Grant::kPesisir, "mangrove", kAssistance, 9'000'000, 420'000, 18, "Bibit mangrove"},
    {Grant::kPesisir, "usaha-nelayan", kTravel, 2'600'000, 110'000, 22, "Perjalanan ke pesisir"},
    {Grant::kLiterasi, "taman-baca", kAssistance, 5'400'000, 260'000, 19,
     "Buku dan rak taman baca"},
};

struct AdvancePlan {
  Grant grant;
  absl::string_view activity;
  absl::string_view person;
  const char* purpose;
  std::int64_t amount;
  int every;  // Months.
};
constexpr AdvancePlan kAdvancePlans[] = {
    {Grant::kBenih, "sekolah-lapang", "Bayu Pratama", "sekolah lapang", 10'000'000, 1},
    {Grant::kBenih, "bank-benih", "Siti Rahmah", "pertemuan bank benih", 6'000'000, 1},
    {Grant::kPesisir, "mangrove", "Yohanes Bria", "penanaman mangrove", 8'000'000, 1},
    {Grant::kLiterasi, "taman-baca", "Laila Fitri", "kegiatan taman baca", 5'000'000, 1},
    {Grant::kLiterasi, "pelatihan-guru", "Laila Fitri", "pelatihan guru", 7'500'000, 2},
};

struct PartnerPlan {
  Grant grant;
  absl::string_view activity;
  absl::string_view partner;
  const char* name;
  std::int64_t amount;
};
constexpr PartnerPlan kPartnerPlans[] = {
    {Grant::kBenih, "bank-benih", "tani-makmur", "Kelompok Tani Makmur", 20'000'000},
    {Grant::kPesisir, "usaha-nelayan", "nelayan-bahari", "Kelompok Nelayan Bahari", 12'500'000},
};

// How an advance ended. The tax is withheld from the honorarium, which is part of what was spent.
struct Settlement {
  std::int64_t spent = 0;
  std::int64_t honorarium = 0;
  std::int64_t tax = 0;
};

// In turn: less was spent, some of it as a taxed honorarium; all was spent; more was spent, and the
// person is owed the rest; less was spent.
Settlement SettlementOf(int number, std::int64_t amount) {
  constexpr std::int64_t kHonorarium = 1'000'000;
  constexpr std::int64_t kTax = kHonorarium * 5 / 100;  // PPh 21.
  switch (number % 4) {
    case 1:
      return {amount * 925 / 1'000, kHonorarium, kTax};
    case 2:
      return {amount, 0, 0};
    case 3:
      return {amount * 104 / 100, 0, 0};
    default:
      return {amount * 97 / 100, 0, 0};
  }
}

}  // namespace

void GrantStory::PlayMonth(int month, Date first) {
  ReceiveInstalments(month, first);
  ConvertDollars(month, first);
  BuyAssets(first);
  RunAdvances(month, first);
  PayDirectCosts(month, first);
  WorkWithPartners(month, first);
}

void GrantStory::CloseMonth(int month, Date first) {
  PayBankFees(month, first);
  if (!EndsQuarter(month)) return;
  ChargeOverhead(first);
  RevalueDollars(first);
}

void GrantStory::ReceiveInstalments(int month, Date first) {
  for (const Instalment& instalment : kDollarInstalments) {
    if (instalment.month != month) continue;
    const Grant grant = instalment.grant;
    const Date date = BusinessDay(first, instalment.day);
    const std::int64_t rupiah = instalment.dollars * DollarRateOn(date);
    const absl::string_view income = grant == Grant::kPesisir ? kConditionalGrants : kGrantIncome;
    journal_.Post(Voucher::kBankIn, date,
                  absl::StrCat("Termin hibah ", NameOf(grant), " dari ", DonorOf(grant)),
                  {InGrant(DebitDollars(kDollarBank, instalment.dollars, rupiah), grant),
                   InGrant(CreditDollars(income, instalment.dollars, rupiah), grant)});
  }
  for (const ConditionMet& met : kConditionsMet) {
    if (met.month != month) continue;
    const Instalment& instalment = kDollarInstalments[met.instalment];
    const Grant grant = instalment.grant;
    const Date received = BusinessDay(first.AddMonths(instalment.month - month), instalment.day);
    const std::int64_t rupiah = instalment.dollars * DollarRateOn(received);
    journal_.Post(Voucher::kMemorial, BusinessDay(first, met.day),
                  absl::StrCat("Syarat hibah ", NameOf(grant), " terpenuhi: ", met.condition),
                  {InGrant(DebitDollars(kConditionalGrants, instalment.dollars, rupiah), grant),
                   InGrant(CreditDollars(kGrantIncome, instalment.dollars, rupiah), grant)});
  }
  // Literasi promises a year at a time, without condition, and pays in two halves.
  const auto promise = [&](int day, std::int64_t rupiah) {
    journal_.Post(Voucher::kMemorial, BusinessDay(first, day),
                  absl::StrCat("Perjanjian hibah ", NameOf(Grant::kLiterasi), " ", first.year()),
                  {InGrant(Debit(kGrantsReceivable, rupiah), Grant::kLiterasi),
                   InGrant(Credit(kGrantIncome, rupiah), Grant::kLiterasi)});
  };
  const auto pay = [&](int day, std::int64_t rupiah) {
    journal_.Post(Voucher::kBankIn, BusinessDay(first, day),
                  absl::StrCat("Termin hibah ", NameOf(Grant::kLiterasi), " dari ",
                               DonorOf(Grant::kLiterasi)),
                  {InGrant(Debit(kProjectBank, rupiah), Grant::kLiterasi),
                   InGrant(Credit(kGrantsReceivable, rupiah), Grant::kLiterasi)});
  };
  if (month == 1) promise(3, 520'000'000), pay(12, 260'000'000);
  if (month == 7) pay(18, 260'000'000);
  if (month == 12) promise(12, 300'000'000), pay(26, 150'000'000);
}

void GrantStory::ConvertDollars(int month, Date first) {
  constexpr std::int64_t kParcel = 2'500;
  for (const Grant grant : {Grant::kBenih, Grant::kPesisir}) {
    if (month < FirstMonthOf(grant)) continue;
    const Date date = BusinessDay(first, 12);
    const std::int64_t rate = DollarRateOn(date) - kBankSpread;
    const std::int64_t wanted = grant == Grant::kBenih ? 190'000'000 : 85'000'000;
    const std::int64_t missing =
        wanted - journal_.Balance(kProjectBank, Coin::kRupiah, IdOf(grant));
    const std::int64_t available =
        journal_.Balance(kDollarBank, Coin::kDollar, IdOf(grant)) / kParcel;
    const std::int64_t needed = missing > 0 ? (missing - 1) / (kParcel * rate) + 1 : 0;
    const std::int64_t dollars = kParcel * std::min(needed, available);
    journal_.Post(Voucher::kBankOut, date,
                  absl::StrCat("Penukaran USD ", dollars, " pada kurs ", rate, ", ", NameOf(grant)),
                  {InGrant(Debit(kProjectBank, dollars * rate), grant),
                   InGrant(CreditDollars(kDollarBank, dollars, dollars * rate), grant)});
  }
}

void GrantStory::BuyAssets(Date first) {
  const auto buy = [&](const FixedAsset& asset, Grant grant, int day) {
    // Restricted money is released when the asset is bought.
    journal_.Post(Voucher::kBankOut, BusinessDay(first, day),
                  absl::StrCat("Pembelian ", asset.name, ", ", NameOf(grant)),
                  {Debit(asset.account, asset.cost).For("grant", IdOf(grant)),
                   Credit(kReleasedIn, asset.cost).For("grant", IdOf(grant)),
                   InGrant(Debit(kReleasedOut, asset.cost), grant),
                   InGrant(Credit(kProjectBank, asset.cost), grant)});
  };
  for (const FixedAsset& asset : FixedAssets()) {
    if (asset.first_month != first) continue;
    buy(asset, asset.account == kVehicles ? Grant::kPesisir : Grant::kBenih, 14);
  }
}

void GrantStory::PayDirectCosts(int month, Date first) {
  int salt = 0;
  for (const DirectCost& cost : kDirectCosts) {
    ++salt;
    if (month < FirstMonthOf(cost.grant)) continue;
    const std::int64_t amount = Vary(cost.usual, cost.step, month, salt);
    std::vector<Line> lines = Spend(cost.grant, cost.activity, {{cost.account, amount}});
    lines.push_back(InGrant(Credit(kProjectBank, amount), cost.grant));
    journal_.Post(Voucher::kBankOut, BusinessDay(first, cost.day),
                  absl::StrCat(cost.description, ", ", NameOf(cost.grant)), std::move(lines));
  }
  if (month > 0 && month % 3 == 0) {
    constexpr std::int64_t kFee = 15'000'000;
    constexpr std::int64_t kWithheld = kFee * 2 / 100;  // PPh 23.
    std::vector<Line> lines = Spend(Grant::kBenih, "sekolah-lapang", {{kConsultants, kFee}});
    lines.push_back(InGrant(Credit(kTax23Payable, kWithheld), Grant::kBenih));
    lines.push_back(InGrant(Credit(kProjectBank, kFee - kWithheld), Grant::kBenih));
    journal_.Post(Voucher::kBankOut, BusinessDay(first, 23),
                  "Jasa konsultan agronomi, dipotong PPh 23", std::move(lines));
  }
}

void GrantStory::RunAdvances(int month, Date first) {
  for (const Advance& advance : std::exchange(late_advances_, {})) {
    Settle(advance, BusinessDay(first, 6));
  }
  for (const AdvancePlan& plan : kAdvancePlans) {
    if (month < FirstMonthOf(plan.grant) || month % plan.every != 0) continue;
    Advance advance{plan.grant,  plan.activity,   plan.person, plan.purpose,
                    plan.amount, ++last_advance_, false};
    advance.late = advance.number % 8 == 7;
    journal_.Post(
        Voucher::kBankOut, BusinessDay(first, 13),
        absl::StrCat("Uang muka UM-", advance.number, " ", advance.purpose, ", ", advance.person),
        {InGrant(Debit(kActivityAdvances, advance.amount), plan.grant)
             .For("activity", plan.activity)
             .Noting(advance.person),
         InGrant(Credit(kProjectBank, advance.amount), plan.grant)});
    if (advance.late) {
      late_advances_.push_back(advance);
    } else {
      Settle(advance, BusinessDay(first, 24));
    }
  }
}

void GrantStory::Settle(const Advance& advance, Date date) {
  const Settlement settlement = SettlementOf(advance.number, advance.amount);
  const std::int64_t paid_out = settlement.spent - settlement.tax;
  const std::int64_t returned = std::max<std::int64_t>(advance.amount - paid_out, 0);
  const std::int64_t owed = std::max<std::int64_t>(paid_out - advance.amount, 0);

  std::vector<Line> lines = Spend(
      advance.grant, advance.activity,
      {{kMeetings, settlement.spent - settlement.honorarium}, {kHonoraria, settlement.honorarium}});
  lines.push_back(InGrant(Debit(kProjectBank, returned), advance.grant));
  lines.push_back(InGrant(Credit(kTax21Payable, settlement.tax), advance.grant));
  lines.push_back(InGrant(Credit(kOwedToStaff, owed), advance.grant).Noting(advance.person));
  lines.push_back(InGrant(Credit(kActivityAdvances, advance.amount), advance.grant)
                      .For("activity", advance.activity)
                      .Noting(advance.person));
  journal_.Post(Voucher::kMemorial, date,
                absl::StrCat("Pertanggungjawaban UM-", advance.number, " ", advance.purpose, ", ",
                             advance.person),
                std::move(lines));
  journal_.Post(Voucher::kBankOut, BusinessDay(date.FirstOfMonth(), date.day() + 1),
                absl::StrCat("Penggantian kekurangan UM-", advance.number, ", ", advance.person),
                {InGrant(Debit(kOwedToStaff, owed), advance.grant).Noting(advance.person),
                 InGrant(Credit(kProjectBank, owed), advance.grant)});
}

void GrantStory::WorkWithPartners(int month, Date first) {
  for (const PartnerPlan& plan : kPartnerPlans) {
    const auto at_partner = [&plan](Line line) {
      return InGrant(std::move(line), plan.grant).For("partner", plan.partner);
    };
    if (month >= FirstMonthOf(plan.grant) && EndsQuarter(month)) {
      journal_.Post(Voucher::kBankOut, BusinessDay(first, 20),
                    absl::StrCat("Dana mitra ", plan.name, ", ", NameOf(plan.grant)),
                    {at_partner(Debit(kPartnerReceivables, plan.amount)),
                     InGrant(Credit(kProjectBank, plan.amount), plan.grant)});
    }
    const std::int64_t reported =
        journal_.Balance(kPartnerReceivables, Coin::kRupiah, IdOf(plan.grant));
    if (month % 3 == 1 && reported > 0) {
      std::vector<Line> lines = Spend(plan.grant, plan.activity, {{kSubgrants, reported}});
      lines.front() = std::move(lines.front()).For("partner", plan.partner);
      lines.push_back(at_partner(Credit(kPartnerReceivables, reported)));
      journal_.Post(Voucher::kMemorial, BusinessDay(first, 16),
                    absl::StrCat("Laporan mitra ", plan.name, " diterima"), std::move(lines));
    }
  }
}

void GrantStory::PayBankFees(int month, Date first) {
  const Date date = BusinessDay(first, 31);
  constexpr std::int64_t kRupiahFee = 30'000;
  constexpr std::int64_t kDollarFee = 15;
  if (month >= FirstMonthOf(Grant::kBenih)) {
    std::vector<Line> lines = Spend(Grant::kBenih, kManagement, {{kBankCharges, kRupiahFee}});
    lines.push_back(InGrant(Credit(kProjectBank, kRupiahFee), Grant::kBenih));
    journal_.Post(Voucher::kBankOut, date, "Biaya administrasi rekening proyek", std::move(lines));
  }
  if (!EndsQuarter(month)) return;
  for (const Grant grant : kGrants) {
    if (journal_.Balance(kDollarBank, Coin::kDollar, IdOf(grant)) < kDollarFee) continue;
    const std::int64_t rupiah = kDollarFee * DollarRateOn(date);
    direct_cost_[static_cast<std::size_t>(grant)] += rupiah;
    journal_.Post(Voucher::kBankOut, date,
                  absl::StrCat("Biaya rekening valuta asing, ", NameOf(grant)),
                  {DebitDollars(kBankCharges, kDollarFee, rupiah)
                       .For("grant", IdOf(grant))
                       .For("activity", kManagement),
                   CreditDollars(kReleasedIn, kDollarFee, rupiah).For("grant", IdOf(grant)),
                   InGrant(DebitDollars(kReleasedOut, kDollarFee, rupiah), grant),
                   InGrant(CreditDollars(kDollarBank, kDollarFee, rupiah), grant)});
  }
}

void GrantStory::ChargeOverhead(Date first) {
  for (const Grant grant : kGrants) {
    const std::int64_t base =
        std::exchange(direct_cost_[static_cast<std::size_t>(grant)], std::int64_t{0});
    const std::int64_t amount = (base * OverheadPercentOf(grant) + 50) / 100;
    journal_.Post(
        Voucher::kMemorial, BusinessDay(first, 31),
        absl::StrCat("Kontribusi overhead ", OverheadPercentOf(grant), "%, ", NameOf(grant)),
        {Debit(kOverheadCharged, amount).For("grant", IdOf(grant)),
         Credit(kOverheadRecovered, amount), Debit(kOfficeBank, amount),
         Credit(kReleasedIn, amount).For("grant", IdOf(grant)),
         InGrant(Debit(kReleasedOut, amount), grant),
         InGrant(Credit(kProjectBank, amount), grant)});
  }
}

void GrantStory::RevalueDollars(Date first) {
  const Date date = first.LastOfMonth();
  for (const Grant grant : kGrants) {
    const std::int64_t dollars = journal_.Balance(kDollarBank, Coin::kDollar, IdOf(grant));
    const std::int64_t gain =
        dollars * DollarRateOn(date) - journal_.Value(kDollarBank, IdOf(grant));
    journal_.PostAdjusting(
        date,
        absl::StrCat("Revaluasi USD ", dollars, " pada kurs ", DollarRateOn(date), ", ",
                     NameOf(grant)),
        {InGrant(Debit(kDollarBank, gain), grant),
         InGrant(Credit(gain > 0 ? kExchangeGains : kExchangeLosses, gain), grant)});
  }
}

void GrantStory::Reimburse(Grant grant, Date date, std::string description, std::int64_t amount) {
  direct_cost_[static_cast<std::size_t>(grant)] += amount;
  journal_.Post(
      Voucher::kBankIn, date, std::move(description),
      {Debit(kOfficeBank, amount), Credit(kReleasedIn, amount).For("grant", IdOf(grant)),
       InGrant(Debit(kReleasedOut, amount), grant), InGrant(Credit(kProjectBank, amount), grant)});
}

std::vector<Line> GrantStory::Spend(Grant grant, absl::string_view activity,
                                    const std::vector<Spending>& spendings) {
  std::vector<Line> lines;
  std::int64_t total = 0;
  for (const Spending& spending : spendings) {
    lines.push_back(Debit(spending.account, spending.amount)
                        .For("grant", IdOf(grant))
                        .For("activity", activity));
    total += spending.amount;
  }
  lines.push_back(Credit(kReleasedIn, total).For("grant", IdOf(grant)));
  lines.push_back(InGrant(Debit(kReleasedOut, total), grant));
  direct_cost_[static_cast<std::size_t>(grant)] += total;
  return lines;
}

}  // namespace lumbung::demo
