// Server: the gRPC server with the chosen services, their database pool, and the operators' HTTP
// port.
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
  // SCHEMA_OLDER, SCHEMA_NEWER, UNKNOWN_SERVICE, PORT_IN_USE, DATABASE_UNAVAILABLE.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerSettings& settings,
                                                       const std::string& scratch_dir);
  // Stops as Stop does.
  ~Server();

  std::uint16_t grpc_port() const;
  std::uint16_t metrics_port() const;
  // "127.0.0.1:7080".
  std::string address() const;

  // Health turns NOT_SERVING, running calls get the time of the settings, what was accepted is
  // finished.
  void Stop();

 private:
  Server();
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_SERVER_H_
