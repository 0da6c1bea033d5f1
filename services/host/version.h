// Which build this is.
#ifndef LUMBUNG_SERVICES_HOST_VERSION_H_
#define LUMBUNG_SERVICES_HOST_VERSION_H_

#include <string>

namespace lumbung::host {

std::string Version();    // "0.1.0"
std::string Commit();     // Short commit, or "unknown" outside a checkout.
std::string BuildType();  // "Release"

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_VERSION_H_
