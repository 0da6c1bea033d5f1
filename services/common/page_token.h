// Page tokens: where a list goes on, opaque to the client. A token carries a checksum of the
// request it came from, so that it cannot continue a list with other filters.
#ifndef LUMBUNG_SERVICES_COMMON_PAGE_TOKEN_H_
#define LUMBUNG_SERVICES_COMMON_PAGE_TOKEN_H_

#include <string>

#include <google/protobuf/message.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung {

inline constexpr int kDefaultPageSize = 100;
inline constexpr int kMaxPageSize = 1'000;

// `position` is whatever the list needs to go on: normally the key of the last item given.
std::string MakePageToken(const google::protobuf::Message& request, absl::string_view position);

// The position in a token, or "" for an empty token. INVALID_PAGE_TOKEN when the token is damaged
// or comes from a request that differs in anything but `page_size` and `page_token`.
absl::StatusOr<std::string> ReadPageToken(const google::protobuf::Message& request,
                                          absl::string_view token);

// 0 is the default, more than the maximum is the maximum. INVALID_PAGE_SIZE when negative.
absl::StatusOr<int> PageSize(int requested);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_PAGE_TOKEN_H_
