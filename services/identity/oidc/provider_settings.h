// Which identity providers a server trusts, from a file that its operator writes:
//
//   [{"id": "kantor", "display_name": "Kantor pusat", "issuer": "https://id.example.org",
//     "client_id": "lumbung", "client_secret_file": "/etc/lumbung/kantor.secret",
//     "redirect_uris": ["https://keuangan.example.org/signed-in"]}]
//
// Without a client_secret_file the client is a public one, which PKCE is for. "ca_file" trusts
// certificates of one's own.
#ifndef LUMBUNG_SERVICES_IDENTITY_OIDC_PROVIDER_SETTINGS_H_
#define LUMBUNG_SERVICES_IDENTITY_OIDC_PROVIDER_SETTINGS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::identity {

struct ProviderSettings {
  std::string id;
  std::string display_name;
  // As its tokens name it.
  std::string issuer;
  std::string client_id;
  // Empty for a public client.
  std::string client_secret;
  // Where a browser may come back to; compared as they are.
  std::vector<std::string> redirect_uris;
  // PEM; empty for the system's.
  std::string ca_file;
};

// Whether passwords may travel there: https, or http to this machine.
bool IsSafeUrl(absl::string_view url);

// INVALID_PROVIDERS, with what is wrong and where.
absl::StatusOr<std::vector<ProviderSettings>> ParseProviderSettings(absl::string_view json);
absl::StatusOr<std::vector<ProviderSettings>> ReadProviderSettings(const std::string& file);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_OIDC_PROVIDER_SETTINGS_H_
