#include "services/common/page_token.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/common/message_digest.h"

namespace lumbung {
namespace {

// Guards against mistakes, not against forgery: a token gives access to nothing.
constexpr std::size_t kChecksumBytes = 8;
constexpr std::size_t kMaxTokenLength = 2'048;

std::string Checksum(const google::protobuf::Message& request) {
  return MessageDigest(request, {"page_size", "page_token"}).substr(0, kChecksumBytes);
}

}  // namespace

std::string MakePageToken(const google::protobuf::Message& request, absl::string_view position) {
  return absl::WebSafeBase64Escape(absl::StrCat(Checksum(request), position));
}

absl::StatusOr<std::string> ReadPageToken(const google::protobuf::Message& request,
                                          absl::string_view token) {
  if (token.empty()) return std::string();
  std::string bytes;
  if (token.size() > kMaxTokenLength || !absl::WebSafeBase64Unescape(token, &bytes) ||
      bytes.size() < kChecksumBytes || bytes.substr(0, kChecksumBytes) != Checksum(request)) {
    return InvalidArgument("INVALID_PAGE_TOKEN", "page_token",
                           "the page token does not belong to a request like this one; start again "
                           "without a token, or repeat the request that gave it");
  }
  return bytes.substr(kChecksumBytes);
}

absl::StatusOr<int> PageSize(int requested) {
  if (requested < 0) {
    return InvalidArgument(
        "INVALID_PAGE_SIZE", "page_size",
        absl::StrCat("a page size of ", requested, "; 0 for the default, or more, is allowed"));
  }
  return requested == 0 ? kDefaultPageSize : std::min(requested, kMaxPageSize);
}

}  // namespace lumbung
