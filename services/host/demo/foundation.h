// The demo organization: a foundation that does not exist, with donors, staff and prices that do
// not exist either. Here stands who and what; what they did month by month stands in the stories.
// Immutable data; thread-safe.
#ifndef LUMBUNG_SERVICES_HOST_DEMO_FOUNDATION_H_
#define LUMBUNG_SERVICES_HOST_DEMO_FOUNDATION_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/date.h"

namespace lumbung::demo {

inline constexpr absl::string_view kOrganization = "demo";
inline constexpr absl::string_view kOrganizationName = "Yayasan Lumbung Nusantara";
inline constexpr absl::string_view kBook = "utama";
inline constexpr absl::string_view kBookName = "Buku Utama";
inline constexpr absl::string_view kChart = "isak35-ngo@1";

// The story runs from January 2025 to March 2026.
inline constexpr int kFirstYear = 2025;
inline constexpr int kMonths = 15;

struct DemoFund {
  absl::string_view id;
  absl::string_view name;
  FundRestriction restriction;
};
// Beside the book's default fund.
absl::Span<const DemoFund> Funds();

struct DemoValue {
  absl::string_view dimension;
  absl::string_view id;
  absl::string_view name;
};
absl::Span<const DemoValue> DimensionValues();

// Who signs in. Nobody both writes and approves.
struct DemoPerson {
  absl::string_view user_name;
  absl::string_view name;
  std::array<absl::string_view, 2> roles;  // The second may be empty.
};
absl::Span<const DemoPerson> People();
// Those among them who do the bookkeeping, and who close the periods.
inline constexpr absl::string_view kFinanceOfficer = "siti";
inline constexpr absl::string_view kManager = "budi";
inline constexpr absl::string_view kAuditor = "agus";

// A grant has a fund of its own, and the same id as a value of the dimension `grant`.
enum class Grant { kBenih, kPesisir, kLiterasi };
inline constexpr int kGrantCount = 3;
inline constexpr std::array<Grant, kGrantCount> kGrants = {Grant::kBenih, Grant::kPesisir,
                                                           Grant::kLiterasi};
absl::string_view IdOf(Grant grant);
absl::string_view NameOf(Grant grant);
absl::string_view DonorOf(Grant grant);
// Share of direct costs that the donor pays for the office, in percent.
std::int64_t OverheadPercentOf(Grant grant);

// Rupiah for one dollar. Made up, near what the market was.
struct DemoRate {
  Date date;
  std::int64_t rupiah;
};
absl::Span<const DemoRate> DollarRates();
// The newest on or before `date`.
std::int64_t DollarRateOn(Date date);

struct Employee {
  absl::string_view name;
  std::int64_t gross;  // Rupiah a month.
  // PPh 21 withheld each month, in hundredths of a percent of gross.
  std::int64_t tax_rate;
  // Works from this month of the story on; 0 is the first.
  int from_month;
  // Hours of a usual month: office, then each grant.
  std::array<std::int64_t, 1 + kGrantCount> hours;
};
absl::Span<const Employee> Employees();
// Grants are worked on from this month of the story on; before it the hours are the office's.
int FirstMonthOf(Grant grant);

struct FixedAsset {
  absl::string_view name;
  std::int64_t cost;
  int months;        // Of useful life.
  Date first_month;  // Of depreciation.
  absl::string_view account;
  absl::string_view depreciation_account;
};
absl::Span<const FixedAsset> FixedAssets();

// Straight line without residual value: what the month `number` (from 1) takes of `cost` over
// `months`. The months always sum to the cost: amount(k) = round(cost k / n) - round(cost (k-1) /
// n).
std::int64_t MonthlyPart(std::int64_t cost, int months, int number);

// Prices and gifts move a little from month to month around what is usual; `salt` tells one series
// from another.
std::int64_t Vary(std::int64_t usual, std::int64_t step, int month, int salt);

bool EndsQuarter(int month);

// `day` of the month of `first`, moved to the next weekday, or to the one before when the month
// would end; `day` 31 is the last of any month.
Date BusinessDay(Date first, int day);

// "Januari 2025".
std::string MonthName(Date month);

}  // namespace lumbung::demo

#endif  // LUMBUNG_SERVICES_HOST_DEMO_FOUNDATION_H_
