// What the questions to a book have in common.
#ifndef LUMBUNG_TESTS_AUDITOR_FILTERS_H_
#define LUMBUNG_TESTS_AUDITOR_FILTERS_H_

#include <algorithm>
#include <string>
#include <vector>

#include "tests/auditor/book.h"

namespace lumbung::auditor {

// The first that is not empty, or "".
inline std::string FirstOf(const std::vector<std::string>& reasons) {
  const auto found = std::find_if(reasons.begin(), reasons.end(),
                                  [](const std::string& reason) { return !reason.empty(); });
  return found == reasons.end() ? "" : *found;
}

// ---- Why a filter is refused; empty when it is not ----

inline std::string FaultOfDates(const std::string& from, const std::string& to) {
  if (!from.empty() && !IsDate(from)) return "INVALID_DATE";
  if (!to.empty() && !IsDate(to)) return "INVALID_DATE";
  return !from.empty() && !to.empty() && to < from ? "INVALID_FILTER" : "";
}

inline std::string FaultOfAccount(const Book& book, const std::string& account) {
  return account.empty() || book.FindAccount(account) != nullptr ? "" : "UNKNOWN_ACCOUNT";
}

inline std::string FaultOfCurrency(const Book& book, const std::string& currency) {
  return currency.empty() || book.currencies.count(currency) > 0 ? "" : "UNKNOWN_CURRENCY";
}

// Of the fund and the dimensions.
template <typename Request>
std::string FaultOfDimensions(const Book& book, const Request& request) {
  if (!request.fund().empty() && book.funds.count(request.fund()) == 0) return "UNKNOWN_FUND";
  for (const auto& [dimension, value] :
       Dimensions(request.dimensions().begin(), request.dimensions().end())) {
    const auto known = book.dimensions.find(dimension);
    if (known == book.dimensions.end()) return "UNKNOWN_DIMENSION";
    if (known->second.count(value) == 0) return "UNKNOWN_DIMENSION_VALUE";
  }
  return "";
}

// ---- What a filter lets through ----

inline bool IsWithin(const std::string& date, const std::string& from, const std::string& to) {
  return (from.empty() || date >= from) && (to.empty() || date <= to);
}

template <typename Request>
bool HasDimensions(const Line& line, const Request& request) {
  if (!request.fund().empty() && line.fund != request.fund()) return false;
  return std::all_of(request.dimensions().begin(), request.dimensions().end(),
                     [&](const auto& wanted) {
                       const auto found = line.dimensions.find(wanted.first);
                       return found != line.dimensions.end() && found->second == wanted.second;
                     });
}

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_FILTERS_H_
