#include "ledger/export/beancount_names.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "ledger/export/percent_code.h"

namespace lumbung::ledger_export {
namespace {

constexpr std::size_t kMaxCommodityLength = 24;
constexpr absl::string_view kNoRoot = "X-x00";  // No id has a zero byte.
constexpr absl::string_view kEscapedDash = "-x2D";

bool IsDigit(char c) {
  return absl::ascii_isdigit(static_cast<unsigned char>(c));
}
bool IsUpper(char c) {
  return absl::ascii_isupper(static_cast<unsigned char>(c));
}
bool IsAlphanumeric(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c));
}

absl::string_view RootOf(AccountType type) {
  switch (type) {
    case AccountType::kAsset:
      return "Assets";
    case AccountType::kLiability:
      return "Liabilities";
    case AccountType::kNetAsset:
      return "Equity";
    case AccountType::kIncome:
      return "Income";
    case AccountType::kExpense:
      return "Expenses";
  }
  return "Equity";
}

// Whether the part is made of digits and `mark` alone, and begins with a digit.
bool IsDigitsAnd(absl::string_view part, char mark) {
  return !part.empty() && IsDigit(part.front()) &&
         std::all_of(part.begin(), part.end(), [mark](char c) { return IsDigit(c) || c == mark; });
}

bool IsCode(absl::string_view part) {
  return IsDigitsAnd(part, '.');
}

// The byte of an escape "-xHH" at the front, or -1.
int EscapeAt(absl::string_view text) {
  return absl::StartsWith(text, "-x") ? HexByteAt(text.substr(2)) : -1;
}

// Whether reading would take the X off the front of the part.
bool HasExtraX(absl::string_view part) {
  if (part.empty() || part.front() != 'X') return false;
  return part.size() == 1 || part[1] == 'X' || part[1] == '-' ||
         absl::ascii_islower(static_cast<unsigned char>(part[1]));
}

std::string EncodePart(absl::string_view part) {
  if (IsCode(part)) {
    std::string dashed(part);
    std::replace(dashed.begin(), dashed.end(), '.', '-');
    return dashed;
  }
  const bool digits_and_dashes = IsDigitsAnd(part, '-');
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const char c = part[i];
    const bool stays =
        IsAlphanumeric(c) || (c == '-' && !digits_and_dashes && EscapeAt(part.substr(i)) < 0);
    if (stays) {
      out.push_back(c);
    } else {
      out.append("-x");
      AppendHexByte(static_cast<unsigned char>(c), &out);
    }
  }
  const bool may_begin = !out.empty() && (IsUpper(out.front()) || IsDigit(out.front()));
  return may_begin && !HasExtraX(out) ? out : "X" + out;
}

std::string DecodePart(absl::string_view part) {
  if (HasExtraX(part)) part.remove_prefix(1);
  std::string out;
  if (IsDigitsAnd(part, '-')) {
    out = std::string(part);
    std::replace(out.begin(), out.end(), '-', '.');
    return out;
  }
  for (std::size_t i = 0; i < part.size(); ++i) {
    const int byte = EscapeAt(part.substr(i));
    out.push_back(byte < 0 ? part[i] : static_cast<char>(byte));
    if (byte >= 0) i += 3;
  }
  return out;
}

bool IsBeancountCommodity(absl::string_view code) {
  if (code.size() < 2 || code.size() > kMaxCommodityLength || !IsUpper(code.front())) return false;
  if (code == "TRUE" || code == "FALSE" || code == "NULL") return false;
  const char last = code.back();
  return (IsUpper(last) || IsDigit(last)) && std::all_of(code.begin(), code.end(), [](char c) {
           return IsUpper(c) || IsDigit(c) || absl::StrContains("'._-", c);
         });
}

}  // namespace

