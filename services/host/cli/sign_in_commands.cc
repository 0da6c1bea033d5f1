// `lumbung login`, `logout` and `whoami`.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/secret_input.h"
#include "services/host/cli/session_file.h"

namespace lumbung::cli {
namespace {

struct LoginOptions {
  identity_v1::SignInRequest request;
  std::string password_file;
  std::string new_password_file;
};

// A one-time password is good for nothing but choosing another one.
absl::Status ChooseNewPassword(Invocation& call, const LoginOptions& options) {
  call.WriteNote(
      "This password was for one sign-in. Choose one of your own, 12 characters or more.");
  identity_v1::ChangePasswordRequest request;
  request.set_current_password(options.request.password());
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_new_password(),
                           ReadSecret(call.console(), {.file = options.new_password_file,
                                                       .flag = "--new-password-file",
                                                       .variable = "LUMBUNG_NEW_PASSWORD",
                                                       .question = "New password: ",
                                                       .twice = true}));
  return call.session().Call(&IdentityApi::ChangePassword, request).status();
}

absl::StatusOr<identity_v1::SignInResponse> SignIn(Invocation& call, LoginOptions& options) {
  absl::StatusOr<identity_v1::SignInResponse> response =
      call.session().Call(&IdentityApi::SignIn, options.request);
  if (ReasonOf(response.status()) != "TOTP_REQUIRED" || !call.console().ask_secret) return response;
  const auto code = call.console().ask_secret("One-time code: ");
  if (!code) return response;
  options.request.set_totp_code(*code);
  return call.session().Call(&IdentityApi::SignIn, options.request);
}

absl::Status LogIn(Invocation& call, LoginOptions& options) {
  LUMBUNG_ASSIGN_OR_RETURN(*options.request.mutable_password(),
                           ReadSecret(call.console(), {.file = options.password_file,
                                                       .flag = "--password-file",
                                                       .variable = "LUMBUNG_PASSWORD",
                                                       .question = "Password: "}));
  call.session().UseToken("");
  LUMBUNG_ASSIGN_OR_RETURN(const identity_v1::SignInResponse response, SignIn(call, options));
  call.session().UseToken(response.token());
  if (response.must_change_password()) LUMBUNG_RETURN_IF_ERROR(ChooseNewPassword(call, options));
  LUMBUNG_RETURN_IF_ERROR(WriteSession(call.console(), call.session().server(),
                                       {response.person().user_name(), response.token()}));
  if (call.json()) {
    call.console().out << ToIndentedJson(response.person());
  } else {
    call.WriteLine(absl::StrCat("Signed in to ", call.session().server(), " as ",
                                response.person().user_name(), "."));
  }
  return absl::OkStatus();
}

void AddLogin(CLI::App& app, Client& client) {
  const auto options = std::make_shared<LoginOptions>();
  CLI::App* const command = AddCommand(
      app, client, {"login", "Sign in, for the commands that follow", "lumbung login --user siti"},
      Scope::kServer, [options](Invocation& call) { return LogIn(call, *options); });
  command->add_option("--user", *options->request.mutable_user_name(), "Your user name")
      ->type_name("NAME")
      ->required();
  command
      ->add_option("--password-file", options->password_file,
                   "File whose first line is the password (default: LUMBUNG_PASSWORD, or asked at "
                   "the terminal)")
      ->type_name("FILE");
  command
      ->add_option("--new-password-file", options->new_password_file,
                   "The same for the password that takes the place of a one-time password "
                   "(default: LUMBUNG_NEW_PASSWORD, or asked)")
      ->type_name("FILE");
  command
      ->add_option("--code", *options->request.mutable_totp_code(),
                   "The code that your device shows, if you use one")
      ->type_name("CODE");
  command
      ->add_option("--recovery-code", *options->request.mutable_recovery_code(),
                   "One of the printed codes, when the device is lost")
      ->type_name("CODE");
}

void AddLogout(CLI::App& app, Client& client) {
  AddCommand(
      app, client, {"logout", "Sign out", "lumbung logout"}, Scope::kServer,
      [](Invocation& call) -> absl::Status {
        const absl::Status status =
            call.session().Call(&IdentityApi::SignOut, identity_v1::SignOutRequest()).status();
        // Whatever the server says of it, this machine forgets it.
        LUMBUNG_RETURN_IF_ERROR(
            WriteSession(call.console(), call.session().server(), SavedSession()));
        if (!absl::IsUnauthenticated(status)) LUMBUNG_RETURN_IF_ERROR(status);
        call.WriteLine("Signed out.");
        return absl::OkStatus();
      });
}

std::string RolesOf(const identity_v1::Me& me) {
  std::vector<std::string> roles;
  for (const identity_v1::RoleGrant& grant : me.grants()) {
    roles.push_back(grant.scope().empty() ? grant.role()
                                          : absl::StrCat(grant.role(), " (", grant.scope(), ")"));
  }
  if (me.person().platform_operator()) roles.push_back("platform_operator");
  return absl::StrJoin(roles, ", ");
}

void AddWhoami(CLI::App& app, Client& client) {
  AddCommand(
      app, client,
      {"whoami", "Show who is signed in, and with which roles",
       "lumbung whoami --organization melati"},
      Scope::kOrganization, [](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(
            identity_v1::Me me,
            call.session().Call(&IdentityApi::GetMe, identity_v1::GetMeRequest()));
        // The one organization there is need not be named.
        if (me.grants().empty() && me.organizations_size() == 1) {
          call.session().UseOrganization(me.organizations(0));
          LUMBUNG_ASSIGN_OR_RETURN(
              me, call.session().Call(&IdentityApi::GetMe, identity_v1::GetMeRequest()));
        }
        if (call.json()) {
          call.console().out << ToIndentedJson(me);
          return absl::OkStatus();
        }
        call.WriteFields({{std::string(call.Text(Label::kUserName)), me.person().user_name()},
                          {std::string(call.Text(Label::kName)), me.person().display_name()},
                          {std::string(call.Text(Label::kRoles)), RolesOf(me)},
                          {std::string(call.Text(Label::kOrganizations)),
                           absl::StrJoin(me.organizations(), ", ")}});
        return absl::OkStatus();
      });
}

}  // namespace

void AddSignInCommands(CLI::App& app, Client& client) {
  AddLogin(app, client);
  AddLogout(app, client);
  AddWhoami(app, client);
}

}  // namespace lumbung::cli
