// The registry of organizations. Finding an organization comes before there is a tenant, so
// creating, finding and listing run in a transaction of organization 0, which sees the registry and
// nothing else.
#ifndef LUMBUNG_LEDGER_STORE_ORGANIZATION_STORE_H_
#define LUMBUNG_LEDGER_STORE_ORGANIZATION_STORE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/store/transaction.h"

namespace lumbung::store {

struct Organization {
  OrganizationId id{};
  std::string slug;
  std::string uid;
  std::string display_name;
  absl::Time created_at;
};

struct NewOrganization {
  std::string slug;
  std::string uid;  // Made by RandomUid.
  std::string display_name;
};

// INVALID_ID, INVALID_TEXT, TEXT_TOO_LONG, ALREADY_EXISTS. The transaction works for the new
// organization from here on.
absl::StatusOr<Organization> CreateOrganization(TransactionScope& scope,
                                                const NewOrganization& organization);

// ORGANIZATION_NOT_FOUND. Slugs never change, so callers may keep the answer.
absl::StatusOr<Organization> FindOrganization(TransactionScope& scope, absl::string_view slug);

// Those whose slug comes after `after`, by slug, at most `limit`.
absl::StatusOr<std::vector<Organization>> ListOrganizations(TransactionScope& scope,
                                                            absl::string_view after, int limit);

// Takes the row lock of the transaction's organization. Others that ask for it wait; posting and
// foreign keys do not. Taken before any book's lock. ORGANIZATION_NOT_FOUND.
absl::Status HoldOrganization(TransactionScope& scope);

// Makes a transaction of organization 0 work for this organization.
void EnterOrganization(TransactionScope& scope, OrganizationId organization);

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_ORGANIZATION_STORE_H_
