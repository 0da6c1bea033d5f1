// Every method of every service times every role times own and foreign organization, over real
// gRPC: the server does what the options in the .proto files and the table of roles say, and
// nothing else. The requests are empty: whoever is let in is refused for that, and for no lack of
// permission.
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "lumbung/common/v1/access.pb.h"
#include "lumbung/identity/v1/identity_service.grpc.pb.h"
#include "lumbung/ledger/v1/books_service.grpc.pb.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "lumbung/ledger/v1/transfer_service.grpc.pb.h"
#include "lumbung/vouchers/v1/vouchers_service.grpc.pb.h"
#include "services/common/error_mapping.h"
#include "services/common/random_bytes.h"
#include "services/host/server.h"
#include "services/identity/api/first_admin.h"
#include "services/identity/domain/role_permissions.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::identity {
namespace {

namespace fs = std::filesystem;
using testing::IsOk;

struct Method {
  std::string path;  // "/lumbung.ledger.v1.BooksService/CreateBook"
  std::string permission;
};

// From the descriptors of every service file of the project, linked into this test or not.
std::vector<Method> AllMethods() {
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
                           method->options().GetExtension(common::v1::permission)});
      }
    }
  }
  return methods;
}

class AccessMatrixTest : public ::testing::Test {
 protected:
  void SetUp() override {
    // What is linked only for its descriptors has to be used to be there.
    ASSERT_NE(v1::SignInRequest::descriptor(), nullptr);
    ASSERT_NE(ledger::v1::UploadFilesRequest::descriptor(), nullptr);
    ASSERT_NE(vouchers::v1::CreateVoucherRequest::descriptor(), nullptr);
    host::ServerSettings settings;
    settings.db = database_.app_uri();
    settings.grpc_port = 0;
    settings.metrics_port = 0;
    auto server = host::Server::Start(settings, fs::temp_directory_path().string());
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
    ASSERT_THAT(server_->EnsureFirstAdmin(), IsOk());
    stub_ = std::make_unique<grpc::GenericStub>(
        grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
    melati_ = database_.CreateOrganization("melati");
    database_.CreateOrganization("mawar");
    for (const Role role : AllRoles()) {
      if (role != Role::kPlatformOperator) AddPerson(role);
    }
  }

  // One person a role, called like it.
  void AddPerson(Role role) {
    ASSERT_THAT(
        store::RunInTransaction(
            database_.pool(), {melati_},
            [&](store::TransactionScope& scope) -> absl::Status {
              OpenPeople(scope);
              const auto person = CreatePerson(
                  scope, {std::string(NameOf(role)), "", melati_, false, "hash"}, absl::Now());
              if (!person.ok()) return person.status();
              return CreateGrant(scope, {person->person_id, role, "", {}, {}, "test"}, absl::Now())
                  .status();
            }),
        IsOk());
  }

  // A session of its own for each call: some calls end sessions.
  std::string Token(Role role) {
    const std::string user_name =
        role == Role::kPlatformOperator ? kFirstAdmin : std::string(NameOf(role));
    return OpenServerSession(database_.pool(), user_name, absl::Minutes(10), SecureRandomBytes,
                             absl::Now())
        .value_or("");
  }

  // Sends one empty message and waits for the end, whatever kind of method it is.
  absl::Status Ask(const std::string& path, const std::string& token,
                   const std::string& organization) {
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
    grpc::Slice nothing("");
    call->WriteLast(grpc::ByteBuffer(&nothing, 1), grpc::WriteOptions(), nullptr);
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
  static bool IsLetIn(const absl::Status& status) {
    return !absl::IsPermissionDenied(status) && !absl::IsUnauthenticated(status) &&
           ReasonOf(status) != "ORGANIZATION_REQUIRED";
  }

  int RefusalsInTheTrail() {
    return store::InTransaction(database_.pool(), {melati_, store::Access::kReadOnly},
                                [](store::TransactionScope& scope) -> absl::StatusOr<int> {
                                  const auto events =
                                      audit::List(scope, {.only_refused = true}, 0, 100'000);
                                  return static_cast<int>(std::count_if(
                                      events.begin(), events.end(), [](const auto& listed) {
                                        return listed.event.reason == "PERMISSION_DENIED";
                                      }));
                                })
        .value_or(-1);
  }

  testing::TestDatabase database_;
  std::unique_ptr<host::Server> server_;
  std::unique_ptr<grpc::GenericStub> stub_;
  OrganizationId melati_{};
};

TEST_F(AccessMatrixTest, TheServerDoesWhatTheTableSays) {
  const std::vector<Method> methods = AllMethods();
  EXPECT_GE(methods.size(), 102u);
  int refused = 0;
  for (const Method& method : methods) {
    SCOPED_TRACE(method.path);
    const bool is_public = method.permission == kPublic;
    const bool is_for_all = is_public || method.permission == kSignedIn;

    const absl::Status nobody = Ask(method.path, "", "melati");
    // SignIn itself says that nobody was proved.
    EXPECT_EQ(ReasonOf(nobody) == "SIGN_IN_REQUIRED", !is_public) << nobody;
    EXPECT_EQ(ReasonOf(Ask(method.path, "lbs_unknown", "melati")) == "SIGN_IN_REQUIRED",
              !is_public);
    if (is_public) continue;

    for (const Role role : AllRoles()) {
      SCOPED_TRACE(NameOf(role));
      const bool is_platform = role == Role::kPlatformOperator;
      const bool expected = is_for_all || Has(role, method.permission);
      const absl::Status own = Ask(method.path, Token(role), is_platform ? "" : "melati");
      EXPECT_EQ(IsLetIn(own), expected) << own;
      if (!expected && !is_platform) ++refused;

      const absl::Status foreign = Ask(method.path, Token(role), "mawar");
      EXPECT_EQ(IsLetIn(foreign), is_for_all) << foreign;
      if (!is_for_all) {
        // Whether it is another's or nobody's is not to be told from the answer.
        EXPECT_EQ(foreign, Ask(method.path, Token(role), "tulip"));
        EXPECT_EQ(ReasonOf(foreign), "PERMISSION_DENIED");
      }
    }
  }
  EXPECT_GT(refused, 200);
  EXPECT_EQ(RefusalsInTheTrail(), refused);
}

}  // namespace
}  // namespace lumbung::identity
