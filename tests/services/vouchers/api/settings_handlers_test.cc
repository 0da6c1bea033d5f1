#include "services/vouchers/api/settings_handlers.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "tests/services/vouchers/api/voucher_fixture.h"

namespace lumbung::vouchers::api {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;
using ::testing::SizeIs;

class SettingsHandlersTest : public VoucherTest {
 protected:
  absl::StatusOr<v1::ApprovalPolicy> EndPolicy(const std::string& key, const std::string& date) {
    CallScope call = By("Wati");
    v1::EndApprovalPolicyRequest request;
    request.set_name("books/main/approvalPolicies/" + key);
    request.set_to_date(date);
    return settings_.EndApprovalPolicy(call, request);
  }
  static v1::CreateDeputyRequest BudiInsteadOf(const std::string& principal) {
    v1::CreateDeputyRequest request;
    request.set_parent("books/main");
    v1::Deputy* const deputy = request.mutable_deputy();
    deputy->set_deputy_id("leave");
    deputy->mutable_principal()->set_name(PersonNamed(principal));
    deputy->mutable_deputy()->set_name(PersonNamed("Budi"));
    deputy->set_role("manager");
    deputy->set_from_date("2026-06-15");
    deputy->set_to_date("2026-07-15");
    deputy->set_note("Cuti");
    return request;
  }
  absl::StatusOr<v1::Deputy> EndDeputy(const std::string& person, const std::string& date) {
    CallScope call = By(person);
    v1::EndDeputyRequest request;
    request.set_name("books/main/deputies/leave");
    request.set_to_date(date);
    return settings_.EndDeputy(call, request);
  }
  absl::StatusOr<v1::NumberSeries> Save(const std::string& key, const std::string& pattern,
                                        v1::NumberReset reset = v1::NUMBER_RESET_YEARLY) {
    CallScope call = By("Wati");
    v1::SaveNumberSeriesRequest request;
    request.set_parent("books/main");
    request.mutable_number_series()->set_series_id(key);
    request.mutable_number_series()->set_pattern(pattern);
    request.mutable_number_series()->set_reset(reset);
    return settings_.SaveNumberSeries(call, request);
  }
};

TEST_F(SettingsHandlersTest, PoliciesAreDated) {
  ASSERT_THAT(AddPolicy("all", "5000000", "manager", "treasurer"), IsOk());
  EXPECT_THAT(AddPolicy("again", "5000000.00", "manager"), Refuses("POLICY_OVERLAPS"));
  EXPECT_THAT(AddPolicy("all", "1", "manager"),
              RefusesAt("ALREADY_EXISTS", "approval_policy.policy_id"));
  EXPECT_THAT(EndPolicy("all", "2025-12-31"), RefusesAt("INVALID_VALIDITY", "to_date"));
  EXPECT_THAT(EndPolicy("all", "x"), RefusesAt("INVALID_DATE", "to_date"));
  EXPECT_THAT(EndPolicy("other", "2026-06-30"), RefusesAt("POLICY_NOT_FOUND", "name"));
  const v1::Voucher submitted = Submitted(Payment());
  EXPECT_THAT(submitted.waits_for(), ElementsAre("manager", "treasurer"));
  const auto ended = EndPolicy("all", "2026-06-29");
  ASSERT_THAT(ended, IsOk());
  EXPECT_EQ(ended->to_date(), "2026-06-29");
  EXPECT_THAT(Get(submitted.name())->waits_for(), ElementsAre("approver"));

  CallScope call = By("Sari");
  v1::ListApprovalPoliciesRequest request;
  request.set_parent("books/main");
  const auto listed = settings_.ListApprovalPolicies(call, request);
  ASSERT_THAT(listed, IsOk());
  ASSERT_THAT(listed->approval_policies(), SizeIs(1));
  EXPECT_EQ(listed->approval_policies(0).DebugString(), ended->DebugString());
  EXPECT_EQ(ended->limit(), "5000000");
  EXPECT_EQ(ended->name(), "books/main/approvalPolicies/all");
}

TEST_F(SettingsHandlersTest, PoliciesNameWhatExists) {
  EXPECT_THAT(AddPolicy("", "", "manager"), RefusesAt("INVALID_ID", "approval_policy.policy_id"));
  EXPECT_THAT(AddPolicy("x", "1,5", "manager"),
              RefusesAt("INVALID_AMOUNT", "approval_policy.limit"));
  EXPECT_THAT(AddPolicy("x", "", "donor"), RefusesAt("UNKNOWN_ROLE", "approval_policy.role"));
  EXPECT_THAT(AddPolicy("x", "", "manager", "", "nothing"),
              RefusesAt("UNKNOWN_FUND", "approval_policy.fund"));
  CallScope call = By("Wati");
  v1::CreateApprovalPolicyRequest request;
  request.set_parent("books/main");
  request.mutable_approval_policy()->set_policy_id("x");
  request.mutable_approval_policy()->set_role("manager");
  request.mutable_approval_policy()->set_from_date("2026-01-01");
  request.mutable_approval_policy()->set_account("9");
  EXPECT_THAT(settings_.CreateApprovalPolicy(call, request),
              RefusesAt("UNKNOWN_ACCOUNT", "approval_policy.account"));
  request.mutable_approval_policy()->set_fund("usaid");
  EXPECT_THAT(settings_.CreateApprovalPolicy(call, request),
              RefusesAt("INVALID_SCOPE", "approval_policy.fund"));
}

// A policy for a header account holds for what is posted below it.
TEST_F(SettingsHandlersTest, PoliciesReachTheAccountsBelow) {
  CallScope call = By("Wati");
  v1::CreateApprovalPolicyRequest request;
  request.set_parent("books/main");
  request.mutable_approval_policy()->set_policy_id("expenses");
  request.mutable_approval_policy()->set_role("manager");
  request.mutable_approval_policy()->set_from_date("2026-01-01");
  request.mutable_approval_policy()->set_account("5");
  ASSERT_THAT(settings_.CreateApprovalPolicy(call, request), IsOk());
  EXPECT_THAT(Submitted(Payment()).waits_for(), ElementsAre("manager"));
}

TEST_F(SettingsHandlersTest, ADeputyApprovesWhileTheDeputyshipLasts) {
  ASSERT_THAT(AddPolicy("all", "", "manager"), IsOk());
  const v1::Voucher submitted = Submitted(Payment());
  CallScope budi = By("Budi");
  EXPECT_THAT(settings_.CreateDeputy(budi, BudiInsteadOf("Wati")),
              RefusesAt("SELF_APPOINTED", "deputy.deputy"));
  EXPECT_THAT(settings_.CreateDeputy(budi, BudiInsteadOf("nobody")),
              RefusesAt("PERSON_NOT_FOUND", "deputy.principal.name"));
  EXPECT_THAT(Approve("Budi", submitted), Refuses("NOT_AN_APPROVER"));
  CallScope wati = By("Wati");
  const auto created = settings_.CreateDeputy(wati, BudiInsteadOf("Wati"));
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->principal().display_name(), "Wati");
  today_ = *Date::Parse("2026-07-16");
  EXPECT_THAT(Approve("Budi", submitted), Refuses("NOT_AN_APPROVER"));
  today_ = *Date::Parse("2026-07-15");
  const auto posted = Approve("Budi", submitted);
  ASSERT_THAT(posted, IsOk());
  EXPECT_EQ(posted->approvals(0).on_behalf_of().display_name(), "Wati");
  EXPECT_THAT(posted->approvals(0).roles(), ElementsAre("manager"));
}

