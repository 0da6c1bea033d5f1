#include "services/gateway/tls_context.h"

#include <system_error>
#include <utility>

#include <openssl/ssl.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "services/common/log.h"

namespace lumbung::gateway {
namespace {

namespace ssl = boost::asio::ssl;

constexpr absl::Duration kBetweenLooks = absl::Seconds(1);

absl::Status Unusable(absl::string_view file, const boost::system::error_code& error) {
  return FailedPrecondition("INVALID_CERTIFICATE", "",
                            absl::StrCat("cannot use ", file, ": ", error.message()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<TlsContext>> TlsContext::Load(std::string certificate_file,
                                                             std::string key_file,
                                                             std::string client_ca_file) {
  std::unique_ptr<TlsContext> loaded(
      new TlsContext(std::move(certificate_file), std::move(key_file), std::move(client_ca_file)));
  const absl::MutexLock lock(&loaded->mutex_);
  loaded->written_ = loaded->Written();
  loaded->looked_at_ = absl::Now();
  LUMBUNG_ASSIGN_OR_RETURN(loaded->context_, loaded->Read());
  return loaded;
}

std::shared_ptr<ssl::context> TlsContext::Current() {
  const absl::MutexLock lock(&mutex_);
  const absl::Time now = absl::Now();
  if (now - looked_at_ < kBetweenLooks) return context_;
  looked_at_ = now;
  const Times written = Written();
  if (written.certificate == written_.certificate && written.key == written_.key) return context_;
  absl::StatusOr<std::shared_ptr<ssl::context>> read = Read();
  if (read.ok()) {
    context_ = *std::move(read);
    written_ = written;
    LogInfo("the certificate was replaced", {{"certificate", certificate_file_}});
  } else {
    // Tried again at the next look: the second of the two files may still be on its way.
    LogWarning("the new certificate cannot be used",
               {{"error", std::string(read.status().message())}});
  }
  return context_;
}

absl::StatusOr<std::shared_ptr<ssl::context>> TlsContext::Read() const {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_3_VERSION);
  boost::system::error_code error;
  context->use_certificate_chain_file(certificate_file_, error);
  if (error) return Unusable(certificate_file_, error);
  // Also refuses a key of another certificate.
  context->use_private_key_file(key_file_, ssl::context::pem, error);
  if (error) return Unusable(key_file_, error);
  // A resumed session would skip what the handshake checks.
  SSL_CTX_set_num_tickets(context->native_handle(), 0);
  SSL_CTX_set_session_cache_mode(context->native_handle(), SSL_SESS_CACHE_OFF);
  if (client_ca_file_.empty()) return context;
  context->load_verify_file(client_ca_file_, error);
  if (error) return Unusable(client_ca_file_, error);
  SSL_CTX_set_client_CA_list(context->native_handle(),
                             SSL_load_client_CA_file(client_ca_file_.c_str()));
  context->set_verify_mode(ssl::verify_peer);
  return context;
}

TlsContext::Times TlsContext::Written() const {
  std::error_code ignored;
  return {std::filesystem::last_write_time(certificate_file_, ignored),
          std::filesystem::last_write_time(key_file_, ignored)};
}

}  // namespace lumbung::gateway
