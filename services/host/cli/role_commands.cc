// `lumbung role`: who may do what in an organization.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

using identity_v1::RoleGrant;

std::vector<Column> GrantColumns(const Invocation& call) {
  return {call.NewColumn("grant", Label::kGrant),
          call.NewColumn("user_name", Label::kUserName),
          call.NewColumn("role", Label::kRole),
          call.NewColumn("scope", Label::kScope),
          call.NewColumn("start_date", Label::kStarts),
          call.NewColumn("end_date", Label::kEnds),
          call.NewColumn("granted_by", Label::kGrantedBy),
          call.NewColumn("revoke_time", Label::kRevoked)};
}

std::vector<Cell> GrantCells(const Invocation& call, const RoleGrant& grant) {
  return {LastId(grant.name()), grant.user_name(),
          grant.role(),         grant.scope(),
          grant.start_date(),   grant.end_date(),
          grant.granted_by(),   ShowInstant(call, grant.revoke_time())};
}

constexpr RecordLayout<RoleGrant> kGrants{GrantColumns, GrantCells};

void AddRoleGrant(CLI::App& group, Client& client) {
  const auto request = std::make_shared<identity_v1::GrantRoleRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"grant", "Give a person a role", "lumbung role grant budi auditor --end-date 2026-12-31"},
      Scope::kOrganization, [request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(const RoleGrant grant,
                                 call.session().Call(&IdentityApi::GrantRole, *request));
        WriteRecord(call, grant, kGrants);
        return absl::OkStatus();
      });
  command->add_option("USER", *request->mutable_user_name(), "The person's user name")->required();
  command
      ->add_option("ROLE", *request->mutable_role(),
                   "finance_officer, approver, treasurer, manager, auditor, donor, supervisor, "
                   "organization_admin")
      ->required();
  command
      ->add_option("--scope", *request->mutable_scope(),
                   "Where it holds: books/ID, books/ID/funds/ID, regions/PREFIX (default: the "
                   "whole organization)")
      ->type_name("SCOPE");
  AddDateOption(command, "--start-date", *request->mutable_start_date(),
                "First day on which it holds (default: at once)");
  AddDateOption(command, "--end-date", *request->mutable_end_date(),
                "Last day on which it holds (default: until it is revoked)");
}

void AddRoleRevoke(CLI::App& group, Client& client) {
  const auto id = std::make_shared<std::string>();
  CLI::App* const command =
      AddCommand(group, client, {"revoke", "Take a role away, at once", "lumbung role revoke 17"},
                 Scope::kOrganization, [id](Invocation& call) -> absl::Status {
                   identity_v1::RevokeRoleRequest request;
                   request.set_name(absl::StrCat("roleGrants/", *id));
                   LUMBUNG_ASSIGN_OR_RETURN(const RoleGrant grant,
                                            call.session().Call(&IdentityApi::RevokeRole, request));
                   WriteRecord(call, grant, kGrants);
                   return absl::OkStatus();
                 });
  command->add_option("GRANT", *id, "The grant's number, as `role list` shows it")->required();
}

void AddRoleList(CLI::App& group, Client& client) {
  const auto request = std::make_shared<identity_v1::ListRoleGrantsRequest>();
  CLI::App* const command = AddCommand(
      group, client, {"list", "List who has which role", "lumbung role list --user siti"},
      Scope::kOrganization, [request](Invocation& call) {
        return WriteList(call, &IdentityApi::ListRoleGrants, *request, "role_grants",
                         &identity_v1::ListRoleGrantsResponse::role_grants, kGrants);
      });
  command->add_option("--user", *request->mutable_user_name(), "Only this person's")
      ->type_name("NAME");
  command->add_flag_callback(
      "--revoked", [request] { request->set_show_revoked(true); }, "Revoked ones as well");
}

}  // namespace

void AddRoleCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "role", "Roles: who may do what");
  AddRoleGrant(*group, client);
  AddRoleRevoke(*group, client);
  AddRoleList(*group, client);
}

}  // namespace lumbung::cli
