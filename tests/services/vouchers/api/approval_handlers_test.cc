#include "services/vouchers/api/approval_handlers.h"

#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "ledger/store/book_parts_store.h"
#include "tests/services/vouchers/api/voucher_fixture.h"

namespace lumbung::vouchers::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class ApprovalHandlersTest : public VoucherTest {
 protected:
  std::string EntryCount() { return Ask("select count(*) from ledger.journal_entry"); }
};

TEST_F(ApprovalHandlersTest, TheWholeLifeOfAVoucher) {
  const auto draft = Create("Sari", Payment());
  ASSERT_THAT(draft, IsOk());
  EXPECT_EQ(draft->name(), "books/main/vouchers/1");
  EXPECT_EQ(draft->state(), v1::VOUCHER_STATE_DRAFT);
  EXPECT_EQ(draft->maker().display_name(), "Sari");
  EXPECT_FALSE(draft->has_amount());

  const auto submitted = Submit("Sari", *draft);
  ASSERT_THAT(submitted, IsOk());
  EXPECT_EQ(submitted->state(), v1::VOUCHER_STATE_SUBMITTED);
  EXPECT_EQ(submitted->amount().amount(), "150000.00");
  EXPECT_EQ(submitted->amount().currency(), "IDR");
  EXPECT_THAT(submitted->waits_for(), ElementsAre("approver"));
  EXPECT_EQ(submitted->content_hash(), draft->content_hash());
  EXPECT_EQ(submitted->number(), "");

  const auto posted = Approve("Budi", *submitted);
  ASSERT_THAT(posted, IsOk());
  EXPECT_EQ(posted->state(), v1::VOUCHER_STATE_POSTED);
  EXPECT_EQ(posted->number(), "BKK.0001/VI/2026");
  EXPECT_EQ(posted->entry(), "books/main/entries/1");
  ASSERT_THAT(posted->approvals(), SizeIs(1));
  EXPECT_EQ(posted->approvals(0).person().display_name(), "Budi");
  EXPECT_EQ(posted->approvals(0).content_hash(), posted->content_hash());
  EXPECT_FALSE(posted->self_approved());
  EXPECT_THAT(posted->waits_for(), IsEmpty());

  EXPECT_EQ(Ask("select reference || ' ' || source || ' ' || (tags->>'voucher') || ' ' || "
                "request_id from ledger.journal_entry"),
            "BKK.0001/VI/2026 voucher books/main/vouchers/1 books/main/vouchers/1");
  EXPECT_THAT(History(*posted), ElementsAre("create Sari draft", "submit Sari submitted",
                                            "approve Budi approved", "post Budi posted"));
  // By its number as well, the slashes encoded.
  EXPECT_EQ(Get("books/main/vouchers/BKK.0001%2FVI%2F2026")->name(), posted->name());
  // Nothing happens to it any more.
  EXPECT_THAT(Update("Sari", *posted), Refuses("VOUCHER_STATE"));
  EXPECT_THAT(Submit("Sari", *posted), RefusesAt("VOUCHER_STATE", "state"));
  EXPECT_THAT(Approve("Joko", *posted), Refuses("VOUCHER_STATE"));
  EXPECT_THAT(Reject("Joko", *posted), Refuses("VOUCHER_STATE"));
  EXPECT_THAT(Revise("Sari", *posted), Refuses("VOUCHER_STATE"));
  EXPECT_THAT(Cancel("Wati", *posted), Refuses("VOUCHER_STATE"));
}

TEST_F(ApprovalHandlersTest, TheMakerDoesNotApprove) {
  roles_["Sari"] = {"approver", "manager"};
  const v1::Voucher submitted = Submitted(Payment());
  const auto refused = Approve("Sari", submitted);
  EXPECT_THAT(refused, Refuses("SELF_APPROVAL"));
  EXPECT_TRUE(absl::IsPermissionDenied(refused.status()));
  EXPECT_THAT(Reject("Sari", submitted), Refuses("SELF_APPROVAL"));
  EXPECT_EQ(EntryCount(), "0");
  EXPECT_THAT(Approve("Budi", submitted), IsOk());
}

