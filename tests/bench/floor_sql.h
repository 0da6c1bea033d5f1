// The floor: bare SQL that inserts the same rows into tables of the same columns and indexes, with
// no checks, no server, and one database transaction per entry or per thousand.
#ifndef LUMBUNG_TESTS_BENCH_FLOOR_SQL_H_
#define LUMBUNG_TESTS_BENCH_FLOOR_SQL_H_

#include <string>

namespace lumbung::bench {

// Creates the schema `floor`, as the schema's owner.
void CreateFloor(const std::string& owner_uri);
void EmptyFloor(const std::string& owner_uri);

struct Rate {
  double per_second = 0;
  double median_micros = 0;
};

// Posts `total` entries from `clients` connections, one call and one commit each.
Rate PostSingles(const std::string& owner_uri, int clients, int total, bool hot);
// Posts `total` entries in batches of `batch`, from one connection.
Rate PostBatches(const std::string& owner_uri, int total, int batch);

}  // namespace lumbung::bench

#endif  // LUMBUNG_TESTS_BENCH_FLOOR_SQL_H_
