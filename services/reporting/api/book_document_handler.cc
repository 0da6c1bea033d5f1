#include "services/reporting/api/book_document_handler.h"

#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/book_reader.h"
#include "reports/source/book_documents.h"
#include "services/reporting/api/book_request.h"
#include "services/reporting/statements/document_options.h"

namespace lumbung::reporting::api {
namespace {

using WriteBookDocument = absl::Status (*)(store::TransactionScope&,
                                           const reports::BookDocumentRequest&,
                                           reports::DocumentWriter&);

absl::StatusOr<WriteBookDocument> DocumentOf(const v1::PrintBookRequest& request) {
  switch (request.document()) {
    case v1::BOOK_DOCUMENT_TRIAL_BALANCE:
      return &reports::WriteTrialBalance;
    case v1::BOOK_DOCUMENT_GENERAL_LEDGER:
      return &reports::WriteGeneralLedger;
    case v1::BOOK_DOCUMENT_JOURNAL:
      return &reports::WriteJournal;
    case v1::BOOK_DOCUMENT_ACCOUNT_REGISTER:
      return &reports::WriteAccountRegister;
    default:
      return InvalidArgument(
          "UNKNOWN_DOCUMENT", "document",
          "a book is printed as trial balance, general ledger, account register or journal");
  }
}

absl::Status CheckRequest(const v1::PrintBookRequest& request) {
  LUMBUNG_RETURN_IF_ERROR(CheckOptions(request.options()));
  LUMBUNG_RETURN_IF_ERROR(CheckAccounts(request.accounts()));
  const bool is_by_account = request.document() == v1::BOOK_DOCUMENT_GENERAL_LEDGER ||
                             request.document() == v1::BOOK_DOCUMENT_ACCOUNT_REGISTER;
  if (!request.accounts().empty() && !is_by_account) {
    return InvalidArgument("INVALID_FILTER", "accounts",
                           "only a general ledger or an account register is of some accounts");
  }
  if (!request.fund().empty() && request.document() == v1::BOOK_DOCUMENT_JOURNAL) {
    return InvalidArgument("INVALID_FILTER", "fund", "a journal shows whole entries, of any fund");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<FundId>> FundOf(const BookSnapshot& book,
                                             const v1::PrintBookRequest& request) {
  if (request.fund().empty()) return std::optional<FundId>();
  const Fund* const fund = book.FindFund(request.fund());
  if (fund != nullptr) return std::optional<FundId>(fund->id);
  return NotFound("UNKNOWN_FUND", "fund",
                  absl::StrCat("the book has no fund '", request.fund(), "'"));
}

}  // namespace

absl::Status BookDocumentHandler::PrintBook(CallScope& call, const v1::PrintBookRequest& request,
                                            StreamWriter<v1::PrintBookResponse>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key,
                           parts_.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(const WriteBookDocument write, DocumentOf(request));
  LUMBUNG_RETURN_IF_ERROR(CheckRequest(request));
  reports::BookDocumentRequest document;
  LUMBUNG_ASSIGN_OR_RETURN(document.period, DaysFrom(request.from_date(), request.to_date()));
  const auto write_document = [&](store::TransactionScope& scope,
                                  reports::ByteSink& sink) -> absl::Status {
    LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, key));
    document.book = std::make_shared<const BookSnapshot>(std::move(contents));
    LUMBUNG_ASSIGN_OR_RETURN(document.accounts, AccountsFrom(*document.book, request.accounts()));
    LUMBUNG_ASSIGN_OR_RETURN(document.fund, FundOf(*document.book, request));
    LUMBUNG_ASSIGN_OR_RETURN(document.frame,
                             BookFrame(scope, call, request.options(), *document.book));
    if (document.fund.has_value()) {
      document.frame.marks.push_back(
          absl::StrCat(IsEnglish(request.options()) ? "Only the fund " : "Hanya dana ",
                       document.book->FindFund(*document.fund)->display_name));
    }
    LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<reports::DocumentWriter> out,
                             NewDocument(parts_, request.options(), &sink));
    LUMBUNG_RETURN_IF_ERROR(write(scope, document, *out));
    return out->Finish();
  };
  return StreamDocument(parts_, call, key.organization, write_document, writer);
}

}  // namespace lumbung::reporting::api