std::string BeancountAccount(absl::string_view id, AccountType type) {
  const absl::string_view root = RootOf(type);
  std::vector<absl::string_view> parts = absl::StrSplit(id, ':');
  std::vector<std::string> written = {std::string(root)};
  if (parts.size() > 1 && parts.front() == root && !IsCode(parts[1])) {
    parts.erase(parts.begin());
  } else if (!IsCode(parts.front())) {
    written.emplace_back(kNoRoot);
  }
  for (const absl::string_view part : parts) written.push_back(EncodePart(part));
  return absl::StrJoin(written, ":");
}

std::string IdOfBeancountAccount(absl::string_view account) {
  std::vector<absl::string_view> parts = absl::StrSplit(account, ':');
  const absl::string_view root = parts.front();
  parts.erase(parts.begin());
  std::vector<std::string> id;
  if (!parts.empty() && parts.front() == kNoRoot) {
    parts.erase(parts.begin());
  } else if (parts.empty() || !IsDigitsAnd(parts.front(), '-')) {
    id.emplace_back(root);
  }
  for (const absl::string_view part : parts) id.push_back(DecodePart(part));
  return absl::StrJoin(id, ":");
}

absl::StatusOr<std::string> BeancountCommodity(absl::string_view code) {
  if (IsBeancountCommodity(code) && !absl::StartsWith(code, "X.")) return std::string(code);
  std::string out = "X.";
  for (const char c : code) {
    if (IsUpper(c) || IsDigit(c)) {
      out.push_back(c);
    } else if (IsAlphanumeric(c)) {
      out.push_back('_');
      out.push_back(absl::ascii_toupper(static_cast<unsigned char>(c)));
    } else {
      out.push_back('\'');
      AppendHexByte(static_cast<unsigned char>(c), &out);
    }
  }
  if (out.size() <= kMaxCommodityLength) return out;
  return InvalidArgument("NOT_REPRESENTABLE", "",
                         absl::StrCat("the currency \"", code, "\" cannot be written in ",
                                      kMaxCommodityLength, " characters of beancount"));
}

std::string CodeOfBeancountCommodity(absl::string_view commodity) {
  if (!absl::ConsumePrefix(&commodity, "X.")) return std::string(commodity);
  std::string code;
  for (std::size_t i = 0; i < commodity.size(); ++i) {
    if (commodity[i] == '_' && i + 1 < commodity.size()) {
      code.push_back(absl::ascii_tolower(static_cast<unsigned char>(commodity[++i])));
    } else if (const int byte = commodity[i] == '\'' ? HexByteAt(commodity.substr(i + 1)) : -1;
               byte >= 0) {
      code.push_back(static_cast<char>(byte));
      i += 2;
    } else {
      code.push_back(commodity[i]);
    }
  }
  return code;
}

std::string BeancountKey(absl::string_view key) {
  bool taken = key.size() > 1 && absl::ascii_islower(static_cast<unsigned char>(key.front())) &&
               !absl::StartsWith(key, "entry-") && !absl::StartsWith(key, "x-") &&
               std::all_of(key.begin(), key.end(),
                           [](char c) { return IsAlphanumeric(c) || c == '-' || c == '_'; });
  for (const absl::string_view own : {"filename", "lineno", "fund", "memo", "revalues"}) {
    taken = taken && key != own;
  }
  if (taken) return std::string(key);
  std::string out = "x-";
  for (const char c : key) {
    if (IsAlphanumeric(c)) {
      out.push_back(c);
    } else {
      out.push_back('-');
      AppendHexByte(static_cast<unsigned char>(c), &out);
    }
  }
  return out;
}

std::string KeyOfBeancountKey(absl::string_view key) {
  if (!absl::ConsumePrefix(&key, "x-")) return std::string(key);
  std::string out;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const int byte = key[i] == '-' ? HexByteAt(key.substr(i + 1)) : -1;
    out.push_back(byte < 0 ? key[i] : static_cast<char>(byte));
    if (byte >= 0) i += 2;
  }
  return out;
}

std::string BeancountString(absl::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (c == '\n') {
      out.append("\\n");
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
  return out;
}

}  // namespace lumbung::ledger_export
