#include "tests/support/sign_in.h"

#include <utility>
#include <vector>

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/client_interceptor.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "lumbung/identity/v1/identity_service.grpc.pb.h"
#include "services/common/access.h"
#include "services/common/error_mapping.h"

namespace lumbung::testing {
namespace {

namespace v1 = ::lumbung::identity::v1;
using Stub = v1::IdentityService::Stub;

class TokenInterceptor final : public grpc::experimental::Interceptor {
 public:
  explicit TokenInterceptor(const std::string& token)
      : authorization_(absl::StrCat("Bearer ", token)) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            grpc::experimental::InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      methods->GetSendInitialMetadata()->emplace(kAuthorizationMetadata, authorization_);
    }
    methods->Proceed();
  }

 private:
  const std::string authorization_;
};

class TokenInterceptorFactory final : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit TokenInterceptorFactory(std::string token) : token_(std::move(token)) {}
  grpc::experimental::Interceptor* CreateClientInterceptor(
      grpc::experimental::ClientRpcInfo*) override {
    return new TokenInterceptor(token_);
  }

 private:
  const std::string token_;
};

template <typename Request, typename Response>
absl::StatusOr<Response> Ask(Stub& stub,
                             grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                          Response*),
                             const Request& request, const std::string& organization = "") {
  grpc::ClientContext context;
  if (!organization.empty()) context.AddMetadata(kOrganizationMetadata, organization);
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return response;
}

}  // namespace

absl::StatusOr<std::string> SignIn(const std::string& address, const std::string& user_name,
                                   const std::string& password) {
  Stub anyone(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  v1::SignInRequest request;
  request.set_user_name(user_name);
  request.set_password(password);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::SignInResponse session, Ask(anyone, &Stub::SignIn, request));
  if (session.must_change_password()) {
    Stub somebody(ConnectWithToken(address, session.token()));
    v1::ChangePasswordRequest change;
    change.set_current_password(password);
    change.set_new_password(kTestPassword);
    LUMBUNG_RETURN_IF_ERROR(Ask(somebody, &Stub::ChangePassword, change).status());
  }
  return session.token();
}

std::shared_ptr<grpc::Channel> ConnectWithToken(const std::string& address,
                                                const std::string& token) {
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(std::make_unique<TokenInterceptorFactory>(token));
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      address, grpc::InsecureChannelCredentials(), grpc::ChannelArguments(),
      std::move(interceptors));
}

absl::Status GrantRole(const std::shared_ptr<grpc::ChannelInterface>& channel,
                       const std::string& organization, const std::string& user_name,
                       const std::string& role) {
  Stub stub(channel);
  v1::GrantRoleRequest request;
  request.set_user_name(user_name);
  request.set_role(role);
  return Ask(stub, &Stub::GrantRole, request, organization).status();
}

}  // namespace lumbung::testing
