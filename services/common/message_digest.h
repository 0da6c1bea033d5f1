// A digest of what a message says. Protobuf's own bytes may differ between versions and runs for
// equal messages, and digests of requests are kept for ever; so the fields are laid out here.
#ifndef LUMBUNG_SERVICES_COMMON_MESSAGE_DIGEST_H_
#define LUMBUNG_SERVICES_COMMON_MESSAGE_DIGEST_H_

#include <initializer_list>
#include <string>

#include <google/protobuf/message.h>

#include "absl/strings/string_view.h"

namespace lumbung {

// SHA-256 (32 bytes) over the message type and every field that is set, by number, whole maps in
// order of their keys' bytes; the fields of the message itself that are named in `without` are left
// out. A field added to a message later does not change the digests of messages that lack it.
std::string MessageDigest(const google::protobuf::Message& message,
                          std::initializer_list<absl::string_view> without);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_MESSAGE_DIGEST_H_
