// Values of the API that are neither text nor amount, as cells: enumerations, instants, maps. A
// table shows them in the reader's language, CSV in one stable English form.
#ifndef LUMBUNG_SERVICES_HOST_CLI_VALUES_H_
#define LUMBUNG_SERVICES_HOST_CLI_VALUES_H_

#include <cstddef>
#include <string>

#include <google/protobuf/map.h>
#include <google/protobuf/timestamp.pb.h>

#include "lumbung/ledger/v1/resources.pb.h"
#include "lumbung/ledger/v1/transfer_service.pb.h"
#include "services/host/cli/choice.h"
#include "services/host/cli/invocation.h"

namespace lumbung::cli {

inline constexpr Choice<v1::AccountType> kAccountTypes[] = {
    {"asset", v1::ACCOUNT_TYPE_ASSET, Label::kAsset},
    {"liability", v1::ACCOUNT_TYPE_LIABILITY, Label::kLiability},
    {"net-asset", v1::ACCOUNT_TYPE_NET_ASSET, Label::kNetAsset},
    {"income", v1::ACCOUNT_TYPE_INCOME, Label::kIncome},
    {"expense", v1::ACCOUNT_TYPE_EXPENSE, Label::kExpense},
};

inline constexpr Choice<v1::FundRestriction> kFundRestrictions[] = {
    {"without", v1::FUND_RESTRICTION_WITHOUT, Label::kWithoutRestriction},
    {"purpose", v1::FUND_RESTRICTION_PURPOSE, Label::kRestrictedByPurpose},
    {"time", v1::FUND_RESTRICTION_TIME, Label::kRestrictedByTime},
    {"endowment", v1::FUND_RESTRICTION_ENDOWMENT, Label::kEndowment},
    {"agency", v1::FUND_RESTRICTION_AGENCY, Label::kAgencyFund},
};

inline constexpr Choice<v1::PeriodState> kPeriodStates[] = {
    {"open", v1::PERIOD_STATE_OPEN, Label::kOpen},
    {"soft-closed", v1::PERIOD_STATE_SOFT_CLOSED, Label::kSoftClosed},
    {"hard-closed", v1::PERIOD_STATE_HARD_CLOSED, Label::kHardClosed},
};

inline constexpr Choice<v1::EntryKind> kEntryKinds[] = {
    {"standard", v1::ENTRY_KIND_STANDARD, Label::kStandardEntry},
    {"opening", v1::ENTRY_KIND_OPENING, Label::kOpeningEntry},
    {"adjusting", v1::ENTRY_KIND_ADJUSTING, Label::kAdjustingEntry},
    {"reversal", v1::ENTRY_KIND_REVERSAL, Label::kReversalEntry},
    {"closing", v1::ENTRY_KIND_CLOSING, Label::kClosingEntry},
};

inline constexpr Choice<v1::JournalFormat> kJournalFormats[] = {
    {"hledger", v1::JOURNAL_FORMAT_HLEDGER, Label::kHledger},
    {"ledger", v1::JOURNAL_FORMAT_LEDGER, Label::kLedgerCli},
    {"beancount", v1::JOURNAL_FORMAT_BEANCOUNT, Label::kBeancount},
    {"csv", v1::JOURNAL_FORMAT_CSV, Label::kCsv},
};

// The word of a value for CSV, its label for a table; empty for a value that is none of the
// choices.
template <typename Value, std::size_t kSize>
std::string ShowChoice(const Invocation& call, Value value, const Choice<Value> (&choices)[kSize]) {
  for (const Choice<Value>& choice : choices) {
    if (choice.value == value)
      return std::string(call.csv() ? choice.word : call.Text(choice.label));
  }
  return "";
}

// "yes" or nothing, so that the exceptions stand out; "true" or "false" in CSV.
std::string ShowFlag(const Invocation& call, bool value);

// "2026-01-05 13:45:02" in the reader's time zone; RFC 3339 in UTC in CSV. Empty when it is not
// set.
std::string ShowInstant(const Invocation& call, const google::protobuf::Timestamp& instant);

// "grant=G1 unit=U2", in order of key.
std::string ShowPairs(const google::protobuf::Map<std::string, std::string>& pairs);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_VALUES_H_
