// Between what identity stores and what its API says.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_CONVERSION_H_
#define LUMBUNG_SERVICES_IDENTITY_API_CONVERSION_H_

#include <optional>
#include <string>

#include <google/protobuf/message.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lumbung/identity/v1/identity_service.pb.h"
#include "services/identity/store/api_key_store.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"

namespace lumbung::identity {

v1::Person PersonToProto(const StoredPerson& person);
v1::RoleGrant GrantToProto(const StoredGrant& grant);
v1::ApiKey ApiKeyToProto(const StoredApiKey& key);
v1::OrganizationSettings SettingsToProto(const OrganizationSettings& settings);
v1::AuditEvent AuditEventToProto(const audit::StoredEvent& event);

// INVALID_FILTER.
absl::StatusOr<audit::Filter> AuditFilterFromProto(const v1::AuditFilter& filter);

void SetTimestamp(absl::Time time, google::protobuf::Timestamp* timestamp);

// On one line; for the audit trail.
std::string JsonOf(const google::protobuf::Message& message);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_CONVERSION_H_
