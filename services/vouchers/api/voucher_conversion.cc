#include "services/vouchers/api/voucher_conversion.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "lumbung/ledger/v1/resources.pb.h"
#include "services/common/entry_conversion.h"
#include "services/common/resource_names.h"
#include "services/vouchers/domain/voucher_entry.h"

namespace lumbung::vouchers::api {
namespace {

ledger::v1::Money MoneyOf(const Decimal& amount, absl::string_view currency) {
  ledger::v1::Money money;
  money.set_amount(amount.ToString());
  money.set_currency(std::string(currency));
  return money;
}

ledger::v1::Posting PostingOf(const PostingDraft& draft) {
  ledger::v1::Posting posting;
  posting.set_account(draft.account);
  *posting.mutable_amount() = MoneyOf(draft.amount, draft.currency);
  if (draft.functional.has_value()) {
    *posting.mutable_functional_amount() =
        MoneyOf(draft.functional->amount, draft.functional->currency);
  }
  posting.set_fund(draft.fund);
  for (const auto& [dimension, value] : draft.dimensions) {
    (*posting.mutable_dimensions())[dimension] = value;
  }
  posting.set_memo(draft.memo);
  return posting;
}

// The fields that clients write. The numbers of the API's kinds are those of the library's.
void SetContent(const VoucherContent& content, v1::Voucher* out) {
  out->set_kind(static_cast<v1::VoucherKind>(content.kind));
  out->set_party(content.party);
  out->set_description(content.description);
  out->set_reference(content.reference);
  out->set_cash_account(content.cash_account);
  out->set_series(content.series);
  for (const PostingDraft& posting : content.postings) {
    *out->add_postings() = PostingOf(posting);
  }
}

v1::Approval ApprovalToProto(const Approval& approval) {
  v1::Approval out;
  *out.mutable_person() = PersonToProto(approval.person);
  if (approval.on_behalf_of.has_value()) {
    *out.mutable_on_behalf_of() = PersonToProto(*approval.on_behalf_of);
  }
  for (const std::string& role : approval.roles) out.add_roles(role);
  out.set_self_approval(approval.self_approval);
  out.set_content_hash(absl::BytesToHexString(approval.content_hash));
  out.set_comment(approval.comment);
  *out.mutable_approve_time() = TimestampOf(approval.approved_at);
  return out;
}

// Postings are read as those of a journal entry.
absl::StatusOr<VoucherContent> ContentWithoutDate(const v1::Voucher& voucher, const Date& date) {
  VoucherContent content;
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<VoucherKind> kind, KindFromProto(voucher.kind()));
  if (!kind.has_value()) {
    return InvalidArgument("INVALID_KIND", "kind",
                           "found none; BKM, BKK, BBM, BBK and BM are allowed");
  }
  content.kind = *kind;
  content.date = date;
  content.party = voucher.party();
  content.description = voucher.description();
  content.reference = voucher.reference();
  content.cash_account = voucher.cash_account();
  content.series = voucher.series();
  ledger::v1::JournalEntry entry;
  entry.set_effective_date(date.ToString());
  *entry.mutable_postings() = voucher.postings();
  LUMBUNG_ASSIGN_OR_RETURN(EntryDraft draft, DraftFromProto(entry, ""));
  content.postings = std::move(draft.postings);
  LUMBUNG_RETURN_IF_ERROR(CheckShape(content));
  return content;
}

absl::StatusOr<std::optional<Date>> OptionalDateAt(const std::string& text,
                                                   absl::string_view field) {
  if (text.empty()) return std::optional<Date>();
  LUMBUNG_ASSIGN_OR_RETURN(const Date date, DateAt(text, field));
  return std::optional<Date>(date);
}

absl::StatusOr<Schedule> ScheduleFromProto(const v1::Schedule& written) {
  Schedule schedule;
  if (written.every() < v1::FREQUENCY_WEEKLY || written.every() > v1::FREQUENCY_YEARLY) {
    return InvalidArgument("INVALID_SCHEDULE", "schedule.every",
                           "weekly, monthly, quarterly and yearly are allowed");
  }
  schedule.every = static_cast<Frequency>(written.every());
  LUMBUNG_ASSIGN_OR_RETURN(schedule.next, DateAt(written.next_date(), "schedule.next_date"));
  schedule.day = written.day() == 0 ? schedule.next.day() : written.day();
  LUMBUNG_ASSIGN_OR_RETURN(schedule.until,
                           OptionalDateAt(written.until_date(), "schedule.until_date"));
  LUMBUNG_RETURN_IF_ERROR(CheckSchedule(schedule));
  return schedule;
}

}  // namespace

absl::StatusOr<Date> DateAt(const std::string& text, absl::string_view field) {
  const absl::StatusOr<Date> date = Date::Parse(text);
  if (!date.ok()) return InvalidArgument("INVALID_DATE", field, date.status().message());
  return date;
}

