// Request ids: what makes it safe to send a write again.
#ifndef LUMBUNG_SERVICES_HOST_CLI_REQUEST_ID_H_
#define LUMBUNG_SERVICES_HOST_CLI_REQUEST_ID_H_

#include <string>

namespace lumbung::cli {

// A random UUID (version 4), in lower case.
std::string NewRequestId();

// Gives a write request an id of its own unless the user named one.
template <typename Request>
void EnsureRequestId(Request& request) {
  if (request.request_id().empty()) request.set_request_id(NewRequestId());
}

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_REQUEST_ID_H_
