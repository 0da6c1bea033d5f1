// Tokens as strangers send them: only the one that the key has signed is taken, in the one way to
// write it; everything else is refused by name.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "absl/time/time.h"
#include "ledger/core/status.h"
#include "services/identity/domain/jwt.h"
#include "tests/fuzz/expect.h"

namespace {

// Of a key that was thrown away; its one token is in the corpus.
constexpr char kKeys[] =
    R"({"keys":[{"kty":"RSA","kid":"test","use":"sig","alg":"RS256","e":"AQAB","n":")"
    "syst1GOA0iEf1Cccbw4up6vZqp8AgOAN_Hi5yBv_r9C02fWaMqsLZ98RcGdhzF54P4fejeIhXlhOoSNg"
    "_XQZx3MQY2v1tE7AJ4Dz9tA785LBktcfyFgEyHDOeCHefspiY_PITYzpA76HGbKc_0BMuZYFK1Y16yqj"
    "cZS6OdpzFX24qai3xMnkpVHLpKbTex1Mx-zlROYn-LSLkvGMwWl8PWuNd4KLDqXIIG6lJyg9My0gMoS5"
    "oZvcMFnUhcGqg7MRih3CWTu8ECYMZWlMucHA02Nvyge0GHviXL9KzmAwlgt-mlnLRv_p1BZrYZn0wCtp"
    "yxU6WXMAz8meQzmrp3XwGQ"
    R"("}]})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using lumbung::identity::JwkSet;
  static const auto* const kSet = new JwkSet(*JwkSet::Parse(kKeys));
  static const auto* const kReasons =
      new std::set<std::string>{"INVALID_TOKEN",     "ALGORITHM_NOT_ALLOWED", "UNKNOWN_KEY",
                                "SIGNATURE_INVALID", "WRONG_ISSUER",          "WRONG_AUDIENCE",
                                "TOKEN_EXPIRED",     "TOKEN_NOT_YET_VALID",   "WRONG_NONCE"};
  // A copy of exactly this size, so that a sanitizer sees the first byte read too far.
  const std::string token(reinterpret_cast<const char*>(data), size);
  const auto claims =
      lumbung::identity::VerifyJwt(token, *kSet, {"https://idp.example", "lumbung", "n-1"},
                                   absl::FromUnixSeconds(1'781'524'800));
  if (!claims.ok()) {
    FUZZ_EXPECT(kReasons->count(lumbung::ReasonOf(claims.status())) == 1);
    return 0;
  }
  FUZZ_EXPECT(claims->subject == "u-1" && claims->email == "siti@desa.id");
  // Whoever changes a byte of it has another token.
  std::string changed = token;
  changed[size / 2] = changed[size / 2] == 'A' ? 'B' : 'A';
  FUZZ_EXPECT(!lumbung::identity::VerifyJwt(changed, *kSet,
                                            {"https://idp.example", "lumbung", "n-1"},
                                            absl::FromUnixSeconds(1'781'524'800))
                   .ok());
  return 0;
}
