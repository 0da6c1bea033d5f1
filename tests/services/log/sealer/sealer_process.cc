// A sealer alone in a process, until it is killed: `lumbung_sealer_process DATABASE KEYS_DIR`.
#include <cstdio>
#include <utility>

#include <unistd.h>

#include "ledger/store/connection_pool.h"
#include "services/common/random_bytes.h"
#include "services/log/sealer/sealer.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  lumbung::store::ConnectionPool::Options connections;
  connections.uri = argv[1];
  connections.size = 2;
  lumbung::store::ConnectionPool pool(connections);
  lumbung::log::Sealer::Options options;
  options.pool = &pool;
  options.keys_dir = argv[2];
  options.random_bytes = lumbung::SecureRandomBytes;
  options.interval = absl::Milliseconds(1);
  const auto sealer = lumbung::log::Sealer::Start(std::move(options));
  if (!sealer.ok()) {
    std::fprintf(stderr, "%s\n", sealer.status().ToString().c_str());
    return 1;
  }
  // Whoever started it waits for this.
  std::puts("ready");
  std::fflush(stdout);
  while (true) pause();
}
