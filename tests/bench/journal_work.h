// Whole journals: importing one, against COPY of the same rows; and the trial balance of what was
// imported, against hledger's of the same file.
#ifndef LUMBUNG_TESTS_BENCH_JOURNAL_WORK_H_
#define LUMBUNG_TESTS_BENCH_JOURNAL_WORK_H_

#include <string>

#include "tests/bench/endpoint.h"

namespace lumbung::bench {

// Writes an hledger journal of `entries` entries of three postings in 400 accounts over a year.
void WriteJournal(const std::string& path, int entries);

// How long an import of the file takes over gRPC, from the first byte sent to the end, in seconds.
double ImportOverGrpc(const Endpoint& server, const std::string& book, const std::string& path);

// How long COPY takes for the rows of as many entries and their postings, into the floor's tables
// with their indexes, in one database transaction, in seconds.
double CopyRows(const std::string& owner_uri, int entries);

// The median time of a trial balance over gRPC in the middle of the year, in seconds.
double TrialBalanceOverGrpc(const Endpoint& server, const std::string& book, int times);

// How long hledger takes for the balances of the file, in seconds; 0 when it cannot be run.
double HledgerBalance(const std::string& path);

}  // namespace lumbung::bench

#endif  // LUMBUNG_TESTS_BENCH_JOURNAL_WORK_H_