TEST_F(ApprovalHandlersTest, ASmallOrganizationApprovesItsOwnAndSaysSo) {
  roles_["Sari"] = {"approver"};
  BeSmall(true);
  const auto posted = Approve("Sari", Submitted(Payment()));
  ASSERT_THAT(posted, IsOk());
  EXPECT_TRUE(posted->self_approved());
  EXPECT_TRUE(posted->approvals(0).self_approval());
  // The mark is about what happened, not about what is allowed.
  EXPECT_FALSE(Approve("Budi", Submitted(Payment()))->self_approved());
  BeSmall(false);
  EXPECT_THAT(Approve("Sari", Submitted(Payment())), Refuses("SELF_APPROVAL"));
}

TEST_F(ApprovalHandlersTest, OnlyWhoIsWaitedForApproves) {
  ASSERT_THAT(AddPolicy("all", "", "manager"), IsOk());
  const v1::Voucher submitted = Submitted(Payment());
  EXPECT_THAT(Approve("Budi", submitted), Refuses("NOT_AN_APPROVER"));
  roles_["Joko"] = {"auditor"};
  EXPECT_THAT(Reject("Joko", submitted), Refuses("NOT_AN_APPROVER"));
  EXPECT_THAT(Approve("nobody", submitted), Refuses("SIGN_IN_REQUIRED"));
  EXPECT_THAT(Approve("Wati", submitted), IsOk());
}

TEST_F(ApprovalHandlersTest, LargeAmountsNeedTwoPeople) {
  ASSERT_THAT(AddPolicy("small", "1000000", "approver"), IsOk());
  ASSERT_THAT(AddPolicy("large", "50000000", "treasurer", "manager"), IsOk());
  EXPECT_EQ(Approve("Budi", Submitted(Payment("1000000")))->state(), v1::VOUCHER_STATE_POSTED);
  const v1::Voucher submitted = Submitted(Payment("1000001"));
  EXPECT_THAT(submitted.waits_for(), ElementsAre("treasurer", "manager"));
  EXPECT_THAT(Approve("Budi", submitted), Refuses("NOT_AN_APPROVER"));
  const auto once = Approve("Tuti", submitted);
  ASSERT_THAT(once, IsOk());
  EXPECT_EQ(once->state(), v1::VOUCHER_STATE_SUBMITTED);
  EXPECT_THAT(once->waits_for(), ElementsAre("manager"));
  EXPECT_EQ(EntryCount(), "1");
  EXPECT_THAT(Approve("Tuti", submitted), Refuses("ALREADY_APPROVED"));
  const auto twice = Approve("Wati", submitted);
  ASSERT_THAT(twice, IsOk());
  EXPECT_EQ(twice->state(), v1::VOUCHER_STATE_POSTED);
  EXPECT_THAT(twice->approvals(), SizeIs(2));
  const auto draft = Create("Sari", Payment("50000001"));
  EXPECT_THAT(Submit("Sari", *draft), RefusesAt("LIMIT_EXCEEDED", "amount"));
}