v1::Person PersonToProto(const Person& person) {
  v1::Person out;
  out.set_name(ResourceName({{"people", person.user_name}}));
  out.set_display_name(person.display_name);
  return out;
}

v1::Voucher VoucherToProto(const BookSnapshot& book, const VoucherView& view) {
  const Voucher& voucher = *view.voucher;
  v1::Voucher out;
  const std::string& slug = book.book().slug;
  out.set_name(VoucherName(slug, voucher.id));
  SetContent(voucher.content, &out);
  out.set_date(voucher.content.date.ToString());
  // The numbers of the API's states are those of the library's.
  out.set_state(static_cast<v1::VoucherState>(voucher.state));
  out.set_content_hash(absl::BytesToHexString(voucher.content_hash));
  if (voucher.amount.has_value()) {
    *out.mutable_amount() =
        MoneyOf(*voucher.amount, book.FindCurrency(book.book().functional_currency)->code);
  }
  if (voucher.number.has_value()) out.set_number(voucher.number->text);
  if (voucher.entry.has_value()) out.set_entry(EntryName(book, *voucher.entry));
  *out.mutable_maker() = PersonToProto(voucher.maker);
  for (const Approval& approval : *view.approvals) {
    *out.add_approvals() = ApprovalToProto(approval);
  }
  for (const std::string& role : view.waits_for) out.add_waits_for(role);
  out.set_self_approved(voucher.self_approved);
  out.set_reason(voucher.reason);
  for (const Attachment& attachment : *view.attachments) {
    *out.add_attachments() = AttachmentToProto(out.name(), attachment);
  }
  if (!voucher.template_key.empty()) {
    out.set_template_(ResourceName({{"books", slug}, {"voucherTemplates", voucher.template_key}}));
  }
  *out.mutable_create_time() = TimestampOf(voucher.created_at);
  *out.mutable_update_time() = TimestampOf(voucher.changed_at);
  out.set_etag(absl::StrCat(voucher.version));
  return out;
}

absl::StatusOr<VoucherContent> ContentFromProto(const v1::Voucher& voucher) {
  LUMBUNG_RETURN_IF_ERROR(KindFromProto(voucher.kind()).status());
  LUMBUNG_ASSIGN_OR_RETURN(const Date date, DateAt(voucher.date(), "date"));
  return ContentWithoutDate(voucher, date);
}

v1::VoucherEvent EventToProto(const VoucherEvent& event) {
  v1::VoucherEvent out;
  // The numbers of the API's actions are those of the library's.
  out.set_action(static_cast<v1::VoucherAction>(event.action));
  out.set_state(static_cast<v1::VoucherState>(event.state));
  *out.mutable_person() = PersonToProto(event.person);
  out.set_content_hash(absl::BytesToHexString(event.content_hash));
  out.set_comment(event.comment);
  *out.mutable_record_time() = TimestampOf(event.recorded_at);
  return out;
}

v1::Attachment AttachmentToProto(absl::string_view voucher_name, const Attachment& attachment) {
  v1::Attachment out;
  out.set_name(absl::StrCat(voucher_name, "/attachments/", attachment.id));
  out.set_file_name(attachment.file_name);
  out.set_media_type(std::string(MediaType(attachment.type)));
  out.set_byte_count(attachment.byte_count);
  out.set_sha256(absl::BytesToHexString(attachment.sha256));
  out.set_late(attachment.late);
  *out.mutable_person() = PersonToProto(attachment.person);
  *out.mutable_add_time() = TimestampOf(attachment.added_at);
  return out;
}

absl::StatusOr<std::optional<VoucherKind>> KindFromProto(v1::VoucherKind kind) {
  if (kind == v1::VOUCHER_KIND_UNSPECIFIED) return std::optional<VoucherKind>();
  if (kind >= v1::VOUCHER_KIND_CASH_IN && kind <= v1::VOUCHER_KIND_MEMORIAL) {
    return std::optional<VoucherKind>(static_cast<VoucherKind>(kind));
  }
  return InvalidArgument(
      "INVALID_KIND", "kind",
      absl::StrCat("found ", static_cast<int>(kind), "; BKM, BKK, BBM, BBK and BM are allowed"));
}

