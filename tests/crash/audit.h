// The check after a crash: what the server's book holds against what the clients were told. Knows
// no server, so that each check can be shown to fail.
#ifndef LUMBUNG_TESTS_CRASH_AUDIT_H_
#define LUMBUNG_TESTS_CRASH_AUDIT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/crash/call.h"

namespace lumbung::crash {

// Debit and credit turnover of an account; the credit is positive.
struct Turnover {
  std::int64_t debit = 0;
  std::int64_t credit = 0;

  bool operator==(const Turnover&) const = default;
};
using TrialBalance = std::map<std::string, Turnover>;

// What all clients of one book know of it.
struct Claims {
  std::vector<const AcknowledgedCall*> acknowledged;
  std::vector<const Call*> in_doubt;
};

// Everything wrong with a book that holds `entries`, in words; nothing when all is well:
//  * sequences run from 1 without gaps, and numbers in each series and fiscal year;
//  * every acknowledged entry is there, once, as it was asked for and as it was answered;
//  * of a call in doubt there is all or nothing, and what nobody asked for is not there;
//  * the entries of a batch were recorded together.
std::vector<std::string> FindFaults(const Claims& claims, const std::vector<BookedEntry>& entries);

// What the acknowledged calls add up to, up to and including a day; "" means every day.
TrialBalance SumOfAcknowledged(const Claims& claims, const std::string& through);

}  // namespace lumbung::crash

#endif  // LUMBUNG_TESTS_CRASH_AUDIT_H_