TEST_F(ApprovalHandlersTest, AnEditVoidsTheApproval) {
  ASSERT_THAT(AddPolicy("all", "", "treasurer", "manager"), IsOk());
  const v1::Voucher submitted = Submitted(Payment());
  ASSERT_THAT(Approve("Tuti", submitted), IsOk());
  v1::Voucher unread = submitted;
  unread.clear_etag();
  EXPECT_THAT(Update("Sari", unread), Refuses("VOUCHER_STATE"));
  auto draft = Revise("Sari", submitted);
  ASSERT_THAT(draft, IsOk());
  EXPECT_THAT(draft->approvals(), IsEmpty());
  draft->mutable_postings(0)->mutable_amount()->set_amount("9150000");
  draft->mutable_postings(1)->mutable_amount()->set_amount("-9150000");
  const auto edited = Update("Sari", *draft);
  ASSERT_THAT(edited, IsOk());
  EXPECT_NE(edited->content_hash(), submitted.content_hash());
  const auto again = Submit("Sari", *edited);
  ASSERT_THAT(again, IsOk());
  EXPECT_THAT(again->waits_for(), ElementsAre("treasurer", "manager"));
  // Whoever still looks at the old content approves nothing.
  EXPECT_THAT(Approve("Wati", submitted), RefusesAt("CONTENT_CHANGED", "content_hash"));
  ASSERT_THAT(Approve("Tuti", *again), IsOk());
  EXPECT_EQ(Approve("Wati", *again)->state(), v1::VOUCHER_STATE_POSTED);
}

// Even when the content is what it was: the approver was told that it went back.
TEST_F(ApprovalHandlersTest, AReturnToTheMakerVoidsTheApproval) {
  ASSERT_THAT(AddPolicy("all", "", "treasurer", "manager"), IsOk());
  const v1::Voucher submitted = Submitted(Payment());
  ASSERT_THAT(Approve("Tuti", submitted), IsOk());
  ASSERT_THAT(Revise("Sari", submitted), IsOk());
  ASSERT_THAT(Submit("Sari", submitted), IsOk());
  EXPECT_EQ(Approve("Wati", submitted)->state(), v1::VOUCHER_STATE_SUBMITTED);
}

TEST_F(ApprovalHandlersTest, OfTwoApprovalsAtOnceOneDecides) {
  for (int round = 0; round < 5; ++round) {
    const v1::Voucher submitted = Submitted(Payment());
    std::vector<absl::Status> outcomes(2);
    std::thread other([&] { outcomes[0] = Approve("Budi", submitted).status(); });
    outcomes[1] = Approve("Joko", submitted).status();
    other.join();
    const bool budi_won = outcomes[0].ok();
    EXPECT_NE(budi_won, outcomes[1].ok()) << outcomes[0] << outcomes[1];
    EXPECT_EQ(ReasonOf(outcomes[budi_won ? 1 : 0]), "VOUCHER_STATE");
    EXPECT_THAT(Get(submitted.name())->approvals(), SizeIs(1));
    EXPECT_EQ(EntryCount(), absl::StrCat(round + 1));
  }
}

TEST_F(ApprovalHandlersTest, BothOfTwoNeededApprovalsAtOnceCount) {
  ASSERT_THAT(AddPolicy("all", "", "treasurer", "manager"), IsOk());
  for (int round = 0; round < 5; ++round) {
    const v1::Voucher submitted = Submitted(Payment());
    std::thread other([&] { EXPECT_THAT(Approve("Tuti", submitted), IsOk()); });
    EXPECT_THAT(Approve("Wati", submitted), IsOk());
    other.join();
    EXPECT_EQ(Get(submitted.name())->state(), v1::VOUCHER_STATE_POSTED);
    EXPECT_EQ(EntryCount(), absl::StrCat(round + 1));
  }
}

