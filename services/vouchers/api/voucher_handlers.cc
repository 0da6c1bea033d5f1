#include "services/vouchers/api/voucher_handlers.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/etag.h"
#include "services/common/page_token.h"
#include "services/vouchers/api/caller.h"
#include "services/vouchers/api/voucher_conversion.h"
#include "services/vouchers/domain/content_hash.h"
#include "services/vouchers/store/approval_store.h"
#include "services/vouchers/store/attachment_rows.h"

namespace lumbung::vouchers::api {
namespace {

constexpr std::size_t kMaxSearchBytes = 255;

absl::StatusOr<VoucherContent> ContentOf(const v1::Voucher& voucher) {
  absl::StatusOr<VoucherContent> content = ContentFromProto(voucher);
  if (!content.ok()) return PrefixField(content.status(), "voucher.");
  return content;
}

// Everything that is asked for but whose vouchers.
absl::StatusOr<VoucherFilter> FilterOf(const v1::ListVouchersRequest& request) {
  VoucherFilter filter;
  for (const int state : request.states()) {
    if (state < v1::VOUCHER_STATE_DRAFT || state > v1::VOUCHER_STATE_CANCELLED) {
      return InvalidArgument("INVALID_FILTER", "states", absl::StrCat("there is no state ", state));
    }
    filter.states.push_back(static_cast<VoucherState>(state));
  }
  LUMBUNG_ASSIGN_OR_RETURN(filter.kind, KindFromProto(request.kind()));
  if (!request.from_date().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(filter.dates.from, DateAt(request.from_date(), "from_date"));
  }
  if (!request.to_date().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(filter.dates.to, DateAt(request.to_date(), "to_date"));
  }
  if (filter.dates.IsEmpty()) {
    return InvalidArgument("INVALID_FILTER", "to_date", "the range ends before it begins");
  }
  if (request.text().size() > kMaxSearchBytes) {
    return InvalidArgument("INVALID_FILTER", "text",
                           absl::StrCat("found ", request.text().size(), " bytes; at most ",
                                        kMaxSearchBytes, " are allowed"));
  }
  filter.text = request.text();
  if (request.view() < 0 || request.view() > v1::ListVouchersRequest::VIEW_WAITING_FOR_OTHERS) {
    return InvalidArgument("INVALID_FILTER", "view",
                           absl::StrCat("there is no view ", request.view()));
  }
  if (request.view() != v1::ListVouchersRequest::VIEW_UNSPECIFIED) {
    if (!filter.states.empty()) {
      return InvalidArgument("INVALID_FILTER", "states", "this view shows submitted vouchers only");
    }
    filter.states = {VoucherState::kSubmitted};
  }
  return filter;
}

// Those of `vouchers` that the caller could approve now.
absl::StatusOr<std::vector<Voucher>> Approvable(store::TransactionScope& scope, BookKey book,
                                                const ApprovalDesk& desk, const Caller& caller,
                                                std::vector<Voucher> vouchers) {
  std::vector<VoucherId> ids;
  for (const Voucher& voucher : vouchers) ids.push_back(voucher.id);
  std::map<VoucherId, ApprovalsByRound> approvals = ReadApprovals(scope, book, ids);
  std::vector<Voucher> approvable;
  for (Voucher& voucher : vouchers) {
    const absl::StatusOr<ApprovalCase> approval_case =
        desk.CaseOf(voucher, approvals[voucher.id][voucher.round]);
    if (approval_case.ok() && ApprovalBy(caller, *approval_case).ok()) {
      approvable.push_back(std::move(voucher));
    }
  }
  return approvable;
}

// At most `limit` of the filter's vouchers that the caller could approve. What can be approved is
// not a matter for the database alone, so that it is asked for more until the page is full.
absl::StatusOr<std::vector<Voucher>> ListApprovable(store::TransactionScope& scope, BookKey book,
                                                    const ApprovalDesk& desk, const Caller& caller,
                                                    const VoucherFilter& filter, bool newest_first,
                                                    std::optional<VoucherId> after, int limit) {
  std::vector<Voucher> found;
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(std::vector<Voucher> next,
                             ListVouchers(scope, book, filter, newest_first, after, kMaxPageSize));
    const bool is_last = next.size() < static_cast<std::size_t>(kMaxPageSize);
    if (!next.empty()) after = next.back().id;
    LUMBUNG_ASSIGN_OR_RETURN(next, Approvable(scope, book, desk, caller, std::move(next)));
    for (Voucher& voucher : next) {
      if (found.size() == static_cast<std::size_t>(limit)) return found;
      found.push_back(std::move(voucher));
    }
    if (is_last) return found;
  }
}

}  // namespace

