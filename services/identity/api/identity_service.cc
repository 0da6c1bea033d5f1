#include "services/identity/api/identity_service.h"

#include "lumbung/identity/v1/identity_service.grpc.pb.h"
#include "services/common/unary_method.h"

#define LUMBUNG_METHOD(method, response_type, handlers) \
  LUMBUNG_UNARY_METHOD("lumbung.identity.v1.IdentityService", method, response_type, handlers)

namespace lumbung::identity {
namespace {

class IdentityServiceImpl final : public v1::IdentityService::CallbackService {
 public:
  IdentityServiceImpl(GrpcAdapter* adapter, IdentityHandlers handlers)
      : adapter_(adapter), handlers_(handlers) {}

  LUMBUNG_METHOD(SignIn, SignInResponse, handlers_.sign_in)
  LUMBUNG_METHOD(ListSignInProviders, ListSignInProvidersResponse, handlers_.oidc)
  LUMBUNG_METHOD(BeginOidcSignIn, BeginOidcSignInResponse, handlers_.oidc)
  LUMBUNG_METHOD(CompleteOidcSignIn, SignInResponse, handlers_.oidc)
  LUMBUNG_METHOD(LinkIdentity, Person, handlers_.oidc)
  LUMBUNG_METHOD(UnlinkIdentity, Person, handlers_.oidc)
  LUMBUNG_METHOD(SignOut, SignOutResponse, handlers_.sign_in)
  LUMBUNG_METHOD(GetMe, Me, handlers_.sign_in)
  LUMBUNG_METHOD(ChangePassword, ChangePasswordResponse, handlers_.sign_in)
  LUMBUNG_METHOD(EnrollTotp, EnrollTotpResponse, handlers_.sign_in)
  LUMBUNG_METHOD(ConfirmTotp, ConfirmTotpResponse, handlers_.sign_in)
  LUMBUNG_METHOD(CreatePerson, CreatePersonResponse, handlers_.people)
  LUMBUNG_METHOD(ListPeople, ListPeopleResponse, handlers_.people)
  LUMBUNG_METHOD(UpdatePerson, Person, handlers_.people)
  LUMBUNG_METHOD(ResetPassword, ResetPasswordResponse, handlers_.people)
  LUMBUNG_METHOD(GrantRole, RoleGrant, handlers_.roles)
  LUMBUNG_METHOD(RevokeRole, RoleGrant, handlers_.roles)
  LUMBUNG_METHOD(ListRoleGrants, ListRoleGrantsResponse, handlers_.roles)
  LUMBUNG_METHOD(GetOrganizationSettings, OrganizationSettings, handlers_.roles)
  LUMBUNG_METHOD(UpdateOrganizationSettings, OrganizationSettings, handlers_.roles)
  LUMBUNG_METHOD(CreateApiKey, CreateApiKeyResponse, handlers_.api_keys)
  LUMBUNG_METHOD(ListApiKeys, ListApiKeysResponse, handlers_.api_keys)
  LUMBUNG_METHOD(RevokeApiKey, ApiKey, handlers_.api_keys)
  LUMBUNG_METHOD(ListAuditEvents, ListAuditEventsResponse, handlers_.audit)

  grpc::ServerWriteReactor<v1::ExportAuditEventsResponse>* ExportAuditEvents(
      grpc::CallbackServerContext* context, const v1::ExportAuditEventsRequest* request) override {
    return adapter_->ServerStream<v1::ExportAuditEventsRequest, v1::ExportAuditEventsResponse>(
        "lumbung.identity.v1.IdentityService/ExportAuditEvents", context, request,
        [this](CallScope& call, const v1::ExportAuditEventsRequest& message,
               StreamWriter<v1::ExportAuditEventsResponse>& writer) {
          return handlers_.audit->ExportAuditEvents(call, message, writer);
        });
  }

 private:
  GrpcAdapter* const adapter_;
  const IdentityHandlers handlers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeIdentityService(GrpcAdapter* adapter,
                                                   IdentityHandlers handlers) {
  return std::make_unique<IdentityServiceImpl>(adapter, handlers);
}

}  // namespace lumbung::identity
