// Vouchers for the eye: how their kinds, states and people read, one voucher with its postings, and
// a row of a list.
#ifndef LUMBUNG_SERVICES_HOST_CLI_VOUCHER_VIEW_H_
#define LUMBUNG_SERVICES_HOST_CLI_VOUCHER_VIEW_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lumbung/vouchers/v1/resources.pb.h"
#include "services/host/cli/choice.h"
#include "services/host/cli/invocation.h"
#include "services/host/cli/record_writer.h"

namespace lumbung::cli {

inline constexpr Choice<vouchers::v1::VoucherKind> kVoucherKinds[] = {
    {"BKM", vouchers::v1::VOUCHER_KIND_CASH_IN, Label::kCashIn},
    {"BKK", vouchers::v1::VOUCHER_KIND_CASH_OUT, Label::kCashOut},
    {"BBM", vouchers::v1::VOUCHER_KIND_BANK_IN, Label::kBankIn},
    {"BBK", vouchers::v1::VOUCHER_KIND_BANK_OUT, Label::kBankOut},
    {"BM", vouchers::v1::VOUCHER_KIND_MEMORIAL, Label::kMemorial},
};

inline constexpr Choice<vouchers::v1::VoucherState> kVoucherStates[] = {
    {"draft", vouchers::v1::VOUCHER_STATE_DRAFT, Label::kDraft},
    {"submitted", vouchers::v1::VOUCHER_STATE_SUBMITTED, Label::kSubmitted},
    {"approved", vouchers::v1::VOUCHER_STATE_APPROVED, Label::kApproved},
    {"posted", vouchers::v1::VOUCHER_STATE_POSTED, Label::kPosted},
    {"rejected", vouchers::v1::VOUCHER_STATE_REJECTED, Label::kRejected},
    {"cancelled", vouchers::v1::VOUCHER_STATE_CANCELLED, Label::kCancelled},
};

// "BKK (kas keluar)"; "BKK" in CSV.
std::string ShowVoucherKind(const Invocation& call, vouchers::v1::VoucherKind kind);

// Of a number as printed, an id, or a resource name as typed.
absl::StatusOr<std::string> VoucherName(Invocation& call, const std::string& typed);

// In table format: heading, postings and attachments. In CSV: one row. As JSON: the message.
absl::Status WriteVoucher(Invocation& call, const vouchers::v1::Voucher& voucher);

std::vector<Column> VoucherColumns(const Invocation& call);
std::vector<Cell> VoucherCells(const Invocation& call, const vouchers::v1::Voucher& voucher);
inline constexpr RecordLayout<vouchers::v1::Voucher> kVouchers{VoucherColumns, VoucherCells};

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_VOUCHER_VIEW_H_
