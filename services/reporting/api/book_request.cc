#include "services/reporting/api/book_request.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/book_store.h"
#include "ledger/store/organization_store.h"
#include "services/common/field_values.h"
#include "services/identity/store/grant_store.h"
#include "services/reporting/statements/document_options.h"
#include "services/reporting/statements/statement_reader.h"

namespace lumbung::reporting::api {
namespace {

constexpr int kMaxAccounts = 100;

// By id or, as people type it, by the code of an account that takes postings.
const Account* FindTyped(const BookSnapshot& book, const std::string& typed) {
  if (const Account* const found = book.FindAccount(typed)) return found;
  for (const Account& account : book.accounts()) {
    if (account.postable && account.code == typed) return &account;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<DateRange> DaysFrom(const std::string& from, const std::string& to) {
  DateRange days;
  LUMBUNG_ASSIGN_OR_RETURN(days.from, DateFromText(from, "from_date"));
  LUMBUNG_ASSIGN_OR_RETURN(days.to, DateFromText(to, "to_date"));
  if (!days.IsEmpty()) return days;
  return InvalidArgument("INVALID_FILTER", "to_date",
                         absl::StrCat("found ", to, ", which is before from_date ", from));
}

absl::Status CheckAccounts(const TypedAccounts& typed) {
  if (typed.size() <= kMaxAccounts) return absl::OkStatus();
  return InvalidArgument(
      "INVALID_FILTER", "accounts",
      absl::StrCat("found ", typed.size(), "; at most ", kMaxAccounts, " accounts are named"));
}

absl::StatusOr<std::vector<AccountId>> AccountsFrom(const BookSnapshot& book,
                                                    const TypedAccounts& typed) {
  std::vector<AccountId> accounts;
  for (int i = 0; i < typed.size(); ++i) {
    const Account* const root = FindTyped(book, typed[i]);
    if (root == nullptr) {
      return NotFound("UNKNOWN_ACCOUNT", absl::StrCat("accounts[", i, "]"),
                      absl::StrCat("the book has no account '", typed[i], "'"));
    }
    for (const AccountId id : book.Subtree(root->id)) {
      const bool is_known = std::count(accounts.begin(), accounts.end(), id) > 0;
      if (!is_known && book.FindAccount(id)->postable) accounts.push_back(id);
    }
  }
  return accounts;
}

absl::StatusOr<reports::DocumentFrame> BookFrame(store::TransactionScope& scope,
                                                 const CallScope& call,
                                                 const v1::DocumentOptions& options,
                                                 const BookSnapshot& book) {
  LUMBUNG_ASSIGN_OR_RETURN(const store::Organization organization,
                           store::FindOrganization(scope, call.access.organization));
  reports::DocumentFrame frame =
      FrameOf(options, organization.display_name, identity::ReadSettings(scope).small_organization);
  LUMBUNG_ASSIGN_OR_RETURN(const store::BookRecord record, store::GetBook(scope, book.book().slug));
  const bool is_english = IsEnglish(options);
  frame.provenance.push_back(absl::StrCat(
      is_english ? "Book: " : "Buku: ", book.book().display_name, " (", book.book().slug, "), ",
      is_english ? "up to entry " : "sampai jurnal ke-", record.last_entry_id));
  frame.checkpoint = CheckpointText(scope);
  return frame;
}

}  // namespace lumbung::reporting::api
