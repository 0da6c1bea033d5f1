#include "ledger/core/currency.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"

namespace lumbung {
namespace {

constexpr std::size_t kMaxCodeLength = 32;

absl::Status InvalidCode(absl::string_view message) {
  return InvalidArgument("INVALID_ID", "", message);
}

}  // namespace

std::optional<IsoCurrency> FindIsoCurrency(absl::string_view code) {
  const absl::Span<const IsoCurrency> all = IsoCurrencies();
  const auto found = std::lower_bound(
      all.begin(), all.end(), code,
      [](const IsoCurrency& currency, absl::string_view wanted) { return currency.code < wanted; });
  if (found == all.end() || found->code != code) return std::nullopt;
  return *found;
}

absl::Status ValidateCurrencyCode(absl::string_view code) {
  if (code.empty()) return InvalidCode("a currency code must not be empty");
  if (code.size() > kMaxCodeLength) {
    return InvalidCode(absl::StrCat("a currency code of ", code.size(),
                                    " bytes is too long; at most ", kMaxCodeLength,
                                    " are allowed"));
  }
  const std::string quoted = absl::CHexEscape(code);
  std::optional<char32_t> first;
  char32_t last = 0;
  for (absl::string_view rest = code; !rest.empty();) {
    const std::optional<char32_t> c = TakeCodePoint(&rest);
    if (!c) return InvalidCode(absl::StrCat("the currency code \"", quoted, "\" is not UTF-8"));
    if (IsControl(*c) || *c == '"') {
      return InvalidCode(absl::StrCat("the currency code \"", quoted,
                                      "\" holds a control character or a double quote"));
    }
    if (!first) first = c;
    last = *c;
  }
  if (IsBlank(*first) || IsBlank(last)) {
    return InvalidCode(
        absl::StrCat("the currency code \"", quoted, "\" must not start or end with a blank"));
  }
  return absl::OkStatus();
}

}  // namespace lumbung
