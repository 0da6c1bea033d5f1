#include "ledger/export/hledger_names.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/core/currency.h"
#include "ledger/export/percent_code.h"

namespace lumbung::ledger_export {

std::string HledgerAccount(absl::string_view id) {
  // In front, these would make a virtual posting, a mark, a comment or another directive of it.
  std::string name = PercentEncode(id, {";", "([*!=~+-\":", false});
  // A name has no empty part.
  while (name.find("::") != std::string::npos) name = absl::StrReplaceAll(name, {{"::", ":%3A"}});
  if (!name.empty() && name.back() == ':') name.replace(name.size() - 1, 1, "%3A");
  return name;
}

std::string HledgerCommodity(absl::string_view code) {
  if (code == kNoCommodity) return "";
  const bool letters = !code.empty() && std::all_of(code.begin(), code.end(), [](char c) {
    return absl::ascii_isalpha(static_cast<unsigned char>(c));
  });
  if (letters) return std::string(code);
  return absl::StrCat("\"", PercentEncode(code, {";\"", "", true}), "\"");
}

std::string HledgerDescription(absl::string_view text) {
  return PercentEncode(text, {";", "(*!=", false});
}

std::string HledgerCode(absl::string_view text) {
  return PercentEncode(text, {"()", "", false});
}

std::string HledgerTagName(absl::string_view name) {
  for (const absl::string_view own : {"date", "date2", "fund", "memo", "revalues"}) {
    if (name == own) return PercentEncode(name, {"", "dfmr", true});
  }
  return PercentEncode(name, {" :,;", absl::StartsWith(name, "entry-") ? "e" : "", true});
}

std::string HledgerTagValue(absl::string_view value) {
  // A date between brackets would be the date of the posting.
  return PercentEncode(value, {",[", "", false});
}

}  // namespace lumbung::ledger_export
