// `lumbung user`: the people of an organization or of the platform, and one's own proofs.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/secret_input.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

using identity_v1::Person;

std::vector<Column> PersonColumns(const Invocation& call) {
  return {call.NewColumn("user_name", Label::kUserName),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
          call.NewColumn("disabled", Label::kDisabled),
          call.NewColumn("totp_enrolled", Label::kCodes),
          call.NewColumn("last_sign_in_time", Label::kLastSignIn)};
}

std::vector<Cell> PersonCells(const Invocation& call, const Person& person) {
  return {person.user_name(), person.display_name(), ShowFlag(call, person.disabled()),
          ShowFlag(call, person.totp_enrolled()), ShowInstant(call, person.last_sign_in_time())};
}

constexpr RecordLayout<Person> kPeople{PersonColumns, PersonCells};

// For platform operators, whose people belong to no organization.
void AddPlatformFlag(CLI::App* command, bool& platform) {
  command->add_flag("--platform", platform, "The people of the platform, not of an organization");
}

void WriteOneTimePassword(Invocation& call, const google::protobuf::Message& response,
                          const std::string& user_name, const std::string& password) {
  if (call.json()) {
    call.console().out << ToIndentedJson(response);
    return;
  }
  call.WriteLine(absl::StrCat("One-time password of ", user_name, ", shown this once: ", password));
}

void AddUserCreate(CLI::App& group, Client& client) {
  const auto request = std::make_shared<identity_v1::CreatePersonRequest>();
  const auto platform = std::make_shared<bool>(false);
  CLI::App* const command = AddCommand(
      group, client,
      {"create", "Make a person, with a password for one sign-in",
       "lumbung user create siti --display-name \"Siti Rahayu\""},
      Scope::kOrganization, [request, platform](Invocation& call) -> absl::Status {
        if (*platform) call.session().UsePlatform();
        LUMBUNG_ASSIGN_OR_RETURN(const identity_v1::CreatePersonResponse response,
                                 call.session().Call(&IdentityApi::CreatePerson, *request));
        if (response.one_time_password().empty()) {
          WriteRecord(call, response.person(), kPeople);
        } else {
          WriteOneTimePassword(call, response, request->user_name(), response.one_time_password());
        }
        return absl::OkStatus();
      });
  command->add_option("USER", *request->mutable_user_name(), "What the person types to sign in")
      ->required();
  command->add_option("--display-name", *request->mutable_display_name(), "What people read")
      ->type_name("NAME");
  command->add_flag_callback(
      "--without-password", [request] { request->set_without_password(true); },
      "For a system, which acts through API keys alone");
  AddPlatformFlag(command, *platform);
}

void AddUserList(CLI::App& group, Client& client) {
  const auto platform = std::make_shared<bool>(false);
  CLI::App* const command = AddCommand(
      group, client, {"list", "List the people", "lumbung user list"}, Scope::kOrganization,
      [platform](Invocation& call) -> absl::Status {
        if (*platform) call.session().UsePlatform();
        return WriteList(call, &IdentityApi::ListPeople, identity_v1::ListPeopleRequest(), "people",
                         &identity_v1::ListPeopleResponse::people, kPeople);
      });
  AddPlatformFlag(command, *platform);
}

void AddUserDisable(CLI::App& group, Client& client, bool disabled) {
  const auto request = std::make_shared<identity_v1::UpdatePersonRequest>();
  const auto user_name = std::make_shared<std::string>();
  const auto platform = std::make_shared<bool>(false);
  const CommandText text =
      disabled
          ? CommandText{"disable", "Sign a person out everywhere and let them in no more",
                        "lumbung user disable siti"}
          : CommandText{"enable", "Let a disabled person in again", "lumbung user enable siti"};
  CLI::App* const command = AddCommand(
      group, client, text, Scope::kOrganization,
      [request, user_name, platform, disabled](Invocation& call) -> absl::Status {
        if (*platform) call.session().UsePlatform();
        request->mutable_person()->set_name(PersonName(*user_name));
        request->mutable_person()->set_disabled(disabled);
        request->add_update_paths("disabled");
        LUMBUNG_ASSIGN_OR_RETURN(const Person person,
                                 call.session().Call(&IdentityApi::UpdatePerson, *request));
        WriteRecord(call, person, kPeople);
        return absl::OkStatus();
      });
  command->add_option("USER", *user_name, "The person's user name")->required();
  AddPlatformFlag(command, *platform);
}

void AddResetPassword(CLI::App& group, Client& client) {
  const auto user_name = std::make_shared<std::string>();
  const auto platform = std::make_shared<bool>(false);
  CLI::App* const command = AddCommand(
      group, client,
      {"reset-password", "Give a person a new password for one sign-in",
       "lumbung user reset-password siti"},
      Scope::kOrganization, [user_name, platform](Invocation& call) -> absl::Status {
        if (*platform) call.session().UsePlatform();
        identity_v1::ResetPasswordRequest request;
        request.set_name(PersonName(*user_name));
        LUMBUNG_ASSIGN_OR_RETURN(const identity_v1::ResetPasswordResponse response,
                                 call.session().Call(&IdentityApi::ResetPassword, request));
        WriteOneTimePassword(call, response, *user_name, response.one_time_password());
        return absl::OkStatus();
      });
  command->add_option("USER", *user_name, "The person's user name")->required();
  AddPlatformFlag(command, *platform);
}

