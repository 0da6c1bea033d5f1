#include "services/common/grpc_adapter.h"

#include <stdexcept>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "services/common/error_mapping.h"
#include "tests/services/common/ledger_endpoint.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using ::testing::AllOf;
using ::testing::Gt;
using testing::Handlers;
using testing::IsOk;
using ::testing::Le;
using testing::LedgerEndpoint;
using testing::Refuses;
using testing::RefusesAt;
namespace v1 = testing::v1;

struct Asking {
  absl::Duration timeout = absl::InfiniteDuration();
  std::string organization = "";
  std::string traceparent = "";
};

absl::StatusOr<v1::JournalEntry> Get(LedgerEndpoint& endpoint, const std::string& name,
                                     const Asking& asking = {}) {
  grpc::ClientContext context;
  if (asking.timeout != absl::InfiniteDuration()) {
    context.set_deadline(absl::ToChronoTime(absl::Now() + asking.timeout));
  }
  if (!asking.organization.empty()) {
    context.AddMetadata(kOrganizationMetadata, asking.organization);
  }
  if (!asking.traceparent.empty()) context.AddMetadata("traceparent", asking.traceparent);
  v1::GetJournalEntryRequest request;
  request.set_name(name);
  v1::JournalEntry response;
  const grpc::Status status = endpoint.stub().GetJournalEntry(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return response;
}

absl::StatusOr<v1::JournalEntry> Echo(CallScope& scope, const v1::GetJournalEntryRequest& request) {
  v1::JournalEntry entry;
  entry.set_name(request.name());
  entry.set_description(scope.access.organization);
  return entry;
}

absl::StatusOr<v1::JournalEntry> MustNotRun(CallScope& scope,
                                            const v1::GetJournalEntryRequest& request) {
  ADD_FAILURE() << "must not run";
  return Echo(scope, request);
}

TEST(GrpcAdapterTest, AnswersWithWhatTheHandlerReturns) {
  Handlers handlers;
  handlers.get = Echo;
  LedgerEndpoint endpoint(handlers, {});
  const auto entry = Get(endpoint, "books/kas/entries/1", {.organization = "desa-contoh"});
  ASSERT_THAT(entry, IsOk());
  EXPECT_EQ(entry->name(), "books/kas/entries/1");
  EXPECT_EQ(entry->description(), "desa-contoh");
}

TEST(GrpcAdapterTest, AnswersRefusalsWithReasonAndField) {
  Handlers handlers;
  handlers.get = [](CallScope&, const v1::GetJournalEntryRequest&) {
    return NotFound("ENTRY_NOT_FOUND", "name", "no such entry");
  };
  LedgerEndpoint endpoint(handlers, {});
  EXPECT_THAT(Get(endpoint, "x"), RefusesAt("ENTRY_NOT_FOUND", "name"));
}

TEST(GrpcAdapterTest, RefusesMetadataBeforeTheHandlerRuns) {
  Handlers handlers;
  handlers.get = MustNotRun;
  LedgerEndpoint endpoint(handlers, {});
  EXPECT_THAT(Get(endpoint, "x", {.organization = std::string(300, 'x')}),
              Refuses("INVALID_METADATA"));
}

TEST(GrpcAdapterTest, GivesEveryCallADeadline) {
  absl::Duration read_left;
  absl::Duration write_left;
  Handlers handlers;
  handlers.get = [&](CallScope& scope, const v1::GetJournalEntryRequest& request) {
    read_left = scope.deadline - absl::Now();
    return Echo(scope, request);
  };
  handlers.reverse = [&](CallScope& scope, const v1::ReverseJournalEntryRequest&) {
    write_left = scope.deadline - absl::Now();
    return v1::JournalEntry();
  };
  LedgerEndpoint endpoint(handlers, {.deadlines = {.default_read = absl::Seconds(100),
                                                   .default_write = absl::Seconds(300),
                                                   .longest_call = absl::Seconds(500)}});
  ASSERT_THAT(Get(endpoint, "x"), IsOk());
  EXPECT_THAT(read_left, AllOf(Gt(absl::Seconds(60)), Le(absl::Seconds(100))));
  // On the wire a long timeout is rounded up a little.
  ASSERT_THAT(Get(endpoint, "x", {.timeout = absl::Seconds(200)}), IsOk());
  EXPECT_THAT(read_left, AllOf(Gt(absl::Seconds(160)), Le(absl::Seconds(202))));
  ASSERT_THAT(Get(endpoint, "x", {.timeout = absl::Hours(2)}), IsOk());
  EXPECT_THAT(read_left, AllOf(Gt(absl::Seconds(460)), Le(absl::Seconds(500))));

  grpc::ClientContext context;
  v1::JournalEntry response;
  ASSERT_TRUE(endpoint.stub().ReverseJournalEntry(&context, {}, &response).ok());
  EXPECT_THAT(write_left, AllOf(Gt(absl::Seconds(260)), Le(absl::Seconds(300))));
}

TEST(GrpcAdapterTest, AnswersOverloadAtOnce) {
  Handlers handlers;
  handlers.get = MustNotRun;
  // A queue with no place in it lets nothing in, not even to a free thread.
  LedgerEndpoint endpoint(handlers, {.max_waiting = 0});
  EXPECT_THAT(Get(endpoint, "x"), Refuses("OVERLOADED"));
}

TEST(GrpcAdapterTest, NeverRunsACallThatExpiredWhileItWaited) {
  Handlers handlers;
  handlers.get = MustNotRun;
  LedgerEndpoint endpoint(handlers, {.deadlines = {.default_read = absl::Nanoseconds(1)}});
  EXPECT_THAT(Get(endpoint, "x"), Refuses("DEADLINE_EXCEEDED"));
}

TEST(GrpcAdapterTest, LetsAnotherThreadAnswerLater) {
  std::thread later;
  Handlers handlers;
  handlers.create = [&later](CallScope, const v1::CreateJournalEntryRequest& request,
                             GrpcAdapter::Done<v1::JournalEntry> done) {
    later = std::thread([&request, done] {
      v1::JournalEntry entry;
      entry.set_name(request.parent());
      done(entry);
    });
  };
  LedgerEndpoint endpoint(handlers, {});
  grpc::ClientContext context;
  v1::CreateJournalEntryRequest request;
  request.set_parent("books/kas");
  v1::JournalEntry response;
  const grpc::Status status = endpoint.stub().CreateJournalEntry(&context, request, &response);
  later.join();
  ASSERT_TRUE(status.ok());
  EXPECT_EQ(response.name(), "books/kas");
}

TEST(GrpcAdapterTest, AnEscapedExceptionCostsItsOwnCallOnly) {
  Handlers handlers;
  handlers.get = [](CallScope& scope, const v1::GetJournalEntryRequest& request) {
    if (request.name() == "bad") throw std::runtime_error("secret");
    return Echo(scope, request);
  };
  LedgerEndpoint endpoint(handlers, {});
  EXPECT_EQ(Get(endpoint, "bad").status().code(), absl::StatusCode::kInternal);
  EXPECT_THAT(Get(endpoint, "good"), IsOk());
}

TEST(GrpcAdapterTest, TellsTheObserverOfEveryCall) {
  Handlers handlers;
  handlers.get = Echo;
  LedgerEndpoint endpoint(handlers, {});
  const std::string traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  ASSERT_THAT(Get(endpoint, "x", {.traceparent = traceparent}), IsOk());
  ASSERT_THAT(Get(endpoint, "x", {.traceparent = "00-{\"evil\":true}"}), IsOk());
  const auto ends = endpoint.recorder().ends();
  ASSERT_EQ(ends.size(), 2u);
  EXPECT_EQ(ends[0].method, "lumbung.ledger.v1.LedgerService/GetJournalEntry");
  EXPECT_EQ(ends[0].traceparent, traceparent);
  EXPECT_EQ(ends[1].traceparent, "");
  EXPECT_NE(ends[0].call_id, ends[1].call_id);
  EXPECT_GT(ends[0].latency, absl::ZeroDuration());
}

}  // namespace
}  // namespace lumbung
