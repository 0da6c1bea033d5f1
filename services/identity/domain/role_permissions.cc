#include "services/identity/domain/role_permissions.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <utility>

namespace lumbung::identity {
namespace {

constexpr Role kRoles[] = {
    Role::kFinanceOfficer, Role::kApprover,          Role::kTreasurer,
    Role::kManager,        Role::kAuditor,           Role::kDonor,
    Role::kSupervisor,     Role::kOrganizationAdmin, Role::kPlatformOperator,
};
constexpr absl::string_view kNames[] = {
    "finance_officer", "approver",   "treasurer",          "manager",          "auditor",
    "donor",           "supervisor", "organization_admin", "platform_operator"};
constexpr std::size_t kRoleCount = std::size(kRoles);
static_assert(std::size(kNames) == kRoleCount);

constexpr Role kFinance = Role::kFinanceOfficer;
constexpr Role kApprover = Role::kApprover;
constexpr Role kTreasurer = Role::kTreasurer;
constexpr Role kManager = Role::kManager;
constexpr Role kAuditor = Role::kAuditor;
constexpr Role kDonor = Role::kDonor;
constexpr Role kSupervisor = Role::kSupervisor;
constexpr Role kAdmin = Role::kOrganizationAdmin;
constexpr Role kOperator = Role::kPlatformOperator;

struct Row {
  absl::string_view permission;
  std::vector<Role> roles;
};

const std::vector<Row>& Table() {
  static const auto* const kTable = new std::vector<Row>{
      {"organization.create", {kOperator}},
      {"organization.read",
       {kFinance, kApprover, kTreasurer, kManager, kAuditor, kDonor, kSupervisor, kAdmin}},
      {"organization.change", {kAdmin}},

      {"person.read", {kManager, kAuditor, kAdmin, kOperator}},
      {"person.manage", {kAdmin, kOperator}},
      {"role.read", {kManager, kAuditor, kAdmin}},
      {"role.manage", {kAdmin}},
      {"api_key.read", {kAuditor, kAdmin}},
      {"api_key.manage", {kAdmin}},
      {"audit.read", {kAuditor, kAdmin, kOperator}},

      // Setting up. The administrator founds books, and does no accounting in them.
      {"book.create", {kFinance, kManager, kAdmin}},
      {"book.change", {kManager}},
      {"book.read",
       {kFinance, kApprover, kTreasurer, kManager, kAuditor, kDonor, kSupervisor, kAdmin}},
      {"chart.change", {kFinance, kManager}},
      {"fund.read", {kFinance, kApprover, kTreasurer, kManager, kAuditor, kDonor}},
      {"fund.change", {kFinance, kManager}},
      {"rate.change", {kFinance, kTreasurer, kManager}},

      // Bookkeeping. A manager posts what the close of a period asks for.
      {"journal.post", {kFinance, kManager}},
      {"journal.import", {kFinance}},
      {"journal.read", {kFinance, kApprover, kTreasurer, kManager, kAuditor}},
      {"journal.export", {kFinance, kManager, kAuditor}},
      {"operation.read", {kFinance, kManager, kAuditor}},
      {"posting.read", {kFinance, kApprover, kTreasurer, kManager, kAuditor, kDonor}},
      {"balance.read", {kFinance, kApprover, kTreasurer, kManager, kAuditor, kDonor, kSupervisor}},
      {"assertion.create", {kFinance, kTreasurer, kManager}},
      {"assertion.read", {kFinance, kApprover, kTreasurer, kManager, kAuditor}},
      {"period.close", {kManager}},
      // Posting into soft-closed periods; no method's own, but asked for when one posts there.
      {"period.adjust", {kManager}},

      // Vouchers. That nobody approves their own goes by person, whatever the roles.
      {"voucher.create", {kFinance, kTreasurer, kManager}},
      {"voucher.read", {kFinance, kApprover, kTreasurer, kManager, kAuditor}},
      {"voucher.approve", {kApprover, kTreasurer, kManager}},
      {"voucher.post", {kFinance, kTreasurer, kManager}},
      {"voucher.cancel", {kFinance, kTreasurer, kManager}},
      {"voucher.configure", {kManager}},

      // The tamper-evident log. A checkpoint tells nothing of the books, and whoever is outside of
      // the organization is the better witness.
      {"log.read", {kFinance, kApprover, kTreasurer, kManager, kAuditor}},
      {"log.checkpoint",
       {kFinance, kApprover, kTreasurer, kManager, kAuditor, kDonor, kSupervisor, kAdmin}},
      // A manager hands it to auditors from outside.
      {"audit.pack", {kManager, kAuditor}},
      {"log.cosign", {kAuditor, kDonor, kSupervisor}},
  };
  return *kTable;
}

// Who writes, who approves and who pays are three; whoever gives out roles has none of theirs; and
// whoever examines the books has had no hand in them.
constexpr std::pair<Role, Role> kConflicts[] = {
    {kFinance, kApprover}, {kFinance, kTreasurer}, {kApprover, kTreasurer}, {kAdmin, kFinance},
    {kAdmin, kApprover},   {kAdmin, kTreasurer},   {kAdmin, kManager},      {kAuditor, kFinance},
    {kAuditor, kApprover}, {kAuditor, kTreasurer}, {kAuditor, kManager},    {kAuditor, kAdmin},
};

using PermissionLists = std::array<std::vector<absl::string_view>, kRoleCount>;

const PermissionLists& ListsByRole() {
  static const auto* const kLists = [] {
    auto* const lists = new PermissionLists;
    for (const Row& row : Table()) {
      for (const Role role : row.roles) {
        (*lists)[static_cast<std::size_t>(role)].push_back(row.permission);
      }
    }
    return lists;
  }();
  return *kLists;
}

}  // namespace

absl::Span<const Role> AllRoles() {
  return kRoles;
}

absl::string_view NameOf(Role role) {
  return kNames[static_cast<std::size_t>(role)];
}

std::optional<Role> RoleNamed(absl::string_view name) {
  const auto found = std::find(std::begin(kNames), std::end(kNames), name);
  if (found == std::end(kNames)) return std::nullopt;
  return kRoles[found - std::begin(kNames)];
}

const std::vector<absl::string_view>& AllPermissions() {
  static const auto* const kAll = [] {
    auto* const all = new std::vector<absl::string_view>;
    for (const Row& row : Table()) all->push_back(row.permission);
    return all;
  }();
  return *kAll;
}

absl::Span<const absl::string_view> PermissionsOf(Role role) {
  return ListsByRole()[static_cast<std::size_t>(role)];
}

bool Has(Role role, absl::string_view permission) {
  const absl::Span<const absl::string_view> permissions = PermissionsOf(role);
  return std::find(permissions.begin(), permissions.end(), permission) != permissions.end();
}

std::vector<absl::string_view> RolesWith(absl::string_view permission) {
  std::vector<absl::string_view> names;
  for (const Role role : kRoles) {
    if (Has(role, permission)) names.push_back(NameOf(role));
  }
  return names;
}

bool AreConflicting(Role a, Role b) {
  return std::any_of(std::begin(kConflicts), std::end(kConflicts), [a, b](const auto& pair) {
    return pair == std::pair(a, b) || pair == std::pair(b, a);
  });
}

}  // namespace lumbung::identity
