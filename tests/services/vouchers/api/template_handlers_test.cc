#include "services/vouchers/api/template_handlers.h"

#include <string>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/services/vouchers/api/voucher_fixture.h"

namespace lumbung::vouchers::api {
namespace {

using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;
using ::testing::SizeIs;

class TemplateHandlersTest : public VoucherTest {
 protected:
  // The rent, on the 31st of each month from January on, until May.
  static v1::VoucherTemplate Rent() {
    v1::VoucherTemplate rent;
    rent.set_template_id("sewa");
    rent.set_display_name("Sewa kantor");
    *rent.mutable_voucher() = Payment("2500000");
    rent.mutable_voucher()->clear_date();
    rent.mutable_schedule()->set_every(v1::FREQUENCY_MONTHLY);
    rent.mutable_schedule()->set_next_date("2026-01-31");
    rent.mutable_schedule()->set_until_date("2026-05-31");
    return rent;
  }
  absl::StatusOr<v1::VoucherTemplate> Add(const v1::VoucherTemplate& added) {
    CallScope call = By("Sari");
    v1::CreateVoucherTemplateRequest request;
    request.set_parent("books/main");
    *request.mutable_voucher_template() = added;
    return templates_.CreateVoucherTemplate(call, request);
  }
  absl::StatusOr<v1::VoucherTemplate> Change(const v1::VoucherTemplate& changed) {
    CallScope call = By("Sari");
    v1::UpdateVoucherTemplateRequest request;
    *request.mutable_voucher_template() = changed;
    return templates_.UpdateVoucherTemplate(call, request);
  }
  absl::StatusOr<v1::Voucher> Use(const std::string& name, const std::string& date) {
    CallScope call = By("Sari");
    v1::CreateVoucherFromTemplateRequest request;
    request.set_name(name);
    request.set_date(date);
    return templates_.CreateVoucherFromTemplate(call, request);
  }
  // The dates of the drafts that become due.
  std::string Due(const std::string& date) {
    CallScope call = By("Sari");
    v1::CreateDueVouchersRequest request;
    request.set_parent("books/main");
    request.set_date(date);
    const auto due = templates_.CreateDueVouchers(call, request);
    EXPECT_THAT(due, IsOk());
    std::string dates;
    if (!due.ok()) return dates;
    for (const v1::Voucher& voucher : due->vouchers()) {
      EXPECT_EQ(voucher.state(), v1::VOUCHER_STATE_DRAFT);
      absl::StrAppend(&dates, dates.empty() ? "" : " ", voucher.date());
    }
    return dates;
  }
};

TEST_F(TemplateHandlersTest, AVoucherSaysWhatItsTemplateSays) {
  const auto rent = Add(Rent());
  ASSERT_THAT(rent, IsOk());
  EXPECT_EQ(rent->name(), "books/main/voucherTemplates/sewa");
  EXPECT_EQ(rent->schedule().day(), 31);
  const auto voucher = Use(rent->name(), "2026-06-10");
  ASSERT_THAT(voucher, IsOk());
  EXPECT_EQ(voucher->date(), "2026-06-10");
  EXPECT_EQ(voucher->template_(), rent->name());
  EXPECT_EQ(voucher->maker().display_name(), "Sari");
  EXPECT_EQ(voucher->postings(0).amount().amount(), "2500000");
  ASSERT_THAT(Submit("Sari", *voucher), IsOk());
  EXPECT_THAT(Approve("Budi", *voucher), IsOk());
  EXPECT_THAT(Use(rent->name(), ""), RefusesAt("INVALID_DATE", "date"));
  EXPECT_THAT(Use("books/main/voucherTemplates/x", "2026-06-10"),
              RefusesAt("TEMPLATE_NOT_FOUND", "name"));
}

TEST_F(TemplateHandlersTest, WhatIsDueIsMadeOnce) {
  ASSERT_THAT(Add(Rent()), IsOk());
  EXPECT_EQ(Due("2026-01-30"), "");
  EXPECT_EQ(Due("2026-03-31"), "2026-01-31 2026-02-28 2026-03-31");
  EXPECT_EQ(Due("2026-03-31"), "");
  // Today is 30 June, and the contract ended in May.
  EXPECT_EQ(Due(""), "2026-04-30 2026-05-31");
  EXPECT_EQ(Due("2027-12-31"), "");
}

TEST_F(TemplateHandlersTest, AClosedTemplateMakesNoMoreVouchers) {
  auto rent = Add(Rent());
  ASSERT_THAT(rent, IsOk());
  rent->set_closed(true);
  rent->set_display_name("Sewa kantor lama");
  const auto closed = Change(*rent);
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->display_name(), "Sewa kantor lama");
  EXPECT_EQ(Due("2026-06-30"), "");
  EXPECT_THAT(Use(rent->name(), "2026-06-10"), RefusesAt("TEMPLATE_CLOSED", "name"));
  rent->set_name("books/main/voucherTemplates/x");
  EXPECT_THAT(Change(*rent), Refuses("TEMPLATE_NOT_FOUND"));
}

TEST_F(TemplateHandlersTest, RefusesWhatCannotBeATemplate) {
  struct Row {
    const char* reason;
    const char* field;
    void (*change)(v1::VoucherTemplate&);
  };
  const Row kRows[] = {
      {"INVALID_ID", "voucher_template.template_id",
       [](v1::VoucherTemplate& t) { t.clear_template_id(); }},
      {"TEXT_TOO_LONG", "voucher_template.display_name",
       [](v1::VoucherTemplate& t) { t.set_display_name(std::string(256, 'x')); }},
      {"INVALID_SCHEDULE", "voucher_template.schedule.every",
       [](v1::VoucherTemplate& t) { t.mutable_schedule()->clear_every(); }},
      {"INVALID_SCHEDULE", "voucher_template.schedule.day",
       [](v1::VoucherTemplate& t) { t.mutable_schedule()->set_day(32); }},
      {"INVALID_DATE", "voucher_template.schedule.next_date",
       [](v1::VoucherTemplate& t) { t.mutable_schedule()->clear_next_date(); }},
      {"INVALID_SCHEDULE", "voucher_template.schedule.until_date",
       [](v1::VoucherTemplate& t) { t.mutable_schedule()->set_until_date("2026-01-30"); }},
      {"INVALID_KIND", "voucher_template.voucher.kind",
       [](v1::VoucherTemplate& t) { t.mutable_voucher()->clear_kind(); }},
      {"INVALID_AMOUNT", "voucher_template.voucher.postings[0].amount.amount",
       [](v1::VoucherTemplate& t) { t.mutable_voucher()->mutable_postings(0)->clear_amount(); }},
  };
  for (const Row& row : kRows) {
    v1::VoucherTemplate rent = Rent();
    row.change(rent);
    EXPECT_THAT(Add(rent), RefusesAt(row.reason, row.field));
  }
  ASSERT_THAT(Add(Rent()), IsOk());
  EXPECT_THAT(Add(Rent()), RefusesAt("ALREADY_EXISTS", "voucher_template.template_id"));
}

TEST_F(TemplateHandlersTest, ListsTemplatesInPages) {
  for (const char* key : {"b", "a", "c"}) {
    v1::VoucherTemplate rent = Rent();
    rent.set_template_id(key);
    ASSERT_THAT(Add(rent), IsOk());
  }
  CallScope call = By("Sari");
  v1::ListVoucherTemplatesRequest request;
  request.set_parent("books/main");
  request.set_page_size(2);
  const auto first = templates_.ListVoucherTemplates(call, request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(first->voucher_templates(), SizeIs(2));
  EXPECT_EQ(first->voucher_templates(1).template_id(), "b");
  request.set_page_token(first->next_page_token());
  const auto second = templates_.ListVoucherTemplates(call, request);
  ASSERT_THAT(second, IsOk());
  ASSERT_THAT(second->voucher_templates(), SizeIs(1));
  EXPECT_EQ(second->voucher_templates(0).template_id(), "c");
  EXPECT_EQ(second->next_page_token(), "");
}

}  // namespace
}  // namespace lumbung::vouchers::api
