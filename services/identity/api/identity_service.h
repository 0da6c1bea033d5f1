// IdentityService over gRPC: each method hands over to the handler of its name.
#ifndef LUMBUNG_SERVICES_IDENTITY_API_IDENTITY_SERVICE_H_
#define LUMBUNG_SERVICES_IDENTITY_API_IDENTITY_SERVICE_H_

#include <memory>

#include <grpcpp/impl/codegen/service_type.h>

#include "services/common/grpc_adapter.h"
#include "services/identity/api/api_key_handlers.h"
#include "services/identity/api/audit_handlers.h"
#include "services/identity/api/oidc_handlers.h"
#include "services/identity/api/people_handlers.h"
#include "services/identity/api/role_handlers.h"
#include "services/identity/api/sign_in_handlers.h"

namespace lumbung::identity {

// All outlive the service.
struct IdentityHandlers {
  SignInHandlers* sign_in = nullptr;
  OidcHandlers* oidc = nullptr;
  PeopleHandlers* people = nullptr;
  RoleHandlers* roles = nullptr;
  ApiKeyHandlers* api_keys = nullptr;
  AuditHandlers* audit = nullptr;
};

std::unique_ptr<grpc::Service> MakeIdentityService(GrpcAdapter* adapter, IdentityHandlers handlers);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_API_IDENTITY_SERVICE_H_
