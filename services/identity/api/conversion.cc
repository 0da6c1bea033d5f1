#include "services/identity/api/conversion.h"

#include <cstdint>

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/common/resource_names.h"

namespace lumbung::identity {
namespace {

// Seconds of the years 1 and 9999, the bounds of a Timestamp.
constexpr std::int64_t kMinSeconds = -62'135'596'800;
constexpr std::int64_t kMaxSeconds = 253'402'300'799;

absl::StatusOr<absl::Time> TimeFrom(const google::protobuf::Timestamp& timestamp,
                                    absl::string_view field) {
  if (timestamp.seconds() < kMinSeconds || timestamp.seconds() > kMaxSeconds ||
      timestamp.nanos() < 0 || timestamp.nanos() >= 1'000'000'000) {
    return InvalidArgument("INVALID_FILTER", field, "this is no moment of the years 1 to 9999");
  }
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

}  // namespace

void SetTimestamp(absl::Time time, google::protobuf::Timestamp* timestamp) {
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  timestamp->set_seconds(seconds);
  timestamp->set_nanos(
      static_cast<std::int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

v1::Person PersonToProto(const StoredPerson& person) {
  v1::Person proto;
  proto.set_name(ResourceName({{"people", person.user_name}}));
  proto.set_user_name(person.user_name);
  proto.set_display_name(person.display_name);
  proto.set_disabled(person.disabled);
  proto.set_must_change_password(person.must_change_password);
  proto.set_totp_enrolled(person.totp_enrolled);
  proto.set_can_sign_in(person.has_password || !person.issuer.empty());
  proto.set_issuer(person.issuer);
  proto.set_subject(person.subject);
  proto.set_platform_operator(person.platform_operator);
  SetTimestamp(person.created_at, proto.mutable_create_time());
  if (person.last_sign_in_at) {
    SetTimestamp(*person.last_sign_in_at, proto.mutable_last_sign_in_time());
  }
  return proto;
}

v1::RoleGrant GrantToProto(const StoredGrant& grant) {
  v1::RoleGrant proto;
  proto.set_name(ResourceName({{"roleGrants", absl::StrCat(grant.grant_id)}}));
  proto.set_user_name(grant.user_name);
  proto.set_role(grant.role);
  proto.set_scope(grant.scope);
  if (grant.starts_on) proto.set_start_date(grant.starts_on->ToString());
  if (grant.ends_on) proto.set_end_date(grant.ends_on->ToString());
  proto.set_granted_by(grant.granted_by);
  SetTimestamp(grant.granted_at, proto.mutable_grant_time());
  if (grant.revoked_at) SetTimestamp(*grant.revoked_at, proto.mutable_revoke_time());
  return proto;
}

v1::ApiKey ApiKeyToProto(const StoredApiKey& key) {
  v1::ApiKey proto;
  proto.set_name(ResourceName({{"apiKeys", key.prefix}}));
  proto.set_display_name(key.display_name);
  proto.set_user_name(key.user_name);
  for (const std::string& role : key.roles) proto.add_roles(role);
  proto.set_scope(key.scope);
  proto.set_certificate_sha256(key.certificate_hash);
  SetTimestamp(key.created_at, proto.mutable_create_time());
  SetTimestamp(key.expires_at, proto.mutable_expire_time());
  if (key.revoked_at) SetTimestamp(*key.revoked_at, proto.mutable_revoke_time());
  if (key.last_used_at) SetTimestamp(*key.last_used_at, proto.mutable_last_use_time());
  return proto;
}

v1::OrganizationSettings SettingsToProto(const OrganizationSettings& settings) {
  v1::OrganizationSettings proto;
  proto.set_small_organization(settings.small_organization);
  proto.set_region_code(settings.region_code);
  return proto;
}

v1::AuditEvent AuditEventToProto(const audit::StoredEvent& stored) {
  const audit::Event& event = stored.event;
  v1::AuditEvent proto;
  proto.set_event_id(stored.event_id);
  SetTimestamp(stored.recorded_at, proto.mutable_record_time());
  proto.set_user_name(event.user_name);
  proto.set_display_name(event.display_name);
  proto.set_from_address(event.from_address);
  proto.set_method(event.method);
  proto.set_action(event.action);
  proto.set_resource(event.resource);
  proto.set_before(event.before);
  proto.set_after(event.after);
  proto.set_request_id(event.request_id);
  proto.set_reason(event.reason);
  return proto;
}

absl::StatusOr<audit::Filter> AuditFilterFromProto(const v1::AuditFilter& proto) {
  audit::Filter filter;
  if (proto.has_from_time()) {
    LUMBUNG_ASSIGN_OR_RETURN(filter.from, TimeFrom(proto.from_time(), "filter.from_time"));
  }
  if (proto.has_to_time()) {
    LUMBUNG_ASSIGN_OR_RETURN(filter.to, TimeFrom(proto.to_time(), "filter.to_time"));
  }
  filter.user_name = proto.user_name();
  filter.action = proto.action();
  filter.method = proto.method();
  filter.resource = proto.resource();
  filter.request_id = proto.request_id();
  filter.only_refused = proto.only_refused();
  for (const std::string* text :
       {&filter.user_name, &filter.action, &filter.method, &filter.resource, &filter.request_id}) {
    if (text->find('\0') != std::string::npos) {
      return InvalidArgument("INVALID_FILTER", "filter", "a filter has no character of value 0");
    }
  }
  return filter;
}

std::string JsonOf(const google::protobuf::Message& message) {
  std::string json;
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) return "";
  return json;
}

}  // namespace lumbung::identity