void AddLink(CLI::App& group, Client& client) {
  const auto request = std::make_shared<identity_v1::LinkIdentityRequest>();
  const auto platform = std::make_shared<bool>(false);
  const auto user_name = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client,
      {"link", "Let a person sign in with an identity provider",
       "lumbung user link siti --provider kantor --subject 8f14e45f"},
      Scope::kOrganization, [request, platform, user_name](Invocation& call) -> absl::Status {
        if (*platform) call.session().UsePlatform();
        request->set_name(PersonName(*user_name));
        LUMBUNG_ASSIGN_OR_RETURN(const Person person,
                                 call.session().Call(&IdentityApi::LinkIdentity, *request));
        WriteRecord(call, person, kPeople);
        return absl::OkStatus();
      });
  command->add_option("USER", *user_name, "The person's user name")->required();
  command
      ->add_option("--provider", *request->mutable_provider_id(),
                   "The provider, as the server's operator calls it")
      ->type_name("ID")
      ->required();
  command
      ->add_option("--subject", *request->mutable_subject(),
                   "The provider's own name for the person (\"sub\"), not an address of mail")
      ->type_name("TEXT")
      ->required();
  AddPlatformFlag(command, *platform);
}

void AddUnlink(CLI::App& group, Client& client) {
  const auto platform = std::make_shared<bool>(false);
  const auto user_name = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client, {"unlink", "End that, and the person's sessions", "lumbung user unlink siti"},
      Scope::kOrganization, [platform, user_name](Invocation& call) -> absl::Status {
        if (*platform) call.session().UsePlatform();
        identity_v1::UnlinkIdentityRequest request;
        request.set_name(PersonName(*user_name));
        LUMBUNG_ASSIGN_OR_RETURN(const Person person,
                                 call.session().Call(&IdentityApi::UnlinkIdentity, request));
        WriteRecord(call, person, kPeople);
        return absl::OkStatus();
      });
  command->add_option("USER", *user_name, "The person's user name")->required();
  AddPlatformFlag(command, *platform);
}

struct ChangePasswordOptions {
  std::string password_file;
  std::string new_password_file;
};

void AddChangePassword(CLI::App& group, Client& client) {
  const auto options = std::make_shared<ChangePasswordOptions>();
  CLI::App* const command = AddCommand(
      group, client,
      {"change-password", "Change your own password", "lumbung user change-password"},
      Scope::kServer, [options](Invocation& call) -> absl::Status {
        identity_v1::ChangePasswordRequest request;
        LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_current_password(),
                                 ReadSecret(call.console(), {.file = options->password_file,
                                                             .flag = "--password-file",
                                                             .variable = "LUMBUNG_PASSWORD",
                                                             .question = "Current password: "}));
        LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_new_password(),
                                 ReadSecret(call.console(), {.file = options->new_password_file,
                                                             .flag = "--new-password-file",
                                                             .variable = "LUMBUNG_NEW_PASSWORD",
                                                             .question = "New password: ",
                                                             .twice = true}));
        LUMBUNG_RETURN_IF_ERROR(
            call.session().Call(&IdentityApi::ChangePassword, request).status());
        call.WriteLine("The password is changed; your other sessions have ended.");
        return absl::OkStatus();
      });
  command->add_option("--password-file", options->password_file, "File with the current password")
      ->type_name("FILE");
  command
      ->add_option("--new-password-file", options->new_password_file, "File with the new password")
      ->type_name("FILE");
}

void AddEnrollCodes(CLI::App& group, Client& client) {
  AddCommand(group, client,
             {"enroll-codes", "Begin to use one-time codes of a device when you sign in",
              "lumbung user enroll-codes"},
             Scope::kServer, [](Invocation& call) -> absl::Status {
               LUMBUNG_ASSIGN_OR_RETURN(
                   const identity_v1::EnrollTotpResponse response,
                   call.session().Call(&IdentityApi::EnrollTotp, identity_v1::EnrollTotpRequest()));
               if (call.json()) {
                 call.console().out << ToIndentedJson(response);
                 return absl::OkStatus();
               }
               call.WriteLine(absl::StrCat("Type this into the device:  ", response.secret()));
               call.WriteLine(absl::StrCat("or show it as a QR code:    ", response.uri()));
               call.WriteNote("then: lumbung user confirm-codes CODE");
               return absl::OkStatus();
             });
}

void AddConfirmCodes(CLI::App& group, Client& client) {
  const auto request = std::make_shared<identity_v1::ConfirmTotpRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"confirm-codes", "Prove that the device works; from then on its codes are asked for",
       "lumbung user confirm-codes 123456"},
      Scope::kServer, [request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(const identity_v1::ConfirmTotpResponse response,
                                 call.session().Call(&IdentityApi::ConfirmTotp, *request));
        if (call.json()) {
          call.console().out << ToIndentedJson(response);
          return absl::OkStatus();
        }
        call.WriteNote("Print these, and keep them: each signs you in once without the device.");
        for (const std::string& code : response.recovery_codes()) call.WriteLine(code);
        return absl::OkStatus();
      });
  command->add_option("CODE", *request->mutable_code(), "What the device shows now")->required();
}

}  // namespace

void AddPersonCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "user", "People, and your own password and codes");
  AddUserCreate(*group, client);
  AddUserList(*group, client);
  AddUserDisable(*group, client, true);
  AddUserDisable(*group, client, false);
  AddResetPassword(*group, client);
  AddLink(*group, client);
  AddUnlink(*group, client);
  AddChangePassword(*group, client);
  AddEnrollCodes(*group, client);
  AddConfirmCodes(*group, client);
}

}  // namespace lumbung::cli
