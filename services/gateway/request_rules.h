// What a request must look like before anybody reads its body: no two ways to understand it, and
// meant for this server.
#ifndef LUMBUNG_SERVICES_GATEWAY_REQUEST_RULES_H_
#define LUMBUNG_SERVICES_GATEWAY_REQUEST_RULES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/gateway/http_message.h"

namespace lumbung::gateway {

// The answer to a request that breaks a rule; nothing when it may be read on. `http_version` is 11
// for HTTP/1.1. `host_names` are the server's, besides those of this machine. The connection is
// closed after a refusal: where the next request begins is not sure.
std::optional<HttpResponse> CheckRequestHead(int http_version, const HttpRequest& request,
                                             const std::vector<std::string>& host_names);

// A refusal in plain words.
HttpResponse PlainAnswer(int status, absl::string_view text);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_REQUEST_RULES_H_
