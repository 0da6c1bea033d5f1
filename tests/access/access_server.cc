#include "tests/access/access_server.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "lumbung/common/v1/access.pb.h"
#include "lumbung/identity/v1/identity_service.grpc.pb.h"
#include "lumbung/ledger/v1/books_service.grpc.pb.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "lumbung/ledger/v1/transfer_service.grpc.pb.h"
#include "lumbung/log/v1/log_service.grpc.pb.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "lumbung/vouchers/v1/vouchers_service.grpc.pb.h"
#include "services/common/error_mapping.h"
#include "services/common/random_bytes.h"
#include "services/identity/api/first_admin.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::testing {
namespace {

namespace fs = std::filesystem;
using identity::Role;

// What is linked only for its descriptors has to be used to be there.
void LinkServices() {
  identity::v1::SignInRequest::descriptor();
  ledger::v1::UploadFilesRequest::descriptor();
  log::v1::ListLeavesRequest::descriptor();
  reporting::v1::GetStatementRequest::descriptor();
  vouchers::v1::CreateVoucherRequest::descriptor();
}

}  // namespace

std::vector<Method> AllMethods() {
  LinkServices();
  std::vector<Method> methods;
  const fs::path root = LUMBUNG_PROTO_DIR;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    const std::string name = fs::relative(entry.path(), root).generic_string();
    if (entry.path().string().find("_service.proto") == std::string::npos) continue;
    const auto* const file =
        google::protobuf::DescriptorPool::generated_pool()->FindFileByName(name);
    if (file == nullptr) {
      ADD_FAILURE() << "link the library of " << name << " to this test";
      continue;
    }
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        const auto* const method = file->service(i)->method(j);
        methods.push_back({absl::StrCat("/", file->service(i)->full_name(), "/", method->name()),
                           method->options().GetExtension(common::v1::permission), method});
      }
    }
  }
  return methods;
}

AccessServer::AccessServer() {
  host::ServerSettings settings;
  settings.db = database_.app_uri();
  settings.grpc_port = 0;
  settings.metrics_port = 0;
  settings.gateway_port = 0;
  auto server = host::Server::Start(settings, fs::temp_directory_path().string());
  if (!server.ok()) ADD_FAILURE() << server.status();
  server_ = *std::move(server);
  EXPECT_THAT(server_->EnsureFirstAdmin(), IsOk());
  stub_ = std::make_unique<grpc::GenericStub>(
      grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  melati_ = database_.CreateOrganization("melati");
  database_.CreateOrganization("mawar");
  for (const Role role : identity::AllRoles()) {
    if (role != Role::kPlatformOperator) AddPerson(role);
  }
}

void AccessServer::AddPerson(Role role) {
  const auto add = [&](store::TransactionScope& scope) -> absl::Status {
    identity::OpenPeople(scope);
    identity::NewPerson person;
    person.user_name = std::string(identity::NameOf(role));
    person.managing_organization = melati_;
    person.password_hash = "hash";
    const auto added = identity::CreatePerson(scope, person, absl::Now());
    if (!added.ok()) return added.status();
    return identity::CreateGrant(scope, {added->person_id, role, "", {}, {}, "test"}, absl::Now())
        .status();
  };
  EXPECT_THAT(store::RunInTransaction(database_.pool(), {melati_}, add), IsOk());
}

std::string AccessServer::Token(Role role) {
  const std::string user_name =
      role == Role::kPlatformOperator ? identity::kFirstAdmin : std::string(identity::NameOf(role));
  return identity::OpenServerSession(database_.pool(), user_name, absl::Minutes(10),
                                     SecureRandomBytes, absl::Now())
      .value_or("");
}

absl::Status AccessServer::Ask(const std::string& path, const std::string& token,
                               const std::string& organization, const std::string& message) {
  grpc::ClientContext context;
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
  if (!organization.empty()) context.AddMetadata("lumbung-organization", organization);
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
  grpc::CompletionQueue queue;
  void* tag = nullptr;
  bool ok = false;
  const auto call = stub_->PrepareCall(&context, path, &queue);
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  grpc::Slice slice(message);
  call->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
  queue.Next(&tag, &ok);
  do {
    grpc::ByteBuffer answer;
    call->Read(&answer, nullptr);
    queue.Next(&tag, &ok);
  } while (ok);
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  return FromGrpcStatus(status);
}

}  // namespace lumbung::testing
