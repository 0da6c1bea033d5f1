#include "services/vouchers/domain/voucher.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"

namespace lumbung::vouchers {
namespace {

struct KindName {
  VoucherKind kind;
  absl::string_view code;
};
constexpr KindName kKindNames[] = {
    {VoucherKind::kCashIn, "BKM"},  {VoucherKind::kCashOut, "BKK"}, {VoucherKind::kBankIn, "BBM"},
    {VoucherKind::kBankOut, "BBK"}, {VoucherKind::kMemorial, "BM"},
};

absl::Status CheckOptionalKey(absl::string_view key, absl::string_view field) {
  return key.empty() ? absl::OkStatus() : ValidateKey(key, field);
}

absl::Status CheckPosting(const PostingDraft& posting) {
  LUMBUNG_RETURN_IF_ERROR(ValidateKey(posting.account, "account"));
  LUMBUNG_RETURN_IF_ERROR(CheckOptionalKey(posting.currency, "amount.currency"));
  if (posting.functional.has_value()) {
    LUMBUNG_RETURN_IF_ERROR(
        CheckOptionalKey(posting.functional->currency, "functional_amount.currency"));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckOptionalKey(posting.fund, "fund"));
  if (posting.dimensions.size() > kMaxPostingDimensions) {
    return InvalidArgument("TOO_MANY_DIMENSIONS", "dimensions",
                           absl::StrCat("found ", posting.dimensions.size(), "; at most ",
                                        kMaxPostingDimensions, " are allowed on a posting"));
  }
  for (const auto& [dimension, value] : posting.dimensions) {
    LUMBUNG_RETURN_IF_ERROR(ValidateKey(dimension, "dimensions"));
    LUMBUNG_RETURN_IF_ERROR(ValidateKey(value, "dimensions"));
  }
  return ValidateNote(posting.memo, "memo");
}

}  // namespace

absl::string_view KindCode(VoucherKind kind) {
  for (const KindName& name : kKindNames) {
    if (name.kind == kind) return name.code;
  }
  return "";
}

std::optional<VoucherKind> KindOfCode(absl::string_view code) {
  for (const KindName& name : kKindNames) {
    if (name.code == code) return name.kind;
  }
  return std::nullopt;
}

absl::string_view StateWord(VoucherState state) {
  switch (state) {
    case VoucherState::kDraft:
      return "draft";
    case VoucherState::kSubmitted:
      return "submitted";
    case VoucherState::kApproved:
      return "approved";
    case VoucherState::kPosted:
      return "posted";
    case VoucherState::kRejected:
      return "rejected";
    case VoucherState::kCancelled:
      return "cancelled";
  }
  return "";
}

absl::Status CheckShape(const VoucherContent& content) {
  LUMBUNG_RETURN_IF_ERROR(ValidateName(content.party, "party"));
  LUMBUNG_RETURN_IF_ERROR(ValidateNote(content.description, "description"));
  LUMBUNG_RETURN_IF_ERROR(ValidateName(content.reference, "reference"));
  LUMBUNG_RETURN_IF_ERROR(CheckOptionalKey(content.cash_account, "cash_account"));
  LUMBUNG_RETURN_IF_ERROR(CheckOptionalKey(content.series, "series"));
  if (content.postings.size() > kMaxVoucherPostings) {
    return InvalidArgument("TOO_MANY_POSTINGS", "postings",
                           absl::StrCat("found ", content.postings.size(), "; at most ",
                                        kMaxVoucherPostings, " are allowed on a voucher"));
  }
  for (std::size_t i = 0; i < content.postings.size(); ++i) {
    absl::Status status = CheckPosting(content.postings[i]);
    if (!status.ok()) return PrefixField(std::move(status), absl::StrCat("postings[", i, "]."));
  }
  return absl::OkStatus();
}

}  // namespace lumbung::vouchers
