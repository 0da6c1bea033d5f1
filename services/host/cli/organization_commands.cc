#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/host/cli/choice.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

std::vector<Column> OrganizationColumns(const Invocation& call) {
  return {call.NewColumn("organization", Label::kOrganization),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
          call.NewColumn("create_time", Label::kCreated)};
}

std::vector<Cell> OrganizationCells(const Invocation& call, const v1::Organization& organization) {
  return {LastId(organization.name()), organization.display_name(),
          ShowInstant(call, organization.create_time())};
}

constexpr RecordLayout<v1::Organization> kOrganizations{OrganizationColumns, OrganizationCells};

void AddOrganizationCreate(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::CreateOrganizationRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"create", "Make an organization",
       "lumbung organization create melati --display-name \"Yayasan Melati\""},
      Scope::kServer, [request](Invocation& call) -> absl::Status {
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(const v1::Organization organization,
                                 call.session().Call(&BooksApi::CreateOrganization, *request));
        WriteRecord(call, organization, kOrganizations);
        return absl::OkStatus();
      });
  command
      ->add_option("ID", *request->mutable_organization_id(), "Lower-case letters, digits and '-'")
      ->required();
  command->add_option("--display-name", *request->mutable_display_name(), "What people call it")
      ->type_name("NAME");
  command->add_flag_callback(
      "--small", [request] { request->set_small_organization(true); },
      "One person may hold roles that exclude each other elsewhere");
  AddWriteOptions(command, *request);
}

void AddOrganizationList(CLI::App& group, Client& client) {
  AddCommand(
      group, client,
      {"list", "List the organizations in which you have a role", "lumbung organization list"},
      Scope::kServer, [](Invocation& call) {
        return WriteList(call, &BooksApi::ListOrganizations, v1::ListOrganizationsRequest(),
                         "organizations", &v1::ListOrganizationsResponse::organizations,
                         kOrganizations);
      });
}

void AddOrganizationShow(CLI::App& group, Client& client) {
  const auto id = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client, {"show", "Show one organization", "lumbung organization show melati"},
      Scope::kOrganization, [id](Invocation& call) -> absl::Status {
        if (!id->empty()) call.session().UseOrganization(*id);
        LUMBUNG_ASSIGN_OR_RETURN(const std::string own_id, call.session().Organization());
        v1::GetOrganizationRequest request;
        request.set_name("organizations/" + own_id);
        LUMBUNG_ASSIGN_OR_RETURN(const v1::Organization organization,
                                 call.session().Call(&BooksApi::GetOrganization, request));
        WriteRecord(call, organization, kOrganizations);
        return absl::OkStatus();
      });
  command->add_option("ID", *id, "The same as --organization");
}

std::vector<Column> SettingsColumns(const Invocation& call) {
  return {call.NewColumn("small_organization", Label::kSmallOrganization),
          call.NewColumn("region_code", Label::kRegion)};
}

std::vector<Cell> SettingsCells(const Invocation& call,
                                const identity_v1::OrganizationSettings& settings) {
  return {ShowFlag(call, settings.small_organization()), settings.region_code()};
}

constexpr RecordLayout<identity_v1::OrganizationSettings> kSettings{SettingsColumns, SettingsCells};

constexpr Choice<bool> kOnOff[] = {{"on", true}, {"off", false}};

struct SettingsOptions {
  std::optional<bool> small;
  std::optional<std::string> region;
};

void AddOrganizationSettings(CLI::App& group, Client& client) {
  const auto options = std::make_shared<SettingsOptions>();
  CLI::App* const command = AddCommand(
      group, client,
      {"settings", "Show what the organization has decided about roles, or change it",
       "lumbung organization settings --small on"},
      Scope::kOrganization, [options](Invocation& call) -> absl::Status {
        identity_v1::UpdateOrganizationSettingsRequest request;
        if (options->small) {
          request.mutable_settings()->set_small_organization(*options->small);
          request.add_update_paths("small_organization");
        }
        if (options->region) {
          request.mutable_settings()->set_region_code(*options->region);
          request.add_update_paths("region_code");
        }
        LUMBUNG_ASSIGN_OR_RETURN(
            const identity_v1::OrganizationSettings settings,
            request.update_paths().empty()
                ? call.session().Call(&IdentityApi::GetOrganizationSettings,
                                      identity_v1::GetOrganizationSettingsRequest())
                : call.session().Call(&IdentityApi::UpdateOrganizationSettings, request));
        WriteRecord(call, settings, kSettings);
        return absl::OkStatus();
      });
  AddChoiceOption(command, "--small", options->small, kOnOff,
                  "Whether one person may hold roles that exclude each other");
  command->add_option("--region", options->region, "Region code, such as 32.04.05.2001")
      ->type_name("CODE");
}

}  // namespace

void AddOrganizationCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "organization", "Organizations: the owners of books");
  AddOrganizationCreate(*group, client);
  AddOrganizationList(*group, client);
  AddOrganizationShow(*group, client);
  AddOrganizationSettings(*group, client);
}

}  // namespace lumbung::cli
