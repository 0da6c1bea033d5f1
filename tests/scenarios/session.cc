#include "tests/scenarios/session.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/access.h"

namespace lumbung::scenarios {
namespace {

constexpr char kBook[] = "main";
// Long enough for a busy machine, short enough to notice a call that hangs.
constexpr std::chrono::seconds kPatience(60);

}  // namespace

absl::StatusOr<std::unique_ptr<Session>> Session::Begin(
    const std::shared_ptr<grpc::Channel>& channel, std::string organization) {
  std::unique_ptr<Session> session(new Session(channel, std::move(organization)));
  v1::CreateOrganizationRequest create;
  create.set_organization_id(session->organization_);
  LUMBUNG_RETURN_IF_ERROR(session->Ask(&Books::CreateOrganization, Row(), create).status());
  v1::CreateBookRequest book;
  book.set_book_id(kBook);
  LUMBUNG_RETURN_IF_ERROR(session->Ask(&Books::CreateBook, Row(), book).status());
  return session;
}

Session::Session(const std::shared_ptr<grpc::Channel>& channel, std::string organization)
    : organization_(std::move(organization)),
      ledger_(v1::LedgerService::NewStub(channel)),
      books_(v1::BooksService::NewStub(channel)) {}

std::string Session::BookOf(const Row& row) const {
  return absl::StrCat("books/", row.Has("book") ? row["book"] : kBook);
}

std::string Session::PartOf(const Row& row, absl::string_view collection,
                            absl::string_view id) const {
  return absl::StrCat(BookOf(row), "/", collection, "/", id);
}

Row Session::WithRequestId(const Row& row) {
  Row with_id = row;
  if (!row.Has("request")) with_id.Add("request", absl::StrCat("request-", next_request_++));
  return with_id;
}

absl::StatusOr<std::string> Session::TrialBalance() {
  v1::ListBalancesRequest request;
  request.set_parent(BookOf(Row()));
  request.set_include_zero(true);
  request.set_group_by_fund(true);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListBalancesResponse response,
                           Ask(&Ledger::ListBalances, Row(), request));
  for (const v1::AccountBalance& total : response.totals()) {
    if (total.functional_debit() == total.functional_credit()) continue;
    return absl::UnknownError(
        absl::StrCat("debits differ from credits: ", total.ShortDebugString()));
  }
  return response.DebugString();
}

void Session::PrepareCall(const Row& row, grpc::ClientContext* context) const {
  context->set_deadline(std::chrono::system_clock::now() + kPatience);
  const std::string& organization = row.Has("organization") ? row["organization"] : organization_;
  if (organization != "none") context->AddMetadata(kOrganizationMetadata, organization);
  if (row.Has("role")) {
    context->AddMetadata(kAuthorizationMetadata, absl::StrCat("Bearer ", row["role"]));
  }
}

}  // namespace lumbung::scenarios
