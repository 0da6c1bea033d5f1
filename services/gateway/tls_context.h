// The certificate of the gateway and its key, from files, for TLS 1.3. A certificate that was
// replaced is taken up by the next connection; one that cannot be read leaves the old one in force
// and a warning in the log.
//
// Thread-safe.
#ifndef LUMBUNG_SERVICES_GATEWAY_TLS_CONTEXT_H_
#define LUMBUNG_SERVICES_GATEWAY_TLS_CONTEXT_H_

#include <filesystem>
#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace lumbung::gateway {

class TlsContext {
 public:
  // All in PEM; the certificate with its chain. Clients are asked for a certificate of
  // `client_ca_file`, and may come without; empty: they are not asked. INVALID_CERTIFICATE when one
  // cannot be read or they do not belong together.
  static absl::StatusOr<std::unique_ptr<TlsContext>> Load(std::string certificate_file,
                                                          std::string key_file,
                                                          std::string client_ca_file = "");

  // For one connection; looks at the files at most once a second.
  std::shared_ptr<boost::asio::ssl::context> Current();

 private:
  using FileTime = std::filesystem::file_time_type;
  struct Times {
    FileTime certificate;
    FileTime key;
  };

  TlsContext(std::string certificate_file, std::string key_file, std::string client_ca_file)
      : certificate_file_(std::move(certificate_file)),
        key_file_(std::move(key_file)),
        client_ca_file_(std::move(client_ca_file)) {}

  absl::StatusOr<std::shared_ptr<boost::asio::ssl::context>> Read() const;
  Times Written() const;

  const std::string certificate_file_;
  const std::string key_file_;
  const std::string client_ca_file_;
  absl::Mutex mutex_;
  std::shared_ptr<boost::asio::ssl::context> context_ ABSL_GUARDED_BY(mutex_);
  Times written_ ABSL_GUARDED_BY(mutex_);
  absl::Time looked_at_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_TLS_CONTEXT_H_
