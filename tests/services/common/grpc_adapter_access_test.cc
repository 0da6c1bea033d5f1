// No handler runs before the caller was found to have the permission that the method names.
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "services/common/error_mapping.h"
#include "services/common/grpc_adapter.h"
#include "services/identity/domain/role_permissions.h"
#include "tests/services/common/ledger_endpoint.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using ::testing::ElementsAre;
using testing::Handlers;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::LedgerEndpoint;
using testing::Refuses;
namespace v1 = testing::v1;

// Knows callers by their tokens; those whose token begins with "slow" only when it may wait.
class Doorkeeper final : public Authenticator {
 public:
  Doorkeeper() {
    Add("officer", identity::Role::kFinanceOfficer, "");
    Add("slow officer", identity::Role::kFinanceOfficer, "");
    Add("officer of main", identity::Role::kFinanceOfficer, "main");
    Add("auditor", identity::Role::kAuditor, "");
    Add("slow auditor", identity::Role::kAuditor, "");
    people_["new officer"] = people_["officer"];
    people_["new officer"].must_change_password = true;
  }

  std::optional<AccessContext> Cached(const Credentials& credentials) override {
    if (credentials.token.rfind("slow", 0) == 0) return std::nullopt;
    return Find(credentials.token);
  }
  absl::StatusOr<AccessContext> Authenticate(const Credentials& credentials, absl::Time) override {
    const auto found = Find(credentials.token);
    if (found) return *found;
    return Refusal(absl::StatusCode::kUnauthenticated, "SIGN_IN_REQUIRED", "", "sign in");
  }
  std::vector<absl::string_view> RolesWith(absl::string_view permission) const override {
    return identity::RolesWith(permission);
  }
  void RecordRefusal(const AccessContext& access, const RefusedCall& call, absl::Time) override {
    absl::MutexLock lock(&mutex_);
    refusals_.push_back(access.actor + " " + std::string(call.method) + " " + call.resource);
  }
  void Invalidate() override {}

  std::vector<std::string> refusals() const {
    absl::MutexLock lock(&mutex_);
    return refusals_;
  }

 private:
  void Add(const std::string& token, identity::Role role, const std::string& book) {
    AccessContext access;
    access.organization = "melati";
    access.actor = token;
    access.grants.push_back({"", book, "", identity::PermissionsOf(role)});
    people_[token] = access;
  }
  std::optional<AccessContext> Find(const std::string& token) const {
    const auto found = people_.find(token);
    return found == people_.end() ? std::nullopt : std::optional<AccessContext>(found->second);
  }

  std::map<std::string, AccessContext> people_;
  mutable absl::Mutex mutex_;
  std::vector<std::string> refusals_ ABSL_GUARDED_BY(mutex_);
};

class GrpcAdapterAccessTest : public ::testing::Test {
 protected:
  GrpcAdapterAccessTest() : endpoint_(MakeHandlers(), {.authenticator = &doorkeeper_}) {}

  Handlers MakeHandlers() {
    Handlers handlers;
    handlers.get =
        [this](CallScope& scope,
               const v1::GetJournalEntryRequest& request) -> absl::StatusOr<v1::JournalEntry> {
      Ran(scope);
      if (request.name() != kOwnEntry) return v1::JournalEntry();
      return Refusal(absl::StatusCode::kPermissionDenied, "SELF_APPROVAL", "", "your own");
    };
    handlers.create = [this](CallScope scope, const v1::CreateJournalEntryRequest&,
                             GrpcAdapter::Done<v1::JournalEntry> done) {
      Ran(scope);
      done(v1::JournalEntry());
    };
    handlers.query = [this](CallScope& scope, const v1::QueryPostingsRequest&,
                            StreamWriter<v1::QueryPostingsResponse>&) {
      Ran(scope);
      return absl::OkStatus();
    };
    handlers.stream = [this](CallScope& scope, StreamReader<v1::StreamJournalEntriesRequest>& in)
        -> absl::StatusOr<v1::StreamJournalEntriesResponse> {
      v1::StreamJournalEntriesResponse response;
      for (v1::StreamJournalEntriesRequest request; in.Read(&request);) {
        response.set_posted_count(response.posted_count() + 1);
        Ran(scope);
      }
      return response;
    };
    return handlers;
  }
  void Ran(const CallScope& scope) {
    absl::MutexLock lock(&mutex_);
    ran_.push_back(scope.access.actor);
  }
  std::vector<std::string> ran() const {
    absl::MutexLock lock(&mutex_);
    return ran_;
  }