TEST_F(SettingsHandlersTest, ADeputyMayStepBackButNotStay) {
  CallScope wati = By("Wati");
  ASSERT_THAT(settings_.CreateDeputy(wati, BudiInsteadOf("Wati")), IsOk());
  EXPECT_THAT(settings_.CreateDeputy(wati, BudiInsteadOf("Wati")),
              RefusesAt("ALREADY_EXISTS", "deputy.deputy_id"));
  EXPECT_THAT(EndDeputy("Budi", "2026-12-31"), RefusesAt("SELF_APPOINTED", "deputy"));
  EXPECT_THAT(EndDeputy("Budi", "2026-06-30"), IsOk());
  EXPECT_EQ(EndDeputy("Wati", "2026-12-31")->to_date(), "2026-12-31");
  CallScope call = By("Sari");
  v1::ListDeputiesRequest request;
  request.set_parent("books/main");
  const auto listed = settings_.ListDeputies(call, request);
  ASSERT_THAT(listed, IsOk());
  ASSERT_THAT(listed->deputies(), SizeIs(1));
  EXPECT_EQ(listed->deputies(0).to_date(), "2026-12-31");
  v1::EndDeputyRequest missing;
  missing.set_name("books/main/deputies/none");
  missing.set_to_date("2026-12-31");
  EXPECT_THAT(settings_.EndDeputy(call, missing), RefusesAt("DEPUTY_NOT_FOUND", "name"));
}

