// A call by the gateway, with an empty message, and its answer as a status.
#ifndef LUMBUNG_TESTS_ACCESS_HTTP_DOOR_H_
#define LUMBUNG_TESTS_ACCESS_HTTP_DOOR_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace lumbung::testing {

// `gives_stream`: the answer is in the end of the stream.
absl::Status AskByHttp(std::uint16_t port, const std::string& path, bool gives_stream,
                       const std::string& token, const std::string& organization);

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_ACCESS_HTTP_DOOR_H_
