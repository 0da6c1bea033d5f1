#include "ledger/import/beancount/options.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/core/status.h"

namespace lumbung::import::beancount {
namespace {

constexpr std::array<absl::string_view, 5> kRootOptions = {
    "name_assets", "name_liabilities", "name_equity", "name_income", "name_expenses"};
constexpr std::array<char, 5> kRootTypes = {'A', 'L', 'E', 'R', 'X'};

// Options about presentation, and names of accounts that only reports use.
constexpr std::array<absl::string_view, 15> kWithoutFigures = {
    "title",
    "operating_currency",
    "render_commas",
    "documents",
    "account_previous_balances",
    "account_previous_earnings",
    "account_previous_conversions",
    "account_current_earnings",
    "account_current_conversions",
    "account_rounding",
    "conversion_currency",
    "long_string_maxlines",
    "allow_pipe_separator",
    "allow_deprecated_none_for_tags_and_links",
    "insert_pythonpath"};

template <typename Array>
std::optional<std::size_t> IndexOf(const Array& array, absl::string_view name) {
  const auto it = std::find(array.begin(), array.end(), name);
  if (it == array.end()) return std::nullopt;
  return static_cast<std::size_t>(it - array.begin());
}

absl::Status InvalidOption(absl::string_view name, absl::string_view value,
                           absl::string_view expected) {
  return InvalidArgument("INVALID_OPTION", "",
                         absl::StrCat("the option \"", absl::Utf8SafeCEscape(name), "\" is \"",
                                      absl::Utf8SafeCEscape(value), "\"; expected ", expected));
}

absl::StatusOr<Decimal> NonNegative(absl::string_view name, absl::string_view value) {
  absl::StatusOr<Decimal> number =
      Decimal::Parse(absl::StrReplaceAll(value, {{",", ""}, {" ", ""}}));
  if (!number.ok() || number->IsNegative()) {
    return InvalidOption(name, value, "a number that is not negative");
  }
  return number;
}

}  // namespace

absl::StatusOr<Booking> BookingOf(absl::string_view name) {
  if (name == "STRICT") return Booking::kStrict;
  if (name == "NONE") return Booking::kNone;
  if (name == "AVERAGE") return Booking::kAverage;
  if (name == "FIFO") return Booking::kFifo;
  if (name == "LIFO") return Booking::kLifo;
  return InvalidOption("booking_method", name, "STRICT, NONE, AVERAGE, FIFO or LIFO");
}

absl::StatusOr<Options::Effect> Options::Set(absl::string_view name, absl::string_view value) {
  if (const auto root = IndexOf(kRootOptions, name)) {
    roots[*root] = std::string(value);
    return Effect::kSet;
  }
  if (name == "inferred_tolerance_multiplier") {
    LUMBUNG_ASSIGN_OR_RETURN(tolerance_multiplier, NonNegative(name, value));
    return Effect::kSet;
  }
  if (name == "inferred_tolerance_default") {
    const std::size_t colon = value.rfind(':');
    if (colon == absl::string_view::npos) {
      return InvalidOption(name, value, "a currency and a number, as in \"USD:0.005\"");
    }
    LUMBUNG_ASSIGN_OR_RETURN(tolerance_default[std::string(value.substr(0, colon))],
                             NonNegative(name, value.substr(colon + 1)));
    return Effect::kSet;
  }
  if (name == "infer_tolerance_from_cost") {
    const std::string lower = absl::AsciiStrToLower(value);
    tolerance_from_cost = lower == "true" || lower == "on" || lower == "1";
    return Effect::kSet;
  }
  if (name == "booking_method") {
    LUMBUNG_ASSIGN_OR_RETURN(booking, BookingOf(value));
    return Effect::kSet;
  }
  if (name == "plugin_processing_mode" || name == "plugin") return Effect::kUnsupported;
  if (IndexOf(kWithoutFigures, name).has_value()) return Effect::kNoFigures;
  return InvalidArgument(
      "INVALID_OPTION", "",
      absl::StrCat("beancount has no option \"", absl::Utf8SafeCEscape(name), "\""));
}

char Options::TypeOf(absl::string_view account) const {
  const auto root = IndexOf(roots, account.substr(0, account.find(':')));
  return root.has_value() ? kRootTypes[*root] : ' ';
}

}  // namespace lumbung::import::beancount