absl::StatusOr<v1::Voucher> VoucherHandlers::CreateVoucher(
    CallScope& call, const v1::CreateVoucherRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Caller caller, access_->CallerOf(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherContent content, ContentOf(request.voucher()));
  return access_->Change<v1::Voucher>(
      call, book, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Voucher> {
        LUMBUNG_ASSIGN_OR_RETURN(const Voucher voucher,
                                 InsertVoucher(scope, book, content, caller.person, ""));
        return access_->Show(scope, book, voucher);
      });
}

absl::StatusOr<v1::Voucher> VoucherHandlers::UpdateVoucher(
    CallScope& call, const v1::UpdateVoucherRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Caller caller, access_->CallerOf(call, request.voucher().name()));
  LUMBUNG_ASSIGN_OR_RETURN(
      const VoucherAccess::Named name,
      access_->Part(call, request.voucher().name(), "vouchers", "voucher.name"));
  return access_->ChangeVoucher(
      call, name, request, [&](store::TransactionScope& scope, Voucher* voucher) -> absl::Status {
        LUMBUNG_RETURN_IF_ERROR(
            store::CheckEtag(request.voucher().etag(), absl::StrCat(voucher->version)));
        LUMBUNG_ASSIGN_OR_RETURN(voucher->state, Move(voucher->state, VoucherAction::kUpdate));
        LUMBUNG_RETURN_IF_ERROR(CheckIsMaker(caller, *voucher));
        LUMBUNG_ASSIGN_OR_RETURN(voucher->content, ContentOf(request.voucher()));
        voucher->content_hash = ContentHash(
            voucher->content,
            HashedDigests(ReadAttachments(scope, name.book, {voucher->id})[voucher->id]));
        return SaveVoucher(scope, name.book, VoucherAction::kUpdate, caller.person, "", voucher);
      });
}

absl::StatusOr<v1::Voucher> VoucherHandlers::GetVoucher(CallScope& call,
                                                        const v1::GetVoucherRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherAccess::Named name,
                           access_->Part(call, request.name(), "vouchers"));
  return access_->Read(call, name.book,
                       [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Voucher> {
                         LUMBUNG_ASSIGN_OR_RETURN(const Voucher voucher,
                                                  VoucherAccess::Find(scope, name, RowLock::kNone));
                         return access_->Show(scope, name.book, voucher);
                       });
}

absl::StatusOr<v1::ListVouchersResponse> VoucherHandlers::ListVouchers(
    CallScope& call, const v1::ListVouchersRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, access_->Book(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(VoucherFilter filter, FilterOf(request));
  LUMBUNG_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string position,
                           ReadPageToken(request, request.page_token()));
  std::optional<VoucherId> after;
  std::int64_t id = 0;
  if (absl::SimpleAtoi(position, &id)) after = VoucherId{id};
  Caller caller;
  const bool mine = request.view() == v1::ListVouchersRequest::VIEW_MY_APPROVALS;
  if (request.view() != v1::ListVouchersRequest::VIEW_UNSPECIFIED) {
    LUMBUNG_ASSIGN_OR_RETURN(caller, access_->CallerOf(call, request.parent()));
    if (!mine) filter.made_or_approved_by = caller.person.id;
  }
  return access_->Read(
      call, book, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ListVouchersResponse> {
        if (!request.maker().empty()) {
          LUMBUNG_ASSIGN_OR_RETURN(const Person maker, FindPerson(scope, request.maker(), "maker"));
          filter.maker = maker.id;
        }
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, book));
        // One more than shown, to know whether there is another page.
        LUMBUNG_ASSIGN_OR_RETURN(
            std::vector<Voucher> found,
            mine ? ListApprovable(scope, book, desk, caller, filter, request.newest_first(), after,
                                  size + 1)
                 : vouchers::ListVouchers(scope, book, filter, request.newest_first(), after,
                                          size + 1));
        v1::ListVouchersResponse response;
        if (found.size() > static_cast<std::size_t>(size)) {
          found.pop_back();
          response.set_next_page_token(
              MakePageToken(request, absl::StrCat(ToInteger(found.back().id))));
        }
        for (v1::Voucher& voucher : VoucherAccess::Show(scope, desk, found)) {
          *response.add_vouchers() = std::move(voucher);
        }
        return response;
      });
}

absl::StatusOr<v1::ListVoucherEventsResponse> VoucherHandlers::ListVoucherEvents(
    CallScope& call, const v1::ListVoucherEventsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherAccess::Named name,
                           access_->Part(call, request.name(), "vouchers"));
  return access_->Read(
      call, name.book,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ListVoucherEventsResponse> {
        LUMBUNG_ASSIGN_OR_RETURN(const Voucher voucher,
                                 VoucherAccess::Find(scope, name, RowLock::kNone));
        LUMBUNG_ASSIGN_OR_RETURN(const std::vector<VoucherEvent> events,
                                 ReadHistory(scope, name.book, voucher.id));
        v1::ListVoucherEventsResponse response;
        for (const VoucherEvent& event : events) *response.add_events() = EventToProto(event);
        return response;
      });
}

}  // namespace lumbung::vouchers::api
