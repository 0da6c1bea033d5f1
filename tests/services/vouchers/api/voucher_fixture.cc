#include "tests/services/vouchers/api/voucher_fixture.h"

#include <utility>

#include <pqxx/connection>
#include <pqxx/transaction>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/store/account_store.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/book_store.h"
#include "services/common/random_bytes.h"
#include "services/identity/store/audit_trail.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"
#include "services/vouchers/domain/voucher.h"
#include "services/vouchers/domain/voucher_moves.h"

namespace lumbung::vouchers::api {
namespace {

using testing::IsOk;

store::NewAccount Account(const char* key, AccountType type, const char* parent, bool postable) {
  store::NewAccount account;
  account.key = key;
  account.display_name = key;
  account.type = type;
  account.parent = parent;
  account.postable = postable;
  return account;
}

struct Somebody {
  const char* name;
  identity::Role role;
};
constexpr Somebody kPeople[] = {{"Sari", identity::Role::kFinanceOfficer},
                                {"Budi", identity::Role::kApprover},
                                {"Tuti", identity::Role::kTreasurer},
                                {"Wati", identity::Role::kManager},
                                {"Joko", identity::Role::kApprover}};

}  // namespace

VoucherTest::VoucherTest()
    : directory_(&database_.pool()),
      attachment_store_(&database_.pool()),
      access_({&database_.pool(), &directory_, &attachment_store_, absl::Now,
               [this] { return today_; }, SecureRandomBytes}),
      vouchers_(&access_),
      approvals_(&access_),
      attachments_(&access_),
      settings_(&access_),
      templates_(&access_) {
  for (const char* slug : {"tetangga", "yayasan"}) {
    organization_ = database_.CreateOrganization(slug);
    store::NewBook book;
    book.slug = "main";
    book.uid = testing::NewTestUid();
    book.display_name = "Yayasan Contoh";
    book.functional_currency.code = "IDR";
    book.accounts = {Account("1.1.11", AccountType::kAsset, "", true),
                     Account("1.1.21", AccountType::kAsset, "", true),
                     Account("4.1", AccountType::kIncome, "", true),
                     Account("5", AccountType::kExpense, "", false),
                     Account("5.3", AccountType::kExpense, "5", true)};
    store::NewFund fund;
    fund.key = "usaid";
    fund.restriction = FundRestriction::kPurpose;
    book.funds = {fund};
    EXPECT_THAT(store::InTransaction(
                    database_.pool(), {organization_},
                    [&](store::TransactionScope& scope) { return store::CreateBook(scope, book); }),
                IsOk());
  }
  for (const Somebody& somebody : kPeople) {
    identity::NewPerson who;
    who.user_name = absl::AsciiStrToLower(somebody.name);
    who.display_name = somebody.name;
    who.managing_organization = organization_;
    EXPECT_THAT(store::RunInTransaction(database_.pool(), {organization_},
                                        [&](store::TransactionScope& scope) -> absl::Status {
                                          identity::OpenPeople(scope);
                                          const auto person =
                                              identity::CreatePerson(scope, who, absl::Now());
                                          if (person.ok())
                                            people_[somebody.name] = person->person_id;
                                          return person.status();
                                        }),
                IsOk());
    Grant(somebody.name, somebody.role);
    roles_[somebody.name] = {std::string(identity::NameOf(somebody.role))};
  }
}

CallScope VoucherTest::By(const std::string& person, const std::string& organization) {
  CallScope call;
  call.method = "lumbung.vouchers.v1.VoucherService/Test";
  call.access.organization = organization;
  if (people_.count(person) > 0) {
    call.access.person = people_[person];
    call.access.actor = absl::AsciiStrToLower(person);
    call.access.display_name = person;
    for (const std::string& role : roles_[person]) {
      call.access.grants.push_back({role, "main", "", {}});
    }
  }
  call.deadline = absl::Now() + absl::Minutes(5);
  call.cancelled = [] { return false; };
  return call;
}

std::string VoucherTest::PersonNamed(const std::string& person) {
  return absl::StrCat("people/", absl::AsciiStrToLower(person));
}

void VoucherTest::Grant(const std::string& person, identity::Role role, const std::string& scope) {
  EXPECT_THAT(store::RunInTransaction(database_.pool(), {organization_},
                                      [&](store::TransactionScope& transaction) {
                                        return identity::CreateGrant(
                                                   transaction,
                                                   {people_[person], role, scope, {}, {}, "test"},
                                                   absl::Now())
                                            .status();
                                      }),
              IsOk());
}

void VoucherTest::RevokeAll(const std::string& person) {
  Administer(
      absl::StrCat("update identity.role_grant set revoked_at = now(), revoked_by = 'test' "
                   "where person_id = ",
                   people_[person]));
}

v1::Voucher VoucherTest::Payment(const std::string& amount, const std::string& date) {
  v1::Voucher voucher;
  voucher.set_kind(v1::VOUCHER_KIND_CASH_OUT);
  voucher.set_date(date);
  voucher.set_party("PLN");
  voucher.set_description("Listrik Juni");
  voucher.set_cash_account("1.1.11");
  AddPosting(&voucher, "5.3", amount);
  AddPosting(&voucher, "1.1.11", "-" + amount);
  return voucher;
}

void VoucherTest::AddPosting(v1::Voucher* voucher, const std::string& account,
                             const std::string& amount, const std::string& fund) {
  auto* const posting = voucher->add_postings();
  posting->set_account(account);
  posting->mutable_amount()->set_amount(amount);
  posting->mutable_amount()->set_currency("IDR");
  posting->set_fund(fund);
}

absl::StatusOr<v1::Voucher> VoucherTest::Create(const std::string& person,
                                                const v1::Voucher& voucher) {
  CallScope call = By(person);
  v1::CreateVoucherRequest request;
  request.set_parent("books/main");
  *request.mutable_voucher() = voucher;
  return vouchers_.CreateVoucher(call, request);
}

absl::StatusOr<v1::Voucher> VoucherTest::Update(const std::string& person,
                                                const v1::Voucher& voucher) {
  CallScope call = By(person);
  v1::UpdateVoucherRequest request;
  *request.mutable_voucher() = voucher;
  return vouchers_.UpdateVoucher(call, request);
}

absl::StatusOr<v1::Voucher> VoucherTest::Get(const std::string& name) {
  CallScope call = By("Sari");
  v1::GetVoucherRequest request;
  request.set_name(name);
  return vouchers_.GetVoucher(call, request);
}

absl::StatusOr<v1::Voucher> VoucherTest::Submit(const std::string& person,
                                                const v1::Voucher& voucher) {
  CallScope call = By(person);
  v1::SubmitVoucherRequest request;
  request.set_name(voucher.name());
  return approvals_.SubmitVoucher(call, request);
}

absl::StatusOr<v1::Voucher> VoucherTest::Approve(const std::string& person,
                                                 const v1::Voucher& voucher, bool hold) {
  CallScope call = By(person);
  v1::ApproveVoucherRequest request;
  request.set_name(voucher.name());
  request.set_content_hash(voucher.content_hash());
  request.set_hold(hold);
  return approvals_.ApproveVoucher(call, request);
}

absl::StatusOr<v1::Voucher> VoucherTest::Post(const std::string& person,
                                              const v1::Voucher& voucher) {
  CallScope call = By(person);
  v1::PostVoucherRequest request;
  request.set_name(voucher.name());
  return approvals_.PostVoucher(call, request);
}

absl::StatusOr<v1::Voucher> VoucherTest::Reject(const std::string& person,
                                                const v1::Voucher& voucher,
                                                const std::string& reason) {
  CallScope call = By(person);
  v1::RejectVoucherRequest request;
  request.set_name(voucher.name());
  request.set_reason(reason);
  return approvals_.RejectVoucher(call, request);
}

absl::StatusOr<v1::Voucher> VoucherTest::Revise(const std::string& person,
                                                const v1::Voucher& voucher) {
  CallScope call = By(person);
  v1::ReviseVoucherRequest request;
  request.set_name(voucher.name());
  return approvals_.ReviseVoucher(call, request);
}

absl::StatusOr<v1::Voucher> VoucherTest::Cancel(const std::string& person,
                                                const v1::Voucher& voucher,
                                                const std::string& reason) {
  CallScope call = By(person);
  v1::CancelVoucherRequest request;
  request.set_name(voucher.name());
  request.set_reason(reason);
  return approvals_.CancelVoucher(call, request);
}

v1::Voucher VoucherTest::Submitted(const v1::Voucher& voucher) {
  const auto created = Create("Sari", voucher);
  EXPECT_THAT(created, IsOk());
  if (!created.ok()) return {};
  const auto submitted = Submit("Sari", *created);
  EXPECT_THAT(submitted, IsOk());
  return submitted.value_or(v1::Voucher());
}

v1::Voucher VoucherTest::Posted(const v1::Voucher& voucher) {
  const auto posted = Approve("Budi", Submitted(voucher));
  EXPECT_THAT(posted, IsOk());
  return posted.value_or(v1::Voucher());
}

absl::StatusOr<v1::ApprovalPolicy> VoucherTest::AddPolicy(const std::string& key,
                                                          const std::string& limit,
                                                          const std::string& role,
                                                          const std::string& second_role,
                                                          const std::string& fund) {
  CallScope call = By("Wati");
  v1::CreateApprovalPolicyRequest request;
  request.set_parent("books/main");
  v1::ApprovalPolicy* const policy = request.mutable_approval_policy();
  policy->set_policy_id(key);
  policy->set_limit(limit);
  policy->set_role(role);
  policy->set_second_role(second_role);
  policy->set_fund(fund);
  policy->set_from_date("2026-01-01");
  return settings_.CreateApprovalPolicy(call, request);
}

void VoucherTest::BeSmall(bool small) {
  EXPECT_THAT(store::RunInTransaction(database_.pool(), {organization_},
                                      [&](store::TransactionScope& scope) {
                                        identity::WriteSettings(scope, {small, ""});
                                        return absl::OkStatus();
                                      }),
              IsOk());
}

std::string VoucherTest::Ask(const std::string& sql) {
  pqxx::connection connection(database_.app_uri());
  pqxx::work transaction(connection);
  transaction.exec0(
      absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization_), "'"));
  return transaction.exec1(sql)[0].c_str();
}

