#include "services/reporting/api/book_document_handler.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/date_range.h"
#include "ledger/core/status.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/book_store.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/transaction.h"
#include "reports/render/files/temporary_file.h"
#include "reports/source/book_documents.h"
#include "services/common/field_values.h"
#include "services/identity/store/grant_store.h"
#include "services/reporting/api/piece_sink.h"
#include "services/reporting/statements/document_options.h"
#include "services/reporting/statements/document_writers.h"
#include "services/reporting/statements/statement_reader.h"

namespace lumbung::reporting::api {
namespace {

constexpr int kMaxAccounts = 100;

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
    default:
      return InvalidArgument("UNKNOWN_DOCUMENT", "document",
                             "a book is printed as trial balance, general ledger or journal");
  }
}

absl::Status CheckRequest(const v1::PrintBookRequest& request) {
  LUMBUNG_RETURN_IF_ERROR(CheckOptions(request.options()));
  if (request.accounts_size() > kMaxAccounts) {
    return InvalidArgument("INVALID_FILTER", "accounts",
                           absl::StrCat("found ", request.accounts_size(), "; at most ",
                                        kMaxAccounts, " accounts are named"));
  }
  if (!request.accounts().empty() && request.document() != v1::BOOK_DOCUMENT_GENERAL_LEDGER) {
    return InvalidArgument("INVALID_FILTER", "accounts",
                           "only a general ledger is of some accounts");
  }
  if (!request.fund().empty() && request.document() == v1::BOOK_DOCUMENT_JOURNAL) {
    return InvalidArgument("INVALID_FILTER", "fund", "a journal shows whole entries, of any fund");
  }
  return absl::OkStatus();
}

// By id or, as people type it, by the code of an account that takes postings.
const Account* FindTyped(const BookSnapshot& book, const std::string& typed) {
  if (const Account* const found = book.FindAccount(typed)) return found;
  for (const Account& account : book.accounts()) {
    if (account.postable && account.code == typed) return &account;
  }
  return nullptr;
}

absl::StatusOr<std::vector<AccountId>> AccountsOf(const BookSnapshot& book,
                                                  const v1::PrintBookRequest& request) {
  std::vector<AccountId> accounts;
  for (int i = 0; i < request.accounts_size(); ++i) {
    const Account* const root = FindTyped(book, request.accounts(i));
    if (root == nullptr) {
      return NotFound("UNKNOWN_ACCOUNT", absl::StrCat("accounts[", i, "]"),
                      absl::StrCat("the book has no account '", request.accounts(i), "'"));
    }
    for (const AccountId id : book.Subtree(root->id)) {
      const bool is_known = std::count(accounts.begin(), accounts.end(), id) > 0;
      if (book.FindAccount(id)->postable && !is_known) accounts.push_back(id);
    }
  }
  return accounts;
}

absl::StatusOr<std::optional<FundId>> FundOf(const BookSnapshot& book,
                                             const v1::PrintBookRequest& request) {
  if (request.fund().empty()) return std::optional<FundId>();
  const Fund* const fund = book.FindFund(request.fund());
  if (fund != nullptr) return std::optional<FundId>(fund->id);
  return NotFound("UNKNOWN_FUND", "fund",
                  absl::StrCat("the book has no fund '", request.fund(), "'"));
}

absl::Status FillFrame(store::TransactionScope& scope, const CallScope& call,
                       const v1::PrintBookRequest& request,
                       reports::BookDocumentRequest* document) {
  LUMBUNG_ASSIGN_OR_RETURN(const store::Organization organization,
                           store::FindOrganization(scope, call.access.organization));
  reports::DocumentFrame& frame = document->frame;
  frame = FrameOf(request.options(), organization.display_name,
                  identity::ReadSettings(scope).small_organization);
  const bool is_english = IsEnglish(request.options());
  const Book& book = document->book->book();
  if (document->fund.has_value()) {
    frame.marks.push_back(absl::StrCat(is_english ? "Only the fund " : "Hanya dana ",
                                       document->book->FindFund(*document->fund)->display_name));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const store::BookRecord record, store::GetBook(scope, book.slug));
  frame.provenance.push_back(
      absl::StrCat(is_english ? "Book: " : "Buku: ", book.display_name, " (", book.slug, "), ",
                   is_english ? "up to entry " : "sampai jurnal ke-", record.last_entry_id));
  frame.checkpoint = CheckpointText(scope);
  return absl::OkStatus();
}

}  // namespace

absl::Status BookDocumentHandler::PrintBook(CallScope& call, const v1::PrintBookRequest& request,
                                            StreamWriter<v1::PrintBookResponse>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key,
                           parts_.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(const WriteBookDocument write, DocumentOf(request));
  LUMBUNG_RETURN_IF_ERROR(CheckRequest(request));
  reports::BookDocumentRequest document;
  LUMBUNG_ASSIGN_OR_RETURN(document.period.from, DateFromText(request.from_date(), "from_date"));
  LUMBUNG_ASSIGN_OR_RETURN(document.period.to, DateFromText(request.to_date(), "to_date"));
  if (document.period.IsEmpty()) {
    return InvalidArgument("INVALID_FILTER", "to_date",
                           absl::StrCat("found ", request.to_date(), ", which is before from_date ",
                                        request.from_date()));
  }
  // To a file first: a slow client must hold no view of the database.
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<reports::TemporaryFile> file,
                           reports::TemporaryFile::Create(parts_.scratch_dir));
  const std::unique_ptr<reports::ByteSink> appender = file->Appender();
  const absl::Status written = store::RunInTransaction(
      *parts_.pool, {key.organization, store::Access::kReadOnly, call.deadline},
      [&](store::TransactionScope& scope) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, key));
        document.book = std::make_shared<const BookSnapshot>(std::move(contents));
        LUMBUNG_ASSIGN_OR_RETURN(document.accounts, AccountsOf(*document.book, request));
        LUMBUNG_ASSIGN_OR_RETURN(document.fund, FundOf(*document.book, request));
        LUMBUNG_RETURN_IF_ERROR(FillFrame(scope, call, request, &document));
        LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<reports::DocumentWriter> out,
                                 MakeDocumentWriter(request.options(), parts_.scratch_dir,
                                                    parts_.now(), appender.get()));
        LUMBUNG_RETURN_IF_ERROR(write(scope, document, *out));
        return out->Finish();
      });
  if (!written.ok()) return written;
  PieceSink<v1::PrintBookResponse> sink(&writer);
  LUMBUNG_RETURN_IF_ERROR(file->CopyTo(sink));
  return sink.Send();
}

}  // namespace lumbung::reporting::api