TEST_F(ApprovalHandlersTest, NumbersHaveNoGapWhenAPostingIsRefused) {
  EXPECT_EQ(Posted(Payment()).number(), "BKK.0001/VI/2026");
  v1::Voucher granted = Payment();
  for (auto& posting : *granted.mutable_postings()) posting.set_fund("usaid");
  const v1::Voucher stuck = Submitted(granted);
  ASSERT_THAT(
      store::InTransaction(database_.pool(), {organization_},
                           [&](store::TransactionScope& scope) -> absl::StatusOr<int> {
                             const auto book = directory_.Book(By("Sari"), "books/main", "");
                             store::FundChanges closed;
                             closed.closed = true;
                             LUMBUNG_RETURN_IF_ERROR(
                                 store::UpdateFund(scope, *book, "usaid", "", closed).status());
                             return 0;
                           }),
      IsOk());
  const auto refused = Approve("Budi", stuck);
  EXPECT_THAT(refused, Refuses("FUND_CLOSED"));
  // Nothing of the approval is left.
  EXPECT_EQ(Get(stuck.name())->state(), v1::VOUCHER_STATE_SUBMITTED);
  EXPECT_THAT(Get(stuck.name())->approvals(), IsEmpty());
  EXPECT_EQ(Posted(Payment()).number(), "BKK.0002/VI/2026");
  EXPECT_EQ(Ask("select string_agg(number_sequence::text, ' ' order by number_sequence) "
                "from vouchers.voucher"),
            "1 2");
}

TEST_F(ApprovalHandlersTest, EveryKindCountsForItselfAndAnewEachYear) {
  v1::Voucher receipt = Payment("500");
  receipt.set_kind(v1::VOUCHER_KIND_BANK_IN);
  receipt.set_cash_account("1.1.21");
  receipt.clear_postings();
  AddPosting(&receipt, "1.1.21", "500");
  AddPosting(&receipt, "4.1", "-500");
  v1::Voucher memorial = Payment();
  memorial.set_kind(v1::VOUCHER_KIND_MEMORIAL);
  memorial.clear_party();
  memorial.clear_cash_account();
  EXPECT_EQ(Posted(receipt).number(), "BBM.0001/VI/2026");
  EXPECT_EQ(Posted(memorial).number(), "BM.0001/VI/2026");
  EXPECT_EQ(Posted(Payment("1", "2026-12-31")).number(), "BKK.0001/XII/2026");
  EXPECT_EQ(Posted(Payment("1", "2027-01-01")).number(), "BKK.0001/I/2027");
  EXPECT_EQ(Posted(Payment("1", "2026-01-01")).number(), "BKK.0002/I/2026");
}

TEST_F(ApprovalHandlersTest, SubmissionFindsWhatPostingWouldRefuse) {
  struct Row {
    const char* reason;
    const char* field;
    void (*change)(v1::Voucher&);
  };
  const Row kRows[] = {
      {"UNBALANCED", "postings",
       [](v1::Voucher& v) { v.mutable_postings(0)->mutable_amount()->set_amount("1"); }},
      {"UNKNOWN_ACCOUNT", "postings[0].account",
       [](v1::Voucher& v) { v.mutable_postings(0)->set_account("9"); }},
      {"PARTY_REQUIRED", "party", [](v1::Voucher& v) { v.clear_party(); }},
      {"CASH_SIDE", "postings", [](v1::Voucher& v) { v.set_kind(v1::VOUCHER_KIND_CASH_IN); }},
      {"UNKNOWN_SERIES", "series", [](v1::Voucher& v) { v.set_series("XX"); }},
  };
  for (const Row& row : kRows) {
    v1::Voucher voucher = Payment();
    row.change(voucher);
    const auto draft = Create("Sari", voucher);
    ASSERT_THAT(draft, IsOk()) << row.reason;
    EXPECT_THAT(Submit("Sari", *draft), RefusesAt(row.reason, row.field));
    EXPECT_EQ(Get(draft->name())->state(), v1::VOUCHER_STATE_DRAFT);
  }
}

TEST_F(ApprovalHandlersTest, OnlyTheMakerSubmitsRevisesAndCancels) {
  const auto draft = Create("Sari", Payment());
  EXPECT_THAT(Submit("Budi", *draft), Refuses("NOT_THE_MAKER"));
  ASSERT_THAT(Submit("Sari", *draft), IsOk());
  EXPECT_THAT(Revise("Budi", *draft), Refuses("NOT_THE_MAKER"));
  EXPECT_THAT(Cancel("Budi", *draft), Refuses("NOT_THE_MAKER"));
  EXPECT_THAT(Cancel("Wati", *draft, " "), RefusesAt("REASON_REQUIRED", "reason"));
  const auto cancelled = Cancel("Wati", *draft, "Ganda");
  ASSERT_THAT(cancelled, IsOk());
  EXPECT_EQ(cancelled->state(), v1::VOUCHER_STATE_CANCELLED);
  EXPECT_EQ(cancelled->reason(), "Ganda");
  EXPECT_THAT(Revise("Sari", *draft), Refuses("VOUCHER_STATE"));
}