void VoucherTest::Administer(const std::string& sql) {
  pqxx::connection connection(database_.owner_uri());
  pqxx::work transaction(connection);
  transaction.exec0(
      absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization_), "'"));
  transaction.exec(sql);
  transaction.commit();
}

std::vector<std::string> VoucherTest::Trail() {
  const auto events = store::InTransaction(
      database_.pool(), {organization_, store::Access::kReadOnly},
      [](store::TransactionScope& scope) -> absl::StatusOr<std::vector<audit::StoredEvent>> {
        return audit::List(scope, {}, 0, 1'000);
      });
  EXPECT_THAT(events, IsOk());
  std::vector<std::string> trail;
  if (!events.ok()) return trail;
  for (const audit::StoredEvent& stored : *events) {
    trail.push_back(absl::StrCat(stored.event.user_name, " ", stored.event.resource));
  }
  return trail;
}

std::vector<std::string> VoucherTest::History(const v1::Voucher& voucher) {
  CallScope call = By("Sari");
  v1::ListVoucherEventsRequest request;
  request.set_name(voucher.name());
  const auto response = vouchers_.ListVoucherEvents(call, request);
  EXPECT_THAT(response, IsOk());
  std::vector<std::string> history;
  if (!response.ok()) return history;
  for (const v1::VoucherEvent& event : response->events()) {
    history.push_back(absl::StrCat(ActionWord(static_cast<VoucherAction>(event.action())), " ",
                                   event.person().display_name(), " ",
                                   StateWord(static_cast<VoucherState>(event.state()))));
  }
  return history;
}

}  // namespace lumbung::vouchers::api
