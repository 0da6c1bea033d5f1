// Server: the gRPC server with the chosen services, their database connections, and the operators'
// HTTP port.
#ifndef LUMBUNG_SERVICES_HOST_SERVER_H_
#define LUMBUNG_SERVICES_HOST_SERVER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/host/settings.h"

namespace lumbung::host {

class Server {
 public:
  // Opens the pool, refuses a schema that is not this binary's, makes the services and listens.
  // `scratch_dir` is a private folder for the services' temporary files. UNKNOWN_SERVICE,
  // DATABASE_UNAVAILABLE, SCHEMA_OLDER, SCHEMA_NEWER, MIGRATION_EDITED, PORT_IN_USE.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerSettings& settings,
                                                       const std::string& scratch_dir);
  // Stops as Stop does.
  ~Server();

  // "127.0.0.1:7080".
  const std::string& address() const;
  std::uint16_t metrics_port() const;

  // Health turns to NOT_SERVING, running calls get the time that the settings give them, and what
  // was accepted is finished.
  void Stop();

 private:
  class Parts;

  explicit Server(std::unique_ptr<Parts> parts);

  // Null once stopped.
  std::unique_ptr<Parts> parts_;
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_SERVER_H_
