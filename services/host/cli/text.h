// The words of the user commands, in English and Indonesian: titles, values, and the fixed frame
// around messages. What the server says is passed on as it is.
#ifndef LUMBUNG_SERVICES_HOST_CLI_TEXT_H_
#define LUMBUNG_SERVICES_HOST_CLI_TEXT_H_

#include "absl/strings/string_view.h"

namespace lumbung::cli {

enum class Language { kEnglish, kIndonesian };

enum class Label {
  kNone,
  // Frame of messages. "$0" is filled in by absl::Substitute.
  kError,
  kField,
  kSeeHelp,
  kRetryWith,
  kIsTheServerRunning,
  kRequestIdIs,
  kNothingToShow,
  kYes,
  kSeveral,
  // Setting up.
  kOrganization,
  kName,
  kIndonesianName,
  kCreated,
  kBook,
  kFunctionalCurrency,
  kFiscalYearStart,
  kChartTemplate,
  kDefaultFund,
  kEntries,
  kClosedThrough,
  kAccounts,
  kLegalBasis,
  kAccount,
  kCode,
  kParent,
  kType,
  kPostable,
  kContra,
  kClosed,
  kDimensionRules,
  kNote,
  kRemarks,
  kFund,
  kRestriction,
  kDimension,
  kDimensions,
  kValue,
  kCurrency,
  kDecimals,
  kCommodity,
  kDate,
  kBaseCurrency,
  kQuoteCurrency,
  kRate,
  kSource,
  kRecorded,
  // Values.
  kAsset,
  kLiability,
  kNetAsset,
  kIncome,
  kExpense,
  kWithoutRestriction,
  kRestrictedByPurpose,
  kRestrictedByTime,
  kEndowment,
  kAgencyFund,
  kOpen,
  kSoftClosed,
  kHardClosed,
  kStandardEntry,
  kOpeningEntry,
  kAdjustingEntry,
  kReversalEntry,
  kClosingEntry,
  kHledger,
  kLedgerCli,
  kBeancount,
  kCsv,
  // Entries and balances.
  kNumber,
  kDescription,
  kDescriptionAndAccounts,
  kReference,
  kKind,
  kTags,
  kReverses,
  kReversedBy,
  kResourceName,
  kLeafHash,
  kAmount,
  kFunctionalAmount,
  kValuedIn,
  kMemo,
  kDebit,
  kCredit,
  kBalance,
  kTotal,
  kOtherAccounts,
  kOpeningBalance,
  kClosingBalance,
  // Reports.
  kTrialBalance,
  kGeneralLedger,
  kJournal,
  kFromTo,
  kFrom,
  kUntil,
  kAllDates,
  kAmountsIn,
  kAsKnownAt,
  kLast = kAsKnownAt,
};

absl::string_view Text(Label label, Language language);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_TEXT_H_
