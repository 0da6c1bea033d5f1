// Voucher (bukti): the document before a journal entry. What it says is its content; everything
// else is what happened to it.
#ifndef LUMBUNG_SERVICES_VOUCHERS_DOMAIN_VOUCHER_H_
#define LUMBUNG_SERVICES_VOUCHERS_DOMAIN_VOUCHER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/core/entry.h"
#include "ledger/core/ids.h"
#include "services/vouchers/domain/person.h"

namespace lumbung::vouchers {

// The position of a voucher in its book, from 1. Drafts that came to nothing have one too; it is
// not the voucher's number.
enum class VoucherId : std::int64_t {};

// The numbers are those stored in the database and hashed; they never change.
enum class VoucherKind : std::int16_t {
  kCashIn = 1,    // BKM, bukti kas masuk
  kCashOut = 2,   // BKK, bukti kas keluar
  kBankIn = 3,    // BBM, bukti bank masuk
  kBankOut = 4,   // BBK, bukti bank keluar
  kMemorial = 5,  // BM, bukti memorial
};
inline constexpr VoucherKind kVoucherKinds[] = {VoucherKind::kCashIn, VoucherKind::kCashOut,
                                                VoucherKind::kBankIn, VoucherKind::kBankOut,
                                                VoucherKind::kMemorial};

enum class VoucherState : std::int16_t {
  kDraft = 1,
  kSubmitted = 2,
  kApproved = 3,
  kPosted = 4,
  kRejected = 5,
  kCancelled = 6,
};

inline constexpr std::size_t kMaxVoucherPostings = 1'000;
inline constexpr std::size_t kMaxPostingDimensions = 64;
inline constexpr std::size_t kMaxVoucherAttachments = 50;

// "BKM": how the kind is written on paper.
absl::string_view KindCode(VoucherKind kind);
std::optional<VoucherKind> KindOfCode(absl::string_view code);
absl::string_view StateWord(VoucherState state);

struct VoucherContent {
  VoucherKind kind = VoucherKind::kMemorial;
  Date date;
  // Received from, or paid to. Empty on memorial vouchers.
  std::string party;
  std::string description;
  // Cheque, transfer or invoice number: the number on somebody else's paper.
  std::string reference;
  // Key of the cash or bank account. Empty on memorial vouchers.
  std::string cash_account;
  // Number series; that of the kind when empty.
  std::string series;
  std::vector<PostingDraft> postings;
};

// What can be said of a content without its book. A draft may be unfinished: it need not balance.
// INVALID_TEXT, TEXT_TOO_LONG, INVALID_ID, TOO_MANY_POSTINGS, TOO_MANY_DIMENSIONS.
absl::Status CheckShape(const VoucherContent& content);

// The running number of a series in one of its periods, and how it is written.
struct VoucherNumber {
  std::string text;  // "BKK.0001/IX/2026"
  std::string series;
  int period = 0;
  std::int64_t sequence = 0;
};

struct Voucher {
  VoucherId id{};
  VoucherContent content;
  VoucherState state = VoucherState::kDraft;
  std::string content_hash;  // 32 bytes
  // How often it was submitted. Approvals of an earlier round are void.
  int round = 0;
  // Grows with every change.
  int version = 1;
  Person maker;
  absl::Time created_at;
  absl::Time changed_at;
  // What the voucher is worth in the book's functional currency, from its submission on.
  std::optional<Decimal> amount;
  // Given at posting, both.
  std::optional<VoucherNumber> number;
  std::optional<EntryId> entry;
  // Somebody approved what the same person made, as a small organization may.
  bool self_approved = false;
  // Why it was rejected or cancelled.
  std::string reason;
  // Key of the template it came from, or empty.
  std::string template_key;
};

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_DOMAIN_VOUCHER_H_
