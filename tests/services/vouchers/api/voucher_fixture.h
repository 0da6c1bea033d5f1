// What tests of voucher handlers start from: a foundation with a small book on a real database, and
// people with roles. Today is 30 June 2026.
#ifndef LUMBUNG_TESTS_SERVICES_VOUCHERS_API_VOUCHER_FIXTURE_H_
#define LUMBUNG_TESTS_SERVICES_VOUCHERS_API_VOUCHER_FIXTURE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/identity/domain/role_permissions.h"
#include "services/vouchers/api/approval_handlers.h"
#include "services/vouchers/api/attachment_handlers.h"
#include "services/vouchers/api/settings_handlers.h"
#include "services/vouchers/api/template_handlers.h"
#include "services/vouchers/api/voucher_access.h"
#include "services/vouchers/api/voucher_handlers.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::vouchers::api {

class VoucherTest : public ::testing::Test {
 protected:
  VoucherTest();

  // A call by one of the people: Sari (finance officer), Budi (approver), Tuti (treasurer), Wati
  // (manager), Joko (approver); by nobody when it is none of them.
  CallScope By(const std::string& person, const std::string& organization = "yayasan");
  // "people/sari".
  static std::string PersonNamed(const std::string& person);
  // What the people's roles are in the database; calls have those of roles_.
  void Grant(const std::string& person, identity::Role role, const std::string& scope = "");
  void RevokeAll(const std::string& person);

  // Electricity, paid from cash: 5.3 against 1.1.11.
  static v1::Voucher Payment(const std::string& amount = "150000",
                             const std::string& date = "2026-06-15");
  static void AddPosting(v1::Voucher* voucher, const std::string& account,
                         const std::string& amount, const std::string& fund = "");

  absl::StatusOr<v1::Voucher> Create(const std::string& person, const v1::Voucher& voucher);
  absl::StatusOr<v1::Voucher> Update(const std::string& person, const v1::Voucher& voucher);
  absl::StatusOr<v1::Voucher> Get(const std::string& name);
  absl::StatusOr<v1::Voucher> Submit(const std::string& person, const v1::Voucher& voucher);
  absl::StatusOr<v1::Voucher> Approve(const std::string& person, const v1::Voucher& voucher,
                                      bool hold = false);
  absl::StatusOr<v1::Voucher> Post(const std::string& person, const v1::Voucher& voucher);
  absl::StatusOr<v1::Voucher> Reject(const std::string& person, const v1::Voucher& voucher,
                                     const std::string& reason = "Nota kurang");
  absl::StatusOr<v1::Voucher> Revise(const std::string& person, const v1::Voucher& voucher);
  absl::StatusOr<v1::Voucher> Cancel(const std::string& person, const v1::Voucher& voucher,
                                     const std::string& reason = "Batal");
  // Created and submitted by Sari.
  v1::Voucher Submitted(const v1::Voucher& voucher);
  v1::Voucher Posted(const v1::Voucher& voucher);

  absl::StatusOr<v1::ApprovalPolicy> AddPolicy(const std::string& key, const std::string& limit,
                                               const std::string& role,
                                               const std::string& second_role = "",
                                               const std::string& fund = "");
  // One that allows that people approve what they made.
  void BeSmall(bool small);

  // The first column of the first row, as the application sees it in the organization.
  std::string Ask(const std::string& sql);
  // Runs as the schema's owner in the organization.
  void Administer(const std::string& sql);
  // "sari books/main/vouchers/1" of each event of the audit trail, newest first.
  std::vector<std::string> Trail();
  // "action person state" of each event.
  std::vector<std::string> History(const v1::Voucher& voucher);

  testing::TestDatabase database_;
  OrganizationId organization_{};
  BookDirectory directory_;
  DatabaseAttachmentStore attachment_store_;
  Date today_ = *Date::Parse("2026-06-30");
  std::map<std::string, std::int64_t> people_;
  // By the person's display name.
  std::map<std::string, std::vector<std::string>> roles_;
  VoucherAccess access_;
  VoucherHandlers vouchers_;
  ApprovalHandlers approvals_;
  AttachmentHandlers attachments_;
  SettingsHandlers settings_;
  TemplateHandlers templates_;
};

}  // namespace lumbung::vouchers::api

#endif  // LUMBUNG_TESTS_SERVICES_VOUCHERS_API_VOUCHER_FIXTURE_H_