  static void Sign(grpc::ClientContext& context, const std::string& token) {
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    context.AddMetadata("lumbung-organization", "melati");
  }
  absl::Status Get(const std::string& token, const std::string& name = "books/main/entries/1") {
    grpc::ClientContext context;
    Sign(context, token);
    v1::GetJournalEntryRequest request;
    request.set_name(name);
    v1::JournalEntry response;
    return FromGrpcStatus(endpoint_.stub().GetJournalEntry(&context, request, &response));
  }
  absl::Status Create(const std::string& token, const std::string& parent = "books/main") {
    grpc::ClientContext context;
    Sign(context, token);
    v1::CreateJournalEntryRequest request;
    request.set_parent(parent);
    v1::JournalEntry response;
    return FromGrpcStatus(endpoint_.stub().CreateJournalEntry(&context, request, &response));
  }
  absl::Status Query(const std::string& token, const std::string& parent = "books/main") {
    grpc::ClientContext context;
    Sign(context, token);
    v1::QueryPostingsRequest request;
    request.set_parent(parent);
    const auto reader = endpoint_.stub().QueryPostings(&context, request);
    v1::QueryPostingsResponse response;
    while (reader->Read(&response)) {
    }
    return FromGrpcStatus(reader->Finish());
  }
  absl::Status Stream(const std::string& token, const std::vector<std::string>& parents) {
    grpc::ClientContext context;
    Sign(context, token);
    v1::StreamJournalEntriesResponse response;
    const auto writer = endpoint_.stub().StreamJournalEntries(&context, &response);
    for (const std::string& parent : parents) {
      v1::StreamJournalEntriesRequest request;
      request.set_parent(parent);
      if (!writer->Write(request)) break;
    }
    writer->WritesDone();
    return FromGrpcStatus(writer->Finish());
  }

  // What its handler denies to whoever may call it.
  static constexpr char kOwnEntry[] = "books/main/entries/7";

  mutable absl::Mutex mutex_;
  std::vector<std::string> ran_ ABSL_GUARDED_BY(mutex_);
  Doorkeeper doorkeeper_;
  LedgerEndpoint endpoint_;
};

TEST_F(GrpcAdapterAccessTest, WhoIsNotSignedInRunsNothing) {
  for (const std::string token : {"", "nobody", "slow nobody"}) {
    EXPECT_THAT(Get(token), Refuses("SIGN_IN_REQUIRED"));
    EXPECT_THAT(Create(token), Refuses("SIGN_IN_REQUIRED"));
    EXPECT_THAT(Query(token), Refuses("SIGN_IN_REQUIRED"));
    EXPECT_THAT(Stream(token, {"books/main"}), Refuses("SIGN_IN_REQUIRED"));
  }
  EXPECT_THAT(ran(), IsEmpty());
}

TEST_F(GrpcAdapterAccessTest, ARoleOpensWhatItsPermissionsName) {
  for (const std::string token : {"officer", "slow officer"}) {
    EXPECT_THAT(Get(token), IsOk());
    EXPECT_THAT(Create(token), IsOk());
    EXPECT_THAT(Query(token), IsOk());
    EXPECT_THAT(Stream(token, {"books/main"}), IsOk());
  }
  EXPECT_THAT(ran(), ElementsAre("officer", "officer", "officer", "officer", "slow officer",
                                 "slow officer", "slow officer", "slow officer"));
  EXPECT_THAT(doorkeeper_.refusals(), IsEmpty());
}

TEST_F(GrpcAdapterAccessTest, ARefusalIsRecordedBeforeItIsAnswered) {
  EXPECT_THAT(Create("auditor"), Refuses("PERMISSION_DENIED"));
  EXPECT_THAT(Create("slow auditor"), Refuses("PERMISSION_DENIED"));
  EXPECT_THAT(Stream("auditor", {"books/main"}), Refuses("PERMISSION_DENIED"));
  EXPECT_THAT(
      doorkeeper_.refusals(),
      ElementsAre("auditor lumbung.ledger.v1.LedgerService/CreateJournalEntry books/main",
                  "slow auditor lumbung.ledger.v1.LedgerService/CreateJournalEntry books/main",
                  "auditor lumbung.ledger.v1.LedgerService/StreamJournalEntries "));
  EXPECT_THAT(ran(), IsEmpty());
}

TEST_F(GrpcAdapterAccessTest, WhatAHandlerDeniesIsRecordedToo) {
  EXPECT_THAT(Get("officer", kOwnEntry), Refuses("SELF_APPROVAL"));
  EXPECT_THAT(doorkeeper_.refusals(),
              ElementsAre("officer lumbung.ledger.v1.LedgerService/GetJournalEntry "
                          "books/main/entries/7"));
}

TEST_F(GrpcAdapterAccessTest, AnotherBookIsRefusedInEveryKindOfCall) {
  EXPECT_THAT(Create("officer of main"), IsOk());
  EXPECT_THAT(Create("officer of main", "books/other"), Refuses("PERMISSION_DENIED"));
  EXPECT_THAT(Create("officer of main", ""), Refuses("PERMISSION_DENIED"));
  EXPECT_THAT(Query("officer of main", "books/other"), Refuses("PERMISSION_DENIED"));
  EXPECT_THAT(Stream("officer of main", {"books/other", "books/main"}),
              Refuses("PERMISSION_DENIED"));
  EXPECT_THAT(Stream("officer of main", {"books/main", "books/main"}), IsOk());
  EXPECT_EQ(ran().size(), 3u);
}

TEST_F(GrpcAdapterAccessTest, AOneTimePasswordOpensNothingElse) {
  EXPECT_THAT(Get("new officer"), Refuses("PASSWORD_CHANGE_REQUIRED"));
  EXPECT_THAT(Create("new officer"), Refuses("PASSWORD_CHANGE_REQUIRED"));
  EXPECT_THAT(ran(), IsEmpty());
}

}  // namespace
}  // namespace lumbung
