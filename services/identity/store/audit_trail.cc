#include "services/identity/store/audit_trail.h"

#include <limits>

#include "absl/strings/ascii.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"

namespace lumbung::audit {
namespace {

using store::Statement;

constexpr Statement kRecord = {
    "audit_record",
    "insert into identity.audit_event (organization_id, person_id, user_name, display_name, "
    "from_address, method, action, resource, before, after, request_id, reason) "
    "values ($1, nullif($2::bigint, 0), $3, $4, $5, $6, $7, $8, nullif($9, '')::jsonb, "
    "nullif($10, '')::jsonb, $11, $12)"};

constexpr Statement kList = {
    "audit_list",
    "select event_id, (extract(epoch from recorded_at) * 1000000)::bigint, "
    "coalesce(person_id, 0), user_name, display_name, from_address, method, action, resource, "
    "coalesce(before::text, ''), coalesce(after::text, ''), request_id, reason "
    "from identity.audit_event "
    "where organization_id = $1 and event_id < $2 "
    "and recorded_at >= $3::timestamptz and recorded_at <= $4::timestamptz "
    "and ($5 = '' or user_name = $5) and ($6 = '' or action = $6) "
    "and ($7 = '' or method = $7 or right(method, length($7) + 1) = '/' || $7) "
    "and ($8 = '' or starts_with(resource, $8)) and ($9 = '' or request_id = $9) "
    "and (not $10 or reason <> '') "
    "order by event_id desc limit $11"};

std::string BoundText(absl::Time time) {
  if (time == absl::InfinitePast()) return "-infinity";
  if (time == absl::InfiniteFuture()) return "infinity";
  return store::TimeText(time);
}

// "grant_role" of ".../GrantRole".
std::string ActionOf(absl::string_view method) {
  std::string action;
  for (const char c : method.substr(method.rfind('/') + 1)) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !action.empty()) action += '_';
    action += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return action;
}

}  // namespace

Event EventOf(const CallScope& call, absl::string_view resource) {
  Event event;
  event.person = call.access.person;
  event.user_name = call.access.actor;
  event.display_name = call.access.display_name;
  event.from_address = call.access.from_address;
  event.method = std::string(call.method);
  event.action = ActionOf(call.method);
  event.resource = std::string(resource);
  event.request_id = call.call_id;
  return event;
}

void Record(store::TransactionScope& scope, const Event& event) {
  scope.Execute(kRecord, scope.organization_number(), event.person, event.user_name,
                event.display_name, event.from_address, event.method, event.action, event.resource,
                event.before, event.after, event.request_id, event.reason);
}

std::vector<StoredEvent> List(store::TransactionScope& scope, const Filter& filter,
                              std::int64_t before, int limit) {
  std::vector<StoredEvent> events;
  for (const pqxx::row& row : scope.Execute(
           kList, scope.organization_number(),
           before == 0 ? std::numeric_limits<std::int64_t>::max() : before, BoundText(filter.from),
           BoundText(filter.to), filter.user_name, filter.action, filter.method, filter.resource,
           filter.request_id, filter.only_refused, limit)) {
    StoredEvent stored;
    stored.event_id = row[0].as<std::int64_t>();
    stored.recorded_at = store::StoredTime(row[1]);
    stored.event.person = row[2].as<std::int64_t>();
    stored.event.user_name = row[3].c_str();
    stored.event.display_name = row[4].c_str();
    stored.event.from_address = row[5].c_str();
    stored.event.method = row[6].c_str();
    stored.event.action = row[7].c_str();
    stored.event.resource = row[8].c_str();
    stored.event.before = row[9].c_str();
    stored.event.after = row[10].c_str();
    stored.event.request_id = row[11].c_str();
    stored.event.reason = row[12].c_str();
    events.push_back(std::move(stored));
  }
  return events;
}

}  // namespace lumbung::audit
