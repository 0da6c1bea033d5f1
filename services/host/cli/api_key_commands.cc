// `lumbung api-key`: what systems sign in with.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

using identity_v1::ApiKey;

std::vector<Column> KeyColumns(const Invocation& call) {
  return {call.NewColumn("api_key", Label::kApiKey),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
          call.NewColumn("user_name", Label::kUserName),
          call.NewColumn("roles", Label::kRoles),
          call.NewColumn("scope", Label::kScope),
          call.NewColumn("expire_time", Label::kExpires),
          call.NewColumn("last_use_time", Label::kLastUse),
          call.NewColumn("revoke_time", Label::kRevoked)};
}

std::vector<Cell> KeyCells(const Invocation& call, const ApiKey& key) {
  return {LastId(key.name()),
          key.display_name(),
          key.user_name(),
          absl::StrJoin(key.roles(), " "),
          key.scope(),
          ShowInstant(call, key.expire_time()),
          ShowInstant(call, key.last_use_time()),
          ShowInstant(call, key.revoke_time())};
}

constexpr RecordLayout<ApiKey> kApiKeys{KeyColumns, KeyCells};

struct ApiKeyOptions {
  identity_v1::CreateApiKeyRequest request;
  std::vector<std::string> roles;
  std::string expire_date;
};

void AddApiKeyCreate(CLI::App& group, Client& client) {
  const auto options = std::make_shared<ApiKeyOptions>();
  CLI::App* const command = AddCommand(
      group, client,
      {"create", "Make a key for a system; it is shown once",
       "lumbung api-key create --user donor-system --role donor --scope "
       "books/main/funds/usaid --display-name \"USAID reporting\""},
      Scope::kOrganization, [options](Invocation& call) -> absl::Status {
        identity_v1::CreateApiKeyRequest& request = options->request;
        for (const std::string& role : options->roles) request.add_roles(role);
        if (!options->expire_date.empty()) {
          LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_expire_time(),
                                   ParseInstant("--expire-date", options->expire_date));
        }
        LUMBUNG_ASSIGN_OR_RETURN(const identity_v1::CreateApiKeyResponse response,
                                 call.session().Call(&IdentityApi::CreateApiKey, request));
        if (call.json()) {
          call.console().out << ToIndentedJson(response);
        } else {
          call.WriteNote("Keep it now; it is not shown again.");
          call.WriteLine(response.key());
        }
        return absl::OkStatus();
      });
  command
      ->add_option("--user", *options->request.mutable_user_name(),
                   "Whom it acts for (default: you)")
      ->type_name("NAME");
  command->add_option("--role", options->roles, "A role of that person; may be repeated")
      ->type_name("ROLE")
      ->required();
  command
      ->add_option("--scope", *options->request.mutable_scope(),
                   "Narrows the person's roles to books/ID or books/ID/funds/ID")
      ->type_name("SCOPE");
  command->add_option("--display-name", *options->request.mutable_display_name(), "What it is for")
      ->type_name("NAME");
  command
      ->add_option("--certificate-sha256", *options->request.mutable_certificate_sha256(),
                   "Binds it to a client certificate, which then works without the key, too")
      ->type_name("HEX");
  AddDateOption(command, "--expire-date", options->expire_date,
                "Last day on which it is good (default: in a year, which is the most)");
}

void AddApiKeyList(CLI::App& group, Client& client) {
  AddCommand(group, client,
             {"list", "List the keys, without their secrets", "lumbung api-key list"},
             Scope::kOrganization, [](Invocation& call) {
               return WriteList(call, &IdentityApi::ListApiKeys, identity_v1::ListApiKeysRequest(),
                                "api_keys", &identity_v1::ListApiKeysResponse::api_keys, kApiKeys);
             });
}

void AddApiKeyRevoke(CLI::App& group, Client& client) {
  const auto id = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client, {"revoke", "End a key, at once", "lumbung api-key revoke abcdefgh2345"},
      Scope::kOrganization, [id](Invocation& call) -> absl::Status {
        identity_v1::RevokeApiKeyRequest request;
        request.set_name(absl::StrCat("apiKeys/", *id));
        LUMBUNG_ASSIGN_OR_RETURN(const ApiKey key,
                                 call.session().Call(&IdentityApi::RevokeApiKey, request));
        WriteRecord(call, key, kApiKeys);
        return absl::OkStatus();
      });
  command->add_option("KEY", *id, "What `api-key list` shows of it")->required();
}

}  // namespace

void AddApiKeyCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "api-key", "Keys with which systems sign in");
  AddApiKeyCreate(*group, client);
  AddApiKeyList(*group, client);
  AddApiKeyRevoke(*group, client);
}

}  // namespace lumbung::cli
