#include "services/host/cli/client_session.h"

#include <algorithm>
#include <vector>

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/common/access.h"
#include "services/host/cli/resource_names.h"

namespace lumbung::cli {
namespace {

constexpr int kMaxAttempts = 5;
constexpr absl::Duration kFirstDelay = absl::Milliseconds(200);
// A trial balance of a hundred thousand accounts is larger than gRPC's default of 4 MiB.
constexpr int kMaxMessageBytes = 64 << 20;

// What a header may carry; the RPC library aborts the process on anything else.
bool IsMetadata(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// Connects when the first call is made.
std::shared_ptr<grpc::ChannelInterface> ChannelTo(const std::string& server) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  // A command lives for seconds: it looks for a server that is coming back often, but leaves a busy
  // one the time to shake hands (the "minimum" bounds one attempt).
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 10'000);
  return grpc::CreateCustomChannel(server, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

ClientSession::ClientSession(SessionSettings settings, Console& console)
    : settings_(std::move(settings)), console_(console) {
  if (!IsMetadata(settings_.token)) settings_.token.clear();
  const std::shared_ptr<grpc::ChannelInterface> channel = ChannelTo(settings_.server);
  books_ = v1::BooksService::NewStub(channel);
  ledger_ = v1::LedgerService::NewStub(channel);
  transfer_ = v1::TransferService::NewStub(channel);
  identity_ = identity_v1::IdentityService::NewStub(channel);
  vouchers_ = vouchers::v1::VoucherService::NewStub(channel);
  log_ = log::v1::LogService::NewStub(channel);
  reporting_ = reporting::v1::ReportingService::NewStub(channel);
}

absl::StatusOr<std::string> ClientSession::Organization() {
  if (!settings_.organization.empty()) {
    if (!IsMetadata(settings_.organization)) {
      return UsageError("--organization", "an organization's id is printable ASCII");
    }
    return settings_.organization;
  }
  std::vector<std::string> ids;
  LUMBUNG_RETURN_IF_ERROR(ForEachPage(&BooksApi::ListOrganizations, v1::ListOrganizationsRequest(),
                                      [&ids](const auto& page) {
                                        for (const auto& organization : page.organizations()) {
                                          ids.push_back(LastId(organization.name()));
                                        }
                                        return absl::OkStatus();
                                      }));
  if (ids.empty()) {
    return NotFound("NO_ORGANIZATION", "",
                    "you have a role in no organization; an administrator grants roles with: "
                    "lumbung role grant; a platform operator makes an organization with: lumbung "
                    "organization create ID --display-name NAME");
  }
  if (ids.size() > 1) {
    return UsageError("--organization",
                      absl::StrCat("you have roles in several organizations; name one of: ",
                                   absl::StrJoin(ids, ", ")));
  }
  settings_.organization = ids.front();
  return settings_.organization;
}

absl::StatusOr<std::string> ClientSession::BookId() {
  if (!settings_.book.empty()) return settings_.book;
  std::vector<v1::Book> books;
  LUMBUNG_RETURN_IF_ERROR(
      ForEachPage(&BooksApi::ListBooks, v1::ListBooksRequest(), [&books](const auto& page) {
        books.insert(books.end(), page.books().begin(), page.books().end());
        return absl::OkStatus();
      }));
  if (books.empty()) {
    return NotFound("NO_BOOK", "",
                    absl::StrCat("organization ", settings_.organization,
                                 " has no book yet; make one with: lumbung book create ID"));
  }
  if (books.size() > 1) {
    return UsageError(
        "--book",
        absl::StrCat("the organization has several books; name one of: ",
                     absl::StrJoin(books, ", ", [](std::string* out, const v1::Book& book) {
                       absl::StrAppend(out, LastId(book.name()));
                     })));
  }
  settings_.book = LastId(books.front().name());
  book_ = std::move(books.front());
  return settings_.book;
}

absl::StatusOr<std::string> ClientSession::BookName() {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string id, BookId());
  return BookNameOf(id);
}

absl::StatusOr<std::string> ClientSession::EntryName(const std::string& typed) {
  if (absl::StartsWith(typed, "books/")) return typed;
  LUMBUNG_ASSIGN_OR_RETURN(const std::string book, BookName());
  return ChildName(book, "entries", typed);
}

absl::StatusOr<v1::Book> ClientSession::Book() {
  if (book_) return *book_;
  v1::GetBookRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_name(), BookName());
  if (!book_) {
    LUMBUNG_ASSIGN_OR_RETURN(book_, Call(&BooksApi::GetBook, request));
  }
  return *book_;
}

absl::StatusOr<std::unique_ptr<grpc::ClientContext>> ClientSession::NewContext(
    absl::Duration timeout) {
  if (!for_platform_) LUMBUNG_RETURN_IF_ERROR(Organization().status());
  auto context = std::make_unique<grpc::ClientContext>();
  Prepare(*context, for_platform_ ? Naming::kNever : Naming::kAlways, timeout);
  return context;
}

void ClientSession::Prepare(grpc::ClientContext& context, Naming naming,
                            absl::Duration timeout) const {
  if (naming != Naming::kNever && !settings_.organization.empty()) {
    context.AddMetadata(kOrganizationMetadata, settings_.organization);
  }
  if (!settings_.token.empty()) {
    context.AddMetadata(kAuthorizationMetadata, absl::StrCat("Bearer ", settings_.token));
  }
  if (timeout != absl::InfiniteDuration()) {
    context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  }
}

bool ClientSession::ShouldRetry(const absl::Status& failure, int attempt) {
  if (!MayPass(failure) || attempt >= kMaxAttempts) return false;
  console_.sleep(kFirstDelay * (1 << (attempt - 1)));
  return true;
}

}  // namespace lumbung::cli
