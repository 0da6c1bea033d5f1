#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "ledger/core/status.h"
#include "services/common/error_mapping.h"
#include "services/common/grpc_adapter.h"
#include "tests/services/common/ledger_endpoint.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::Handlers;
using testing::LedgerEndpoint;
using testing::Refuses;
namespace v1 = testing::v1;

v1::QueryPostingsResponse Line(const std::string& number) {
  v1::QueryPostingsResponse response;
  response.add_lines()->set_number(number);
  return response;
}

TEST(GrpcAdapterStreamTest, SendsEveryMessageInOrder) {
  Handlers handlers;
  handlers.query = [](CallScope&, const v1::QueryPostingsRequest& request,
                      StreamWriter<v1::QueryPostingsResponse>& writer) {
    for (int i = 0; i < request.limit(); ++i) EXPECT_TRUE(writer.Write(Line(absl::StrCat(i))));
    return absl::OkStatus();
  };
  LedgerEndpoint endpoint(handlers, {});
  grpc::ClientContext context;
  v1::QueryPostingsRequest request;
  request.set_limit(500);
  const auto stream = endpoint.stub().QueryPostings(&context, request);
  v1::QueryPostingsResponse response;
  int received = 0;
  while (stream->Read(&response)) {
    ASSERT_EQ(response.lines(0).number(), absl::StrCat(received));
    ++received;
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(received, 500);
}

TEST(GrpcAdapterStreamTest, RefusesAfterSomeMessages) {
  Handlers handlers;
  handlers.query = [](CallScope&, const v1::QueryPostingsRequest&,
                      StreamWriter<v1::QueryPostingsResponse>& writer) {
    writer.Write(Line("1"));
    return InvalidArgument("INVALID_FILTER", "account", "changed its mind");
  };
  LedgerEndpoint endpoint(handlers, {});
  grpc::ClientContext context;
  const auto stream = endpoint.stub().QueryPostings(&context, {});
  v1::QueryPostingsResponse response;
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), Refuses("INVALID_FILTER"));
}

// Writes until it is told to stop; the client's window is full after a few messages.
Handlers EndlessWriter() {
  Handlers handlers;
  handlers.query = [](CallScope&, const v1::QueryPostingsRequest&,
                      StreamWriter<v1::QueryPostingsResponse>& writer) {
    while (writer.Write(Line(std::string(100'000, 'x')))) {
    }
    return absl::CancelledError("stopped");
  };
  return handlers;
}

TEST(GrpcAdapterStreamTest, StopsWhenTheClientHasGone) {
  LedgerEndpoint endpoint(EndlessWriter(), {});
  grpc::ClientContext context;
  const auto stream = endpoint.stub().QueryPostings(&context, {});
  v1::QueryPostingsResponse response;
  EXPECT_TRUE(stream->Read(&response));
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  endpoint.recorder().AwaitEnds(1);
}

TEST(GrpcAdapterStreamTest, DoesNotWaitForAClientThatStopsReading) {
  LedgerEndpoint endpoint(EndlessWriter(),
                          {.deadlines = {.longest_stream = absl::Milliseconds(200)}});
  grpc::ClientContext context;
  const auto stream = endpoint.stub().QueryPostings(&context, {});
  endpoint.recorder().AwaitEnds(1);
  context.TryCancel();
  EXPECT_FALSE(stream->Finish().ok());
}

TEST(GrpcAdapterStreamTest, ReceivesEveryMessageInOrder) {
  Handlers handlers;
  handlers.stream = [](CallScope&, StreamReader<v1::StreamJournalEntriesRequest>& reader) {
    v1::StreamJournalEntriesResponse response;
    v1::StreamJournalEntriesRequest request;
    while (reader.Read(&request)) response.add_results()->set_request_id(request.request_id());
    return response;
  };
  LedgerEndpoint endpoint(handlers, {});
  grpc::ClientContext context;
  v1::StreamJournalEntriesResponse response;
  const auto stream = endpoint.stub().StreamJournalEntries(&context, &response);
  constexpr int kMessages = 2'000;
  for (int i = 0; i < kMessages; ++i) {
    v1::StreamJournalEntriesRequest request;
    request.set_request_id(absl::StrCat(i));
    ASSERT_TRUE(stream->Write(request));
  }
  stream->WritesDone();
  ASSERT_TRUE(stream->Finish().ok());
  ASSERT_EQ(response.results_size(), kMessages);
  for (int i = 0; i < kMessages; ++i) {
    ASSERT_EQ(response.results(i).request_id(), absl::StrCat(i));
  }
}

TEST(GrpcAdapterStreamTest, RefusesInTheMiddleOfAClientStream) {
  Handlers handlers;
  handlers.stream = [](CallScope&, StreamReader<v1::StreamJournalEntriesRequest>& reader)
      -> absl::StatusOr<v1::StreamJournalEntriesResponse> {
    v1::StreamJournalEntriesRequest request;
    reader.Read(&request);
    return InvalidArgument("BOOK_NOT_FOUND", "parent", "no such book");
  };
  LedgerEndpoint endpoint(handlers, {});
  grpc::ClientContext context;
  v1::StreamJournalEntriesResponse response;
  const auto stream = endpoint.stub().StreamJournalEntries(&context, &response);
  while (stream->Write(v1::StreamJournalEntriesRequest())) {
  }
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), Refuses("BOOK_NOT_FOUND"));
}

TEST(GrpcAdapterStreamTest, DoesNotWaitForAClientThatStopsSending) {
  absl::Notification gave_up;
  Handlers handlers;
  handlers.stream = [&](CallScope&, StreamReader<v1::StreamJournalEntriesRequest>& reader) {
    v1::StreamJournalEntriesRequest request;
    while (reader.Read(&request)) {
    }
    gave_up.Notify();
    return absl::StatusOr<v1::StreamJournalEntriesResponse>(absl::CancelledError("gave up"));
  };
  LedgerEndpoint endpoint(handlers, {.deadlines = {.longest_stream = absl::Milliseconds(200)}});
  grpc::ClientContext context;
  v1::StreamJournalEntriesResponse response;
  const auto stream = endpoint.stub().StreamJournalEntries(&context, &response);
  ASSERT_TRUE(stream->Write(v1::StreamJournalEntriesRequest()));
  gave_up.WaitForNotification();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

}  // namespace
}  // namespace lumbung
