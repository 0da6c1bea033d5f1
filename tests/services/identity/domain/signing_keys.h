// The keys of an identity provider that tests make up.
#ifndef LUMBUNG_TESTS_SERVICES_IDENTITY_DOMAIN_SIGNING_KEYS_H_
#define LUMBUNG_TESTS_SERVICES_IDENTITY_DOMAIN_SIGNING_KEYS_H_

#include <cstddef>
#include <string>

#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace lumbung::identity {

// A key of each kind, made when it is asked for, and tokens signed with them, good and bad ones.
class SigningKeys {
 public:
  SigningKeys() : rsa_(EVP_RSA_gen(2048)), small_(EVP_RSA_gen(1024)), ec_(EVP_EC_gen("P-256")) {}
  SigningKeys(const SigningKeys&) = delete;
  SigningKeys& operator=(const SigningKeys&) = delete;
  ~SigningKeys() {
    for (EVP_PKEY* key : {rsa_, small_, ec_}) EVP_PKEY_free(key);
  }

  nlohmann::json Jwks() const {
    return {{"keys",
             {Rsa(rsa_, "rsa"),
              Ec(),
              {{"kty", "oct"}, {"kid", "shared"}, {"k", absl::WebSafeBase64Escape("secret")}}}}};
  }
  nlohmann::json SmallKey() const { return {{"keys", {Rsa(small_, "small")}}}; }

  std::string Sign(const nlohmann::json& header, const nlohmann::json& claims) const {
    const std::string part = absl::StrCat(absl::WebSafeBase64Escape(header.dump()), ".",
                                          absl::WebSafeBase64Escape(claims.dump()));
    return absl::StrCat(part, ".", absl::WebSafeBase64Escape(Signature(header, part)));
  }
  // The classic: the public key taken for the secret of an HMAC.
  std::string SignWithPublicKey(nlohmann::json header, const nlohmann::json& claims) const {
    header["alg"] = "HS256";
    const std::string secret = Jwks().dump();
    const std::string part = absl::StrCat(absl::WebSafeBase64Escape(header.dump()), ".",
                                          absl::WebSafeBase64Escape(claims.dump()));
    unsigned char digest[32];
    unsigned int size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(part.data()), part.size(), digest, &size);
    return absl::StrCat(
        part, ".",
        absl::WebSafeBase64Escape(absl::string_view(reinterpret_cast<char*>(digest), size)));
  }

 private:
  static std::string NumberOf(EVP_PKEY* key, const char* name, int width = 0) {
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key, name, &number);
    std::string bytes(static_cast<std::size_t>(width == 0 ? BN_num_bytes(number) : width), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
                 static_cast<int>(bytes.size()));
    BN_free(number);
    return absl::WebSafeBase64Escape(bytes);
  }
  static nlohmann::json Rsa(EVP_PKEY* key, const char* kid) {
    return {{"kty", "RSA"},
            {"kid", kid},
            {"use", "sig"},
            {"n", NumberOf(key, OSSL_PKEY_PARAM_RSA_N)},
            {"e", NumberOf(key, OSSL_PKEY_PARAM_RSA_E)}};
  }
  nlohmann::json Ec() const {
    return {{"kty", "EC"},
            {"kid", "ec"},
            {"crv", "P-256"},
            {"alg", "ES256"},
            {"x", NumberOf(ec_, OSSL_PKEY_PARAM_EC_PUB_X, 32)},
            {"y", NumberOf(ec_, OSSL_PKEY_PARAM_EC_PUB_Y, 32)}};
  }
  std::string Signature(const nlohmann::json& header, const std::string& part) const {
    const std::string alg = header.value("alg", "");
    if (alg == "none") return "";
    EVP_PKEY* const key = alg == "ES256" ? ec_ : rsa_;
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* settings = nullptr;
    EVP_DigestSignInit(context, &settings, EVP_sha256(), nullptr, key);
    if (alg == "PS256") {
      EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST);
    }
    std::size_t size = 512;
    std::string bytes(size, '\0');
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(bytes.data()), &size,
                   reinterpret_cast<const unsigned char*>(part.data()), part.size());
    EVP_MD_CTX_free(context);
    bytes.resize(size);
    return alg == "ES256" ? SideBySide(bytes) : bytes;
  }
  static std::string SideBySide(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    ECDSA_SIG* const pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    std::string bytes(64, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(bytes.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + 32, 32);
    ECDSA_SIG_free(pair);
    return bytes;
  }

  EVP_PKEY* const rsa_;
  EVP_PKEY* const small_;
  EVP_PKEY* const ec_;
};

}  // namespace lumbung::identity

#endif  // LUMBUNG_TESTS_SERVICES_IDENTITY_DOMAIN_SIGNING_KEYS_H_
