#include "tests/crash/ledger_reader.h"

#include <algorithm>
#include <cstddef>

#include <grpcpp/client_context.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "lumbung/ledger/v1/books_service.grpc.pb.h"
#include "services/common/access.h"
#include "services/common/error_mapping.h"
#include "tests/support/sign_in.h"

namespace lumbung::crash {
namespace {

constexpr int kPage = 1'000;
constexpr char kBooks[] = "books/";

// One call. It is not repeated: a server that is up again answers the first time it is asked.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Ask(
    Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    const Request& request, const std::string& named_organization = kOrganization) {
  grpc::ClientContext context;
  if (!named_organization.empty()) context.AddMetadata(kOrganizationMetadata, named_organization);
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return response;
}

}  // namespace

absl::Status CreateBooks(const std::shared_ptr<grpc::Channel>& channel,
                         const std::vector<std::string>& books) {
  using Stub = v1::BooksService::Stub;
  const std::unique_ptr<Stub> stub = v1::BooksService::NewStub(channel);
  v1::CreateOrganizationRequest organization;
  organization.set_organization_id(kOrganization);
  organization.set_display_name("Crash");
  organization.set_small_organization(true);
  LUMBUNG_RETURN_IF_ERROR(
      Ask(*stub, &Stub::CreateOrganization, organization, /*named_organization=*/"").status());
  LUMBUNG_RETURN_IF_ERROR(testing::GrantRole(channel, kOrganization, "admin", "finance_officer"));
  for (const std::string& name : books) {
    v1::CreateBookRequest book;
    book.set_book_id(name.substr(std::string(kBooks).size()));
    book.set_display_name(name);
    book.set_functional_currency("IDR");
    LUMBUNG_RETURN_IF_ERROR(Ask(*stub, &Stub::CreateBook, book).status());
    for (int i = 1; i <= kAccounts; ++i) {
      v1::CreateAccountRequest account;
      account.set_parent(name);
      account.mutable_account()->set_account_id(absl::StrCat(i));
      account.mutable_account()->set_code(absl::StrCat(i));
      account.mutable_account()->set_display_name(absl::StrCat("Account ", i));
      account.mutable_account()->set_type(v1::ACCOUNT_TYPE_ASSET);
      account.mutable_account()->set_postable(true);
      LUMBUNG_RETURN_IF_ERROR(Ask(*stub, &Stub::CreateAccount, account).status());
    }
  }
  return absl::OkStatus();
}

void LedgerReader::Connect(const std::shared_ptr<grpc::Channel>& channel) {
  stub_ = v1::LedgerService::NewStub(channel);
}

absl::Status LedgerReader::ReadNewEntries() {
  const std::int64_t known = entries_.empty() ? 0 : entries_.back().sequence;
  // Newest first, so that all pages show the book as the first one saw it.
  std::vector<BookedEntry> found;
  v1::ListJournalEntriesRequest request;
  request.set_parent(book_);
  request.set_page_size(kPage);
  request.set_newest_first(true);
  bool more = true;
  while (more) {
    LUMBUNG_ASSIGN_OR_RETURN(const v1::ListJournalEntriesResponse page,
                             Ask(*stub_, &v1::LedgerService::Stub::ListJournalEntries, request));
    request.set_page_token(page.next_page_token());
    more = !page.next_page_token().empty();
    for (const v1::JournalEntry& entry : page.journal_entries()) {
      if (entry.sequence() <= known) more = false;
      if (entry.sequence() > known) found.push_back(FromProto(entry));
    }
  }
  entries_.insert(entries_.end(), found.rbegin(), found.rend());
  return absl::OkStatus();
}

absl::Status LedgerReader::ReadAllEntries() {
  entries_.clear();
  return ReadNewEntries();
}

absl::StatusOr<TrialBalance> LedgerReader::Balances(const std::string& through) const {
  v1::ListBalancesRequest request;
  request.set_parent(book_);
  request.set_as_of(through);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListBalancesResponse response,
                           Ask(*stub_, &v1::LedgerService::Stub::ListBalances, request));
  TrialBalance balances;
  for (const v1::AccountBalance& row : response.balances()) {
    balances[row.account()] = {WholeAmount(row.debit()), WholeAmount(row.credit())};
  }
  return balances;
}

absl::StatusOr<int> LedgerReader::CountOfRequest(const std::string& request_id) const {
  v1::ListJournalEntriesRequest request;
  request.set_parent(book_);
  request.set_request_id(request_id);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListJournalEntriesResponse response,
                           Ask(*stub_, &v1::LedgerService::Stub::ListJournalEntries, request));
  return response.journal_entries_size();
}

}  // namespace lumbung::crash
