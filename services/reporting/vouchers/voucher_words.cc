#include "services/reporting/vouchers/voucher_words.h"

#include "absl/strings/str_cat.h"

namespace lumbung::reporting {
namespace {

using reports::Label;
using reports::Language;
using vouchers::VoucherKind;
using vouchers::VoucherState;

Label KindWords(VoucherKind kind) {
  switch (kind) {
    case VoucherKind::kCashIn:
      return {"BUKTI KAS MASUK", "CASH RECEIPT VOUCHER"};
    case VoucherKind::kCashOut:
      return {"BUKTI KAS KELUAR", "CASH PAYMENT VOUCHER"};
    case VoucherKind::kBankIn:
      return {"BUKTI BANK MASUK", "BANK RECEIPT VOUCHER"};
    case VoucherKind::kBankOut:
      return {"BUKTI BANK KELUAR", "BANK PAYMENT VOUCHER"};
    case VoucherKind::kMemorial:
      return {"BUKTI MEMORIAL", "JOURNAL VOUCHER"};
  }
  return {};
}

Label StateWords(VoucherState state) {
  switch (state) {
    case VoucherState::kDraft:
      return {"konsep", "draft"};
    case VoucherState::kSubmitted:
      return {"diajukan", "submitted"};
    case VoucherState::kApproved:
      return {"disetujui", "approved"};
    case VoucherState::kPosted:
      return {"dibukukan", "posted"};
    case VoucherState::kRejected:
      return {"ditolak", "rejected"};
    case VoucherState::kCancelled:
      return {"dibatalkan", "cancelled"};
  }
  return {};
}

}  // namespace

std::string KindTitle(VoucherKind kind, Language language) {
  return absl::StrCat(KindWords(kind).In(language), " (", vouchers::KindCode(kind), ")");
}

std::string StateTitle(VoucherState state, Language language) {
  return StateWords(state).In(language);
}

bool IsReceiving(VoucherKind kind) {
  return kind == VoucherKind::kCashIn || kind == VoucherKind::kBankIn;
}

bool IsPaying(VoucherKind kind) {
  return kind == VoucherKind::kCashOut || kind == VoucherKind::kBankOut;
}

std::string PartyTitle(VoucherKind kind, Language language) {
  const Label words = IsReceiving(kind) ? Label{"Diterima dari", "Received from"}
                      : IsPaying(kind)  ? Label{"Dibayarkan kepada", "Paid to"}
                                        : Label{"Pihak", "Party"};
  return words.In(language);
}

std::string MomentText(absl::Time time, Language language) {
  return absl::FormatTime(
      language == Language::kIndonesian ? "%d/%m/%Y %H:%M UTC" : "%Y-%m-%d %H:%M UTC", time,
      absl::UTCTimeZone());
}

}  // namespace lumbung::reporting
