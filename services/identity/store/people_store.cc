#include "services/identity/store/people_store.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/run_in_transaction.h"
#include "ledger/store/stored_values.h"
#include "ledger/store/text_time.h"

namespace lumbung::identity {
namespace {

using store::Statement;
using store::StoredTime;
using store::TimeText;

constexpr Statement kOpenPeople = {"identity_open",
                                   "select set_config('lumbung.identity', 'on', true)"};

#define LUMBUNG_PERSON_QUERY                                                    \
  "select p.person_id, a.account_id, a.user_name, p.display_name, "             \
  "coalesce(p.managing_organization_id, 0), p.platform_operator, p.disabled, "  \
  "a.password_hash is not null, a.must_change_password, "                       \
  "exists (select 1 from identity.totp t "                                      \
  "        where t.account_id = a.account_id and t.confirmed_at is not null), " \
  "(extract(epoch from p.created_at) * 1000000)::bigint, "                      \
  "(extract(epoch from a.last_sign_in_at) * 1000000)::bigint, "                 \
  "coalesce(a.issuer, ''), coalesce(a.subject, '') "                            \
  "from identity.person p join identity.account a on a.person_id = p.person_id and a.kind = 1 "

constexpr Statement kFindByName = {"identity_find_person",
                                   LUMBUNG_PERSON_QUERY "where a.user_name = $1"};
constexpr Statement kFindBySubject = {"identity_find_person_by_subject", LUMBUNG_PERSON_QUERY
                                      "where a.issuer = $1 and a.subject = $2"};
constexpr Statement kFindById = {"identity_find_person_by_id",
                                 LUMBUNG_PERSON_QUERY "where p.person_id = $1"};
constexpr Statement kHasPeople = {"identity_has_people",
                                  "select exists (select 1 from identity.person)"};
#define LUMBUNG_IS_MEMBER                                     \
  "(coalesce(p.managing_organization_id, 0) = $1 or exists (" \
  "  select 1 from identity.role_grant g "                    \
  "  where g.organization_id = $1 and g.person_id = p.person_id)) "
constexpr Statement kFindMember = {
    "identity_find_member", LUMBUNG_PERSON_QUERY "where a.user_name = $2 and " LUMBUNG_IS_MEMBER};
constexpr Statement kListPeople = {"identity_list_people", LUMBUNG_PERSON_QUERY
                                   "where a.user_name > $2 and " LUMBUNG_IS_MEMBER
                                   "order by a.user_name limit $3"};
#undef LUMBUNG_IS_MEMBER
#undef LUMBUNG_PERSON_QUERY

constexpr Statement kCreatePerson = {
    "identity_create_person",
    "insert into identity.person "
    "(display_name, managing_organization_id, platform_operator, created_at) "
    "values ($1, nullif($2::bigint, 0), $3, $4) returning person_id"};
constexpr Statement kCreateAccount = {"identity_create_account",
                                      "insert into identity.account (person_id, kind, user_name, "
                                      "password_hash, must_change_password) "
                                      "values ($1, 1, $2, nullif($3, ''), $3 <> '')"};
constexpr Statement kUpdatePerson = {
    "identity_update_person",
    "update identity.person set display_name = $2, disabled = $3 where person_id = $1"};
constexpr Statement kSetPassword = {
    "identity_set_password",
    "update identity.account set password_hash = $2, must_change_password = $3 "
    "where account_id = $1"};
constexpr Statement kIsTaken = {
    "identity_is_subject_taken",
    "select 1 from identity.account where issuer = $2 and subject = $3 and account_id <> $1"};
constexpr Statement kLink = {
    "identity_link_account",
    "update identity.account set issuer = nullif($2, ''), subject = nullif($3, ''), "
    "password_hash = case when must_change_password then null else password_hash end, "
    "must_change_password = false where account_id = $1"};
constexpr Statement kPasswordHash = {
    "identity_password_hash",
    "select coalesce(password_hash, '') from identity.account where account_id = $1 for update"};
constexpr Statement kAdvanceEpoch = {"identity_advance_epoch",
                                     "update identity.identity_epoch set epoch = epoch + 1"};
constexpr Statement kReadEpoch = {"identity_read_epoch",
                                  "select epoch from identity.identity_epoch"};

StoredPerson PersonOf(const pqxx::row& row) {
  StoredPerson person;
  person.person_id = row[0].as<std::int64_t>();
  person.account_id = row[1].as<std::int64_t>();
  person.user_name = row[2].c_str();
  person.display_name = row[3].c_str();
  person.managing_organization = store::StoredId<OrganizationId>(row[4]);
  person.platform_operator = row[5].as<bool>();
  person.disabled = row[6].as<bool>();
  person.has_password = row[7].as<bool>();
  person.must_change_password = row[8].as<bool>();
  person.totp_enrolled = row[9].as<bool>();
  person.created_at = StoredTime(row[10]);
  if (!row[11].is_null()) person.last_sign_in_at = StoredTime(row[11]);
  person.issuer = row[12].c_str();
  person.subject = row[13].c_str();
  return person;
}

absl::Status NobodyNamed(absl::string_view user_name, absl::string_view field) {
  return NotFound("PERSON_NOT_FOUND", field,
                  absl::StrCat("there is nobody with the user name \"", user_name, "\""));
}

}  // namespace

void OpenPeople(store::TransactionScope& scope) {
  scope.Execute(kOpenPeople);
}

absl::StatusOr<StoredPerson> CreatePerson(store::TransactionScope& scope, const NewPerson& person,
                                          absl::Time now) {
  if (!scope.Execute(kFindByName, person.user_name).empty()) {
    return Refusal(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "user_name",
                   absl::StrCat("the user name \"", person.user_name, "\" is taken"));
  }
  const pqxx::result rows =
      scope.Execute(kCreatePerson, person.display_name, ToInteger(person.managing_organization),
                    person.platform_operator, TimeText(now));
  scope.Execute(kCreateAccount, rows[0][0].as<std::int64_t>(), person.user_name,
                person.password_hash);
  return FindPerson(scope, person.user_name, "user_name");
}

absl::StatusOr<StoredPerson> FindPerson(store::TransactionScope& scope, absl::string_view user_name,
                                        absl::string_view field) {
  const pqxx::result rows = scope.Execute(kFindByName, std::string(user_name));
  if (rows.empty()) return NobodyNamed(user_name, field);
  return PersonOf(rows[0]);
}

absl::StatusOr<StoredPerson> FindMember(store::TransactionScope& scope, absl::string_view user_name,
                                        absl::string_view field) {
  const pqxx::result rows =
      scope.Execute(kFindMember, scope.organization_number(), std::string(user_name));
  if (rows.empty()) return NobodyNamed(user_name, field);
  return PersonOf(rows[0]);
}

absl::StatusOr<StoredPerson> FindPersonBySubject(store::TransactionScope& scope,
                                                 absl::string_view issuer,
                                                 absl::string_view subject) {
  const pqxx::result rows =
      scope.Execute(kFindBySubject, std::string(issuer), std::string(subject));
  if (rows.empty()) return NotFound("PERSON_NOT_FOUND", "", "nobody is linked to that person");
  return PersonOf(rows[0]);
}

absl::StatusOr<StoredPerson> FindPersonById(store::TransactionScope& scope,
                                            std::int64_t person_id) {
  const pqxx::result rows = scope.Execute(kFindById, person_id);
  if (rows.empty()) return NotFound("PERSON_NOT_FOUND", "", "there is no such person");
  return PersonOf(rows[0]);
}

bool HasPeople(store::TransactionScope& scope) {
  return scope.Execute(kHasPeople)[0][0].as<bool>();
}

std::vector<StoredPerson> ListPeople(store::TransactionScope& scope, absl::string_view after,
                                     int limit) {
  std::vector<StoredPerson> people;
  for (const pqxx::row& row :
       scope.Execute(kListPeople, scope.organization_number(), std::string(after), limit)) {
    people.push_back(PersonOf(row));
  }
  return people;
}

void UpdatePerson(store::TransactionScope& scope, const StoredPerson& person) {
  scope.Execute(kUpdatePerson, person.person_id, person.display_name, person.disabled);
}

void SetPassword(store::TransactionScope& scope, std::int64_t account_id,
                 absl::string_view password_hash, bool must_change) {
  scope.Execute(kSetPassword, account_id, std::string(password_hash), must_change);
}

absl::Status LinkAccount(store::TransactionScope& scope, std::int64_t account_id,
                         absl::string_view issuer, absl::string_view subject) {
  const std::string issuer_text(issuer);
  const std::string subject_text(subject);
  if (!scope.Execute(kIsTaken, account_id, issuer_text, subject_text).empty()) {
    return Refusal(absl::StatusCode::kAlreadyExists, "IDENTITY_TAKEN", "subject",
                   "somebody is linked to this person of the provider already");
  }
  scope.Execute(kLink, account_id, issuer_text, subject_text);
  return absl::OkStatus();
}

std::string PasswordHashOf(store::TransactionScope& scope, std::int64_t account_id) {
  const pqxx::result rows = scope.Execute(kPasswordHash, account_id);
  return rows.empty() ? "" : rows[0][0].c_str();
}

void AdvanceEpoch(store::TransactionScope& scope) {
  scope.Execute(kAdvanceEpoch);
}

std::int64_t ReadEpoch(store::TransactionScope& scope) {
  return scope.Execute(kReadEpoch)[0][0].as<std::int64_t>();
}

}  // namespace lumbung::identity
