// Vouchers and what belongs to them between protobuf and the library. Pure functions.
#ifndef LUMBUNG_SERVICES_VOUCHERS_API_VOUCHER_CONVERSION_H_
#define LUMBUNG_SERVICES_VOUCHERS_API_VOUCHER_CONVERSION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/core/book_snapshot.h"
#include "lumbung/vouchers/v1/resources.pb.h"
#include "services/vouchers/domain/approval_policy.h"
#include "services/vouchers/domain/voucher.h"
#include "services/vouchers/store/attachment_rows.h"
#include "services/vouchers/store/number_store.h"
#include "services/vouchers/store/template_store.h"
#include "services/vouchers/store/voucher_store.h"

namespace lumbung::vouchers::api {

// What an answer shows of a voucher.
struct VoucherView {
  const Voucher* voucher = nullptr;
  const std::vector<Approval>* approvals = nullptr;
  const std::vector<Attachment>* attachments = nullptr;
  std::vector<std::string> waits_for;
};

v1::Voucher VoucherToProto(const BookSnapshot& book, const VoucherView& view);

// What clients write of a voucher, shape checked. Paths relative to the voucher: INVALID_KIND,
// INVALID_DATE, TOO_MANY_POSTINGS, INVALID_AMOUNT, then those of CheckShape.
absl::StatusOr<VoucherContent> ContentFromProto(const v1::Voucher& voucher);

v1::Person PersonToProto(const Person& person);
v1::VoucherEvent EventToProto(const VoucherEvent& event);
v1::Attachment AttachmentToProto(absl::string_view voucher_name, const Attachment& attachment);

// Absent when unspecified. INVALID_KIND.
absl::StatusOr<std::optional<VoucherKind>> KindFromProto(v1::VoucherKind kind);

// INVALID_ID at `policy_id`, INVALID_KIND, INVALID_AMOUNT, INVALID_DATE.
absl::StatusOr<ApprovalPolicy> PolicyFromProto(const v1::ApprovalPolicy& policy);
v1::ApprovalPolicy PolicyToProto(absl::string_view book_slug, const ApprovalPolicy& policy);
v1::Deputy DeputyToProto(absl::string_view book_slug, const Deputyship& deputyship);

// INVALID_PATTERN when `reset` is unknown.
absl::StatusOr<NumberSeries> SeriesFromProto(const v1::NumberSeries& series);
v1::NumberSeries SeriesToProto(absl::string_view book_slug, const NumberSeries& series);

// INVALID_ID at `template_id`, INVALID_TEXT, TEXT_TOO_LONG, INVALID_SCHEDULE, INVALID_DATE, then
// those of ContentFromProto at `voucher`.
absl::StatusOr<VoucherTemplate> TemplateFromProto(const v1::VoucherTemplate& written);
v1::VoucherTemplate TemplateToProto(absl::string_view book_slug, const VoucherTemplate& found);

// INVALID_DATE.
absl::StatusOr<Date> DateAt(const std::string& text, absl::string_view field);

}  // namespace lumbung::vouchers::api

#endif  // LUMBUNG_SERVICES_VOUCHERS_API_VOUCHER_CONVERSION_H_
