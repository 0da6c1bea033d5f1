// The load: a gRPC client with many calls in flight.
#ifndef LUMBUNG_TESTS_BENCH_GRPC_LOAD_H_
#define LUMBUNG_TESTS_BENCH_GRPC_LOAD_H_

#include <string>

#include "lumbung/ledger/v1/resources.pb.h"
#include "tests/bench/endpoint.h"
#include "tests/bench/floor_sql.h"

namespace lumbung::bench {

// The entry of this index as a request has it.
void FillEntry(int index, bool hot, ledger::v1::JournalEntry* entry);

// Posts `total` single entries with `in_flight` calls at a time. Aborts on a refusal.
Rate PostOverGrpc(const Endpoint& server, const std::string& book, int in_flight, int total,
                  bool hot);
// Posts `total` entries in atomic batches of `batch`, two calls at a time.
Rate PostBatchesOverGrpc(const Endpoint& server, const std::string& book, int total, int batch);

}  // namespace lumbung::bench

#endif  // LUMBUNG_TESTS_BENCH_GRPC_LOAD_H_
