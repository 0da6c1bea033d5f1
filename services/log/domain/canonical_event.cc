#include "services/log/domain/canonical_event.h"

#include "ledger/log/byte_writer.h"
#include "ledger/log/canonical_entry.h"

namespace lumbung::log {

std::string CanonicalEventBytes(absl::string_view origin, const EventFields& event,
                                absl::string_view salt) {
  ByteWriter out;
  out.U8(kEventMark);
  out.U8(kCanonicalVersion);
  out.Text(origin);
  out.U64(static_cast<std::uint64_t>(event.event_id));
  out.U64(static_cast<std::uint64_t>(absl::ToUnixMicros(event.recorded_at)));
  out.U64(static_cast<std::uint64_t>(event.person));
  out.Text(event.method);
  out.Text(event.action);
  out.Text(event.request_id);
  out.Text(event.reason);
  out.Raw(SaltedHash(salt, event.user_name));
  out.Raw(SaltedHash(salt, event.display_name));
  out.Raw(SaltedHash(salt, event.from_address));
  out.Raw(SaltedHash(salt, event.resource));
  out.Raw(SaltedHash(salt, event.before));
  out.Raw(SaltedHash(salt, event.after));
  return out.Take();
}

}  // namespace lumbung::log
