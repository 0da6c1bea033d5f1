#include "services/vouchers/api/template_handlers.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/common/page_token.h"
#include "services/vouchers/api/voucher_conversion.h"
#include "services/vouchers/store/template_store.h"

namespace lumbung::vouchers::api {
namespace {

// Of one template in one call; the next call goes on. A weekly template that was forgotten for two
// years makes so many.
constexpr int kMaxDuePerTemplate = 104;

absl::StatusOr<VoucherTemplate> Written(const v1::VoucherTemplate& written) {
  absl::StatusOr<VoucherTemplate> result = TemplateFromProto(written);
  if (!result.ok()) return PrefixField(result.status(), "voucher_template.");
  return result;
}

}  // namespace

absl::StatusOr<v1::VoucherTemplate> TemplateHandlers::CreateVoucherTemplate(
    CallScope& call, const v1::CreateVoucherTemplateRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherTemplate added, Written(request.voucher_template()));
  return access_->Change<v1::VoucherTemplate>(
      call, book, request,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::VoucherTemplate> {
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        LUMBUNG_RETURN_IF_ERROR(InsertTemplate(scope, book, added));
        return TemplateToProto(desk.book().book().slug, added);
      });
}

absl::StatusOr<v1::VoucherTemplate> TemplateHandlers::UpdateVoucherTemplate(
    CallScope& call, const v1::UpdateVoucherTemplateRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherAccess::Named name,
                           access_->Part(call, request.voucher_template().name(),
                                         "voucherTemplates", "voucher_template.name"));
  v1::VoucherTemplate written = request.voucher_template();
  written.set_template_id(name.id);
  return access_->ChangeExisting<v1::VoucherTemplate>(
      call, name.book, request,
      [&](store::TransactionScope& scope,
          v1::VoucherTemplate* before) -> absl::StatusOr<v1::VoucherTemplate> {
        LUMBUNG_ASSIGN_OR_RETURN(const VoucherTemplate old,
                                 FindTemplate(scope, name.book, name.id, RowLock::kForUpdate));
        LUMBUNG_ASSIGN_OR_RETURN(const VoucherTemplate changed, Written(written));
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, name.book));
        SaveTemplate(scope, name.book, changed);
        *before = TemplateToProto(desk.book().book().slug, old);
        return TemplateToProto(desk.book().book().slug, changed);
      });
}

absl::StatusOr<v1::ListVoucherTemplatesResponse> TemplateHandlers::ListVoucherTemplates(
    CallScope& call, const v1::ListVoucherTemplatesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string after, ReadPageToken(request, request.page_token()));
  return access_->Read(
      call, book,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ListVoucherTemplatesResponse> {
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        LUMBUNG_ASSIGN_OR_RETURN(std::vector<VoucherTemplate> found,
                                 ListTemplates(scope, book, after, size + 1));
        v1::ListVoucherTemplatesResponse response;
        if (found.size() > static_cast<std::size_t>(size)) {
          found.pop_back();
          response.set_next_page_token(MakePageToken(request, found.back().key));
        }
        for (const VoucherTemplate& item : found) {
          *response.add_voucher_templates() = TemplateToProto(desk.book().book().slug, item);
        }
        return response;
      });
}

absl::StatusOr<v1::Voucher> TemplateHandlers::CreateVoucherFromTemplate(
    CallScope& call, const v1::CreateVoucherFromTemplateRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Caller caller, access_->CallerOf(call, request.name()));
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherAccess::Named name,
                           access_->Part(call, request.name(), "voucherTemplates"));
  return access_->Change<v1::Voucher>(
      call, name.book, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Voucher> {
        LUMBUNG_ASSIGN_OR_RETURN(VoucherTemplate used,
                                 FindTemplate(scope, name.book, name.id, RowLock::kNone));
        if (used.closed) {
          return FailedPrecondition("TEMPLATE_CLOSED", "name",
                                    absl::StrCat("template ", used.key, " is closed"));
        }
        LUMBUNG_ASSIGN_OR_RETURN(used.content.date, DateAt(request.date(), "date"));
        LUMBUNG_ASSIGN_OR_RETURN(
            const Voucher voucher,
            InsertVoucher(scope, name.book, used.content, caller.person, used.key));
        return access_->Show(scope, name.book, voucher);
      });
}

absl::StatusOr<v1::CreateDueVouchersResponse> TemplateHandlers::CreateDueVouchers(
    CallScope& call, const v1::CreateDueVouchersRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Caller caller, access_->CallerOf(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  Date day = access_->parts().today();
  if (!request.date().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(day, DateAt(request.date(), "date"));
  }
  return access_->Change<v1::CreateDueVouchersResponse>(
      call, book, request,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::CreateDueVouchersResponse> {
        // The schedule moves on in the same database transaction: nothing is made twice.
        LUMBUNG_ASSIGN_OR_RETURN(std::vector<VoucherTemplate> due,
                                 LockDueTemplates(scope, book, day));
        std::vector<Voucher> made;
        for (VoucherTemplate& recurring : due) {
          Schedule& schedule = *recurring.schedule;
          for (int i = 0; i < kMaxDuePerTemplate && IsDue(schedule, day); ++i) {
            recurring.content.date = schedule.next;
            LUMBUNG_ASSIGN_OR_RETURN(Voucher voucher, InsertVoucher(scope, book, recurring.content,
                                                                    caller.person, recurring.key));
            made.push_back(std::move(voucher));
            schedule.next = FollowingDate(schedule);
          }
          SaveTemplate(scope, book, recurring);
        }
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        v1::CreateDueVouchersResponse response;
        for (v1::Voucher& voucher : VoucherAccess::Show(scope, desk, made)) {
          *response.add_vouchers() = std::move(voucher);
        }
        return response;
      });
}

}  // namespace lumbung::vouchers::api