TEST_F(ApprovalHandlersTest, ARejectedVoucherGoesBackToItsMaker) {
  const v1::Voucher submitted = Submitted(Payment());
  EXPECT_THAT(Reject("Budi", submitted, ""), RefusesAt("REASON_REQUIRED", "reason"));
  const auto rejected = Reject("Budi", submitted, "Nota kurang");
  ASSERT_THAT(rejected, IsOk());
  EXPECT_EQ(rejected->state(), v1::VOUCHER_STATE_REJECTED);
  EXPECT_EQ(rejected->reason(), "Nota kurang");
  EXPECT_THAT(Approve("Joko", submitted), Refuses("VOUCHER_STATE"));
  EXPECT_THAT(Submit("Sari", submitted), Refuses("VOUCHER_STATE"));
  ASSERT_THAT(Revise("Sari", submitted), IsOk());
  const auto again = Submit("Sari", submitted);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->reason(), "");
  EXPECT_EQ(Approve("Budi", submitted)->state(), v1::VOUCHER_STATE_POSTED);
}

TEST_F(ApprovalHandlersTest, AnApprovedVoucherMayBeHeldBack) {
  const v1::Voucher submitted = Submitted(Payment());
  const auto held = Approve("Budi", submitted, true);
  ASSERT_THAT(held, IsOk());
  EXPECT_EQ(held->state(), v1::VOUCHER_STATE_APPROVED);
  EXPECT_EQ(EntryCount(), "0");
  EXPECT_THAT(Approve("Joko", submitted), Refuses("VOUCHER_STATE"));
  EXPECT_THAT(Post("Tuti", Submitted(Payment())), Refuses("VOUCHER_STATE"));
  const auto posted = Post("Tuti", submitted);
  ASSERT_THAT(posted, IsOk());
  EXPECT_EQ(posted->number(), "BKK.0001/VI/2026");
  EXPECT_THAT(Post("Tuti", submitted), Refuses("VOUCHER_STATE"));
}

// What was approved is a value, not only a text.
TEST_F(ApprovalHandlersTest, AVoucherWhoseValueChangesIsNotPosted) {
  const auto in_book = [&](const auto& body) {
    ASSERT_THAT(store::InTransaction(database_.pool(), {organization_},
                                     [&](store::TransactionScope& scope) {
                                       return body(scope,
                                                   *directory_.Book(By("Sari"), "books/main", ""));
                                     }),
                IsOk());
  };
  const auto add_rate = [&](const char* rate) {
    in_book([&](store::TransactionScope& scope, BookKey book) {
      store::NewExchangeRate added;
      added.base = "USD";
      added.quote = "IDR";
      added.date = *Date::Parse("2026-06-01");
      added.rate = *Decimal::Parse(rate);
      return store::CreateExchangeRates(scope, book, {added});
    });
  };
  in_book([&](store::TransactionScope& scope, BookKey book) {
    store::NewCurrency dollar;
    dollar.code = "USD";
    return store::CreateCurrencies(scope, book, {dollar});
  });
  add_rate("16000");
  v1::Voucher voucher = Payment("10");
  for (auto& posting : *voucher.mutable_postings()) posting.mutable_amount()->set_currency("USD");
  const v1::Voucher submitted = Submitted(voucher);
  EXPECT_EQ(submitted.amount().amount(), "160000.00");
  add_rate("17000");
  EXPECT_THAT(Approve("Budi", submitted), RefusesAt("VALUE_CHANGED", "amount"));
  ASSERT_THAT(Revise("Sari", submitted), IsOk());
  EXPECT_EQ(Submit("Sari", submitted)->amount().amount(), "170000.00");
  EXPECT_THAT(Approve("Budi", submitted), IsOk());
}