absl::StatusOr<ApprovalPolicy> PolicyFromProto(const v1::ApprovalPolicy& policy) {
  ApprovalPolicy out;
  LUMBUNG_RETURN_IF_ERROR(ValidateKey(policy.policy_id(), "policy_id"));
  out.key = policy.policy_id();
  LUMBUNG_ASSIGN_OR_RETURN(out.kind, KindFromProto(policy.kind()));
  out.account = policy.account();
  out.fund = policy.fund();
  if (!policy.limit().empty()) {
    const absl::StatusOr<Decimal> limit = Decimal::Parse(policy.limit());
    if (!limit.ok()) return InvalidArgument("INVALID_AMOUNT", "limit", limit.status().message());
    out.limit = *limit;
  }
  out.role = policy.role();
  out.second_role = policy.second_role();
  LUMBUNG_ASSIGN_OR_RETURN(out.validity.from, DateAt(policy.from_date(), "from_date"));
  LUMBUNG_ASSIGN_OR_RETURN(out.validity.to, OptionalDateAt(policy.to_date(), "to_date"));
  return out;
}

v1::ApprovalPolicy PolicyToProto(absl::string_view book_slug, const ApprovalPolicy& policy) {
  v1::ApprovalPolicy out;
  out.set_name(ResourceName({{"books", book_slug}, {"approvalPolicies", policy.key}}));
  out.set_policy_id(policy.key);
  if (policy.kind.has_value()) out.set_kind(static_cast<v1::VoucherKind>(*policy.kind));
  out.set_account(policy.account);
  out.set_fund(policy.fund);
  if (policy.limit.has_value()) out.set_limit(policy.limit->ToString());
  out.set_role(policy.role);
  out.set_second_role(policy.second_role);
  out.set_from_date(policy.validity.from.ToString());
  if (policy.validity.to.has_value()) out.set_to_date(policy.validity.to->ToString());
  return out;
}

v1::Deputy DeputyToProto(absl::string_view book_slug, const Deputyship& deputyship) {
  v1::Deputy out;
  out.set_name(ResourceName({{"books", book_slug}, {"deputies", deputyship.key}}));
  out.set_deputy_id(deputyship.key);
  *out.mutable_principal() = PersonToProto(deputyship.principal);
  *out.mutable_deputy() = PersonToProto(deputyship.deputy);
  out.set_role(deputyship.role);
  out.set_from_date(deputyship.validity.from.ToString());
  if (deputyship.validity.to.has_value()) out.set_to_date(deputyship.validity.to->ToString());
  out.set_note(deputyship.note);
  return out;
}

absl::StatusOr<NumberSeries> SeriesFromProto(const v1::NumberSeries& series) {
  if (series.reset() < 0 || series.reset() > v1::NUMBER_RESET_NEVER) {
    return InvalidArgument("INVALID_PATTERN", "reset", "yearly, monthly and never are allowed");
  }
  const bool is_said = series.reset() != v1::NUMBER_RESET_UNSPECIFIED;
  return NumberSeries{series.series_id(), series.pattern(),
                      is_said ? static_cast<NumberReset>(series.reset()) : NumberReset::kYearly};
}

v1::NumberSeries SeriesToProto(absl::string_view book_slug, const NumberSeries& series) {
  v1::NumberSeries out;
  out.set_name(ResourceName({{"books", book_slug}, {"numberSeries", series.key}}));
  out.set_series_id(series.key);
  out.set_pattern(series.pattern);
  out.set_reset(static_cast<v1::NumberReset>(series.reset));
  return out;
}

absl::StatusOr<VoucherTemplate> TemplateFromProto(const v1::VoucherTemplate& written) {
  VoucherTemplate out;
  LUMBUNG_RETURN_IF_ERROR(ValidateKey(written.template_id(), "template_id"));
  out.key = written.template_id();
  LUMBUNG_RETURN_IF_ERROR(ValidateName(written.display_name(), "display_name"));
  out.display_name = written.display_name();
  out.closed = written.closed();
  if (written.has_schedule()) {
    LUMBUNG_ASSIGN_OR_RETURN(out.schedule, ScheduleFromProto(written.schedule()));
  }
  absl::StatusOr<VoucherContent> content = ContentWithoutDate(written.voucher(), Date());
  if (!content.ok()) return PrefixField(content.status(), "voucher.");
  out.content = *std::move(content);
  return out;
}

v1::VoucherTemplate TemplateToProto(absl::string_view book_slug, const VoucherTemplate& found) {
  v1::VoucherTemplate out;
  out.set_name(ResourceName({{"books", book_slug}, {"voucherTemplates", found.key}}));
  out.set_template_id(found.key);
  out.set_display_name(found.display_name);
  SetContent(found.content, out.mutable_voucher());
  out.set_closed(found.closed);
  if (found.schedule.has_value()) {
    v1::Schedule* const schedule = out.mutable_schedule();
    schedule->set_every(static_cast<v1::Frequency>(found.schedule->every));
    schedule->set_day(found.schedule->day);
    schedule->set_next_date(found.schedule->next.ToString());
    if (found.schedule->until.has_value()) {
      schedule->set_until_date(found.schedule->until->ToString());
    }
  }
  return out;
}

}  // namespace lumbung::vouchers::api
