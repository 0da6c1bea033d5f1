// The canonical bytes of an audit event: what is hashed into the log. Layout in canonical_event.md.
// What may tell of a person enters as a salted hash, as in entries.
#ifndef LUMBUNG_SERVICES_LOG_DOMAIN_CANONICAL_EVENT_H_
#define LUMBUNG_SERVICES_LOG_DOMAIN_CANONICAL_EVENT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace lumbung::log {

// No entry's and no key record's bytes begin with it.
inline constexpr std::uint8_t kEventMark = 65;

struct EventFields {
  std::int64_t event_id = 0;
  absl::Time recorded_at;
  std::int64_t person = 0;  // 0: nobody was signed in.
  std::string user_name;
  std::string display_name;
  std::string from_address;
  std::string method;
  std::string action;
  std::string resource;
  std::string before;  // JSON as the database prints it, or empty.
  std::string after;
  std::string request_id;
  std::string reason;
};

// `salt` is kSaltBytes random bytes, fresh for each event; `origin` is that of the log.
std::string CanonicalEventBytes(absl::string_view origin, const EventFields& event,
                                absl::string_view salt);

}  // namespace lumbung::log

#endif  // LUMBUNG_SERVICES_LOG_DOMAIN_CANONICAL_EVENT_H_