// Only what somebody has can be lent, only to whoever approves already, and only while they have
// it.
TEST_F(SettingsHandlersTest, ADeputyGetsNoRoleThatThePrincipalHasNot) {
  ASSERT_THAT(AddPolicy("all", "", "manager"), IsOk());
  CallScope wati = By("Wati");
  EXPECT_THAT(settings_.CreateDeputy(wati, BudiInsteadOf("Tuti")),
              RefusesAt("PRINCIPAL_WITHOUT_ROLE", "deputy.principal.name"));
  Grant("Tuti", identity::Role::kManager, "books/other");
  EXPECT_THAT(settings_.CreateDeputy(wati, BudiInsteadOf("Tuti")),
              RefusesAt("PRINCIPAL_WITHOUT_ROLE", "deputy.principal.name"));
  Grant("Tuti", identity::Role::kManager, "books/main");
  ASSERT_THAT(settings_.CreateDeputy(wati, BudiInsteadOf("Tuti")), IsOk());
  v1::CreateDeputyRequest sari = BudiInsteadOf("Tuti");
  sari.mutable_deputy()->mutable_deputy()->set_name(PersonNamed("Sari"));
  EXPECT_THAT(settings_.CreateDeputy(wati, sari),
              RefusesAt("DEPUTY_NOT_APPROVER", "deputy.deputy.name"));

  EXPECT_EQ(Approve("Budi", Submitted(Payment()))->state(), v1::VOUCHER_STATE_POSTED);
  RevokeAll("Tuti");
  EXPECT_THAT(Approve("Budi", Submitted(Payment())), Refuses("NOT_AN_APPROVER"));
}

TEST_F(SettingsHandlersTest, SeriesSayHowNumbersAreWritten) {
  CallScope call = By("Sari");
  v1::ListNumberSeriesRequest request;
  request.set_parent("books/main");
  const auto listed = settings_.ListNumberSeries(call, request);
  ASSERT_THAT(listed, IsOk());
  std::vector<std::string> keys;
  for (const auto& series : listed->number_series()) {
    keys.push_back(series.series_id());
    EXPECT_EQ(series.pattern(), "{kind}.{seq:4}/{month:roman}/{year}");
  }
  EXPECT_THAT(keys, ElementsAre("BBK", "BBM", "BKK", "BKM", "BM"));

  EXPECT_THAT(Save("", "{seq}{year}"), RefusesAt("INVALID_ID", "number_series.series_id"));
  EXPECT_THAT(Save("BKK", "{seq}"), RefusesAt("INVALID_PATTERN", "number_series.pattern"));
  EXPECT_EQ(Posted(Payment()).number(), "BKK.0001/VI/2026");
  // The count goes on under the new pattern.
  ASSERT_THAT(Save("BKK", "PP.{seq:4}/{fund}/{month:roman}/{year}"), IsOk());
  EXPECT_EQ(Posted(Payment()).number(), "PP.0002/umum/VI/2026");
  EXPECT_THAT(Save("BKK", "{seq}/{month}/{year}", v1::NUMBER_RESET_MONTHLY),
              RefusesAt("SERIES_IN_USE", "number_series.reset"));
  ASSERT_THAT(Save("PC", "PC-{year:2}{month}-{seq:3}", v1::NUMBER_RESET_MONTHLY), IsOk());
  v1::Voucher petty = Payment();
  petty.set_series("PC");
  EXPECT_EQ(Posted(petty).number(), "PC-2606-001");
  petty.set_date("2026-07-01");
  EXPECT_EQ(Posted(petty).number(), "PC-2607-001");
}

TEST_F(SettingsHandlersTest, TwoSeriesDoNotGiveOneNumberTwice) {
  ASSERT_THAT(Save("A", "{seq}/{year}"), IsOk());
  ASSERT_THAT(Save("B", "{seq}/{year}"), IsOk());
  v1::Voucher voucher = Payment();
  voucher.set_series("A");
  EXPECT_EQ(Posted(voucher).number(), "1/2026");
  voucher.set_series("B");
  EXPECT_THAT(Approve("Budi", Submitted(voucher)), RefusesAt("NUMBER_TAKEN", "series"));
}

}  // namespace
}  // namespace lumbung::vouchers::api
