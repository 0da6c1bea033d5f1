// The accounts of chart isak35-ngo that the demo posts to, by what they are for.
#ifndef LUMBUNG_SERVICES_HOST_DEMO_CHART_CODES_H_
#define LUMBUNG_SERVICES_HOST_DEMO_CHART_CODES_H_

#include "absl/strings/string_view.h"

namespace lumbung::demo {

inline constexpr absl::string_view kCash = "1.1.11";
inline constexpr absl::string_view kPettyCash = "1.1.12";
inline constexpr absl::string_view kOfficeBank = "1.1.21";
inline constexpr absl::string_view kProjectBank = "1.1.22";
inline constexpr absl::string_view kDollarBank = "1.1.23";
inline constexpr absl::string_view kEndowmentBank = "1.1.24";
inline constexpr absl::string_view kDeposits = "1.1.31";
inline constexpr absl::string_view kGrantsReceivable = "1.1.42";
inline constexpr absl::string_view kServiceReceivables = "1.1.43";
inline constexpr absl::string_view kPartnerReceivables = "1.1.45";
inline constexpr absl::string_view kActivityAdvances = "1.1.51";
inline constexpr absl::string_view kPrepaidTaxes = "1.1.54";
inline constexpr absl::string_view kPrepaidRent = "1.1.71";
inline constexpr absl::string_view kPrepaidInsurance = "1.1.72";
inline constexpr absl::string_view kVehicles = "1.2.33";
inline constexpr absl::string_view kEquipment = "1.2.34";
inline constexpr absl::string_view kVehicleDepreciation = "1.2.43";
inline constexpr absl::string_view kEquipmentDepreciation = "1.2.44";

inline constexpr absl::string_view kConditionalGrants = "2.1.11";
inline constexpr absl::string_view kAccruedExpenses = "2.1.22";
inline constexpr absl::string_view kOwedToStaff = "2.1.24";
inline constexpr absl::string_view kTax21Payable = "2.1.31";
inline constexpr absl::string_view kTax23Payable = "2.1.32";
inline constexpr absl::string_view kTax42Payable = "2.1.33";
inline constexpr absl::string_view kSocialSecurityPayable = "2.1.40";
inline constexpr absl::string_view kEmployeeBenefits = "2.2.20";

inline constexpr absl::string_view kAccumulatedSurplus = "3.1.10";
inline constexpr absl::string_view kOperatingReserve = "3.1.20";
inline constexpr absl::string_view kReleasedIn = "3.1.90";
inline constexpr absl::string_view kRestrictedNetAssets = "3.2.10";
inline constexpr absl::string_view kEndowmentPrincipal = "3.2.30";
inline constexpr absl::string_view kReleasedOut = "3.2.90";

inline constexpr absl::string_view kDonations = "4.1.10";
inline constexpr absl::string_view kGrantIncome = "4.1.20";
inline constexpr absl::string_view kMembershipDues = "4.1.60";
inline constexpr absl::string_view kServiceIncome = "4.2.10";
inline constexpr absl::string_view kInvestmentIncome = "4.3.10";
inline constexpr absl::string_view kEndowmentReturn = "4.3.21";
inline constexpr absl::string_view kOverheadRecovered = "4.4.10";
inline constexpr absl::string_view kExchangeGains = "4.9.20";

inline constexpr absl::string_view kSalaries = "5.1.10";
inline constexpr absl::string_view kHolidayBonus = "5.1.20";
inline constexpr absl::string_view kSocialSecurity = "5.1.30";
inline constexpr absl::string_view kConsultants = "5.2.10";
inline constexpr absl::string_view kHonoraria = "5.2.20";
inline constexpr absl::string_view kAudit = "5.2.30";
inline constexpr absl::string_view kOfficeSupplies = "5.3.10";
inline constexpr absl::string_view kCommunication = "5.3.20";
inline constexpr absl::string_view kRent = "5.3.30";
inline constexpr absl::string_view kUtilities = "5.3.40";
inline constexpr absl::string_view kTravel = "5.3.50";
inline constexpr absl::string_view kMeetings = "5.3.60";
inline constexpr absl::string_view kMaintenance = "5.3.70";
inline constexpr absl::string_view kBankCharges = "5.3.80";
inline constexpr absl::string_view kInsurance = "5.3.90";
inline constexpr absl::string_view kDepreciation = "5.4.10";
inline constexpr absl::string_view kSubgrants = "5.6.10";
inline constexpr absl::string_view kAssistance = "5.6.20";
inline constexpr absl::string_view kTaxExpense = "5.7.10";
inline constexpr absl::string_view kExchangeLosses = "5.8.10";
inline constexpr absl::string_view kOtherExpenses = "5.8.90";
inline constexpr absl::string_view kOverheadCharged = "5.9.10";

}  // namespace lumbung::demo

#endif  // LUMBUNG_SERVICES_HOST_DEMO_CHART_CODES_H_
