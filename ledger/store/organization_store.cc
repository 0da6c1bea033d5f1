#include "ledger/store/organization_store.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"

namespace lumbung::store {
namespace {

constexpr Statement kCreate = {
    "create_organization",
    "insert into ledger.organization (slug, uid, display_name) values ($1, $2::uuid, $3) "
    "returning organization_id, slug, uid::text, display_name, "
    "(extract(epoch from created_at) * 1000000)::bigint"};

constexpr Statement kFindOrganization = {"find_organization",
                             "select organization_id, slug, uid::text, display_name, "
                             "(extract(epoch from created_at) * 1000000)::bigint "
                             "from ledger.organization where slug = $1"};

constexpr Statement kList = {"list_organizations",
                             "select organization_id, slug, uid::text, display_name, "
                             "(extract(epoch from created_at) * 1000000)::bigint "
                             "from ledger.organization where slug > $1 order by slug limit $2"};

constexpr Statement kHold = {
    "hold_organization",
    "select organization_id from ledger.organization where organization_id = $1 for no key update"};

constexpr Statement kEnter = {"enter_organization",
                              "select set_config('lumbung.organization_id', $1, true), "
                              "set_config('lumbung.registry', '', true)"};

Organization OrganizationOf(const pqxx::row& row) {
  return {StoredId<OrganizationId>(row[0]), row[1].c_str(), row[2].c_str(), row[3].c_str(),
          StoredTime(row[4])};
}

}  // namespace

absl::StatusOr<Organization> CreateOrganization(TransactionScope& scope,
                                                const NewOrganization& organization) {
  LUMBUNG_RETURN_IF_ERROR(ValidateSlug(organization.slug, "organization_id"));
  LUMBUNG_RETURN_IF_ERROR(ValidateName(organization.display_name, "display_name"));
  const pqxx::result rows =
      scope.Execute(kCreate, organization.slug, organization.uid, organization.display_name);
  Organization created = OrganizationOf(rows[0]);
  EnterOrganization(scope, created.id);
  return created;
}

absl::StatusOr<Organization> FindOrganization(TransactionScope& scope, absl::string_view slug) {
  const pqxx::result rows = scope.Execute(kFindOrganization, std::string(slug));
  if (rows.empty()) {
    return NotFound("ORGANIZATION_NOT_FOUND", "",
                    absl::StrCat("there is no organization \"", slug, "\""));
  }
  return OrganizationOf(rows[0]);
}

absl::StatusOr<std::vector<Organization>> ListOrganizations(TransactionScope& scope,
                                                            absl::string_view after, int limit) {
  std::vector<Organization> organizations;
  for (const pqxx::row& row : scope.Execute(kList, std::string(after), limit)) {
    organizations.push_back(OrganizationOf(row));
  }
  return organizations;
}

absl::Status HoldOrganization(TransactionScope& scope) {
  if (scope.Execute(kHold, scope.organization_number()).empty()) {
    return NotFound("ORGANIZATION_NOT_FOUND", "", "there is no such organization");
  }
  return absl::OkStatus();
}

void EnterOrganization(TransactionScope& scope, OrganizationId organization) {
  scope.Execute(kEnter, absl::StrCat(ToInteger(organization)));
  scope.set_organization(organization);
}

}  // namespace lumbung::store
