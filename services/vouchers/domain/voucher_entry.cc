#include "services/vouchers/domain/voucher_entry.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::vouchers {
namespace {

bool MovesMoney(VoucherKind kind) {
  return kind != VoucherKind::kMemorial;
}
bool BringsMoneyIn(VoucherKind kind) {
  return kind == VoucherKind::kCashIn || kind == VoucherKind::kBankIn;
}

absl::Status CheckWords(const VoucherContent& content) {
  if (content.description.empty()) {
    return InvalidArgument("DESCRIPTION_REQUIRED", "description",
                           "a voucher says what it is for (uraian)");
  }
  if (MovesMoney(content.kind) && content.party.empty()) {
    return InvalidArgument(
        "PARTY_REQUIRED", "party",
        absl::StrCat("a ", KindCode(content.kind), " says ",
                     BringsMoneyIn(content.kind) ? "from whom money was received (diterima dari)"
                                                 : "to whom money is paid (dibayar kepada)"));
  }
  return absl::OkStatus();
}

// The entry's own checks, told in the words of the voucher.
absl::StatusOr<ValidEntry> Validate(const BookSnapshot& book, const VoucherContent& content,
                                    PostingPermissions permissions) {
  absl::StatusOr<ValidEntry> entry =
      ValidateEntry(book, EntryOf(content, "books/0/vouchers/0", ""), permissions);
  if (entry.ok() || FieldOf(entry.status()) != "effective_date") return entry;
  return Refusal(entry.status().code(), ReasonOf(entry.status()), "date", entry.status().message());
}

// A receipt increases its cash account, a payment decreases it; other lines may use it too.
absl::Status CheckCashAccount(const BookSnapshot& book, const VoucherContent& content,
                              const ValidEntry& entry) {
  const absl::string_view code = KindCode(content.kind);
  if (!MovesMoney(content.kind)) {
    if (content.cash_account.empty()) return absl::OkStatus();
    return InvalidArgument("CASH_ACCOUNT_FORBIDDEN", "cash_account",
                           "a memorial voucher moves no money; leave its cash account empty");
  }
  if (content.cash_account.empty()) {
    return InvalidArgument("CASH_ACCOUNT_REQUIRED", "cash_account",
                           absl::StrCat("a ", code, " names the account that the money ",
                                        BringsMoneyIn(content.kind) ? "goes to" : "comes from"));
  }
  const Account* const account = book.FindAccount(content.cash_account);
  if (account == nullptr) {
    return InvalidArgument("UNKNOWN_ACCOUNT", "cash_account",
                           absl::StrCat("the book has no account \"", content.cash_account, "\""));
  }
  if (account->type != AccountType::kAsset) {
    return InvalidArgument("CASH_ACCOUNT_TYPE", "cash_account",
                           absl::StrCat("account ", account->key, " is not an asset"));
  }
  Decimal moved;
  for (const ValidPosting& posting : entry.postings) {
    if (posting.account != account->id) continue;
    LUMBUNG_ASSIGN_OR_RETURN(moved, Add(moved, posting.functional_amount));
  }
  if (moved.Sign() == (BringsMoneyIn(content.kind) ? 1 : -1)) return absl::OkStatus();
  return InvalidArgument(
      "CASH_SIDE", "postings",
      absl::StrCat("a ", code, BringsMoneyIn(content.kind) ? " debits" : " credits", " account ",
                   account->key, "; its postings there come to ", moved.ToString()));
}

// The sum of the debits.
absl::StatusOr<Decimal> WorthOf(const BookSnapshot& book, const ValidEntry& entry) {
  Decimal worth;
  for (std::size_t i = 0; i < entry.postings.size(); ++i) {
    const ValidPosting& posting = entry.postings[i];
    if (posting.functional_currency != book.book().functional_currency) {
      return InvalidArgument("VOUCHER_NOT_VALUED", absl::StrCat("postings[", i, "].amount"),
                             "the posting has no value in the book's functional currency; "
                             "say its functional amount");
    }
    if (posting.functional_amount.Sign() <= 0) continue;
    LUMBUNG_ASSIGN_OR_RETURN(worth, Add(worth, posting.functional_amount));
  }
  if (!worth.IsZero()) return worth;
  return InvalidArgument("NOTHING_TO_POST", "postings", "the voucher is worth nothing");
}

}  // namespace

std::string VoucherName(absl::string_view book_slug, VoucherId id) {
  return absl::StrCat("books/", book_slug, "/vouchers/", ToInteger(id));
}

EntryDraft EntryOf(const VoucherContent& content, absl::string_view voucher_name,
                   absl::string_view number) {
  EntryDraft draft;
  draft.effective_date = content.date;
  draft.description = content.description;
  draft.reference = std::string(number);
  draft.source = kVoucherSource;
  draft.request_id = std::string(voucher_name);
  draft.postings = content.postings;
  if (!content.reference.empty()) draft.tags.emplace_back("document", content.reference);
  if (!content.party.empty()) draft.tags.emplace_back("party", content.party);
  draft.tags.emplace_back("voucher", voucher_name);
  return draft;
}

absl::StatusOr<VoucherFacts> CheckVoucher(const BookSnapshot& book, const VoucherContent& content,
                                          PostingPermissions permissions) {
  LUMBUNG_RETURN_IF_ERROR(CheckWords(content));
  LUMBUNG_ASSIGN_OR_RETURN(const ValidEntry entry, Validate(book, content, permissions));
  LUMBUNG_RETURN_IF_ERROR(CheckCashAccount(book, content, entry));
  Voucher checked;
  checked.content = content;
  LUMBUNG_ASSIGN_OR_RETURN(checked.amount, WorthOf(book, entry));
  return FactsOf(book, checked);
}

VoucherFacts FactsOf(const BookSnapshot& book, const Voucher& voucher) {
  VoucherFacts facts;
  facts.kind = voucher.content.kind;
  facts.amount = voucher.amount.value_or(Decimal());
  for (const PostingDraft& posting : voucher.content.postings) {
    facts.funds.insert(posting.fund.empty() ? book.FindFund(book.book().default_fund)->key
                                            : posting.fund);
    facts.accounts.insert(posting.account);
    const Account* account = book.FindAccount(posting.account);
    while (account != nullptr && account->parent.has_value()) {
      account = book.FindAccount(*account->parent);
      facts.accounts.insert(account->key);
    }
  }
  return facts;
}

}  // namespace lumbung::vouchers
