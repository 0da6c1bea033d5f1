#include "services/identity/domain/grant_scope.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"

namespace lumbung::identity {
namespace {

constexpr std::size_t kMaxRegionBytes = 32;

std::string Encoded(absl::string_view id) {
  return absl::StrReplaceAll(id, {{"%", "%25"}, {"/", "%2F"}});
}

std::string Decoded(absl::string_view id) {
  return absl::StrReplaceAll(id, {{"%2F", "/"}, {"%25", "%"}});
}

absl::Status Invalid(absl::string_view text, absl::string_view field) {
  return InvalidArgument("INVALID_SCOPE", field,
                         absl::StrCat("found \"", text.substr(0, 100),
                                      "\"; a scope is empty for the whole organization, "
                                      "books/{book}, books/{book}/funds/{fund} or "
                                      "regions/{prefix}"));
}

}  // namespace

absl::StatusOr<GrantScope> ParseGrantScope(absl::string_view text, absl::string_view field) {
  GrantScope scope;
  if (text.empty()) return scope;
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  if (parts.size() == 2 && parts[0] == "regions" && ValidateRegion(parts[1], field).ok()) {
    scope.region = std::string(parts[1]);
    return scope;
  }
  const bool names_fund = parts.size() == 4 && parts[2] == "funds";
  if (parts[0] != "books" || (parts.size() != 2 && !names_fund)) return Invalid(text, field);
  if (!ValidateSlug(parts[1], field).ok()) return Invalid(text, field);
  scope.book = std::string(parts[1]);
  if (names_fund) {
    scope.fund = Decoded(parts[3]);
    if (!ValidateKey(scope.fund, field).ok()) return Invalid(text, field);
  }
  return scope;
}

std::string ToString(const GrantScope& scope) {
  if (!scope.region.empty()) return absl::StrCat("regions/", scope.region);
  if (scope.book.empty()) return "";
  if (scope.fund.empty()) return absl::StrCat("books/", scope.book);
  return absl::StrCat("books/", scope.book, "/funds/", Encoded(scope.fund));
}

bool Covers(const GrantScope& outer, const GrantScope& inner) {
  if (outer.IsWholeOrganization()) return true;
  if (!outer.region.empty() || !inner.region.empty()) {
    return !inner.region.empty() && !outer.region.empty() && IsInRegion(inner.region, outer.region);
  }
  return inner.book == outer.book && (outer.fund.empty() || inner.fund == outer.fund);
}

bool IsInRegion(absl::string_view region_code, absl::string_view region) {
  return !region.empty() && absl::StartsWith(region_code, region) &&
         (region_code.size() == region.size() || region_code[region.size()] == '.');
}

absl::Status ValidateRegion(absl::string_view region, absl::string_view field) {
  bool valid = region.size() >= 2 && region.size() <= kMaxRegionBytes && region.back() != '.';
  for (std::size_t i = 0; valid && i < region.size(); ++i) {
    const bool is_dot = region[i] == '.';
    valid = i < 2 ? absl::ascii_isdigit(static_cast<unsigned char>(region[i])) != 0
                  : (is_dot ? region[i - 1] != '.' && i + 1 < region.size()
                            : absl::ascii_isdigit(static_cast<unsigned char>(region[i])) != 0);
    if (i == 2) valid = valid && is_dot;
  }
  if (valid) return absl::OkStatus();
  return InvalidArgument("INVALID_REGION", field,
                         absl::StrCat("found \"", region.substr(0, 100),
                                      "\"; a region is two digits, then groups of digits behind "
                                      "dots: 32, 32.04, 32.04.05.2001"));
}

}  // namespace lumbung::identity
