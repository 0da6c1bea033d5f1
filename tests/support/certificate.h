// A certificate for localhost that signs itself, for tests of TLS.
#ifndef LUMBUNG_TESTS_SUPPORT_CERTIFICATE_H_
#define LUMBUNG_TESTS_SUPPORT_CERTIFICATE_H_

#include <string>

namespace lumbung::testing {

// Both in PEM.
struct Certificate {
  std::string certificate;
  std::string key;
};

// Of another key at every call; `name` is its common name, by which tests tell them apart.
Certificate NewCertificate(const std::string& name);

void WriteFile(const std::string& path, const std::string& text);

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SUPPORT_CERTIFICATE_H_
