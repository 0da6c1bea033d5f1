// Server: the gRPC server with the chosen services, their database connections, the gateway before
// them, and the operators' HTTP port.
#ifndef LUMBUNG_SERVICES_HOST_SERVER_H_
#define LUMBUNG_SERVICES_HOST_SERVER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/authenticator.h"
#include "services/host/settings.h"

namespace lumbung::host {

class Server {
 public:
  // Opens the pool, refuses a schema that is not this binary's, makes the services and listens.
  // `scratch_dir` is a private folder for the services' temporary files. UNKNOWN_SERVICE,
  // DATABASE_UNAVAILABLE, SCHEMA_OLDER, SCHEMA_NEWER, MIGRATION_EDITED, PORT_IN_USE.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerSettings& settings,
                                                       const std::string& scratch_dir);
  // The same, but who calls is for `authenticator` to say, which outlives the server. Nothing in
  // the binary does this: tests of everything else bring one that trusts.
  static absl::StatusOr<std::unique_ptr<Server>> StartWith(const ServerSettings& settings,
                                                           const std::string& scratch_dir,
                                                           Authenticator* authenticator);
  // Stops as Stop does.
  ~Server();

  // "127.0.0.1:7080".
  // The one-time password of the first person, once in the life of a database: when nobody was
  // known until now. It is kept nowhere.
  absl::StatusOr<std::optional<std::string>> EnsureFirstAdmin();
  // A new one-time password for that person, whose sessions and codes end. PERSON_NOT_FOUND.
  absl::StatusOr<std::optional<std::string>> ResetFirstAdmin();
  // The token of a session that the server opens for itself in the name of a person, for setting
  // things up. PERSON_NOT_FOUND.
  absl::StatusOr<std::string> OpenSession(absl::string_view user_name);

  const std::string& address() const;
  std::uint16_t metrics_port() const;
  // 0 without a gateway.
  std::uint16_t gateway_port() const;

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
