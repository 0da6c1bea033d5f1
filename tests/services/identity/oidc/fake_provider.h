// An identity provider that does whatever a test says, without a network.
#ifndef LUMBUNG_TESTS_SERVICES_IDENTITY_OIDC_FAKE_PROVIDER_H_
#define LUMBUNG_TESTS_SERVICES_IDENTITY_OIDC_FAKE_PROVIDER_H_

#include <map>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "absl/time/time.h"
#include "services/identity/oidc/http_fetch.h"
#include "services/identity/oidc/provider_settings.h"
#include "tests/services/identity/domain/signing_keys.h"

namespace lumbung::identity {

class FakeProvider {
 public:
  // `now` outlives the provider.
  explicit FakeProvider(const absl::Time* now);

  static ProviderSettings Settings();
  Fetch AsFetch();

  // What a user does at the provider: signs in for what the URL asks, and gets a code.
  std::string SignIn(const std::string& authorization_url, const std::string& subject);
  // The parameter of an URL, decoded as far as our own values need.
  static std::string Parameter(const std::string& url, const std::string& name);

  void RotateKeys() { keys_ = std::make_unique<SigningKeys>(); }

  // What it publishes and says; tests change it.
  nlohmann::json metadata;
  nlohmann::json more_claims = nlohmann::json::object();
  nlohmann::json header;
  absl::Status unreachable;
  int status = 200;
  // How often each address was asked for.
  std::map<std::string, int> asked;
  FetchRequest last_token_request;

 private:
  struct Code {
    std::string subject;
    std::string nonce;
    std::string challenge;
  };
  FetchResponse Token(const FetchRequest& request);

  const absl::Time* const now_;
  std::unique_ptr<SigningKeys> keys_;
  std::map<std::string, Code> codes_;
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_TESTS_SERVICES_IDENTITY_OIDC_FAKE_PROVIDER_H_