TEST_F(ApprovalHandlersTest, ValidatingLeavesNoTrace) {
  const v1::Voucher submitted = Submitted(Payment());
  CallScope call = By("Budi");
  v1::ApproveVoucherRequest request;
  request.set_name(submitted.name());
  request.set_content_hash(submitted.content_hash());
  request.set_validate_only(true);
  const auto would_be = approvals_.ApproveVoucher(call, request);
  ASSERT_THAT(would_be, IsOk());
  EXPECT_EQ(would_be->number(), "BKK.0001/VI/2026");
  EXPECT_THAT(Trail(), SizeIs(2));
  EXPECT_EQ(Get(submitted.name())->state(), v1::VOUCHER_STATE_SUBMITTED);
  EXPECT_EQ(EntryCount(), "0");
}

TEST_F(ApprovalHandlersTest, EveryChangeIsInTheAuditTrailWithWhatWasBefore) {
  ASSERT_THAT(Approve("Budi", Submitted(Payment())), IsOk());
  EXPECT_THAT(Trail(), ElementsAre("budi books/main/vouchers/1", "sari books/main/vouchers/1",
                                   "sari books/main/vouchers/1"));
  EXPECT_EQ(Ask("select string_agg(concat_ws(' ', before->>'state', after->>'state', "
                "after->>'number'), ', ' order by event_id) from identity.audit_event"),
            "VOUCHER_STATE_DRAFT, VOUCHER_STATE_DRAFT VOUCHER_STATE_SUBMITTED, "
            "VOUCHER_STATE_SUBMITTED VOUCHER_STATE_POSTED BKK.0001/VI/2026");
}

TEST_F(ApprovalHandlersTest, TheSameRequestGetsTheFirstAnswerAgain) {
  const v1::Voucher submitted = Submitted(Payment());
  v1::ApproveVoucherRequest request;
  request.set_name(submitted.name());
  request.set_content_hash(submitted.content_hash());
  request.set_request_id("approve-1");
  CallScope call = By("Budi");
  const auto first = approvals_.ApproveVoucher(call, request);
  ASSERT_THAT(first, IsOk());
  const auto again = approvals_.ApproveVoucher(call, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  request.set_hold(true);
  EXPECT_THAT(approvals_.ApproveVoucher(call, request), Refuses("REQUEST_ID_REUSED"));
  EXPECT_EQ(EntryCount(), "1");
}

TEST_F(ApprovalHandlersTest, AnotherOrganizationSeesAndDoesNothing) {
  const v1::Voucher submitted = Submitted(Payment());
  CallScope other = By("Budi", "tetangga");
  v1::GetVoucherRequest get;
  get.set_name(submitted.name());
  EXPECT_THAT(vouchers_.GetVoucher(other, get), RefusesAt("VOUCHER_NOT_FOUND", "name"));
  v1::ApproveVoucherRequest request;
  request.set_name(submitted.name());
  request.set_content_hash(submitted.content_hash());
  EXPECT_THAT(approvals_.ApproveVoucher(other, request), Refuses("VOUCHER_NOT_FOUND"));
  EXPECT_THAT(Get("books/main/vouchers/99"), RefusesAt("VOUCHER_NOT_FOUND", "name"));
  EXPECT_THAT(Get("books/main/vouchers/BKK.1"), RefusesAt("VOUCHER_NOT_FOUND", "name"));
  EXPECT_THAT(Get("books/main/entries/1"), RefusesAt("INVALID_NAME", "name"));
}

}  // namespace
}  // namespace lumbung::vouchers::api
