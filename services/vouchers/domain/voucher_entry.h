// From a voucher to the journal entry it becomes, and what must hold before it may be submitted.
// Pure.
#ifndef LUMBUNG_SERVICES_VOUCHERS_DOMAIN_VOUCHER_ENTRY_H_
#define LUMBUNG_SERVICES_VOUCHERS_DOMAIN_VOUCHER_ENTRY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"
#include "ledger/core/entry_validation.h"
#include "services/vouchers/domain/approval_policy.h"
#include "services/vouchers/domain/voucher.h"

namespace lumbung::vouchers {

// Where entries that vouchers became say they come from.
inline constexpr char kVoucherSource[] = "voucher";

// `books/{book}/vouchers/{id}`.
std::string VoucherName(absl::string_view book_slug, VoucherId id);

// The entry: its reference is the voucher's number; the voucher's name and what its paper says
// besides are tags. Its request id is the voucher's name, so that a voucher posts once (INV-024).
EntryDraft EntryOf(const VoucherContent& content, absl::string_view voucher_name,
                   absl::string_view number);

// Everything that the book and the kind of voucher ask for. Reasons in order, paths relative to the
// voucher: DESCRIPTION_REQUIRED; PARTY_REQUIRED; those of ValidateEntry; for cash and bank vouchers
// CASH_ACCOUNT_REQUIRED, UNKNOWN_ACCOUNT, CASH_ACCOUNT_TYPE (not an asset), CASH_SIDE (a receipt
// must increase the account, a payment decrease it); for memorial vouchers CASH_ACCOUNT_FORBIDDEN;
// VOUCHER_NOT_VALUED when a posting has no value in the book's functional currency; OVERFLOW;
// NOTHING_TO_POST when the voucher is worth nothing.
absl::StatusOr<VoucherFacts> CheckVoucher(const BookSnapshot& book, const VoucherContent& content,
                                          PostingPermissions permissions);

// What policies ask about a voucher that was submitted, without checking it anew: it must be
// possible to see who is to approve, or reject, even a voucher that could no longer be posted.
VoucherFacts FactsOf(const BookSnapshot& book, const Voucher& voucher);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_DOMAIN_VOUCHER_ENTRY_H_
