#include "services/host/cli/amount_syntax.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "services/host/cli/failure.h"

namespace lumbung::cli {
namespace {

constexpr absl::string_view kRupiahSign = "Rp";

// A word that names a currency: it starts with a letter and is not the "Rp" that belongs to the
// number.
bool IsCurrencyWord(absl::string_view word) {
  return !word.empty() && absl::ascii_isalpha(static_cast<unsigned char>(word.front())) &&
         !absl::StartsWithIgnoreCase(word, kRupiahSign);
}

// Takes the currency off either end of `text`; empty when none is written.
std::string TakeCurrencyWord(absl::string_view* text) {
  const auto last_blank = text->rfind(' ');
  if (last_blank == absl::string_view::npos) return "";
  if (const absl::string_view last = text->substr(last_blank + 1); IsCurrencyWord(last)) {
    *text = absl::StripTrailingAsciiWhitespace(text->substr(0, last_blank));
    return std::string(last);
  }
  const auto first_blank = text->find(' ');
  if (const absl::string_view first = text->substr(0, first_blank); IsCurrencyWord(first)) {
    *text = absl::StripLeadingAsciiWhitespace(text->substr(first_blank + 1));
    return std::string(first);
  }
  return "";
}

absl::Status SetAttribute(absl::string_view flag, absl::string_view attribute, Side side,
                          const PostingDefaults& defaults, v1::Posting& posting) {
  const std::vector<std::string> parts = absl::StrSplit(attribute, absl::MaxSplits('=', 1));
  if (parts.size() != 2 || parts[0].empty()) {
    return UsageError(flag, absl::StrCat("\"", attribute,
                                         "\" is not NAME=VALUE; a posting is "
                                         "ACCOUNT=AMOUNT[;fund=FUND][;memo=TEXT][;grant=G1]"));
  }
  const std::string& name = parts[0];
  const std::string& value = parts[1];
  if (name == "fund") {
    posting.set_fund(value);
  } else if (name == "memo") {
    posting.set_memo(value);
  } else if (name == "value") {
    LUMBUNG_ASSIGN_OR_RETURN(*posting.mutable_functional_amount(),
                             ParseMoney(flag, value, defaults.locale));
    if (side == Side::kCredit) {
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount,
                               Decimal::Parse(posting.functional_amount().amount()));
      posting.mutable_functional_amount()->set_amount(amount.Negated().ToString());
    }
  } else {
    (*posting.mutable_dimensions())[name] = value;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Decimal> ParseAmount(absl::string_view flag, absl::string_view text,
                                    NumberLocale locale) {
  UserNumberOptions options;
  options.locale = locale;
  options.currency_symbol = std::string(kRupiahSign);
  absl::StatusOr<Decimal> amount = ParseUserNumber(text, options);
  if (!amount.ok()) return UsageError(flag, amount.status());
  return amount;
}

absl::StatusOr<v1::Money> ParseMoney(absl::string_view flag, absl::string_view text,
                                     NumberLocale locale) {
  text = absl::StripAsciiWhitespace(text);
  std::string currency = TakeCurrencyWord(&text);
  if (currency.empty() && absl::StrContains(absl::AsciiStrToLower(text), "rp")) currency = "IDR";
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, ParseAmount(flag, text, locale));
  v1::Money money;
  money.set_amount(amount.ToString());
  money.set_currency(currency);
  return money;
}

absl::StatusOr<v1::Posting> ParsePosting(Side side, absl::string_view text,
                                         const PostingDefaults& defaults) {
  const absl::string_view flag = side == Side::kDebit ? "--debit" : "--credit";
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ';');
  // An account's name may hold a '=', an amount cannot.
  const auto equals = parts.front().rfind('=');
  if (equals == absl::string_view::npos || equals == 0) {
    return UsageError(flag, absl::StrCat("\"", text, "\" is not ACCOUNT=AMOUNT"));
  }
  v1::Posting posting;
  posting.set_account(std::string(absl::StripAsciiWhitespace(parts.front().substr(0, equals))));
  LUMBUNG_ASSIGN_OR_RETURN(*posting.mutable_amount(),
                           ParseMoney(flag, parts.front().substr(equals + 1), defaults.locale));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount, Decimal::Parse(posting.amount().amount()));
  if (amount.IsNegative()) {
    return UsageError(flag, absl::StrCat("\"", text,
                                         "\" is negative; write the amount without a "
                                         "sign under the other flag"));
  }
  if (side == Side::kCredit) posting.mutable_amount()->set_amount(amount.Negated().ToString());
  posting.set_fund(defaults.fund);
  posting.mutable_dimensions()->insert(defaults.dimensions.begin(), defaults.dimensions.end());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    LUMBUNG_RETURN_IF_ERROR(SetAttribute(flag, parts[i], side, defaults, posting));
  }
  return posting;
}

}  // namespace lumbung::cli
