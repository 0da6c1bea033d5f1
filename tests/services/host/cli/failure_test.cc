#include "services/host/cli/failure.h"

#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "ledger/core/status.h"
#include "tests/services/host/cli/fake_server.h"

namespace lumbung::cli {
namespace {

std::string Printed(const absl::Status& status, FailureStyle style = {}) {
  std::ostringstream err;
  PrintFailure(status, style, err);
  return err.str();
}

TEST(Failure, KeepsReasonFieldAndMessageOfARefusal) {
  const absl::Status status =
      CallFailure(RefusalStatus(grpc::INVALID_ARGUMENT, "UNBALANCED", "journal_entry.postings",
                                "debits 5 and credits 4 differ by 1"),
                  "127.0.0.1:7080");
  EXPECT_EQ(ReasonOf(status), "UNBALANCED");
  EXPECT_EQ(FieldOf(status), "journal_entry.postings");
  EXPECT_EQ(Printed(status),
            "error: UNBALANCED: debits 5 and credits 4 differ by 1\n"
            "  field: journal_entry.postings\n");
  EXPECT_EQ(Printed(status, {false, Language::kIndonesian}),
            "galat: UNBALANCED: debits 5 and credits 4 differ by 1\n"
            "  isian: journal_entry.postings\n");
  EXPECT_EQ(Printed(status, {true, Language::kIndonesian}),
            "{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"reason\":\"UNBALANCED\","
            "\"field\":\"journal_entry.postings\","
            "\"message\":\"debits 5 and credits 4 differ by 1\"}}\n");
}

TEST(Failure, GivesEachKindItsExitCode) {
  const auto from = [](grpc::StatusCode code) {
    return ExitCodeOf(CallFailure(grpc::Status(code, "..."), "here"));
  };
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), ExitCode::kDone);
  EXPECT_EQ(from(grpc::NOT_FOUND), ExitCode::kRefused);
  EXPECT_EQ(from(grpc::FAILED_PRECONDITION), ExitCode::kRefused);
  EXPECT_EQ(from(grpc::CANCELLED), ExitCode::kRefused);
  EXPECT_EQ(from(grpc::UNAVAILABLE), ExitCode::kUnreachable);
  EXPECT_EQ(from(grpc::DEADLINE_EXCEEDED), ExitCode::kUnreachable);
  EXPECT_EQ(from(grpc::RESOURCE_EXHAUSTED), ExitCode::kUnreachable);
  EXPECT_EQ(from(grpc::INTERNAL), ExitCode::kInternal);
  EXPECT_EQ(from(grpc::UNKNOWN), ExitCode::kInternal);
  EXPECT_EQ(from(grpc::UNIMPLEMENTED), ExitCode::kInternal);
  EXPECT_EQ(
      ExitCodeOf(CallFailure(
          RefusalStatus(grpc::RESOURCE_EXHAUSTED, "UPLOAD_TOO_LARGE", "", "too large"), "here")),
      ExitCode::kRefused);
  EXPECT_EQ(ExitCodeOf(CallFailure(
                RefusalStatus(grpc::RESOURCE_EXHAUSTED, "OVERLOADED", "", "busy"), "here")),
            ExitCode::kUnreachable);
  EXPECT_EQ(ExitCodeOf(UsageError("--date", "needs a date")), ExitCode::kUsage);
}

TEST(Failure, NamesTheFlagOfAWrongCommandLine) {
  EXPECT_EQ(Printed(UsageError("--date", "an entry needs a date")),
            "error: USAGE: --date: an entry needs a date\n"
            "  add --help to see how the command is used\n");
}

TEST(Failure, SaysHowToRepeatSafelyAndWhoDidNotAnswer) {
  const absl::Status status = WithRequestId(
      CallFailure(grpc::Status(grpc::UNAVAILABLE, "connection refused"), "127.0.0.1:7080"), "0f0e");
  EXPECT_EQ(Printed(status),
            "error: UNAVAILABLE: no answer from 127.0.0.1:7080: connection refused\n"
            "  safe to repeat with: --request-id 0f0e\n"
            "  is the server running? start one with: lumbung up\n");
}

TEST(Failure, NeverLetsAControlSequenceThrough) {
  EXPECT_EQ(Printed(absl::NotFoundError("no \x1b[2J account\nsecond line")),
            "error: NOT_FOUND: no  [2J account\n  second line\n");
}

}  // namespace
}  // namespace lumbung::cli
